import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeIo } from '../../src/cli/node-io.ts';
import { compareRecording } from '../../src/recorder/differences.ts';
import { readKernelFiles } from '../../src/recorder/kernel-files.ts';
import { parseMatrix } from '../../src/recorder/matrix.ts';
import { type BootRecording, blocksOf, encodingsIn } from '../../src/recorder/recording.ts';
import { parseRegistersText } from '../../src/recorder/registers-text.ts';
import { run } from '../support/fake-io.ts';
import { recordings } from '../support/recordings.ts';

const sample = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
/** What the two programs printed under QEMU 7.2's Cortex-A76, and Debian's 6.12.117 there. */
const REGISTERS = sample('samples/registers-cortex-a76.txt');
const SEEN = sample('../formats/samples/probe-6.12.117-cortex-a76.txt');

/** The least that is taken for an arm64 kernel. */
const IMAGE = Buffer.alloc(128);
IMAGE.write('ARM\x64', 56, 'latin1');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'armlens-record-test-'));
  writeFileSync(join(folder, 'Image'), IMAGE);
  writeFileSync(join(folder, 'registers.txt'), REGISTERS);
  writeFileSync(join(folder, 'seen.txt'), `EFI stub\r\n${SEEN.replaceAll('\n', '\r\n')}reboot: Power down\r\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A program that stands for the emulator: with an initrd it prints what a kernel showed. */
function emulator(name: string, kernel = `cat "${folder}/seen.txt"`, image = `cat "${folder}/registers.txt"`): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\ncase "$*" in *-initrd*) ${kernel};; *) ${image};; esac\n`);
  chmodSync(path, 0o755);
  return path;
}

const { exists, writeFile, writeFolder } = nodeIo();
const here = { exists, writeFile, writeFolder };
const record = (...args: readonly string[]) => run(['record', '--image', join(folder, 'Image'), '--out', folder, ...args], {}, here);

