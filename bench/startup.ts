/**
 * What it costs to start the command: `armlens derive FILE` as a whole process, beside a Node that does nothing. The two take turns,
 * so that whatever else the machine does meets both.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatRecord } from '../dist/formats/record.js';
import { formatDuration, type Settings } from './compare.ts';
import { benchSubject } from './subject.ts';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const GOAL = 2;

function timed(args: readonly string[]): number {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
  return seconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, c) => a - c)[values.length >> 1]!;
}

/** The whole process, from its start to its end. */
export async function startup({ smoke }: Settings): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'armlens-bench-'));
  try {
    const file = join(folder, 'machine.json');
    const { machine, kernel, environment } = await benchSubject();
    writeFileSync(file, formatRecord({ id: 'bench', machine, kernel, environment }));
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let i = 0; i < (smoke ? 1 : 25); i++) {
      ours.push(timed([MAIN, 'derive', file]));
      bare.push(timed(['-e', '0']));
    }
    if (smoke) return console.log('start the command\n  ran');
    const ratio = median(ours) / median(bare);
    console.log('start the command');
    console.log(`  armlens derive FILE  ${formatDuration(median(ours)).padStart(8)}  × ${ratio.toFixed(2)}`);
    console.log(`  node -e 0            ${formatDuration(median(bare)).padStart(8)}  × 1.00`);
    console.log(`  goal: under ${GOAL} times: ${ratio < GOAL ? 'met' : 'missed'}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
