import type { RecordBatch, Vector } from 'apache-arrow';
import { type RowBlock, rowColumns } from '../formats/row-file.ts';
import { ROW_REGISTERS } from '../rows/generated/row-layout.ts';
import { formatDiagnostic } from './input.ts';
import { CommandError, EXIT } from './io.ts';

/** A block of rows, and the ids of its systems if the table has a column for them. */
export interface NamedRowBlock extends RowBlock {
  readonly ids?: readonly string[];
}

/** Rows that are turned at a time, however many a batch of the table has. */
const BLOCK = 4096;
/** The column that names systems. */
const ID = 'id';

async function loadArrow(): Promise<typeof import('apache-arrow')> {
  try {
    return await import('apache-arrow');
  } catch {
    throw new CommandError(EXIT.usage, 'Arrow files are read with the package apache-arrow: npm install apache-arrow');
  }
}

/** Puts a column into rows. A value that is null is taken as zero. */
function putColumn(vector: Vector, name: string, place: number, rows: BigUint64Array): void {
  const [data, ...others] = vector.data;
  const words: unknown = data?.values;
  if (others.length === 0 && vector.nullCount === 0 && (words instanceof BigUint64Array || words instanceof BigInt64Array)) {
    for (let row = 0; row < vector.length; row++) rows[row * ROW_REGISTERS.length + place] = words[row]!;
    return;
  }
  for (let row = 0; row < vector.length; row++) {
    const value: unknown = vector.get(row);
    const at = row * ROW_REGISTERS.length + place;
    if (typeof value === 'bigint') rows[at] = value;
    else if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) rows[at] = BigInt(value);
    else if (value !== null)
      throw new CommandError(EXIT.badInput, `column ${name}, row ${row}: expected a 64-bit integer, got ${String(value).slice(0, 40)}`);
  }
}

/** An id as JSON: numbers of any size as they are. */
function idText(id: unknown): string {
  return typeof id === 'bigint' ? String(id) : JSON.stringify(id ?? null);
}

function blockOf(batch: RecordBatch): NamedRowBlock {
  const names = batch.schema.fields.map(({ name }) => name).filter((name) => name !== ID);
  const { places, diagnostics } = rowColumns(names);
  const wrong = diagnostics.find(({ severity }) => severity === 'error');
  if (wrong) throw new CommandError(EXIT.badInput, `the table's column ${formatDiagnostic(wrong)}`);
  const rows = new BigUint64Array(batch.numRows * ROW_REGISTERS.length);
  for (const [i, name] of names.entries()) if (places[i]! >= 0) putColumn(batch.getChild(name)!, name, places[i]!, rows);
  const ids = batch.getChild(ID);
  return {
    rows,
    systems: batch.numRows,
    cpus: 1,
    ...(ids ? { ids: Array.from(ids, idText) } : {}),
  };
}

/** Reads an Arrow file or stream: one system a row, one register a column, and perhaps a column `id`. */
export async function* readArrowRows(source: AsyncIterable<Uint8Array>): AsyncGenerator<NamedRowBlock> {
  const { RecordBatchReader } = await loadArrow();
  try {
    const reader = await RecordBatchReader.from(source);
    for await (const batch of reader) for (let row = 0; row < batch.numRows; row += BLOCK) yield blockOf(batch.slice(row, row + BLOCK));
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(EXIT.badInput, `the Arrow data cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