describe.skipIf(process.platform === 'win32')('armlens record', () => {
  it('keeps a recording that holds what was shown, and finds that all of it follows from the registers', async () => {
    const { code, out, err } = await record('--qemu', emulator('good'), '--qemu-cpu', 'cortex-a76', '--append', 'earlycon');
    expect(err).toBe('');
    expect(out).toBe(`✓ ${join(folder, '6.12.117-boot-cortex-a76-gic-version-3.json')}: all 8 parts as derived\n`);
    expect(code).toBe(0);
    const recording = JSON.parse(readFileSync(join(folder, '6.12.117-boot-cortex-a76-gic-version-3.json'), 'utf8')) as BootRecording;
    expect(recording.kernel).toEqual({ release: '6.12.117', config: 'debian', cmdline: 'console=ttyAMA0 earlycon' });
    expect(recording.environment).toEqual({ bootEl: 1, timerHz: 62_500_000 });
    expect(recording.cpus[0]).toMatchObject({ count: 2, registers: { MIDR_EL1: '0x00000000414fd0b1', CLIDR_EL1: '0x0000000082000023' } });
    expect(recording.expected.hwcaps?.words).toEqual(['0x0000000000119fff', '0x0000000000000000']);
    expect(recording.expected.log).toContain('CPU features: detected: LSE atomic instructions');
    expect(recording.expected.user?.sigill).toContain('S3_0_C0_C8..C15');
  });

  it('makes the folder that recordings go to', async () => {
    const below = join(folder, 'new', 'below');
    const args = ['--image', join(folder, 'Image'), '--qemu', emulator('good'), '--qemu-cpu', 'cortex-a76', '--out', below];
    const { code, out } = await run(['record', ...args], {}, here);
    expect([code, out]).toEqual([0, `✓ ${join(below, '6.12.117-boot-cortex-a76-gic-version-3.json')}: all 8 parts as derived\n`]);
  });

  it('shows what differs, part by part', async () => {
    const other = emulator('other', `sed 's/ lrcpc dcpop/ dcpop/; s/LSE atomic/LSX atomic/' "${folder}/seen.txt"`);
    const { code, out } = await record('--qemu', other, '--qemu-cpu', 'cortex-a76');
    expect(code).toBe(1);
    expect(out).toContain('2 of 8 parts differ');
    expect(out).toContain('  hwcap names\n    derived lrcpc\n');
    expect(out).toContain('    recorded CPU features: detected: LSX atomic instructions\n    derived CPU features: detected: LSE atomic');
  });

  it('says all of it as JSON, case by case', async () => {
    writeFileSync(join(folder, 'matrix.json'), '{"cpu": ["cortex-a76", "cortex-a76"], "append": ["a", "b"]}');
    const matrix = ['--matrix', join(folder, 'matrix.json'), '--json'];
    const { code, out } = await run(
      ['record', '--image', join(folder, 'Image'), '--out', folder, '--qemu', emulator('good'), ...matrix],
      {},
      {
        ...here,
        read: nodeIo().read,
      },
    );
    const { records } = JSON.parse(out) as {
      readonly records: readonly { readonly path: string; readonly differences: readonly unknown[] }[];
    };
    expect(records.map(({ path }) => path.slice(folder.length + 1))).toEqual([
      '6.12.117-boot-cortex-a76-gic-version-3-a.json',
      '6.12.117-boot-cortex-a76-gic-version-3-b.json',
      '6.12.117-boot-cortex-a76-gic-version-3-a-2.json',
      '6.12.117-boot-cortex-a76-gic-version-3-b-2.json',
    ]);
    expect(records.every(({ path, differences }) => existsSync(path) && differences.length === 0)).toBe(true);
    expect(code).toBe(0);
  });

  it.each<[string, readonly string[], string, string, number]>([
    ['that is missing', ['--qemu', 'no-such-emulator'], '', 'it is not there; Debian has it in the package qemu-system-arm', 4],
    ['that refuses the machine', [], 'echo "qemu: unable to find CPU model" >&2; exit 1', 'unable to find CPU model', 3],
    [
      'that ends early',
      [],
      'echo "[1.0] Kernel panic - not syncing: VFS"',
      'ended before all was recorded; Kernel panic - not syncing: VFS',
      4,
    ],
    [
      'that hangs',
      ['--timeout', '1'],
      'echo hello; sleep 60',
      'did not come to its end within 1 s (--timeout); the last line was: hello',
      4,
    ],
    ['that starts another first process', [], 'echo "end 3"', 'no first process that is ours', 4],
  ])('tells of an emulator %s', async (_, args, script, message, exit) => {
    const program = script === '' ? [] : ['--qemu', emulator('bad', script)];
    const { code, out, err } = await record(...program, ...args);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(message);
    expect(out).toBe('');
    expect(code).toBe(exit);
  });
});

describe('the files of a kernel', () => {
  it('are found in images, packed ones too, and in configurations', async () => {
    writeFileSync(join(folder, 'Image.gz'), gzipSync(IMAGE));
    writeFileSync(join(folder, 'config'), '# Linux/arm64 6.12.1 Kernel Configuration\nCONFIG_ARM64_SVE=y\n# CONFIG_ARM64_MTE is not set\n');
    const { image, config } = await readKernelFiles([join(folder, 'config'), join(folder, 'Image.gz')]);
    expect(image.equals(IMAGE)).toBe(true);
    expect(config).toMatchObject({ CONFIG_ARM64_SVE: 'y', CONFIG_ARM64_MTE: 'n' });
  });

  it("are found in EFI's self-extracting form", async () => {
    const [head, payload] = [Buffer.alloc(64), gzipSync(IMAGE)];
    head.write('MZ\0\0zimg', 0, 'latin1');
    head.writeUInt32LE(64, 8);
    head.writeUInt32LE(payload.length, 12);
    head.write('gzip\0', 24, 'latin1');
    writeFileSync(join(folder, 'vmlinuz.efi'), Buffer.concat([head, payload]));
    expect((await readKernelFiles([join(folder, 'vmlinuz.efi')])).image.equals(IMAGE)).toBe(true);
  });

  const hasDpkg = ['/usr/bin/dpkg-deb', '/bin/dpkg-deb'].some(existsSync);
  it.skipIf(!hasDpkg)("are found in Debian's packages", async () => {
    const script = `cd "${folder}" && mkdir -p p/DEBIAN p/boot && cp Image p/boot/vmlinuz-6.12.1-arm64 && echo CONFIG_ARM64_SVE=y > p/boot/config-6.12.1-arm64 &&
      printf 'Package: p\\nVersion: 1\\nArchitecture: arm64\\nMaintainer: nobody <nobody@localhost>\\nDescription: p\\n' > p/DEBIAN/control && dpkg-deb -b p p.deb`;
    execFileSync('sh', ['-c', script], { stdio: 'ignore' });
    const { image, config } = await readKernelFiles([join(folder, 'p.deb')]);
    expect(image.equals(IMAGE)).toBe(true);
    expect(config).toMatchObject({ CONFIG_ARM64_SVE: 'y' });
  });

  it.each([
    ['nothing', 'there is no such file'],
    ['registers.txt', 'expected an arm64 kernel'],
  ])('that are none are named: %s', async (name, message) => {
    await expect(readKernelFiles([join(folder, name)])).rejects.toThrow(message);
  });
});

