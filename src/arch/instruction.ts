import type { ArchFeatureName } from './arch-feature.ts';
import { INSTRUCTIONS } from './generated/instructions.ts';

/** Instructions of A64 that share bits, and what they need. */
export interface InstructionRow {
  /** What they do, in a word or two. */
  readonly name: string;
  /** The bits that tell. */
  readonly mask: number;
  /** What these bits are. */
  readonly value: number;
  /** Absent: there is no such instruction. */
  readonly archFeature?: ArchFeatureName;
  /** Regular expressions over lower-case mnemonics. */
  readonly mnemonics?: readonly string[];
}

/**
 * What kind of instruction a word of A64 is, where not every AArch64 CPU has it.
 *
 * @param word - 32 bits, as the CPU takes it: the lowest byte comes first in memory.
 * @returns `undefined` for what every CPU has, for system registers, and for what is not known here.
 *
 * @example
 * ```js
 * instructionRow(0xf8200041).archFeature // → 'FEAT_LSE'
 * ```
 */
export function instructionRow(word: number): InstructionRow | undefined {
  return INSTRUCTIONS.find(({ mask, value }) => (word & mask) >>> 0 === value);
}

/**
 * The same by a mnemonic as disassemblers write it: `casal`. Names that instructions of every CPU have too, such as `fadd`, tell nothing.
 *
 * @example
 * ```js
 * mnemonicRow('ldaddal').archFeature // → 'FEAT_LSE'
 * ```
 */
export function mnemonicRow(mnemonic: string): InstructionRow | undefined {
  const lower = mnemonic.toLowerCase().slice(0, 24);
  return INSTRUCTIONS.find(({ mnemonics = [] }) => mnemonics.some((pattern) => new RegExp(`^(?:${pattern})$`).test(lower)));
}
