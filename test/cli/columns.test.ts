import { afterEach, beforeEach, expect, it } from 'vitest';
import { CATALOGUES } from '../../src/cli/catalogue/catalogue.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { nodeIo } from '../../src/cli/node-io.ts';
import { run, widest } from '../support/fake-io.ts';

const before = process.env.COLUMNS;
beforeEach(() => {
  delete process.env.COLUMNS;
});
afterEach(() => {
  if (before === undefined) delete process.env.COLUMNS;
  else process.env.COLUMNS = before;
});

it.each([
  ['60', 60],
  ['132', 132],
  ['7', 40],
  ['99999999', 1000],
])('COLUMNS=%s is %i columns, in a pipe too', (text, columns) => {
  process.env.COLUMNS = text;
  expect(nodeIo().columns).toBe(columns);
});

it.each(['', '0', '-5', 'wide', '80.5'])('COLUMNS=%j says nothing', (text) => {
  process.env.COLUMNS = text;
  expect(nodeIo().columns).toBeLessThanOrEqual(100);
  expect(nodeIo().columns).toBeGreaterThanOrEqual(40);
});

it('the Features line and the help fill the width that there is', async () => {
  const line = async (columns: number): Promise<number> =>
    widest((await run(['derive', 'virt-max', '-k', '6.12', '--fields', 'hwcaps'], {}, { columns })).out);
  expect(await line(140)).toBeGreaterThan(110);
  expect(widest((await run(['help', 'level'], {}, { columns: 120 })).out)).toBeGreaterThan(81);
});

it.each([
  ...Object.keys(CATALOGUES).map((kind) => ['list', kind]),
  ...Object.keys(COMMANDS).map((name) => ['help', name]),
  ['list', 'level', 'v8.5'],
  ['list', 'erratum', '1418040'],
  ['kvm', 'trm-neoverse-v1', '-k', '6.1'],
  ['migrate', 'trm-neoverse-n1', 'trm-neoverse-v1', '--kvm', '6.12.107'],
  ['mrs', 'ID_AA64PFR0_EL1', 'raspberry-pi-4'],
])('%s %s %s fits into 80 columns', async (...words) => {
  expect(widest((await run(words.filter(Boolean), {}, { columns: 80 })).out)).toBeLessThanOrEqual(80);
});
