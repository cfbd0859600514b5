import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFolder } from '../../src/cli/write-folder.ts';
import { parseCpuinfo } from '../../src/formats/cpuinfo.ts';
import { formatCpuList } from '../../src/process/cpu-list.ts';
import { findCore } from '../../src/silicon/core.ts';
import { run } from '../support/fake-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'armlens-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILES = { 'x.txt': 'MIDR_EL1 0x410fd083\nID_AA64PFR0_EL1 0x11\n' };
/** Runs `armlens boot --sysroot` with real files. */
const sysroot = (name: string, ...options: string[]) =>
  run(['boot', 'x.txt', '-k', '6.12', '--sysroot', join(folder, name), ...options], FILES, { writeFolder });

describe('--sysroot', () => {
  it('makes the folder and writes what the kernel would show', async () => {
    const { code, out, err } = await sysroot('deep/root');
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toMatch(/root: 7 files written; lscpu --sysroot .*root reads them/);
    expect(readFileSync(join(folder, 'deep/root/proc/cpuinfo'), 'utf8')).toMatch(/^processor\t: 0\n/);
    const cpus = join(folder, 'deep/root/sys/devices/system/cpu');
    expect(readFileSync(join(cpus, 'online'), 'utf8')).toBe('0\n');
    expect(readFileSync(join(cpus, 'cpu0/regs/identification/midr_el1'), 'utf8')).toBe('0x00000000410fd083\n');
  });

  it('takes an empty folder, and any other only with --force, which keeps what is not its own', async () => {
    mkdirSync(join(folder, 'there'));
    expect((await sysroot('there')).code).toBe(0);
    writeFileSync(join(folder, 'there/proc/cpuinfo'), 'precious');
    writeFileSync(join(folder, 'there/mine'), 'mine');
    const refused = await sysroot('there');
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('the folder is not empty; --force') });
    expect(readFileSync(join(folder, 'there/proc/cpuinfo'), 'utf8')).toBe('precious');
    expect((await sysroot('there', '--force')).code).toBe(0);
    expect(readFileSync(join(folder, 'there/proc/cpuinfo'), 'utf8')).toMatch(/^processor/);
    expect(readFileSync(join(folder, 'there/mine'), 'utf8')).toBe('mine');
  });

  it('never writes outside of the folder, even through a link in it', async () => {
    mkdirSync(join(folder, 'outside'));
    writeFileSync(join(folder, 'outside/cpuinfo'), 'precious');
    mkdirSync(join(folder, 'links'));
    symlinkSync(join(folder, 'outside'), join(folder, 'links/proc'));
    expect(await sysroot('links', '--force')).toMatchObject({ code: 2, err: expect.stringContaining('nothing is written through it') });
    rmSync(join(folder, 'links/proc'));
    mkdirSync(join(folder, 'links/proc'));
    symlinkSync(join(folder, 'outside/cpuinfo'), join(folder, 'links/proc/cpuinfo'));
    expect((await sysroot('links', '--force')).code).toBe(0);
    expect(readFileSync(join(folder, 'outside/cpuinfo'), 'utf8')).toBe('precious');
    expect(readFileSync(join(folder, 'links/proc/cpuinfo'), 'utf8')).toMatch(/^processor/);
    expect(readdirSync(join(folder, 'outside'))).toEqual(['cpuinfo']);
  });

  it('says in one line what is in the way', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await sysroot('file')).toMatchObject({ code: 2, err: expect.stringMatching(/file: it is no folder\n$/) });
    expect(await sysroot('file/below')).toMatchObject({ code: 2, err: expect.stringMatching(/below: it is no folder\n$/) });
  });

  // There the system says of a new folder that it does not exist, and Node's own recursive mkdir tries for ever.
  it.runIf(existsSync('/proc/self'))('does not wait for a place where nothing can be made', async () => {
    const result = await run(['boot', 'x.txt', '-k', '6.12', '--sysroot', '/proc/armlens/root'], FILES, { writeFolder });
    expect(result).toMatchObject({
      code: 3,
      err: expect.stringContaining('/proc/armlens/root: it cannot be written: there is no such file'),
    });
  });

  it('goes together with a part to print', async () => {
    expect(await sysroot('with-part', '--cpucaps')).toMatchObject({ code: 0, out: expect.stringMatching(/^[A-Z0-9_\n]+$/) });
    expect(JSON.parse((await sysroot('with-json', '--json')).out)).toHaveProperty('cpuinfo');
    expect(existsSync(join(folder, 'with-json/proc/cpuinfo'))).toBe(true);
  });

  it('writes nothing for a system that panics', async () => {
    const cpu = (mmfr0: string) => ({ registers: { MIDR_EL1: '0x410fd083', ID_AA64PFR0_EL1: '0x11', ID_AA64MMFR0_EL1: mmfr0 } });
    const files = { 'x.txt': JSON.stringify({ cpus: [cpu('0x20'), cpu('0x0')] }) };
    const root = join(folder, 'panic');
    const { code } = await run(['boot', 'x.txt', '-k', '6.12', '--sysroot', root], files, { writeFolder });
    expect(code).toBe(1);
    expect(existsSync(root)).toBe(false);
  });
});

