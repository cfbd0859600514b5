import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadAllCommands } from '../../src/cli/commands.ts';
import { formatAnswer } from '../../src/formats/json.ts';
import { answerFaults } from '../support/answer-schemas.ts';
import { run } from '../support/fake-io.ts';

const schemas = readdirSync('spec-data/schemas/answers').map((file) => file.replace('.schema.json', ''));

it('each command that prints JSON has a schema, and no schema is of no command', async () => {
  const commands = (await loadAllCommands()).filter(({ options }) => options.some(({ flags }) => flags === '--json'));
  // A record is what derive reads; what the command of that name prints are recordings.
  const forms = commands.map(({ name }) => (name === 'record' ? 'recording' : name));
  expect(schemas.toSorted()).toEqual([...forms, 'common', 'error', 'record', 'result'].toSorted());
});

it('writes 64-bit values as texts of 16 digits, and leaves out what is not there', () => {
  const found = {
    value: 0x11n,
    names: new Set(['fp']),
    map: new Map([['MIDR_EL1', 1n]]),
    none: undefined,
    no: null,
    sides: [undefined, 0n],
  };
  expect(JSON.parse(formatAnswer('level', { subject: { name: 'x' } }, found))).toEqual({
    $schema: 'urn:armlens:level:1',
    subject: { name: 'x' },
    value: '0x0000000000000011',
    names: ['fp'],
    map: { MIDR_EL1: '0x0000000000000001' },
    sides: [null, '0x0000000000000000'],
  });
});

it.each([
  [['derive', 'line.txt'], 'likely'],
  [['why', 'FEAT_LSE', 'line.txt'], 'likely'],
  [['derive', 'registers.txt'], 'newest'],
  [['derive', 'line.txt', '-k', '6.1'], undefined],
] as const)('says why a kernel is taken that nothing names: %j %s', async (argv, taken) => {
  const files = {
    'line.txt': 'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid\n',
    'registers.txt': 'MIDR_EL1 0x410fd0c0\nID_AA64PFR0_EL1 0x11\n',
  };
  const { out } = await run([...argv, '--json'], files);
  const answer = JSON.parse(out);
  expect(answer.kernel.taken).toBe(taken);
  expect(answerFaults(out)).toEqual([]);
});

it('of what is open tells apart what is usual for the cores', async () => {
  const files = {
    'log.txt': '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd034]\n[    0.000000] Linux version 5.15.85\n',
  };
  const { out } = await run(['derive', 'log.txt', '--fields', 'hwcaps', '--json'], files);
  const { hwcaps, unknown, usual } = JSON.parse(out);
  expect(hwcaps.names).not.toContain('asimd');
  expect(unknown.hwcaps).toEqual(expect.arrayContaining(['fp', 'asimd', 'atomics']));
  // A Cortex-A53 may be built without cryptography.
  expect(usual).toMatchObject({ cores: ['Cortex-A53'], unknown: { hwcaps: ['pmull', 'aes', 'sha1', 'sha2', 'sha512'] } });
  expect(usual.hwcaps.names).toEqual(['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid']);
  expect(answerFaults(out)).toEqual([]);
});

it('of a release that is known within bounds names the rows in doubt', async () => {
  const { out } = await run(['derive', 'rk3588', '-k', '6.6.40', '--json']);
  expect(JSON.parse(out)).toMatchObject({ fidelity: 'bounded', doubts: expect.any(Array) });
});

it.each([
  [['level', 'no-such-machine'], 'unknown-machine'],
  [['level', './none.txt'], 'bad-input'],
  [['level', 'rk3588', '--by', 'nobody'], 'usage'],
  [['level', 'rk3588', '--no-such-option'], 'usage'],
  [['no-such-command'], 'usage'],
])('%j with --json says what is wrong as JSON, too', async (argv, code) => {
  const plain = await run(argv);
  const { out, err, code: exit } = await run([...argv, '--json']);
  expect(plain.out).toBe('');
  expect([exit, err]).toEqual([plain.code, plain.err]);
  expect(answerFaults(out)).toEqual([]);
  const { error } = JSON.parse(out);
  expect(error.code).toBe(code);
  expect(err).toContain(error.message);
});
