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

  it('is the known machine of a model that QEMU names, with the properties that are off', async () => {
    const expansion = (props: object): string => JSON.stringify({ return: { model: { name: 'a64fx', props } } });
    expect((await booted(expansion({ sve: true, sve512: true }), '6.6')).hwcaps.names).toContain('sve');
    expect((await booted(expansion({ sve: false }), '6.6')).hwcaps.names).not.toContain('sve');
  });

  it('keeps its maker where lscpu tells no core', async () => {
    const { value } = await readAny('Architecture: aarch64\nCPU(s): 4\nVendor ID: Apple\nFlags: fp asimd evtstrm\n');
    expect(value.implementer).toBe(0x61);
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
