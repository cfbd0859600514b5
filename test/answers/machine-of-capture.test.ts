import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { machineOfCapture } from '../../src/answers/machine-of-capture.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { boot } from '../../src/linux/boot.ts';
import type { System } from '../../src/linux/system.ts';
import { coreTitle } from '../../src/silicon/core.ts';
import { coreMidrOf, listedWord } from '../../src/silicon/machine.ts';
import { parseMidr } from '../../src/silicon/midr.ts';

async function booted(text: string, release: string): Promise<System> {
  const { value } = await readAny(text);
  const made = await machineOfCapture(value);
  return boot(made!.value.machine, { release });
}

describe('a machine of which texts tell by names', () => {
  it('is what the keys of a Mac say: hwcaps of those that are 1, the others open', async () => {
    const { hwcaps, unknown } = await booted(
      'machdep.cpu.brand_string: Apple M2\nhw.optional.arm.FEAT_LSE: 1\nhw.optional.arm.FEAT_BF16: 1\nhw.optional.arm.FEAT_SPECRES: 0\n',
      '6.12',
    );
    expect(hwcaps.names).toEqual(expect.arrayContaining(['atomics', 'bf16']));
    expect(unknown?.hwcaps).toContain('sve');
  });

  it('has the parts of SME that a Mac names by fields of their own', async () => {
    const text =
      'sysctl -a | grep -i sme\nhw.optional.arm.FEAT_SME: 1\nhw.optional.arm.SME_I8I32: 1\nhw.optional.arm.SME_BI32I32: 1\nhw.optional.arm.SME_F16F32: 0\n';
    const { hwcaps, unknown } = await booted(text, '7.3.4');
    expect(hwcaps.names).toEqual(expect.arrayContaining(['sme', 'smei8i32', 'smebi32i32']));
    expect(unknown?.hwcaps).toEqual(expect.arrayContaining(['smef16f32', 'smei16i32']));
    expect((await readAny(text)).lines?.unread).toBe(0);
  });

  it('is the known machine of a model that QEMU names, with the properties that are off', async () => {
    const expansion = (props: object): string => JSON.stringify({ return: { model: { name: 'a64fx', props } } });
    expect((await booted(expansion({ sve: true, sve512: true }), '6.6')).hwcaps.names).toContain('sve');
    expect((await booted(expansion({ sve: false }), '6.6')).hwcaps.names).not.toContain('sve');
  });

  it('keeps its maker where lscpu tells no core', async () => {
    const { value } = await readAny('Architecture: aarch64\nCPU(s): 4\nVendor ID: Apple\nFlags: fp asimd evtstrm\n');
    expect(value.implementer).toBe(0x61);
  });

  it.each(['5.10', '6.12'])('runs 32-bit programs where a log says so, whichever kernel is asked about: %s', async (release) => {
    for (const el of ['EL0', 'EL1']) {
      const log = `[    0.000000] Linux version 5.9.3 (a@b)\n[    0.003244] CPU features: detected: 32-bit ${el} Support\n`;
      expect((await booted(log, release)).compat?.names).toContain('thumb');
    }
  });

  const lscpu = (modes: string, ...rows: readonly string[]): string =>
    [`Architecture: aarch64`, `CPU op-mode(s): ${modes}`, 'Byte Order: Little Endian', 'CPU(s): 4', 'Vendor ID: ARM', ...rows, ''].join(
      '\n',
    );
  const FLAGS = 'Flags: fp asimd evtstrm crc32 cpuid';
  const TWO_KINDS = lscpu(
    '32-bit, 64-bit',
    'Model name: Cortex-A510',
    'Stepping: r0p3',
    'Model name: Cortex-A710',
    'Stepping: r2p0',
    FLAGS,
  );

  it.each([
    ['of one kind of core', lscpu('32-bit, 64-bit', 'Model name: Cortex-A72', 'Stepping: r0p3', FLAGS), true],
    ['that grants none', lscpu('64-bit', 'Model name: Neoverse-V2', 'Stepping: r0p0', FLAGS), false],
    ['of an older kernel', lscpu('32-bit, 64-bit', 'Model name: Cortex-A72', 'Stepping: r0p3', FLAGS.replace(' cpuid', '')), undefined],
    ['of two kinds, of which one may not', TWO_KINDS, undefined],
    ['of two kinds that must be alike', `${TWO_KINDS}\n[    0.000000] Kernel command line: ro quiet\n`, true],
    ['of two kinds that may differ', `${TWO_KINDS}\n[    0.000000] Kernel command line: allow_mismatched_32bit_el0\n`, undefined],
    ['that may name one of several', lscpu('32-bit, 64-bit', 'Socket(s): 3', 'Model name: Cortex-A55', 'Stepping: r2p0', FLAGS), undefined],
  ])('lscpu tells of 32-bit programs: %s', async (_, text, all) => {
    const { machine } = (await machineOfCapture((await readAny(text)).value))!.value;
    expect(machine.seen?.[0]?.archFeatures?.get('FEAT_AA32EL0')).toBe(all);
  });

  it('says that some CPU runs 32-bit programs where lscpu does not tell which', async () => {
    const made = await machineOfCapture((await readAny(TWO_KINDS)).value);
    expect(made!.diagnostics.map(({ code }) => code)).toContain('32-bit-somewhere');
  });

  it.each([
    ['a Features line alone', 'Features : fp asimd evtstrm crc32 cpuid\n', true],
    ['the name of a core', 'Model name: Cortex-A72\n', true],
    ['a CPU of /proc/cpuinfo', 'processor : 0\nFeatures : fp asimd evtstrm crc32 cpuid\n', undefined],
    ['lscpu', 'CPU(s): 1\nOn-line CPU(s) list: 0\nModel name: Cortex-A72\n', undefined],
    [
      'a kernel that leaves CPUs off',
      '[    0.000000] Kernel command line: ro nosmp\nprocessor : 0\nFeatures : fp asimd evtstrm crc32 cpuid\n',
      true,
    ],
  ])('knows whether a text counts its CPUs: %s', async (_, text, uncounted) => {
    expect((await machineOfCapture((await readAny(text)).value))!.value.machine.uncounted).toBe(uncounted);
  });

  it('has the core that lscpu names without its maker, on all CPUs that run', async () => {
    const { value } = await readAny('CPU(s): 2\nOn-line CPU(s) list: 0,1\nModel name: Cortex-A72\n');
    const { cpus } = (await machineOfCapture(value))!.value.machine;
    expect(cpus.map(coreMidrOf).map((midr) => midr && coreTitle(parseMidr(midr)))).toEqual(['ARM Cortex-A72', 'ARM Cortex-A72']);
  });

  it('says that a kernel of 32 bits printed its line', async () => {
    const rows = 'BogoMIPS : 30.98\nCPU implementer : 0x41\nCPU architecture: 7\nCPU variant : 0x0\nCPU part : 0xd03\nCPU revision : 4\n';
    const made = async (names: string) =>
      machineOfCapture((await readAny(`processor : 0\nmodel name : ARMv7 Processor rev 4 (v7l)\nFeatures : ${names}\n${rows}`)).value);
    expect((await made('half thumb fastmult vfp edsp neon vfpv3 tls vfpd32 lpae'))!.diagnostics.map(({ code }) => code)).toEqual([
      'arm32-kernel',
    ]);
    expect((await made('half thumb fastmult vfp edsp neon vfpv3 tls lpae'))!.diagnostics).toEqual([]);
  });

  it('has what stands in a line that no kernel prints; what does not stand there is open, and that is said', async () => {
    const { value } = await readAny('Features : fp asimd lrcpc atomics\n');
    const made = await machineOfCapture(value);
    expect(made!.diagnostics.map(({ code }) => code)).toEqual(['features-odd']);
    const { hwcaps, unknown } = boot(made!.value.machine, { release: '6.12' });
    expect(hwcaps.names).toEqual(['fp', 'asimd', 'evtstrm', 'atomics', 'cpuid', 'lrcpc']);
    expect(unknown?.hwcaps).toEqual(expect.arrayContaining(['crc32', 'aes', 'sve']));
  });

  it('is taken to run a kernel that prints its line on its cores, errata that hide a name among it', async () => {
    // A Neoverse-V2 without pointer authentication, which no known machine is; newer kernels hide ssbs of it (erratum 3324336).
    const line =
      'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 sm3 sm4 asimddp sha512 sve asimdfhm dit uscat ilrcpc flagm ssbs sb dcpodp sve2 sveaes svepmull svebitperm svesha3 svesm4 flagm2 frint svei8mm svebf16 i8mm bf16 dgh bti';
    const { value } = await readAny(
      `Architecture: aarch64\nCPU(s): 2\nVendor ID: ARM\nModel name: Neoverse-V2\nStepping: r0p0\nFlags: ${line}\n`,
    );
    const made = await machineOfCapture(value);
    const system = boot(made!.value.machine, { release: made!.value.kernel!.release! });
    expect(system.hwcaps.names).toContain('ssbs');
  });
});

