import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Host } from '../../src/cli/detect/host.ts';
import { nodeHost } from '../../src/cli/detect/node-host.ts';
import { writeFolder } from '../../src/cli/write-folder.ts';
import { formatAuxv } from '../../src/formats/auxv.ts';
import { sysrootFiles } from '../../src/formats/sysroot.ts';
import { boot } from '../../src/linux/boot.ts';
import { auxvView } from '../../src/process/auxv.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import { run } from '../support/fake-io.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A machine of files and programs. */
function fakeHost(
  platform: string,
  architecture: string | undefined,
  files: ReadonlyMap<string, string | Uint8Array | 'denied'> = new Map(),
  programs: Readonly<Record<string, string>> = {},
): Host {
  return {
    platform,
    architecture,
    async read(path) {
      const content = files.get(path);
      if (content === undefined) return { refusal: 'missing' };
      if (content === 'denied') return { refusal: 'denied' };
      return { bytes: typeof content === 'string' ? encode(content) : content };
    },
    async list(path) {
      const below = [...files.keys()].filter((name) => name.startsWith(`${path}/`));
      return [...new Set(below.map((name) => name.slice(path.length + 1).split('/')[0]!))];
    },
    run: async (program) => programs[program],
  };
}

const on = (host: Host) => ({ host: async () => host });

async function booted(name: string) {
  const { machine } = await loadMachine(name);
  return boot(machine, { release: '6.12.107' }, { timerHz: 24_000_000 });
}

const CONFIG = '# Linux/arm64 6.12.107 Kernel Configuration\nCONFIG_ARM64_SVE=y\n# CONFIG_ARM64_MTE is not set\n';

/** What a program finds on the RK3588 of the package: https://github.com/hrw/arm-socs-table/issues/114. */
async function rk3588(): Promise<Map<string, string | Uint8Array | 'denied'>> {
  const system = await booted('rk3588');
  return new Map<string, string | Uint8Array | 'denied'>([
    ...sysrootFiles(system),
    ['/proc/self/auxv', formatAuxv(auxvView(system, { bits: 64 }))],
    ['/proc/sys/kernel/osrelease', '6.12.107+deb13-arm64\n'],
    ['/proc/cmdline', 'root=/dev/sda1 arm64.nosve quiet\n'],
    ['/boot/config-6.12.107+deb13-arm64', CONFIG],
  ]);
}

describe('on Linux', () => {
  it('says what each source told', async () => {
    const { code, out, err } = await run(['detect'], {}, on(fakeHost('linux', 'arm64', await rk3588())));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('8 CPUs: ARM Cortex-A55 r2p0, ARM Cortex-A76 r4p0');
    expect(out).toContain('Linux 6.12.107+deb13-arm64');
    expect(out).toContain('arm64.nosve');
    expect(out).toMatch(/AT_HWCAP 0x[0-9a-f]+, AT_HWCAP2 0x/);
    expect(out).toMatch(/MRS of ID registers \(may not be read\)/);
  });

  it('gives the capture as JSON, with 64-bit values as text', async () => {
    const { out } = await run(['detect', '--json'], {}, on(fakeHost('linux', 'arm64', await rk3588())));
    const { arm, capture, sources } = JSON.parse(out);
    expect(arm).toBe(true);
    expect(capture.machine.cpus[4].registers.MIDR_EL1).toBe('0x00000000414fd0b0');
    expect(capture.kernel).toEqual({
      release: '6.12.107+deb13-arm64',
      cmdline: 'root=/dev/sda1 arm64.nosve quiet',
      config: { CONFIG_ARM64_SVE: 'y', CONFIG_ARM64_MTE: 'n' },
    });
    expect(sources.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['read', 'read', 'read', 'read', 'read', 'read', 'denied']);
  });

  it("heeds Debian's own version, which tells the update that the build's name hides", async () => {
    const files = await rk3588();
    files.set('/proc/sys/kernel/osrelease', '6.1.0-99-arm64\n');
    files.set('/proc/version', 'Linux version 6.1.0-99-arm64 (builder@example) (gcc 12) #1 SMP Debian 6.1.140-1 (2025-05-22)\n');
    files.delete('/boot/config-6.12.107+deb13-arm64');
    const { out } = await run(['detect'], {}, on(fakeHost('linux', 'arm64', files)));
    expect(out).toContain('Linux 6.1.0-99-arm64, which is 6.1.140');
    expect(JSON.parse((await run(['detect', '--json'], {}, on(fakeHost('linux', 'arm64', files)))).out).capture.kernel).toMatchObject({
      release: '6.1.140',
      config: 'debian',
    });
    // The options of the kernel stand under its name.
    files.set('/boot/config-6.1.0-99-arm64', CONFIG);
    const { capture } = JSON.parse((await run(['detect', '--json'], {}, on(fakeHost('linux', 'arm64', files)))).out);
    expect(capture.kernel).toMatchObject({ release: '6.1.140', config: { CONFIG_ARM64_MTE: 'n' } });
  });

  it('says what a source that may not be read hides', async () => {
    const files = await rk3588();
    files.set('/proc/self/auxv', 'denied');
    const { out } = await run(['detect'], {}, on(fakeHost('linux', 'arm64', files)));
    expect(out).toContain('/proc/self/auxv (may not be read)\n      the hwcap words');
  });

  it('does not take the files of the machine below an emulator of programs for its own', async () => {
    const files = await rk3588();
    files.set('/proc/cpuinfo', 'processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vme\n');
    const { out } = await run(['detect', '--json'], {}, on(fakeHost('linux', 'arm64', files)));
    const { capture } = JSON.parse(out);
    expect(capture).not.toHaveProperty('kernel');
    expect(capture).not.toHaveProperty('cpuinfo');
    expect(capture.hwcaps.words).toHaveLength(2);
  });

  it('nothing readable is bad input', async () => {
    expect((await run(['detect'], {}, on(fakeHost('linux', 'arm64')))).code).toBe(3);
  });
});

