/**
 * `npm run bench` runs every suite and writes bench/RESULTS.md and bench/results.svg; `npm run bench -- derive sanitise` runs those
 * named, and writes the report only with `--report`. Each suite sets ours beside other ways in the same run; quote the ratios, not
 * the times. `--smoke` only tries whether everything runs.
 *
 * The suites take src/ into one module; those of start and of garbage collection load dist/, which is what users run.
 *
 * @module
 */
import { boot } from './boot.bench.ts';
import { columns } from './columns.bench.ts';
import type { Settings } from './compare.ts';
import { derive } from './derive.bench.ts';
import { extract } from './extract.bench.ts';
import { fleet } from './fleet.bench.ts';
import { gc } from './gc.bench.ts';
import { judgeGoals, type Measured } from './goals.ts';
import { memory } from './memory.bench.ts';
import { NativePrograms } from './native/program.ts';
import { formatGrid, gridOf, type Outcome } from './outcome.ts';
import { planOf } from './plan.ts';
import { record } from './record.bench.ts';
import { goalGrid, writeReport } from './report.ts';
import { sanitise } from './sanitise.bench.ts';
import { scale } from './scale.bench.ts';
import { startup } from './startup.bench.ts';
import { stream } from './stream.bench.ts';
import { KERNEL } from './subject.ts';

const SUITES: Readonly<Record<string, (settings: Settings) => Promise<Outcome>>> = {
  derive,
  memory,
  columns,
  record,
  sanitise,
  scale,
  gc,
  startup,
  stream,
  fleet,
  boot,
  extract,
};

function show(name: string, { contests = [], grids = [], notes = [] }: Outcome, smoke: boolean): void {
  if (smoke) {
    console.log(`${name}: all ways ran and agree`);
    return;
  }
  for (const grid of [...contests.map(gridOf), ...grids]) console.log(`\n${formatGrid(grid)}`);
  for (const note of notes) console.log(`note: ${note}`);
}

async function run(names: readonly string[], smoke: boolean, report: boolean): Promise<void> {
  const plan = planOf(KERNEL.release);
  const native = new NativePrograms(plan);
  try {
    const outcomes: Outcome[] = [];
    for (const name of names) {
      const outcome = await SUITES[name]!({ smoke, plan, native });
      show(name, outcome, smoke);
      outcomes.push(outcome);
    }
    if (smoke) return;
    const measured: Measured = Object.assign({}, ...outcomes.map((outcome) => outcome.measured));
    const goals = judgeGoals(measured);
    console.log(`\n${formatGrid(goalGrid(goals.filter(({ met }) => met !== undefined)))}`);
    if (report) writeReport(outcomes, goals, native.programs);
  } finally {
    native.remove();
  }
}

const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = named.find((name) => !Object.hasOwn(SUITES, name));
if (unknown === undefined) {
  const smoke = flags.includes('--smoke');
  await run(named.length > 0 ? named : Object.keys(SUITES), smoke, !smoke && (named.length === 0 || flags.includes('--report')));
} else {
  console.error(`there is no suite ${unknown}; known are ${Object.keys(SUITES).join(', ')}`);
  process.exitCode = 2;
}