describe('a log that breaks off', () => {
  it('shows of the CPUs that it saw coming up that they run, and of no others', async () => {
    const text =
      '[    0.1] CPU features: SANITY CHECK: Unexpected variation in SYS_ID_AA64MMFR1_EL1. Boot CPU: 0x1001111010312122, CPU2: 0x1001111011312122\n' +
      '[    0.2] CPU2: Booted secondary processor 0x0000000100 [0x410fd801]\n[    0.3] Detected PIPT I-cache on CPU3\n';
    const { cpus, unknown } = await booted(text, '6.12');
    expect([cpus.length, unknown?.online, unknown?.panic]).toEqual([4, [1, 3], undefined]);
  });

  it('counts the CPUs of which it says what they have', async () => {
    const { cpus, unknown } = await booted('[    0.1] CPU features: detected: Activity Monitors Unit (AMU) on CPU0-3\n', '6.12');
    expect([cpus.length, unknown?.online]).toEqual([4, undefined]);
  });

  it.each(['Protected KVM', 'Memory Partitioning And Monitoring'])(
    'is no contradiction where it reports %s, which no register tells of',
    async (found) => {
      const { diagnostics, cpucaps } = await booted(`[    0.1] CPU features: detected: ${found}\n`, '6.18');
      expect(diagnostics.filter(({ code }) => code === 'contradiction')).toEqual([]);
      expect(cpucaps).toContain(found === 'Protected KVM' ? 'KVM_PROTECTED_MODE' : 'MPAM');
    },
  );
});

