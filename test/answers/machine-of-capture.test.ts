import { describe, expect, it } from 'vitest';
import { machineOfCapture } from '../../src/answers/machine-of-capture.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { boot } from '../../src/linux/boot.ts';
import type { System } from '../../src/linux/system.ts';

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

  it.each([
    ['of one kind of core', lscpu('32-bit, 64-bit', 'Model name: Cortex-A72', 'Stepping: r0p3', FLAGS), ['FEAT_AA32EL0'], []],
    ['that grants none', lscpu('64-bit', 'Model name: Neoverse-V2', 'Stepping: r0p0', FLAGS), [], ['FEAT_AA32EL0']],
    [
      'of an older kernel',
      lscpu('32-bit, 64-bit', 'Model name: Cortex-A72', 'Stepping: r0p3', FLAGS.replace(' cpuid', '')),
      undefined,
      undefined,
    ],
    [
      'of two kinds, of which one may not',
      lscpu('32-bit, 64-bit', 'Model name: Cortex-A510', 'Stepping: r0p3', FLAGS, 'Model name: Cortex-A710', 'Stepping: r2p0', FLAGS),
      undefined,
      undefined,
    ],
    [
      'that may name one of several',
      lscpu('32-bit, 64-bit', 'Socket(s): 3', 'Model name: Cortex-A55', 'Stepping: r2p0', FLAGS),
      undefined,
      undefined,
    ],
  ])('lscpu tells of 32-bit programs: %s', async (_, text, present, absent) => {
    const { archFeatures } = (await readAny(text)).value;
    expect([archFeatures?.present, archFeatures?.absent]).toEqual([present, absent]);
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
