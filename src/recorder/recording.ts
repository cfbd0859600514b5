import { parseWord } from '../bits/hex.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import { type CpuRun, expandCpus, type Machine, type RegisterFile } from '../silicon/machine.ts';

/** Numbers as `0x` texts, by name. */
export type HexWords = Readonly<Record<string, string>>;

/** A set of hwcaps as a recording holds it. */
export interface RecordedHwcaps {
  readonly words?: readonly string[];
  /** Parted by blanks, in the order in which the kernel prints them. */
  readonly names: string;
}

/** Equal CPUs in a row, as a recording holds them. */
export interface RecordedCpu extends Omit<CpuRun, 'registers'> {
  readonly registers: HexWords;
}

/** What a kernel gave. A part that is absent was not recorded. */
export interface RecordedParts {
  readonly hwcaps?: RecordedHwcaps;
  readonly compat?: RecordedHwcaps;
  readonly user?: { readonly values: HexWords; readonly zero: string; readonly sigill?: string };
  readonly sanitised?: HexWords;
  readonly zero?: string;
  readonly online?: readonly number[];
  readonly panic?: number | null;
  readonly tainted?: boolean;
  readonly bogoMips?: string;
  readonly cpucaps?: string;
  readonly log?: readonly string[];
  readonly logSet?: readonly string[];
}

/** A recording: registers that a real kernel met, and what it made of them. The schema is recording.schema.json of spec-data. */
export interface BootRecording {
  readonly name: string;
  readonly kind: 'emulator-boot' | 'kernel-code' | 'silicon';
  readonly kernel: Kernel;
  readonly environment: Omit<Environment, 'smccc'> & { readonly smccc?: HexWords };
  readonly cpus: readonly RecordedCpu[];
  readonly expected: RecordedParts;
  readonly source: string;
}

/** Reads the `0x` texts of a record as numbers. */
export function wordsOf(words: HexWords): Readonly<Record<string, bigint>> {
  return Object.fromEntries(Object.entries(words).map(([name, text]) => [name, parseWord(text)!]));
}

/** The machine of a recording, in which every register that is not listed reads as zero. */
export function machineOf({ cpus }: Pick<BootRecording, 'cpus'>): Machine {
  return { cpus: expandCpus(cpus.map(({ registers, ...cpu }) => ({ ...cpu, registers: wordsOf(registers) as RegisterFile }))) };
}

/** The environment of a recording. */
export function recordedEnvironment({ environment: { smccc, ...rest } }: Pick<BootRecording, 'environment'>): Environment {
  return smccc === undefined ? rest : { ...rest, smccc: wordsOf(smccc) as unknown as NonNullable<Environment['smccc']> };
}

/** The names in a text that parts them by blanks. */
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

/** Writes encodings as {@link encodingsIn} reads them: all eight of a CRm as one block, blocks in a row as a range. */
export function blocksOf(encodings: readonly string[]): string {
  const own = new Set(encodings);
  const blocks = new Map<string, number[]>();
  for (const name of own) {
    const [, stem = '', crm] = /^(S3_\d_C\d+_C)(\d+)_0$/.exec(name) ?? [];
    const isWhole = stem !== '' && Array.from({ length: 8 }, (_, op2) => `${stem}${crm}_${op2}`).every((one) => own.has(one));
    if (isWhole) blocks.set(stem, [...(blocks.get(stem) ?? []), Number(crm)]);
  }
  const parts: string[] = [];
  for (const [stem, numbers] of blocks) {
    for (const number of numbers) for (let op2 = 0; op2 < 8; op2++) own.delete(`${stem}${number}_${op2}`);
    const sorted = numbers.sort((a, b) => a - b);
    for (let i = 0; i < sorted.length; ) {
      let end = i;
      while (sorted[end + 1] === sorted[end]! + 1) end++;
      parts.push(i === end ? `${stem}${sorted[i]}` : `${stem}${sorted[i]}..C${sorted[end]}`);
      i = end + 1;
    }
  }
  return [...parts, ...own].join(' ');
}
