import type { RecordBatch, Vector } from 'apache-arrow';
import { rowColumns } from '../formats/row-file.ts';
import type { RegisterColumns } from '../rows/columns.ts';
import { ROW_REGISTERS } from '../rows/generated/row-layout.ts';
import { formatDiagnostic } from './input.ts';
import { CommandError, EXIT } from './io.ts';

/** Systems of one CPU each, their registers in columns, and their ids if the table has a column for them. */
export interface ColumnBlock {
  readonly columns: RegisterColumns;
  readonly systems: number;
  readonly ids?: readonly string[];
}

/** Systems that are derived at a time, however many a batch of the table has. */
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

/** The words of a column, where they lie if they lie as such. A value that is null is taken as zero. */
function wordsOf(vector: Vector, name: string): BigUint64Array | BigInt64Array {
  const [data, ...others] = vector.data;
  const words: unknown = data?.values;
  if (others.length === 0 && vector.nullCount === 0 && (words instanceof BigUint64Array || words instanceof BigInt64Array)) return words;
  return BigUint64Array.from({ length: vector.length }, (_, row) => {
    const value: unknown = vector.get(row);
    if (typeof value === 'bigint') return value;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
    if (value === null) return 0n;
    throw new CommandError(EXIT.badInput, `column ${name}, row ${row}: expected a 64-bit integer, got ${String(value).slice(0, 40)}`);
  });
}

/** An id as JSON: numbers of any size as they are. */
function idText(id: unknown): string {
  return typeof id === 'bigint' ? String(id) : JSON.stringify(id ?? null);
}

function blockOf(batch: RecordBatch): ColumnBlock {
  const names = batch.schema.fields.map(({ name }) => name).filter((name) => name !== ID);
  const { places, diagnostics } = rowColumns(names);
  const wrong = diagnostics.find(({ severity }) => severity === 'error');
  if (wrong) throw new CommandError(EXIT.badInput, `the table's column ${formatDiagnostic(wrong)}`);
  const columns = names.flatMap((name, i) => {
    const place = places[i]!;
    return place < 0 ? [] : [[ROW_REGISTERS[place]!, wordsOf(batch.getChild(name)!, name)] as const];
  });
  const ids = batch.getChild(ID);
  return {
    columns: Object.fromEntries(columns),
    systems: batch.numRows,
    ...(ids ? { ids: Array.from(ids, idText) } : {}),
  };
}

/** Reads an Arrow file or stream: one system a row, one register a column, and perhaps a column `id`. */
export async function* readArrowRows(source: AsyncIterable<Uint8Array>): AsyncGenerator<ColumnBlock> {
  const { RecordBatchReader } = await loadArrow();
  try {
    const reader = await RecordBatchReader.from(source);
    for await (const batch of reader) for (let row = 0; row < batch.numRows; row += BLOCK) yield blockOf(batch.slice(row, row + BLOCK));
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(EXIT.badInput, `the Arrow data cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
