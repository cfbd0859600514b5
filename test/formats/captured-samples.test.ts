import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAny } from '../../src/formats/read-any.ts';
import { boot } from '../../src/linux/boot.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import type { RegisterFile } from '../../src/silicon/machine.ts';

/** What a sample says; samples are written from machines of the package, so that these are the values to expect. */
async function read(file: string) {
  return (await readAny(readFileSync(new URL(`samples/${file}`, import.meta.url)))).value;
}

const RK3588 = (await loadMachine('rk3588')).machine.cpus;
const LITTLE = RK3588[0]!.registers;
const BIG = RK3588.at(-1)!.registers;
const A72 = (await loadMachine('qemu-cortex-a72')).machine.cpus[0]!.registers;

function some(registers: RegisterFile, pattern: RegExp): RegisterFile {
  return Object.fromEntries(Object.entries(registers).filter(([name]) => pattern.test(name)));
}

const SMALL = /^(?:MIDR_EL1|ID_AA64(?:PFR|ISAR|MMFR)[01]_EL1)$/;

describe('registers', () => {
  it.each([
    ['registers-colon.txt', [LITTLE, BIG]],
    ['registers-equals.txt', [LITTLE, BIG]],
    ['registers-printk.txt', [LITTLE]],
    ['registers-markdown.md', [BIG]],
    ['registers-bits.txt', [A72]],
    ['arm-cpu-info.txt', [A72]],
  ])('%s holds the registers of each CPU', async (file, cpus) => {
    const wanted = cpus.map((registers) => some(registers, file === 'arm-cpu-info.txt' ? /^ID_AA64(?:PFR|ISAR|MMFR)[01]_EL1$/ : SMALL));
    const { machine, registersAs } = await read(file);
    expect(machine?.cpus.map(({ registers }) => registers)).toEqual(wanted);
    expect(registersAs).toBeUndefined();
  });

  it('sysfs tells each CPU by its path', async () => {
    const { machine } = await read('registers-sysfs.txt');
    expect(machine?.cpus.map(({ registers }) => registers.MIDR_EL1)).toEqual([LITTLE.MIDR_EL1, BIG.MIDR_EL1]);
  });

  it.each(['xen-log.txt', 'xen-log-4.14.txt'])('%s: Xen lists the 64-bit registers and those of AArch32', async (file) => {
    const { machine, title } = await read(file);
    expect(title).toMatch(/^Xen 4\.1/);
    const registers = machine!.cpus[0]!.registers;
    for (const [name, value] of Object.entries(registers)) expect([name, value]).toEqual([name, A72[name as keyof RegisterFile] ?? 0n]);
    expect(Object.keys(registers)).toEqual(
      expect.arrayContaining(['MIDR_EL1', 'ID_AA64PFR0_EL1', 'ID_AA64MMFR1_EL1', 'ID_MMFR3_EL1', 'ID_ISAR5_EL1']),
    );
  });

  it('FreeBSD words its registers, and leaves out those that are the same on the next CPU', async () => {
    const { machine } = await read('freebsd-boot.txt');
    const [first, second] = machine!.cpus.map(({ registers }) => registers);
    expect(first).toMatchObject(some(A72, /^(?:MIDR_EL1|ID_AA64(?:PFR|ISAR|MMFR)[012]_EL1|ID_ISAR5_EL1|MVFR1_EL1)$/));
    expect(second).toEqual(first);
    // Lines of 64 bytes, PIPT: DminLine = IminLine = ERG = CWG = 4, L1Ip = 3, RES1.
    expect(first?.CTR_EL0).toBe(0x8444_c004n);
  });

  it("libcpuid's file is the view of EL0, which hides fields", async () => {
    const { machine, registersAs } = await read('libcpuid.txt');
    expect(registersAs).toBe('el0');
    expect(machine?.cpus).toHaveLength(2);
    expect(machine?.cpus[0]?.registers.MIDR_EL1).toBe(A72.MIDR_EL1);
  });
});