// 6.12.94-boot-cortex-a76-gic-version-3-virtualization-on: CTR_EL0 is 0x8444c004, and programs read 0x9444c004, IDC made up from CLIDR_EL1.
it('does not take for the hardware’s own what a kernel fills into CTR_EL0 for programs', async () => {
  const text = readFileSync(new URL('../formats/samples/probe-6.12.117-cortex-a76.txt', import.meta.url), 'utf8');
  const made = await machineOfCapture((await readAny(text)).value);
  const { value, open } = listedWord(made!.value.machine.cpus[0]!, 'CTR_EL0')!;
  expect(0x8444_c004n & ~open).toBe(value);
  // IDC; the sizes of lines and granules are known.
  expect(open & 0x1fff_000fn).toBe(1n << 28n);
});

it('does not count the CPUs of a probe that was cut short among them', async () => {
  const text = readFileSync(new URL('../formats/samples/probe-6.12.117-cortex-a76.txt', import.meta.url), 'utf8');
  const machine = async (upTo: string) => (await machineOfCapture((await readAny(text.slice(0, text.indexOf(upTo)))).value))!.value.machine;
  expect(await machine('\ncpu 1\n')).toMatchObject({ cpus: [{}], uncounted: true });
  expect((await machine('\ncpuinfo32 ')).uncounted).toBeUndefined();
});
