import { compile } from '../src/rows/compile.ts';
import type { EngineName } from '../src/rows/engine-name.ts';
import { quantile, type Settings } from './compare.ts';
import { formatDuration, type Grid, type Outcome } from './outcome.ts';
import { COLUMNS, WORDS } from './plan.ts';
import { randomRows } from './rows.ts';
import { systemsOf } from './sanitise.bench.ts';
import { KERNEL } from './subject.ts';

const ENGINES: readonly EngineName[] = ['generated', 'wasm', 'auto'];
/** Rows that are there at a time; more records are the same rows again. */
const ROWS = 4096;

/** The tenth percentile of samples that take about a millisecond, or of few where one call takes longer. */
function secondsOf(call: () => void, smoke: boolean): number {
  const timed = (calls: number): number => {
    const began = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) call();
    return Number(process.hrtime.bigint() - began) / 1e9 / calls;
  };
  if (smoke) return timed(1);
  const warm = process.hrtime.bigint() + 30_000_000n;
  let once = timed(1);
  while (process.hrtime.bigint() < warm) once = timed(1);
  const samples = Math.min(30, Math.max(2, Math.floor(0.1 / once)));
  return quantile(
    Array.from({ length: samples }, () => timed(Math.ceil(1e-3 / once))),
    0.1,
  );
}

function byRecords(smoke: boolean): Grid {
  const { words } = randomRows(ROWS);
  const out = new BigUint64Array(ROWS * WORDS);
  const rows = Array.from({ length: smoke ? 4 : 8 }, (_, power) => {
    const records = 10 ** power;
    const cells = ENGINES.map((engine) => {
      const kernel = compile(KERNEL, { engine });
      const call = (): void => {
        for (let left = records; left > 0; left -= ROWS) kernel.derive(words, out, Math.min(left, ROWS));
      };
      return formatDuration(secondsOf(call, smoke) / records);
    });
    return [`10^${power}`, ...cells];
  });
  return { title: 'Derive: time a record, by the number of records', head: ['records', ...ENGINES], rows };
}

function byCpus(smoke: boolean): Grid {
  const rows = Array.from({ length: smoke ? 3 : 9 }, (_, power) => {
    const cpus = 2 ** power;
    const systems = Math.max(1, 256 / cpus);
    const out = new BigUint64Array(systems * COLUMNS);
    const cells = [cpus, 1].flatMap((kinds) => {
      const { words } = systemsOf(kinds, systems, cpus);
      return ENGINES.slice(0, 2).map((engine) => {
        const kernel = compile(KERNEL, { engine });
        return formatDuration(secondsOf(() => kernel.sanitise(words, out, systems, cpus), smoke) / (systems * cpus));
      });
    });
    return [String(cpus), ...cells];
  });
  const head = ['CPUs', 'generated, different', 'wasm, different', 'generated, identical', 'wasm, identical'];
  return { title: 'Sanitise: time a CPU, by the number of CPUs a system', head, rows };
}

/** How cost grows with records, and with CPUs. */
export async function scale({ smoke }: Settings): Promise<Outcome> {
  return { grids: [byRecords(smoke), byCpus(smoke)] };
}
