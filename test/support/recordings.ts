import { readSpecFolder } from '../../spec-data/build/spec-file.ts';
import { parseWord } from '../../src/bits/hex.ts';
import type { Environment } from '../../src/linux/environment.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import { type CpuRun, expandCpus, type Machine, type RegisterFile } from '../../src/silicon/machine.ts';

type Words = Readonly<Record<string, string>>;

/** A set of hwcaps as a recording holds it. */
interface RecordedHwcaps {
  readonly words?: readonly string[];
  readonly names: string;
}

interface CpuRow extends Omit<CpuRun, 'registers'> {
  readonly registers: Words;
}

/** One file of spec-data/recordings/. */
export interface RecordingRow {
  readonly name: string;
  readonly kind: 'emulator-boot' | 'kernel-code' | 'silicon';
  readonly kernel: Kernel;
  readonly environment: Omit<Environment, 'smccc'> & { readonly smccc?: Words };
  readonly cpus: readonly CpuRow[];
  readonly expected: {
    readonly hwcaps?: RecordedHwcaps;
    readonly compat?: RecordedHwcaps;
    readonly user?: { readonly values: Words; readonly zero: string; readonly sigill?: string };
    readonly sanitised?: Words;
    readonly zero?: string;
    readonly online?: readonly number[];
    readonly panic?: number | null;
    readonly tainted?: boolean;
    readonly bogoMips?: string;
    readonly cpucaps?: string;
    readonly log?: readonly string[];
    readonly logSet?: readonly string[];
  };
}

/** Every recording, by name. */
export function recordings(): readonly RecordingRow[] {
  return readSpecFolder<RecordingRow>('recordings');
}

/** Reads the `0x` texts of a record as numbers. */
export function wordsOf(words: Words): Readonly<Record<string, bigint>> {
  return Object.fromEntries(Object.entries(words).map(([name, text]) => [name, parseWord(text)!]));
}

/** The machine of a recording, in which every register that is not listed reads as zero. */
export function machineOf({ cpus }: RecordingRow): Machine {
  return { cpus: expandCpus(cpus.map(({ registers, ...cpu }) => ({ ...cpu, registers: wordsOf(registers) as RegisterFile }))) };
}

/** The environment of a recording. */
export function environmentOf({ environment: { smccc, ...rest } }: RecordingRow): Environment {
  return smccc === undefined ? rest : { ...rest, smccc: wordsOf(smccc) as unknown as NonNullable<Environment['smccc']> };
}

/** The names in a text that parts them by spaces. */
export function namesIn(text: string | undefined): readonly string[] {
  return text ? text.split(' ') : [];
}

/** Writes out `S3_0_C0_C2..C3` and `S3_0_C0_C4` as the eight encodings of each CRm. */
export function encodingsIn(text: string | undefined): readonly string[] {
  return namesIn(text).flatMap((block) => {
    const [, stem, first, last] = /^(S3_\d_C\d+_C)(\d+)(?:\.\.C(\d+))?$/.exec(block) ?? [];
    if (stem === undefined) return [block];
    const [from, to] = [Number(first), Number(last ?? first)];
    return Array.from({ length: (to - from + 1) * 8 }, (_, i) => `${stem}${from + (i >> 3)}_${i & 7}`);
  });
}
