import { compare, type Settings } from './compare.ts';
import { checkedWay, nativeWays, ours } from './derive.bench.ts';
import type { Outcome } from './outcome.ts';
import { COLUMNS, WORDS } from './plan.ts';
import { type Rows, randomRows, rowsOf } from './rows.ts';

/** Rows of which copies fill the memory. */
const DIFFERENT = 1024;
const BYTES = 45e6;

/** Rows that no cache holds. */
export function manyRows(smoke: boolean): Rows {
  const some = randomRows(DIFFERENT);
  const copies = smoke ? 2 : Math.ceil(BYTES / some.words.byteLength);
  const words = new BigUint64Array(some.words.length * copies);
  for (let i = 0; i < copies; i++) words.set(some.words, i * some.words.length);
  return rowsOf(words);
}

function readFloats(floats: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < floats.length; i += 4) {
    a += floats[i]!;
    b += floats[i + 1]!;
    c += floats[i + 2]!;
    d += floats[i + 3]!;
  }
  return a + b + c + d === 0 ? 1 : 0;
}

/** Rows to hwcap words, more of them than any cache holds, beside reading the same bytes. */
export async function memory(settings: Settings): Promise<Outcome> {
  const rows = manyRows(settings.smoke);
  const { count } = rows;
  const expected = new BigUint64Array(count * WORDS);
  ours('generated')(rows, expected);
  const path = settings.native.put(rows);
  // Not all bytes are finite numbers, and adding those that are not costs the same.
  const floats = new Float64Array(rows.words.buffer, 0, count * COLUMNS);
  const ways = [
    checkedWay('armlens generated', ours('generated'), rows, expected),
    checkedWay('armlens wasm', ours('wasm'), rows, expected),
    { name: 'reading, in JavaScript', run: () => readFloats(floats) },
  ];
  const natives = [
    ...nativeWays('straight', '', path, expected, settings),
    ...nativeWays('sum', ', reading', path, expected, settings).slice(0, 1),
  ];
  const costs = await compare('memory', count, ways, settings, natives);
  const reading = natives.at(-1)?.name ?? 'reading, in JavaScript';
  const over = (way: string): number => costs.get(way)! / costs.get(reading)!;
  const title = `Out of cache: ${(rows.words.byteLength / 1e6).toFixed(0)} MB of rows`;
  return {
    contests: [{ title, unit: 'record', costs, base: reading, drawn: true }],
    measured: { memory: { value: over('armlens wasm'), also: `generated: ${over('armlens generated').toFixed(2)}×` } },
  };
}
