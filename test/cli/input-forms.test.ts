import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../support/fake-io.ts';

const sample = (file: string): Uint8Array[] => [readFileSync(new URL(`../formats/samples/${file}`, import.meta.url))];

/** Forms of which a machine can be made, and how standard error names them; own forms go without saying. */
const FORMS = [
  ['registers-equals.txt', ''],
  ['cpuinfo.txt', 'note: standard input: taken for /proc/cpuinfo\n'],
  ['lscpu.json', "note: standard input: taken for lscpu's output\n"],
  ['xen-log.txt', "note: standard input: taken for Xen's boot messages\n"],
  ['freebsd-boot.txt', "note: standard input: taken for FreeBSD's boot messages\n"],
  ['libcpuid.txt', "note: standard input: taken for libcpuid's raw data\n"],
  ['windows-export.reg', 'note: standard input: taken for '],
  ['kvm-one-reg.txt', 'note: standard input: taken for '],
] as const;

const COMMANDS: readonly (readonly string[])[] = [
  ['derive', '-', '--kernel', '6.12', '--json'],
  ['decode', '-', '--json'],
  ['boot', '-', '--kernel', '6.12', '--json'],
  ['mrs', 'MIDR_EL1', '-', '--kernel', '6.12', '--json'],
  ['why', 'sve', '-', '--kernel', '6.12', '--json'],
  ['diff', '-', 'raspberry-pi-4', '--kernel', '6.12', '--json'],
  ['level', '-', '--kernel', '6.12', '--json'],
  ['baseline', '-', 'raspberry-pi-4', '--kernel', '6.12', '--json'],
];

describe.each(COMMANDS)('%s', (...argv) => {
  it.each(FORMS)('takes %s', async (file, taken) => {
    const { code, out, err } = await run(argv, { '-': sample(file) });
    expect([0, 1]).toContain(code);
    expect(err).toContain(taken);
    expect(() => JSON.parse(out)).not.toThrow();
  });
});

describe('a folder', () => {
  const files = {
    'board/registers.txt': sample('registers-colon.txt'),
    'board/cpuinfo': sample('cpuinfo.txt'),
    'board/dmesg.txt': sample('kernel-log.txt'),
    'board/notes.md': 'bought in spring\n',
  };

  it('is read whole, and its kernel and command line taken from the log', async () => {
    const { code, out, err } = await run(['derive', 'board', '--json'], files);
    expect(err).toContain("note: dmesg.txt: taken for the kernel's log\n");
    expect(err).toContain('note: notes.md: left out, since its form is not known\n');
    expect(err).not.toContain('no kernel named');
    expect(code).toBe(0);
    expect(JSON.parse(out).online).toEqual([0, 1]);
  });

  it('names the first of many files that do not count', async () => {
    const notes = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`board/note-${i}.md`, 'bought in spring\n']));
    const { err } = await run(['derive', 'board'], { 'board/registers.txt': files['board/registers.txt'], ...notes });
    expect(err.match(/: left out, since/g)).toHaveLength(10);
    expect(err).toContain('note: … and 15 more files or folders are left out\n');
  });

  it('tells where its texts contradict each other', async () => {
    const other = {
      ...files,
      'board/cpuinfo': [
        new TextEncoder().encode(
          readFileSync(new URL('../formats/samples/cpuinfo.txt', import.meta.url), 'utf8').replaceAll('0xd0', '0xd4'),
        ),
      ],
    };
    const { err } = await run(['derive', 'board', '--json'], other);
    expect(err).toMatch(/warning: MIDR_EL1 is 0x412fd050, 0x414fd0b0 in the registers, and 0x412fd450, 0x414fd4b0 in \/proc\/cpuinfo/);
  });
});

describe('--from', () => {
  it('overrides what a text looks like', async () => {
    const { err } = await run(['derive', '-', '--from', 'lscpu', '--kernel', '6.12'], { '-': sample('registers-colon.txt') });
    expect(err).toContain('no machine could be read');
  });

  it('names the nearest form', async () => {
    const { code, err } = await run(['derive', '-', '--from', 'cpu-info'], { '-': 'x' });
    expect(code).toBe(2);
    expect(err).toContain('did you mean cpuinfo?');
  });
});

it('escapes control characters of the text', async () => {
  const { err } = await run(['derive', '-', '--from', 'registers'], { '-': 'MIDR_EL1: \u001b[31mred\n' });
  expect(err).not.toContain('\u001b');
});

it('a text without registers and without hwcaps gives no machine', async () => {
  const { code, err } = await run(['derive', '-'], { '-': 'CONFIG_ARM64_SVE=y\n# CONFIG_ARM64_SME is not set\n' });
  expect(code).toBe(3);
  expect(err).toContain('no machine could be read: neither ID registers nor a Features line');
});

// Linux reads arm64.nosve of the boot loader's command line, whatever release it is.
describe('a log of which the first line is missing', () => {
  const folder = {
    'board/dmesg.txt':
      '[    0.000000] Kernel command line: root=/dev/vda1 arm64.nosve\n[    0.010000] CPU features: detected: CRC32 instructions\n',
    'board/registers.txt': 'MIDR_EL1 0x410fd4f0\nID_AA64PFR0_EL1 0x1201101123110022\nID_AA64ZFR0_EL1 0x1\n',
  };

  it.each([[[]], [['--kernel', '6.12']], [['--kernel', '7.2']]])('keeps its command line with %j', async (more) => {
    const { out } = await run(['derive', 'board', '--json', ...more], folder);
    const { kernel, hwcaps } = JSON.parse(out) as { kernel: { cmdline: string }; hwcaps: { names: string[] } };
    expect(kernel.cmdline).toContain('arm64.nosve');
    expect(hwcaps.names).not.toContain('sve');
  });
});
