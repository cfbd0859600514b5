import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Auditor } from '../../src/answers/audit.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { COMPILER } from '../../src/recorder/generated/programs.ts';
import { probeInitramfs, probeProgram, registersImage } from '../../src/recorder/programs.ts';

const BUILD = new URL('../../src/recorder/native/build.sh', import.meta.url).pathname;

function answerOf(program: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20 });
  return status === 0 ? stdout : undefined;
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'armlens-programs-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const compiler = answerOf('aarch64-linux-gnu-gcc', ['-dumpfullversion'])?.trim();
const emulator = answerOf('qemu-aarch64', ['--version']);

if (compiler !== COMPILER)
  process.stderr.write(`skipped: the bytes of the probe: aarch64-linux-gnu-gcc ${COMPILER} made them, here is ${compiler ?? 'none'}\n`);
if (emulator === undefined) process.stderr.write('skipped: the probe under an emulator in user mode: there is no qemu-aarch64\n');

describe('the programs', () => {
  it.skipIf(compiler !== COMPILER)('are what the compiler makes of their source', () => {
    inFolder((folder) => {
      execFileSync(BUILD, [folder]);
      expect(readFileSync(join(folder, 'probe')).equals(probeProgram())).toBe(true);
      expect(readFileSync(join(folder, 'registers.bin')).equals(registersImage())).toBe(true);
    });
  });

  it('are a few KB each', () => {
    expect(probeProgram().length).toBeLessThan(8 << 10);
    expect(registersImage().length).toBeLessThan(8 << 10);
  });

  it('are a static program and an image that boots', () => {
    const program = Buffer.from(probeProgram());
    expect(program.subarray(0, 20).toString('hex')).toBe(`7f454c46020101${'00'.repeat(9)}0200b700`);
    const headers = Array.from({ length: program.readUInt16LE(56) }, (_, i) => program.readUInt32LE(program.readUInt16LE(54) * i + 64));
    expect(headers).not.toContain(3); // PT_INTERP
    expect(Buffer.from(registersImage()).toString('latin1', 56, 60)).toBe('ARM\x64');
  });
});

describe('the first file system', () => {
  it('is an archive that cpio reads', () => {
    const archive = Buffer.from(probeInitramfs());
    const names: string[] = [];
    for (let at = 0; ; ) {
      expect(archive.toString('latin1', at, at + 6)).toBe('070701');
      const field = (i: number): number => Number.parseInt(archive.toString('latin1', at + 6 + 8 * i, at + 14 + 8 * i), 16);
      const name = archive.toString('latin1', at + 110, at + 109 + field(11));
      if (name === 'TRAILER!!!') break;
      names.push(`${name} ${field(1).toString(8)} ${field(6)}`);
      at += ((110 + field(11) + 3) & ~3) + ((field(6) + 3) & ~3);
    }
    expect(names).toEqual(['dev 40755 0', 'dev/console 20600 0', 'proc 40755 0', 'sys 40755 0', `init 100755 ${probeProgram().length}`]);
  });
});

/** What the probe prints under the emulator in user mode. */
function probed(cpu: string): string {
  return inFolder((folder) => {
    const path = join(folder, 'probe');
    writeFileSync(path, probeProgram());
    chmodSync(path, 0o755);
    return execFileSync('qemu-aarch64', ['-cpu', cpu, path], { encoding: 'utf8', maxBuffer: 64 << 20 });
  });
}

describe.skipIf(emulator === undefined)('under an emulator in user mode', () => {
  it.each([
    ['cortex-a57', 0x411fd070n],
    ['a64fx', 0x461f0010n],
    ['max', undefined],
  ] as const)('reads every register of a %s, traps included, and ends', async (cpu, midr) => {
    const { value, recognition } = await readAny(probed(cpu));
    expect(recognition?.reader.name).toBe('probe');
    const [first] = value.program!.cpus;
    expect(first!.mrs.size).toBe(145);
    expect(first!.mrs.get('S3_0_C0_C1_0')).toBe('SIGILL');
    expect(first!.mrs.get('S3_0_C0_C4_0')).toEqual(expect.any(BigInt));
    if (midr !== undefined) expect(first!.mrs.get('S3_0_C0_C0_0')).toBe(midr);
    expect(value.hwcaps?.words?.[0]).toEqual(expect.any(BigInt));
    expect(value.program!.answers.get('PACIASP')).toBe(cpu === 'max' ? 1 : 0);
  });

  it('gives vector lengths where there are some', async () => {
    const { value } = await readAny(probed('max,sve256=on,sve512=off'));
    expect(value.program?.sveVl).toEqual([16, 32]);
    expect((await readAny(probed('cortex-a57'))).value.program?.sveVl).toBeUndefined();
  });

  it('is audited: what the emulator answers is held against Linux', async () => {
    const { value } = await readAny(probed('max'));
    const asked = { ...value, kernel: { release: '6.12' } };
    const { contradictions } = await new Auditor().audit('max', ['probe'], asked);
    // Nothing is claimed of the registers that it shows as Linux does.
    expect(contradictions.flatMap(({ subjects }) => subjects)).not.toContain('ID_AA64ISAR0_EL1');
    for (const { message } of contradictions) expect(message).not.toContain('undefined');
  });
});
