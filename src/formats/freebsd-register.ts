import type { RegisterName } from '../arch/register.ts';

/** A field as FreeBSD prints it. */
export interface FreebsdField {
  /** Arm's spelling. */
  readonly name: string;
  /** The text for each value that FreeBSD knows; an empty one prints nothing. */
  readonly values: Readonly<Record<string, string>>;
}

/** A register as FreeBSD prints it. */
export interface FreebsdRegister {
  /** Such as `Processor Features 0`. */
  readonly label: string;
  readonly register: RegisterName;
  /** In the order of printing. */
  readonly fields: readonly FreebsdField[];
}
