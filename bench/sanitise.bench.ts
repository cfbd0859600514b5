import { compile } from '../src/rows/compile.ts';
import type { EngineName } from '../src/rows/engine-name.ts';
import { ROW_REGISTERS } from '../src/rows/generated/row-layout.ts';
import { compare, expectWords, type Settings } from './compare.ts';
import type { Contest, Outcome } from './outcome.ts';
import { COLUMNS } from './plan.ts';
import { type Rows, randomRows } from './rows.ts';
import { KERNEL } from './subject.ts';
import { mergeBigints, mergeWords, type RowsMerger } from './ways/merging.ts';

const CPUS = 8;
const SYSTEMS = 128;
const PFR0 = ROW_REGISTERS.indexOf('ID_AA64PFR0_EL1');
const CTR = ROW_REGISTERS.indexOf('CTR_EL0');

/**
 * Systems whose CPUs are of so many kinds, in equal parts. All run AArch32 programs and need no cleaning of caches, which saves the
 * other ways the conditions on both.
 */
export function systemsOf(kinds: number, systems: number, cpus: number): Rows {
  const rows = randomRows(systems * cpus);
  for (let row = 0; row < rows.count; row++) {
    const cpu = row % cpus;
    const kind = Math.floor((cpu * kinds) / cpus);
    const like = row - cpu + Math.ceil((kind * cpus) / kinds);
    const at = row * COLUMNS;
    if (like !== row) rows.words.copyWithin(at, like * COLUMNS, (like + 1) * COLUMNS);
    rows.words[at + PFR0] = (rows.words[at + PFR0]! & ~0xfn) | 2n;
    rows.words[at + CTR]! |= 1n << 28n;
  }
  return rows;
}

function ours(engine: EngineName): RowsMerger {
  const kernel = compile(KERNEL, { engine });
  return ({ words, count }, cpus, out) => kernel.sanitise(words, out, count / cpus, cpus);
}

async function contest(what: string, kinds: number, settings: Settings): Promise<Contest> {
  const { plan, native, smoke } = settings;
  const rows = systemsOf(kinds, SYSTEMS, CPUS);
  const expected = new BigUint64Array(SYSTEMS * COLUMNS);
  ours('evaluator')(rows, CPUS, expected);
  const merging: Readonly<Record<string, RowsMerger>> = {
    'armlens generated': ours('generated'),
    'armlens wasm': ours('wasm'),
    'armlens auto': ours('auto'),
    'descriptor objects, 32-bit words': mergeWords(plan),
    'BigInt fields': mergeBigints(plan),
  };
  const ways = Object.entries(merging).map(([name, merge]) => {
    const out = new BigUint64Array(SYSTEMS * COLUMNS);
    merge(rows, CPUS, out);
    expectWords(`sanitise, ${name}`, out, expected);
    const low = new Int32Array(out.buffer);
    const run = (): number => {
      merge(rows, CPUS, out);
      return low[0]!;
    };
    return { name, run };
  });
  const path = native.put(rows);
  const natives = native.programs.map(({ compiler, run }) => {
    const measure = () => run('sanitise', path, SYSTEMS, CPUS, smoke);
    expectWords(`sanitise, ${compiler}`, measure().out, expected);
    return { name: `${compiler}, Linux's loop`, seconds: () => measure().seconds };
  });
  const costs = await compare(`sanitise ${what}`, SYSTEMS, ways, settings, natives);
  return { title: `Sanitise: ${CPUS} CPUs, ${what}`, unit: 'system', costs, base: natives[0]?.name ?? 'BigInt fields', drawn: true };
}

/** Merging the registers of eight CPUs: all random, of two kinds, and all the same, as in most machines. */
export async function sanitise(settings: Settings): Promise<Outcome> {
  const contests = [
    await contest('all different', CPUS, settings),
    await contest('of two kinds', 2, settings),
    await contest('identical', 1, settings),
  ];
  if (settings.native.programs.length === 0) return { contests };
  const judged = ({ costs, base }: Contest) => {
    const [auto, generated] = ['armlens auto', 'armlens generated'].map((way) => costs.get(way)! / costs.get(base)!);
    return { value: auto!, also: `generated: ${generated!.toFixed(2)}×` };
  };
  return { contests, measured: { 'sanitise-different': judged(contests[0]!), 'sanitise-identical': judged(contests[2]!) } };
}