describe('a matrix', () => {
  const defaults = { kernel: ['k'], cpu: 'max', machine: 'virt', append: '', smp: 2 };

  it('is all combinations of its values', () => {
    const rows = parseMatrix('m', '[{"kernel": ["a", ["b", "c"]], "cpu": ["x", "y"]}, {"smp": 4}]', defaults);
    expect(rows.map(({ kernel, cpu, smp }) => `${kernel.join('+')} ${cpu} ${smp}`)).toEqual([
      'a x 2',
      'a y 2',
      'b+c x 2',
      'b+c y 2',
      'k max 4',
    ]);
  });

  it.each([
    ['{', 'm: expected JSON'],
    ['[1]', 'm: [0]: expected an object'],
    ['{"cpus": "max"}', 'm: the matrix: no member is called cpus; there are kernel, cpu, machine, append, smp'],
    ['{"smp": [2, "x"]}', 'm: the matrix.smp: expected a number of CPUs, or a list of such, got "x"'],
    ['{"cpu": []}', 'm: the matrix.cpu: expected a text'],
  ])('that is wrong is told where: %s', (text, message) => {
    expect(() => parseMatrix('m', text, defaults)).toThrow(message);
  });
});

describe('a comparison', () => {
  const [first] = recordings().filter(({ name }) => name === '6.12-boot-cortex-a76');

  it('finds nothing where all is as derived', () => {
    expect(compareRecording(first!).differences).toEqual([]);
  });

  it('names an order that differs', () => {
    const names = first!.expected.hwcaps!.names.split(' ');
    const swapped = { ...first!, expected: { hwcaps: { names: [names[1], names[0], ...names.slice(2)].join(' ') } } };
    expect(compareRecording(swapped).differences).toEqual([
      { part: 'hwcap names', recorded: ['in another order: asimd'], derived: ['there: fp'] },
    ]);
  });
});

describe('blocks of encodings', () => {
  it.each(recordings().flatMap(({ expected }) => [expected.user?.zero, expected.user?.sigill].filter((text) => text !== undefined)))(
    'say what they stand for: %s',
    (text) => {
      expect([...encodingsIn(blocksOf(encodingsIn(text)))].sort()).toEqual([...new Set(encodingsIn(text))].sort());
    },
  );
});

describe('the registers that a kernel meets', () => {
  it('are read with what else it meets', () => {
    const { bootEl, registers, sveVl, smccc } = parseRegistersText(REGISTERS);
    expect([bootEl, sveVl, smccc]).toEqual([1, undefined, undefined]);
    expect(registers).toMatchObject({ MIDR_EL1: '0x00000000414fd0b1', CTR_EL0: '0x000000008444c004', CNTFRQ_EL0: '0x0000000003b9aca0' });
    expect(registers).not.toHaveProperty('MPIDR_EL1');
  });

  it('tells firmware that answers from firmware that does not', () => {
    const text =
      'el 0x0000000000000002\nsve 16 32\nsmccc-version 0x0000000000010001\nsmccc-workaround-1 0x0000000000000000\nsmccc-workaround-2 0x00000000ffffffff\n';
    expect(parseRegistersText(text)).toEqual({
      bootEl: 2,
      registers: {},
      sveVl: [16, 32],
      smccc: { version: '0x0000000000010001', workaround1: '0x0000000000000000' },
    });
  });
});
