import { ArmlensError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { ReadCapture, Reader } from './reader.ts';

/** A reader that is fetched only when it is wanted. */
export interface ReaderRow {
  readonly name: string;
  load(): Promise<Reader>;
}

/** Every form that can be read. Of two that are equally sure the first one is taken. */
export const READERS: readonly ReaderRow[] = [
  { name: 'registers', load: async () => (await import('./register-dump.ts')).registerDumpReader },
  { name: 'cpuinfo', load: async () => (await import('./cpuinfo.ts')).cpuinfoReader },
  { name: 'auxv', load: async () => (await import('./auxv.ts')).auxvReader },
];

/** The names that `--from` takes. */
export const FORMAT_NAMES: readonly string[] = READERS.map(({ name }) => name);

/** What a text was taken for. */
export interface Recognition {
  readonly reader: Reader;
  /** 0 to 1. */
  readonly confidence: number;
  /** The next best form, if another one may fit. */
  readonly runnerUp?: { readonly reader: Reader; readonly confidence: number };
}
