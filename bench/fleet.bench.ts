import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatRecord } from '../src/formats/record.ts';
import { KNOWN_MACHINES, loadMachine } from '../src/silicon/known-machine.ts';
import type { Machine } from '../src/silicon/machine.ts';
import { quantile, type Settings } from './compare.ts';
import type { Contest, Outcome } from './outcome.ts';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const RELEASES = ['5.10', '6.1', '6.12', '7.2'];
const KINDS = 100;
const ROUNDS = 3;
const ALIKE = '100 kinds of machines';
const DIFFERENT = 'machines that all differ';

async function machines(): Promise<readonly Machine[]> {
  return Promise.all(KNOWN_MACHINES.slice(0, KINDS).map(async ({ name }) => (await loadMachine(name)).machine));
}

/** Records of so many kinds in turn: equal ones have ids of their own, and nothing else. */
function recordsOf(known: readonly Machine[], count: number, kinds: number): string {
  let text = '';
  for (let i = 0; i < count; i++) {
    const kind = i % kinds;
    const cpus = known[kind % known.length]!.cpus.map(({ registers }) => ({ registers: { ...registers, MPIDR_EL1: BigInt(kind) } }));
    text += `${formatRecord({ id: `m${i}`, machine: { cpus }, kernel: { release: RELEASES[kind % RELEASES.length]! }, environment: {} })}\n`;
  }
  return text;
}

function secondsOf(args: readonly string[]): number {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(`armlens ${args.join(' ')} failed: ${stderr}`);
  return Number(process.hrtime.bigint() - began) / 1e9;
}

/** The command over files, in turns; what it takes for one record, its start, is taken off. */
function contest(
  title: string,
  args: readonly string[],
  files: Readonly<Record<string, readonly [file: string, count: number]>>,
  first: string,
): Contest {
  const found = new Map(Object.keys(files).map((way) => [way, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    const start = secondsOf([...args, first]);
    for (const [way, [file, count]] of Object.entries(files)) found.get(way)!.push((secondsOf([...args, file]) - start) / (count - 1));
  }
  const costs = new Map([...found].map(([way, seconds]) => [way, quantile(seconds, 0.5)]));
  return { title, unit: 'record', costs, base: DIFFERENT };
}

/** Many recorded machines through the command: of few kinds, as fleets are, and all different. */
export async function fleet({ smoke }: Settings): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'armlens-fleet-'));
  try {
    const known = await machines();
    const [many, few] = smoke ? [3, 3] : [10_000, 1000];
    const write = (name: string, records: number, kinds: number): string => {
      const file = join(folder, `${name}.ndjson`);
      writeFileSync(file, recordsOf(known, records, kinds));
      return file;
    };
    const first = write('first', 1, 1);
    const files = { [ALIKE]: [write('alike', many, KINDS), many], [DIFFERENT]: [write('different', few, few), few] } as const;
    const contests = [
      contest('`armlens derive --ndjson`, all parts', ['derive', '--ndjson'], files, first),
      contest('`armlens audit`', ['audit', '--csv'], files, first),
    ];
    const [derived, audited] = contests.map(({ costs }) => costs.get(DIFFERENT)! / costs.get(ALIKE)!);
    return { contests, measured: { records: derived!, audit: audited! } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
