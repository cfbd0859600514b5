import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import { hwcapNamesOf } from '../linux/release/hwcap-catalogue.ts';
import type { MrsResult } from '../process/mrs.ts';
import type { Process } from '../process/process.ts';
import { parseCpuinfo } from './cpuinfo.ts';
import { JsonReader, joinPath } from './json-reader.ts';
import { errorOf, glimpseId, isId, type RecordError, type RecordId } from './record.ts';

/** One question to `runtime`: what do programs conclude from what this process sees? */
export interface ProcessRecord {
  readonly process: Process;
  /** What is asked for, such as `gcc 16 mcpu`; absent: everything. */
  readonly ask?: readonly string[];
}

/** A record with its findings, or what is wrong with the line. */
export type ParsedProcessRecord =
  | { readonly id: RecordId; readonly record: ProcessRecord; readonly diagnostics: readonly Diagnostic[] }
  | { readonly id: RecordId; readonly error: RecordError };

const VECTORS = ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'] as const;

function readHwcaps(reader: JsonReader, value: unknown): ReadonlySet<string> | undefined {
  if (value === undefined) return undefined;
  const path = 'process.hwcap';
  const words = reader.object(path, value);
  if (words === undefined) return undefined;
  if (words.AT_HWCAP === undefined) reader.fail(`${path}.AT_HWCAP`, '"0x…" of at most 16 hex digits', undefined);
  return new Set(
    hwcapNamesOf(VECTORS.map((name) => (words[name] === undefined ? 0n : (reader.word(`${path}.${name}`, words[name]) ?? 0n)))),
  );
}

/** What MRS gives on the first CPU; a program starts there. */
function readEl0(reader: JsonReader, value: unknown): ReadonlyMap<string, MrsResult> | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return reader.fail('process.el0', 'an array with an object a CPU', value);
  const first = reader.object('process.el0[0]', value[0]);
  if (first === undefined) return undefined;
  const read = new Map<string, MrsResult>();
  for (const [name, result] of Object.entries(first)) {
    const word = result === 'SIGILL' ? result : reader.word(joinPath('process.el0[0]', name), result);
    if (word !== undefined) read.set(name.toUpperCase(), word);
  }
  return read;
}

function readAsk(reader: JsonReader, value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.some((word) => typeof word !== 'string')) return reader.fail('ask', 'an array of strings', value);
  return value as readonly string[];
}

/** What uname tells, or else the release that it would tell. */
function readRelease(reader: JsonReader, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const kernel = reader.object('kernel', value);
  return reader.text('kernel.uname', kernel?.uname) ?? reader.text('kernel.release', kernel?.release);
}

/** Reads a process record from JSON: `process` with any of `hwcap`, `cpuinfo`, `el0`; `kernel`; `ask`. */
export function readProcessRecord(reader: JsonReader, top: Readonly<Record<string, unknown>>, found: Diagnostic[]): ProcessRecord {
  const seen = reader.object('process', top.process) ?? {};
  const text = reader.text('process.cpuinfo', seen.cpuinfo);
  const parsed = text === undefined ? undefined : parseCpuinfo(text);
  found.push(...(parsed?.diagnostics ?? []));
  const process: Process = given({
    hwcaps: readHwcaps(reader, seen.hwcap),
    cpuinfo: parsed?.value,
    hardware: text === undefined ? undefined : /^Hardware[ \t]*:[ \t]*(.{1,200})$/m.exec(text)?.[1],
    el0: readEl0(reader, seen.el0),
    release: readRelease(reader, top.kernel),
  });
  return { process, ...given({ ask: readAsk(reader, top.ask) }) };
}

/**
 * Reads one line of a stream of process records.
 *
 * @returns The record, or the reason why there is none; with the id in both cases if it can be read.
 */
export function parseProcessRecord(line: string): ParsedProcessRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: glimpseId(line), error: { code: 'bad-json', message: 'the line is no JSON' } };
  }
  const reader = new JsonReader();
  const found: Diagnostic[] = [];
  const top = reader.object('', value) ?? {};
  const id = Object.hasOwn(top, 'id') ? top.id : null;
  if (!isId(id)) reader.fail('id', 'a string or a number', id);
  const record = reader.problems.length === 0 ? readProcessRecord(reader, top, found) : undefined;
  const known = isId(id) ? id : null;
  if (record === undefined || reader.problems.length > 0) return { id: known, error: errorOf(reader.problems) };
  return { id: known, record, diagnostics: found };
}
