import { compile } from '../src/rows/compile.ts';
import type { EngineName } from '../src/rows/engine-name.ts';
import { compare, expectWords, type NativeWay, type Settings, type Way } from './compare.ts';
import type { Measured } from './goals.ts';
import type { NativeTask } from './native/program.ts';
import type { Outcome } from './outcome.ts';
import { WORDS } from './plan.ts';
import { type Rows, randomRows } from './rows.ts';
import { KERNEL } from './subject.ts';
import { bigintLoop, bigintObjects, type RowsDeriver } from './ways/bigint.ts';
import { bitBuffer } from './ways/libraries.ts';
import { descriptorObjects, packedDescriptors } from './ways/words.ts';

const RECORDS = 1024;
const BIGINT = 'BigInt loop over the table';

/** Our own ways, by engine. */
export function ours(engine: EngineName): RowsDeriver {
  const kernel = compile(KERNEL, { engine });
  return ({ words, count }, out) => kernel.derive(words, out, count);
}

/** Turns a way into something to be timed, once it gives the right words. */
export function checkedWay(name: string, derive: RowsDeriver, rows: Rows, expected: BigUint64Array): Way {
  const out = new BigUint64Array(rows.count * WORDS);
  derive(rows, out);
  expectWords(name, out, expected);
  const low = new Int32Array(out.buffer);
  return {
    name,
    run() {
      derive(rows, out);
      return low[0]!;
    },
  };
}

/** The same for C, with each compiler. */
export function nativeWays(task: NativeTask, suffix: string, path: string, expected: BigUint64Array, settings: Settings): NativeWay[] {
  return settings.native.programs.map(({ compiler, run }) => {
    const name = `${compiler}${suffix}`;
    const measure = () => run(task, path, expected.length / WORDS, 1, settings.smoke);
    if (task !== 'sum') expectWords(name, measure().out, expected);
    return { name, seconds: () => measure().seconds };
  });
}

/** Rows to hwcap words: one CPU a record, random fields, all in the cache. */
export async function derive(settings: Settings): Promise<Outcome> {
  const { plan, native } = settings;
  const rows = randomRows(RECORDS);
  const expected = new BigUint64Array(RECORDS * WORDS);
  ours('evaluator')(rows, expected);
  const path = native.put(rows);
  const ways: Readonly<Record<string, RowsDeriver>> = {
    'armlens generated': ours('generated'),
    'armlens wasm': ours('wasm'),
    'armlens auto': ours('auto'),
    'packed Int32 descriptors': packedDescriptors(plan),
    'descriptor objects, 32-bit words': descriptorObjects(plan),
    'bit-buffer (npm)': bitBuffer(plan),
    [BIGINT]: bigintLoop(plan),
    'BigInt objects': bigintObjects(plan),
  };
  const natives = [
    ...nativeWays('straight', '', path, expected, settings),
    ...nativeWays('loop', ', descriptor loop', path, expected, settings).slice(0, 1),
  ];
  const checked = Object.entries(ways).map(([name, way]) => checkedWay(name, way, rows, expected));
  const costs = await compare('derive', RECORDS, checked, settings, natives);
  const [gcc, clang] = [native.by('gcc')?.compiler, native.by('clang')?.compiler];
  const over = (way: string, other: string): number => costs.get(way)! / costs.get(other)!;
  const measured: Measured = {
    ...(gcc ? { 'derive-generated': over('armlens generated', gcc), 'derive-wasm': over('armlens wasm', gcc) } : {}),
    ...(clang ? { 'derive-wasm-clang': over('armlens wasm', clang) } : {}),
    'bigint-generated': over(BIGINT, 'armlens generated'),
    'bigint-wasm': over(BIGINT, 'armlens wasm'),
  };
  const title = 'Derive: one CPU a record, random fields, in cache';
  return { contests: [{ title, unit: 'record', costs, base: gcc ?? BIGINT, drawn: true }], measured };
}