describe('the kernel says', () => {
  const system = boot(
    { cpus: [RK3588[0]!, RK3588.at(-1)!] },
    { release: '6.12.107', config: 'debian' },
    { bootEl: 2, timerHz: 24_000_000 },
  );
  const system72 = boot(
    { cpus: [{ registers: A72 }, { registers: A72 }] },
    { release: '6.12.107', config: 'debian' },
    { timerHz: 24_000_000 },
  );

  it.each(['cpuinfo.txt', 'cpuinfo-issue.md'])('%s', async (file) => {
    const { cpuinfo } = await read(file);
    expect(cpuinfo?.map(({ part }) => part)).toEqual([0xd05, 0xd0b]);
    for (const { features } of cpuinfo ?? []) expect(features).toEqual(system.hwcaps.names);
  });

  it('the AArch32 view apart', async () => {
    const { cpuinfo, cpuinfo32 } = await read('cpuinfo-aarch32.txt');
    expect(cpuinfo).toBeUndefined();
    expect(cpuinfo32?.[1]?.features).toEqual(system72.compat.names);
  });

  it('once for all CPUs, as old kernels do: of which core the others are is not told', async () => {
    const { cpuinfo, cores, title } = await read('cpuinfo-android-3.10.txt');
    expect(title).toBe('Example SoC');
    expect(cpuinfo).toHaveLength(4);
    expect(new Set(cpuinfo?.map(({ part, architecture, features }) => JSON.stringify([part, architecture, features]))).size).toBe(1);
    expect([cpuinfo?.[0]?.part, cores?.length]).toEqual([undefined, 1]);
    const { cpuinfo32 } = await read('cpuinfo-armv7.txt');
    expect(cpuinfo32?.map(({ part, features }) => [part, features.includes('vfpv4')])).toEqual([
      [0x6f, true],
      [0x6f, true],
    ]);
  });

  it.each(['auxv.txt', 'auxv-64.bin'])('%s: hwcap words', async (file) => {
    const { hwcaps } = await read(file);
    expect(hwcaps?.words).toEqual(system72.hwcaps.words.slice(0, hwcaps?.words?.length));
    expect(hwcaps?.words?.length).toBeGreaterThanOrEqual(2);
  });

  it.each(['auxv-aarch32.txt', 'auxv-32.bin'])('%s: hwcap words of AArch32', async (file) => {
    const { hwcaps, compat } = await read(file);
    expect(hwcaps).toBeUndefined();
    expect(compat?.words).toEqual(system72.compat.words);
  });

  it.each(['lscpu.txt', 'lscpu.json', 'lscpu-indented.txt'])('%s: flags and the core', async (file) => {
    const { hwcaps, midrs, cpuCount } = await read(file);
    expect(hwcaps?.names).toEqual(system72.hwcaps.names);
    expect(midrs).toEqual([A72.MIDR_EL1]);
    expect(cpuCount).toBe(2);
  });

  it('in its log: release, command line, cores, exception level, and what it detected', async () => {
    const { kernel, environment, machine, log, cpuCount } = await read('kernel-log.txt');
    expect(kernel).toEqual({ release: '6.12.107', config: 'debian', cmdline: 'console=ttyS2,1500000 arm64.nobti' });
    expect(environment).toEqual({ bootEl: 2, timerHz: 24_000_000 });
    expect(machine?.cpus.map(({ registers }) => registers.MIDR_EL1)).toEqual([LITTLE.MIDR_EL1, BIG.MIDR_EL1]);
    expect(cpuCount).toBe(2);
    expect(log?.map(({ event }) => event.code)).toEqual(
      expect.arrayContaining(['icache-policy', 'detected', 'started-at-el', 'breakpoints', 'kvm']),
    );
  });

  it('in the log of an old kernel: registers in which CPUs differ', async () => {
    const { kernel, machine } = await read('kernel-log-4.9.txt');
    expect(kernel?.release).toBe('4.9.140-tegra');
    expect(machine?.cpus).toEqual([
      { registers: { MIDR_EL1: 0x411f_d071n, ID_AA64MMFR0_EL1: 0x10_1125n } },
      { registers: { MIDR_EL1: 0x411f_d071n, ID_AA64MMFR0_EL1: 0x10_1122n } },
    ]);
  });

  it.each(['uname.txt', 'system-description.txt'])('%s: its release', async (file) => {
    expect((await read(file)).kernel).toEqual({ release: '6.12.107', config: 'debian' });
  });
});
