import type { AuditedRecord, AuditSummary } from '../answers/audit.ts';
import { formatCsv } from './csv.ts';
import { formatCause } from './inference-words.ts';

/** The columns of an audit as CSV. */
const COLUMNS = [
  'name',
  'formats',
  'title',
  'cpus',
  'cores',
  'release',
  'verdict',
  'contradictions',
  'causes',
  'hwcaps',
  'unknown_hwcaps',
] as const;

/** Names come from outside: a cell that a spreadsheet would take for a formula is given an apostrophe. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** Writes the records of an audit as CSV, a line each, with a line of headings. */
export function formatAuditCsv(records: readonly AuditedRecord[]): string {
  const rows = records.map((record) => [
    record.name,
    record.formats.join(' '),
    record.title ?? '',
    String(record.cpuCount),
    record.cores.join('; '),
    record.release ?? '',
    record.verdict,
    record.contradictions.map(({ message }) => message).join('; '),
    record.causes.map(formatCause).join('; '),
    record.hwcaps.join(' '),
    record.unknownHwcaps.join(' '),
  ]);
  return formatCsv([COLUMNS, ...rows.map((row) => row.map(harmless))]);
}

/** An audit as JSON output holds it. */
export function auditObject(records: readonly AuditedRecord[], summary: AuditSummary): object {
  return {
    summary,
    records: records.map((record) => ({
      ...record,
      causes: record.causes.map((cause) => ({ kind: cause.kind, names: 'names' in cause ? cause.names : [] })),
    })),
  };
}
