import { concludeAll } from '../answers/conclusions.ts';
import { conclusionObject, openObject } from '../formats/conclusion.ts';
import { parseProcessRecord } from '../formats/process-record.ts';
import { parseRecord, type RecordId } from '../formats/record.ts';
import { boot } from '../linux/boot.ts';
import { type Process, processOf } from '../process/process.ts';
import { chooseVersions } from '../runtime/choose.ts';
import type { ProgramVersion } from '../runtime/program.ts';
import { answerLines, errorOfCause, type LineAnswer } from './answer-lines.ts';
import type { ExitCode, Io } from './io.ts';

/** What a record asks for: `gcc 16 mcpu` asks for version 16 of GCC, `rust` for every version. */
function asked(words: readonly string[]): readonly ProgramVersion[] {
  return words.flatMap((word) => {
    const [program, version] = word.split(' ');
    return chooseVersions(version === undefined ? program! : `${program}@${version}`);
  });
}

/** Values by program and version. */
function byVersion(entries: readonly (readonly [ProgramVersion, unknown])[]): Record<string, Record<string, unknown>> | undefined {
  const found: Record<string, Record<string, unknown>> = {};
  for (const [{ program, version }, value] of entries) {
    if (value === undefined) continue;
    found[program] = { ...found[program], [version]: value };
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

/** What programs conclude as JSON: what is certain, and what is open. */
export function runtimeObject(
  process: Process,
  versions?: readonly ProgramVersion[],
): { readonly runtime: object; readonly unknown?: object } {
  const conclusions = concludeAll(process, versions);
  const runtime = byVersion(conclusions.map((one) => [one, conclusionObject(one.answers)])) ?? {};
  const unknown = byVersion(conclusions.map((one) => [one, openObject(one.answers)]));
  return unknown === undefined ? { runtime } : { runtime, unknown };
}

function processOfLine(text: string): { readonly id: RecordId; readonly process: Process; readonly ask?: readonly string[] } | LineAnswer {
  const seen = parseProcessRecord(text);
  if (!('error' in seen)) return { id: seen.id, ...seen.record };
  const machine = parseRecord(text);
  if ('error' in machine) return /"process"\s*:/.test(text) ? seen : machine;
  const { record } = machine;
  const { ask } = JSON.parse(text) as { readonly ask?: unknown };
  const words = Array.isArray(ask) && ask.every((word) => typeof word === 'string') ? { ask } : {};
  return { id: machine.id, process: processOf(boot(record.machine, record.kernel, record.environment)), ...words };
}

function answer(text: string, versions: readonly ProgramVersion[] | undefined): LineAnswer {
  const found = processOfLine(text);
  if (!('process' in found)) return found;
  const { id, process, ask } = found;
  try {
    return { text: JSON.stringify({ id, ...runtimeObject(process, ask === undefined ? versions : asked(ask)) }) };
  } catch (cause) {
    return { id, error: errorOfCause(cause) };
  }
}

/**
 * Answers a stream of processes, or of machines that are booted first. What a record asks for comes before what the call asks for.
 *
 * @param versions - The programs to tell of; absent: all.
 */
export function runtimeStream(io: Io, path: string, versions: readonly ProgramVersion[] | undefined): Promise<ExitCode> {
  return answerLines(io, path, (text) => answer(text, versions));
}
