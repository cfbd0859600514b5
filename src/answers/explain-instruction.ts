import type { ArchFeatureName } from '../arch/arch-feature.ts';
import { decodeMrs, encodingNamed, formatEncoding, isIdSpace, registerAt, type SystemRegisterEncoding } from '../arch/encoding.ts';
import { instructionRow, mnemonicRow } from '../arch/instruction.ts';
import { given } from '../given.ts';
import { hwcapsTelling } from './arch-feature-hwcaps.ts';
import type { Capture, CapturedInstruction } from './capture.ts';
import { capturedLine } from './check-capture.ts';

/** An instruction that a program stopped at, and what it needs. */
export interface ExplainedInstruction extends CapturedInstruction {
  /** What it is, in a word or two; absent: every AArch64 CPU has it, or it is not known here. */
  readonly name?: string;
  /** What it needs. */
  readonly archFeature?: ArchFeatureName;
  /** The hwcaps that tell of it; empty: none does. */
  readonly hwcaps: readonly string[];
  /** Whether the Features line of the same text has them; absent: it has none, or no hwcap tells. */
  readonly shown?: boolean;
  /** Of MRS: the register. */
  readonly encoding?: SystemRegisterEncoding;
  /** Of MRS: the register's name, or else its encoding. */
  readonly register?: string;
}

/** The register of an MRS that a disassembler wrote: `mrs x1, midr_el1`. */
function readRegister({ mnemonic, operands }: CapturedInstruction): string | undefined {
  return mnemonic?.toLowerCase() === 'mrs' ? operands?.match(/^x\d+, *(\w+)$/i)?.[1]?.toUpperCase() : undefined;
}

/** What tells that programs may read ID registers. */
const READS_ID = ['cpuid'];

/** Tells what an instruction is and what it needs, and whether the machine of the text shows that. */
export function explainInstruction(instruction: CapturedInstruction, capture: Capture = {}): ExplainedInstruction {
  const { word, mnemonic } = instruction;
  const written = readRegister(instruction);
  const encoding =
    (word === undefined ? undefined : decodeMrs(word)?.encoding) ?? (written === undefined ? undefined : encodingNamed(written));
  const row = (word === undefined ? undefined : instructionRow(word)) ?? (mnemonic === undefined ? undefined : mnemonicRow(mnemonic));
  const { name, archFeature } = row ?? {};
  const hwcaps = archFeature !== undefined ? hwcapsTelling(archFeature) : encoding && isIdSpace(encoding) ? READS_ID : [];
  const { names, isPart } = capturedLine(capture) ?? {};
  const isShown = names !== undefined && hwcaps.length > 0 ? hwcaps.every((hwcap) => names.includes(hwcap)) : undefined;
  const shown = isShown === false && isPart ? undefined : isShown;
  const register = encoding === undefined ? written : (registerAt(encoding) ?? formatEncoding(encoding));
  return { ...instruction, hwcaps, ...given({ name, archFeature, shown, encoding, register }) };
}
