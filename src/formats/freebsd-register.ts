import type { RegisterName } from '../arch/register.ts';
import { FREEBSD_ROWS } from './generated/freebsd.ts';

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

/**
 * A register by its fields in one string: `DIT=|PSTATE.DIT,SVE`, each with its texts from value 0 on, where `-` is a value that FreeBSD
 * does not know. Without texts a field prints nothing for 0, and its name for 1.
 */
export type FreebsdRow = readonly [label: string, register: RegisterName, fields: string];

/** The registers that FreeBSD prints, in its order. */
export const FREEBSD_REGISTERS: readonly FreebsdRegister[] = FREEBSD_ROWS.map(([label, register, list]) => {
  const fields = list.split(',').flatMap((field): FreebsdField | [] => {
    const [name = '', texts = `|${name}`] = field.split('=');
    const values = texts.split('|').flatMap((text, value) => (text === '-' ? [] : [[value, text]]));
    return name === '' ? [] : { name, values: Object.fromEntries(values) };
  });
  return { label, register, fields };
});