it('on another architecture it says so, and what to run where', async () => {
  const { code, out } = await run(['detect'], {}, on(fakeHost('linux', 'x64')));
  expect(code).toBe(1);
  expect(out).toContain('This process runs on x64');
  for (const command of ['/proc/cpuinfo', 'sysctl hw machdep.cpu', 'reg export HKLM']) expect(out).toContain(command);
  const json = await run(['detect', '--json'], {}, on(fakeHost('linux', 'x64')));
  expect(JSON.parse(json.out)).toMatchObject({ arm: false, architecture: 'x64' });
});

it('on macOS it asks sysctl, even from a program that is translated', async () => {
  const text = 'hw.optional.arm.FEAT_LSE: 1\nhw.optional.arm.FEAT_SME: 0\nmachdep.cpu.brand_string: Apple M2\nhw.ncpu: 8\n';
  const { code, out } = await run(['detect'], {}, on(fakeHost('darwin', 'x64', new Map(), { '/usr/sbin/sysctl': text })));
  expect(code).toBe(0);
  expect(out).toContain('Apple M2, as macOS shows it, 8 CPUs');
  expect(out).toContain('1 architecture features offered, 1 not');
  expect(out).toContain('ID_AA64ISAR0_EL1.Atomic=2..');
  expect(out).toContain('ID_AA64PFR1_EL1.SME=..0');
});

it('an Intel Mac is no Arm machine', async () => {
  const text = 'machdep.cpu.vendor: GenuineIntel\nhw.optional.sse4_2: 1\n';
  expect((await run(['detect'], {}, on(fakeHost('darwin', 'x64', new Map(), { '/usr/sbin/sysctl': text })))).code).toBe(1);
});

it('on Windows it asks the registry', async () => {
  const key = 'HKEY_LOCAL_MACHINE\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0';
  const text = `\r\n${key}\r\n    Identifier    REG_SZ    ARMv8 (64-bit) Family 8 Model D4B Revision   0\r\n    CP 4000    REG_QWORD    0x410fd4b0\r\n`;
  const { code, out } = await run(['detect', '--json'], {}, on(fakeHost('win32', 'arm64', new Map(), { 'reg.exe': text })));
  expect(code).toBe(0);
  expect(JSON.parse(out).capture).toMatchObject({
    machine: { cpus: [{ registers: { MIDR_EL1: '0x00000000410fd4b0' } }] },
    registersAs: 'hardware',
  });
});

it('looks at a tree that boot --sysroot wrote', async () => {
  const root = mkdtempSync(join(tmpdir(), 'armlens-'));
  try {
    await writeFolder(root, sysrootFiles(await booted('raspberry-pi-4')), true);
    const { code, out } = await run(['detect', '--root', root], { [root]: '' }, { host: async (folder) => nodeHost(folder) });
    expect(code).toBe(0);
    expect(out).toContain('4 CPUs: ARM Cortex-A72 r0p3');
    expect(out).toContain('fp asimd evtstrm crc32 cpuid');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

it('keeps what it read as files', async () => {
  let kept: ReadonlyMap<string, string> = new Map();
  const { code } = await run(
    ['detect', '--save', 'mine'],
    {},
    {
      ...on(fakeHost('linux', 'arm64', await rk3588())),
      writeFolder: async (_, files) => {
        kept = files;
      },
    },
  );
  expect(code).toBe(0);
  expect(kept.get('proc-cpuinfo.txt')).toContain('Features\t: fp asimd');
  expect(kept.get('proc-self-auxv.txt')).toMatch(/^AT_HWCAP:/);
});
