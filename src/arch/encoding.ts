import { ENCODINGS } from './generated/fields.ts';
import type { RegisterName } from './generated/names.ts';

/** Where a system register lives: the operands of MRS and MSR. */
export interface SystemRegisterEncoding {
  /** 0 to 3; a register that MRS can read has 2 (debug) or 3. */
  readonly op0: number;
  /** 0 to 7. */
  readonly op1: number;
  /** 0 to 15. */
  readonly crn: number;
  /** 0 to 15. */
  readonly crm: number;
  /** 0 to 7. */
  readonly op2: number;
}

/**
 * Reads a generic register name such as `S3_0_C0_C4_0`, in any case.
 *
 * @returns `undefined` if the text has another form or an operand is out of range.
 * @see Arm ARM DDI 0487, "S<op0>_<op1>_<Cn>_<Cm>_<op2>, IMPLEMENTATION DEFINED registers".
 *
 * @example
 * ```js
 * parseEncoding('S3_0_C0_C4_0').crm // → 4
 * ```
 */
export function parseEncoding(text: string): SystemRegisterEncoding | undefined {
  const match = /^s([0-3])_([0-7])_c(1[0-5]|[0-9])_c(1[0-5]|[0-9])_([0-7])$/i.exec(text);
  if (match === null) return undefined;
  const [op0, op1, crn, crm, op2] = match.slice(1).map(Number) as [number, number, number, number, number];
  return { op0, op1, crn, crm, op2 };
}

/**
 * Writes an encoding as assemblers take it: `S3_0_C0_C4_0`.
 *
 * @example
 * ```js
 * formatEncoding(encodingOf('ID_AA64PFR0_EL1')) // → 'S3_0_C0_C4_0'
 * ```
 */
export function formatEncoding({ op0, op1, crn, crm, op2 }: SystemRegisterEncoding): string {
  return `S${op0}_${op1}_C${crn}_C${crm}_${op2}`;
}

/**
 * The encoding of a register.
 *
 * @example
 * ```js
 * encodingOf('MIDR_EL1') // → { op0: 3, op1: 0, crn: 0, crm: 0, op2: 0 }
 * ```
 */
export function encodingOf(name: RegisterName): SystemRegisterEncoding {
  const [op0, op1, crn, crm, op2] = ENCODINGS[name];
  return { op0, op1, crn, crm, op2 };
}

/** An encoding as one number of 16 bits, as MRS and MSR carry it, and as KVM and Windows count registers. */
export function packEncoding({ op0, op1, crn, crm, op2 }: SystemRegisterEncoding): number {
  return (op0 << 14) | (op1 << 11) | (crn << 7) | (crm << 3) | op2;
}

/** Takes the 16 bits of {@link packEncoding} apart; higher bits are ignored. */
export function unpackEncoding(packed: number): SystemRegisterEncoding {
  return { op0: (packed >> 14) & 3, op1: (packed >> 11) & 7, crn: (packed >> 7) & 15, crm: (packed >> 3) & 15, op2: packed & 7 };
}

let byEncoding: ReadonlyMap<number, RegisterName> | undefined;

/**
 * The register at an encoding; `undefined` if this table has none there, which in the ID space means that it is reserved.
 *
 * @example
 * ```js
 * registerAt(parseEncoding('S3_0_C0_C4_0')) // → 'ID_AA64PFR0_EL1'
 * ```
 */
export function registerAt(encoding: SystemRegisterEncoding): RegisterName | undefined {
  byEncoding ??= new Map((Object.keys(ENCODINGS) as RegisterName[]).map((name) => [packEncoding(encodingOf(name)), name]));
  return byEncoding.get(packEncoding(encoding));
}

/** What a register's name, or a generic one, stands for, in any case; `undefined` if it is neither. */
export function encodingNamed(name: string): SystemRegisterEncoding | undefined {
  const upper = name.toUpperCase();
  return Object.hasOwn(ENCODINGS, upper) ? encodingOf(upper as RegisterName) : parseEncoding(name);
}

/**
 * Whether an encoding is in the ID space (op0 3, op1 0, CRn 0). With CRm 1 to 7, an encoding there that has no register reads as zero.
 *
 * @see Linux `arch/arm64/kernel/cpufeature.c`, `is_emulated()`.
 */
export function isIdSpace({ op0, op1, crn }: SystemRegisterEncoding): boolean {
  return op0 === 3 && op1 === 0 && crn === 0;
}

/** An MRS instruction: what it reads, and the number of the general register (0 to 31, 31 is XZR) that takes the value. */
export interface MrsInstruction {
  readonly encoding: SystemRegisterEncoding;
  readonly rt: number;
}

/** Bits 31 to 20 of MRS. */
const MRS = 0xd53;

/**
 * Reads the 32-bit word of an MRS instruction: `0xd5380400` is `MRS X0, ID_AA64PFR0_EL1`.
 *
 * @returns `undefined` if the word is no MRS.
 * @see Arm ARM DDI 0487, "MRS, Move System register".
 *
 * @example
 * ```js
 * decodeMrs(0xd5380400).encoding // → { op0: 3, op1: 0, crn: 0, crm: 4, op2: 0 }
 * ```
 */
export function decodeMrs(instruction: number): MrsInstruction | undefined {
  if (!Number.isInteger(instruction) || instruction >>> 0 !== instruction || instruction >>> 20 !== MRS) return undefined;
  return {
    encoding: {
      op0: 2 + ((instruction >>> 19) & 1),
      op1: (instruction >>> 16) & 7,
      crn: (instruction >>> 12) & 15,
      crm: (instruction >>> 8) & 15,
      op2: (instruction >>> 5) & 7,
    },
    rt: instruction & 31,
  };
}

/**
 * Writes an MRS instruction as its 32-bit word; `undefined` if op0 is not 2 or 3, which MRS cannot express.
 *
 * @example
 * ```js
 * encodeMrs({ encoding: encodingOf('ID_AA64PFR0_EL1'), rt: 0 }) // → 0xd5380400
 * ```
 */
export function encodeMrs({ encoding, rt }: MrsInstruction): number | undefined {
  const { op0, op1, crn, crm, op2 } = encoding;
  if (op0 < 2) return undefined;
  return ((MRS << 20) | ((op0 - 2) << 19) | (op1 << 16) | (crn << 12) | (crm << 8) | (op2 << 5) | rt) >>> 0;
}
