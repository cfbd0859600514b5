import type { Capture } from '../../answers/capture.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import type { ReadCapture, Reader } from '../../formats/reader.ts';
import { decodeText } from '../../formats/readers.ts';
import { given } from '../../given.ts';
import type { Host, Refusal } from './host.ts';

/** One thing that was looked at. */
export interface Observation {
  /** A path or a command. */
  readonly source: string;
  /** `useless`: it could be read, and told nothing. */
  readonly outcome: 'read' | 'useless' | Refusal;
  /** What it told, or what stays unknown without it. */
  readonly says: string;
  readonly capture: Capture;
  /** As it stood there, for those who keep it. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Words for a source that could not be read. */
export const REFUSAL_WORDS: Readonly<Record<Exclude<Observation['outcome'], 'read'>, string>> = {
  missing: 'not there',
  denied: 'may not be read',
  failed: 'cannot be read',
  useless: 'tells nothing',
};

/** A source that could not be read, and what that hides. */
export function hidden(source: string, outcome: Exclude<Observation['outcome'], 'read'>, hides: string): Observation {
  return { source, outcome, says: hides, capture: {}, diagnostics: [] };
}

/** How a source is read, and what it means. */
export interface Source {
  readonly path: string;
  readonly reader: Reader;
  /** What stays unknown without it. */
  readonly hides: string;
  /** What it told. */
  says(capture: Capture): string;
}

function placed(source: string, found: readonly Diagnostic[]): readonly Diagnostic[] {
  return found.map((diagnostic) => ({ ...diagnostic, where: diagnostic.where === 'file' ? source : `${source}, ${diagnostic.where}` }));
}

/** What a reader made of a source. */
export function observe({ path, hides, says }: Omit<Source, 'reader'>, { value, diagnostics }: ReadCapture, text?: string): Observation {
  const found = placed(path, diagnostics);
  if (Object.keys(value).length === 0) return { ...hidden(path, 'useless', hides), diagnostics: found };
  return { source: path, outcome: 'read', says: says(value), capture: value, diagnostics: found, ...given({ text }) };
}

/** Reads a file with a reader. */
export async function readSource(host: Host, source: Source): Promise<Observation> {
  const file = await host.read(source.path);
  if ('refusal' in file) return hidden(source.path, file.refusal, source.hides);
  const { reader } = source;
  const { bytes } = reader;
  if (bytes !== undefined && bytes.recognise(file.bytes) > 0) return observe(source, bytes.read(file.bytes));
  const text = decodeText(file.bytes);
  return observe(source, reader.read(text), text);
}
