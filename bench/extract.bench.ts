import { type BitRange, extractField } from '../src/bits/field.ts';
import { compare, expectEqual, type Settings } from './compare.ts';
import { naiveField } from './naive.ts';
import type { Outcome } from './outcome.ts';
import { randomWords } from './random.ts';

const FIELDS: readonly BitRange[] = Array.from({ length: 16 }, (_, i) => ({ msb: 4 * i + 3, lsb: 4 * i }));
const VALUES = randomWords(64);

/** The same values as two 32-bit words each, the low one first. */
const WORDS = Uint32Array.from(VALUES.flatMap((value) => [Number(value & 0xffff_ffffn), Number(value >> 32n)]));

function extractFromWords(low: number, high: number, lsb: number, width: number): number {
  const mask = width === 32 ? 0xffff_ffff : (1 << width) - 1;
  return ((lsb < 32 ? low >>> lsb : high >>> (lsb - 32)) & mask) >>> 0;
}

function withBigint(read: (value: bigint, range: BitRange) => bigint): () => number {
  return () => {
    let sum = 0;
    for (const value of VALUES) for (const range of FIELDS) sum += Number(read(value, range));
    return sum;
  };
}

function withWords(): number {
  let sum = 0;
  for (let i = 0; i < WORDS.length; i += 2)
    for (const { msb, lsb } of FIELDS) sum += extractFromWords(WORDS[i]!, WORDS[i + 1]!, lsb, msb - lsb + 1);
  return sum;
}

/** Reading one field of a 64-bit value. */
export async function extract(settings: Settings): Promise<Outcome> {
  const ours = withBigint(extractField);
  const naive = withBigint((value, { msb, lsb }) => naiveField(value, lsb, msb - lsb + 1, false));
  expectEqual('extract', [ours(), ours()], [naive(), withWords()]);
  const ways = [
    { name: 'extractField()', run: ours },
    { name: 'naive BigInt: shift and mask', run: naive },
    { name: 'two 32-bit words as numbers', run: withWords },
  ];
  const costs = await compare('extract', VALUES.length * FIELDS.length, ways, settings);
  return { contests: [{ title: 'Reading a field of a BigInt', unit: 'field', costs, base: 'extractField()' }] };
}
