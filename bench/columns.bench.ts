import { compile } from '../src/rows/compile.ts';
import { ROW_REGISTERS } from '../src/rows/generated/row-layout.ts';
import { compare, expectWords, type Settings, type Way } from './compare.ts';
import { checkedWay, nativeWays, ours } from './derive.bench.ts';
import { manyRows } from './memory.bench.ts';
import type { Contest, Outcome } from './outcome.ts';
import { COLUMNS, WORDS } from './plan.ts';
import { type Rows, randomRows } from './rows.ts';
import { KERNEL } from './subject.ts';

const RECORDS = 1024;
const ALL = 'armlens wasm, all columns';
const FEW = 'armlens wasm, three columns';
/** What a small table has: who the CPU is, and two registers of what it can. */
const SMALL = ['MIDR_EL1', 'ID_AA64PFR0_EL1', 'ID_AA64ISAR0_EL1'];

/** The same registers, a column each. */
function columnsOf({ words, count }: Rows, names: readonly string[]): Readonly<Record<string, BigUint64Array>> {
  const columnOf = (name: string): BigUint64Array => {
    const place = (ROW_REGISTERS as readonly string[]).indexOf(name);
    return BigUint64Array.from({ length: count }, (_, row) => words[row * COLUMNS + place]!);
  };
  return Object.fromEntries(names.map((name) => [name, columnOf(name)]));
}

/** The same rows, but for registers that are not named. */
function onlyOf({ words }: Rows, names: readonly string[]): BigUint64Array {
  return words.map((word, i) => (names.includes(ROW_REGISTERS[i % COLUMNS]!) ? word : 0n));
}

async function contest(title: string, rows: Rows, settings: Settings): Promise<Contest> {
  const kernel = compile(KERNEL, { engine: 'wasm' });
  const expectedOf = (words: BigUint64Array): BigUint64Array => {
    const expected = new BigUint64Array(rows.count * WORDS);
    compile(KERNEL, { engine: 'generated' }).derive(words, expected, rows.count);
    return expected;
  };
  const byColumns = (name: string, names: readonly string[]): Way => {
    const [columns, out] = [columnsOf(rows, names), new BigUint64Array(rows.count * WORDS)];
    kernel.deriveColumns(columns, out, rows.count);
    expectWords(name, out, expectedOf(onlyOf(rows, names)));
    const low = new Int32Array(out.buffer);
    const run = (): number => {
      kernel.deriveColumns(columns, out, rows.count);
      return low[0]!;
    };
    return { name, run };
  };
  const expected = expectedOf(rows.words);
  const ways = [byColumns(ALL, ROW_REGISTERS), byColumns(FEW, SMALL), checkedWay('armlens wasm, rows', ours('wasm'), rows, expected)];
  const natives = nativeWays('straight', ', rows', settings.native.put(rows), expected, settings);
  const costs = await compare(title, rows.count, ways, settings, natives);
  return { title, unit: 'record', costs, base: natives[0]?.name ?? 'armlens wasm, rows' };
}

/** Registers that lie in columns, as Arrow and engines have them, to hwcap words; beside rows of the same registers. */
export async function columns(settings: Settings): Promise<Outcome> {
  const cached = await contest('Columns to words, in cache', randomRows(RECORDS), settings);
  const stored = await contest('Columns to words, out of cache', manyRows(settings.smoke), settings);
  if (settings.native.programs.length === 0) return { contests: [cached, stored] };
  const judged = ({ costs, base }: Contest) => {
    const over = (way: string): number => costs.get(way)! / costs.get(base)!;
    return { value: over(ALL), also: `three columns: ${over(FEW).toFixed(2)}×` };
  };
  return { contests: [cached, stored], measured: { 'columns-cache': judged(cached), 'columns-memory': judged(stored) } };
}