/** One kind of CPU in lscpu's summary. */
type Block = Readonly<Record<string, string>>;

/** The lines of lscpu in the C locale: those of the system, then those of each kind of CPU, which begin with the model name. */
function lscpu(root: string): { readonly system: Block; readonly types: readonly Block[] } {
  const { stdout, status } = spawnSync('lscpu', ['--sysroot', root], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  expect(status).toBe(0);
  const [head, ...blocks] = stdout.split(/^(?=\s*Model name:)/m);
  const read = (text: string): Block =>
    Object.fromEntries([...text.matchAll(/^\s*([^:\n]+): *(.*)$/gm)].map(([, name, value]) => [name!, value!]));
  return { system: read(head!), types: blocks.map(read) };
}

/** A core's name without what versions write differently. */
const plain = (name: string): string => name.replaceAll(/[ -]/g, '').toLowerCase();
/** What older versions of util-linux call a core. */
const OLD_NAMES: Readonly<Record<string, string>> = { taishanv110: 'kunpeng920' };

const installed = spawnSync('lscpu', ['--version']).status === 0;

// Skipped, and reported so, where util-linux is not installed. lscpu takes the processor from the files, whatever it runs on.
describe.skipIf(!installed)('the real lscpu reads', () => {
  it.each([
    'raspberry-pi-4',
    'ampere-altra',
    'kunpeng-920',
    'qemu-neoverse-v1',
    'rk3588',
    'mixed-cortex-a53-cortex-a72',
    'mixed-cortex-a35-cortex-a72',
  ])('%s', async (machine) => {
    const root = join(folder, machine);
    await run(['boot', '--machine', machine, '-k', '6.12.107', '-c', 'debian', '--sysroot', root], {}, { writeFolder });
    const { value: cpus } = parseCpuinfo(readFileSync(join(root, 'proc/cpuinfo'), 'utf8'));
    const { system, types } = lscpu(root);
    expect(system['CPU(s)']).toBe(String(cpus.length));
    expect(system['On-line CPU(s) list']!.replace(/^(\d+),(\d+)$/, '$1-$2')).toBe(formatCpuList(cpus.map(({ processor }) => processor)));
    const [first] = cpus;
    const vendor = { 65: 'ARM', 72: 'HiSilicon' }[first!.implementer!];
    expect(system['Vendor ID'] ?? types[0]!['Vendor ID']).toBe(vendor);
    const kinds = [...new Map(cpus.map((cpu) => [`${cpu.implementer} ${cpu.part} ${cpu.variant} ${cpu.revision}`, cpu])).values()];
    expect(types.length).toBe(kinds.length);
    for (const [i, cpu] of kinds.entries()) {
      const type = types[i]!;
      expect(type.Model).toBe(String(cpu.revision));
      // Older versions lose of a second kind what it has in common with the first.
      if (i > 0 && type['Model name'] === '-') continue;
      const { name } = findCore({ implementer: cpu.implementer!, part: cpu.part! })!;
      expect([plain(name), OLD_NAMES[plain(name)]]).toContain(plain(type['Model name']!));
      expect(type.Flags).toBe(cpu.features.join(' '));
      if (cpu.implementer === 0x41) expect(type.Stepping).toBe(`r${cpu.variant}p${cpu.revision}`);
      expect(type.BogoMIPS).toBe(cpu.bogoMips);
    }
  });

  it('CPUs that are off', async () => {
    const root = join(folder, 'off');
    await run(
      ['boot', '--machine', 'rk3588', '-k', '6.12.107', '-c', 'debian', '--cmdline', 'maxcpus=3', '--sysroot', root],
      {},
      { writeFolder },
    );
    const { system } = lscpu(root);
    expect(system).toMatchObject({ 'CPU(s)': '8', 'On-line CPU(s) list': '0-2', 'Off-line CPU(s) list': '3-7' });
  });
});
