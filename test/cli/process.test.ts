import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const ARGV = [join(ROOT, 'dist', 'cli', 'main.js')];
const RECORD = '{"id":1,"kernel":{"release":"6.12"},"cpus":[{"registers":{"ID_AA64PFR0_EL1":"0x11"}}]}\n';
let folder = '';

beforeAll(async () => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, '.ci', 'setup.mjs'), '--build'], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  folder = await mkdtemp(join(tmpdir(), 'armlens-'));
});
afterAll(() => rm(folder, { recursive: true }));

function armlens(
  argv: readonly string[],
  { input = '', env = {} }: { readonly input?: string; readonly env?: Record<string, string> } = {},
) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...clean } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...ARGV, ...argv], {
    input,
    encoding: 'utf8',
    env: { ...clean, ...env },
  });
  return { status, stdout, stderr };
}

const exited = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

describe('the process', () => {
  it('reads a file, writes the result to one stream and findings to the other', () => {
    const path = join(folder, 'pi.txt');
    writeFileSync(path, 'ID_AA64PFR0_EL1 0x2222\nID_AA64ISAR0_EL1 0x10000\nrubbish\n');
    const { status, stdout, stderr } = armlens(['derive', path, '--kernel', '6.8', '--json', '--fields', 'hwcaps']);
    expect(status).toBe(3);
    expect(JSON.parse(stdout).hwcaps.names).toEqual(['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid']);
    expect(stderr).toMatch(/^line 3, column 1: expected NAME: 0x…/);
  });

  it('answers a stream on standard input', () => {
    const { status, stdout, stderr } = armlens(['derive', '--ndjson', '--fields', 'online'], { input: RECORD + RECORD });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '{"id":1,"online":[0]}\n{"id":1,"online":[0]}\n', stderr: '' });
  });

  it('ends with one line where there is nothing to read', () => {
    expect(armlens(['derive', join(folder, 'missing.txt')])).toMatchObject({
      status: 3,
      stdout: '',
      stderr: expect.stringMatching(/^armlens: .*missing\.txt: there is no such file\n$/),
    });
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(armlens(['derive', empty])).toMatchObject({ status: 3, stderr: expect.stringContaining('no machine could be read') });
    expect(armlens(['derive', '--ndjson', join(folder, 'missing.txt')])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('there is no such file'),
    });
  });

  it('colours when asked to, and never with NO_COLOR or into a pipe', () => {
    const argv = ['decode', 'midr', '0x410fd083'];
    const plain = armlens(argv).stdout;
    expect(plain).not.toContain('\u001b');
    expect(armlens(argv, { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[');
    expect(armlens(argv, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout).toBe(plain);
  });

  it('ends with one line and 4 when its reader goes away', async () => {
    const child = spawn(process.execPath, [...ARGV, 'derive', '--ndjson'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdin.on('error', () => {});
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.end(RECORD.repeat(3000));
    expect(await exited(child)).toBe(4);
    expect(stderr).toBe('armlens: standard output: nobody reads it any more\n');
  });

  it
    .runIf(existsSync('/dev/full'))
    .each([[['list', 'machines']], [['derive', '--machine', 'kunpeng-920', '--json']], [['--help']], [['completion', 'bash']]])(
    '%j on a full disk ends with one line and 4',
    (argv) => {
      const full = openSync('/dev/full', 'w');
      try {
        const { status, stderr } = spawnSync(process.execPath, [...ARGV, ...argv], { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
        expect(stderr.split('\n').filter((line) => !line.startsWith('note: ') && !line.startsWith('ID_'))).toEqual([
          'armlens: standard output: there is no space left',
          '',
        ]);
        expect(status).toBe(4);
        expect(spawnSync(process.execPath, [...ARGV, ...argv], { stdio: ['ignore', full, full] }).status).toBe(4);
      } finally {
        closeSync(full);
      }
    },
  );

  it.runIf(existsSync('/proc/self/mem'))('an input/output error of what is read ends with one line and 4', () => {
    // The first page of a process is never there.
    for (const argv of [
      ['derive', '/proc/self/mem'],
      ['derive', '--ndjson', '/proc/self/mem'],
    ])
      expect(armlens(argv)).toMatchObject({ status: 4, stdout: '', stderr: 'armlens: /proc/self/mem: input/output error\n' });
  });

  it.runIf(existsSync('/dev/zero'))('reads no more than it says, whatever a file tells of its size', () => {
    const more = expect.stringMatching(/^armlens: .*: more than 64 MB, which is no capture of a machine\n$/);
    for (const argv of [
      ['derive', '/dev/zero'],
      ['diff', 'kunpeng-920', '/dev/zero'],
      ['derive', 'kunpeng-920', '--mask', '/dev/zero'],
      ['derive', 'kunpeng-920', '--template', '/dev/zero'],
      ['infer', '/dev/zero'],
      ['decode', '/dev/zero'],
    ])
      expect([argv, armlens(argv)]).toEqual([argv, { status: 3, stdout: '', stderr: more }]);
  });

  it('answers each record of a conversation before it is asked the next', async () => {
    const child = spawn(process.execPath, [...ARGV, 'derive', '--ndjson', '--fields', 'online'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answers: string[] = [];
    const next = () => new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
    for (let i = 0; i < 3; i++) {
      const answer = next();
      child.stdin.write(RECORD);
      answers.push(await answer);
    }
    child.stdin.end();
    expect(await exited(child)).toBe(0);
    expect(answers).toEqual(new Array(3).fill('{"id":1,"online":[0]}\n'));
  });
});
