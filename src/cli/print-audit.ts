import type { AuditedRecord, AuditSummary } from '../answers/audit.ts';
import { formatCause } from '../formats/inference-words.ts';
import type { Io } from './io.ts';
import { printable } from './printable.ts';
import { paletteOf, table } from './style.ts';

/** The folder of a path. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Paths without the folder that all of them lie in, and not longer than a table has room for. */
function shortNames(names: readonly string[]): readonly string[] {
  let common = folderOf(names[0] ?? '');
  while (common !== '' && !names.every((name) => name.startsWith(`${common}/`))) common = folderOf(common);
  const short = names.map((name) => (common === '' ? name : name.slice(common.length + 1)));
  return short.map((name) => (name.length > MAX_NAME ? `…${name.slice(1 - MAX_NAME)}` : name));
}

const MAX_NAME = 36;

function listed(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')}, and ${more} more` : names.join(', ');
}

/** Writes an audit: a line for each machine, then what is where. */
export async function printAudit(records: readonly AuditedRecord[], summary: AuditSummary, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const { verdicts } = summary;
  const mark = (record: AuditedRecord): string =>
    record.verdict === 'contradictory'
      ? palette.bad(record.verdict)
      : record.verdict === 'consistent'
        ? palette.good(record.verdict)
        : record.verdict;
  const shown = shortNames(records.map(({ name }) => name));
  // The makers are left out: names of cores tell.
  const cores = (record: AuditedRecord): string => record.cores.map((core) => core.replace(/^\S+ (?!part)/, '')).join(' + ');
  const rows = records.map((record, i) => [
    printable(shown[i] ?? ''),
    String(record.cpuCount || '?'),
    mark(record),
    printable(cores(record) || (record.title ?? '')),
  ]);
  const section = async (head: string, lines: readonly (readonly string[])[]): Promise<string> =>
    lines.length === 0 ? '' : `\n${palette.head(head)}\n${await table(lines, io)}`;
  const most = Math.max(1, records.length);
  const bar = (count: number): string => '█'.repeat(Math.max(1, Math.round((count * 20) / most)));
  return [
    `${palette.head(`${summary.records} ${summary.records === 1 ? 'machine' : 'machines'}`)}: ${verdicts.consistent} consistent, ${verdicts.explained} explained, ${verdicts.contradictory} contradictory, ${verdicts.unchecked} with nothing to check\n`,
    await table(rows, io),
    await section(
      'hwcaps',
      summary.hwcaps.map(({ name, records: count }) => [printable(name), String(count), bar(count)]),
    ),
    await section(
      'cores that are not known',
      summary.unknownCores.map((row) => [`0x${row.midr.toString(16).padStart(8, '0')}`, printable(listed(row.records, 5))]),
    ),
    await section(
      'hwcaps that no kernel is known to print',
      summary.unknownHwcaps.map((row) => [printable(row.name), printable(listed(row.records, 5))]),
    ),
    await section(
      "an emulator's CPU under another core's MIDR_EL1",
      records.flatMap(({ name, causes }) =>
        causes.filter(({ kind }) => kind === 'borrowed-midr').map((cause) => [printable(name), formatCause(cause)]),
      ),
    ),
    await section(
      'contradictions',
      summary.contradictions.map(({ record, contradiction }) => [printable(record), printable(contradiction.message)]),
    ),
  ].join('');
}
