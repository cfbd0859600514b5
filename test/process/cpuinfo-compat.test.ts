import { expect, it } from 'vitest';
import { formatCpuinfo } from '../../src/formats/cpuinfo.ts';
import { cpuinfoView, hasPersonality } from '../../src/process/cpuinfo.ts';
import { bootOf, cpu } from '../support/booted.ts';

const A72 = {
  ...cpu(
    { 'ID_AA64PFR0_EL1.EL0': 2 },
    { MIDR_EL1: 0x410f_d083n, MVFR0_EL1: 0x1011_0222n, MVFR1_EL1: 0x1211_1111n, ID_ISAR5_EL1: 0x1_1121n },
  ),
};
const view = (release: string) =>
  formatCpuinfo(cpuinfoView(bootOf(release, [A72], { timerHz: 54_000_000 }), { personality: 'PER_LINUX32' }));

// linux:arch/arm64/kernel/cpuinfo.c, c_show(); the names in the order of compat_hwcap_str, then compat_hwcap2_str
it('the 32-bit view has a model name, the AArch32 hwcaps and the rest as ever', () => {
  expect(view('6.8')).toBe(
    [
      'processor\t: 0',
      'model name\t: ARMv8 Processor rev 3 (v8l)',
      'BogoMIPS\t: 108.00',
      'Features\t: half thumb fastmult vfp edsp neon vfpv3 tls vfpv4 idiva idivt lpae evtstrm pmull sha1 sha2 crc32',
      'CPU implementer\t: 0x41',
      'CPU architecture: 8',
      'CPU variant\t: 0x0',
      'CPU part\t: 0xd08',
      'CPU revision\t: 3',
      '',
      '',
    ].join('\n'),
  );
});

it.each([
  ['4.4.155', true],
  ['4.6', false],
  ['4.7', true],
  ['7.2', true],
])('whether Linux %s has the line model name: %s', (release, has) => {
  expect(view(release).includes('model name')).toBe(has);
});

it('a program can ask for the 32-bit view where AArch32 programs run, and before 4.7 anywhere', () => {
  const without = bootOf('6.12', [cpu()]);
  expect(hasPersonality(without, 'PER_LINUX')).toBe(true);
  expect(hasPersonality(without, 'PER_LINUX32')).toBe(false);
  expect(hasPersonality(bootOf('6.12', [A72]), 'PER_LINUX32')).toBe(true);
  expect(hasPersonality(bootOf('4.6', [cpu()]), 'PER_LINUX32')).toBe(true);
});
