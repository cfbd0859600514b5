import { describe, expect, it } from 'vitest';
import { type Scenario, why } from '../../src/answers/why.ts';
import { stationLines } from '../../src/formats/station-words.ts';
import { formatVerdict } from '../../src/formats/verdict.ts';
import { RULES } from '../../src/linux/rules/judge-rule.ts';
import type { Cpu } from '../../src/silicon/machine.ts';
import { cpu } from '../support/booted.ts';

/** Cortex-A72 r0p3, as in a Raspberry Pi 4: known to be safe from Meltdown. */
const A72 = cpu({}, { MIDR_EL1: 0x410f_d083n, ID_AA64PFR0_EL1: 0x2222n });

function asked(name: string, cpus: readonly Cpu[], more: Partial<Scenario> = {}) {
  return why(name, { machine: { cpus }, layers: [], kernel: { release: '6.8' }, environment: {}, ...more }, { maxBoots: 0 });
}

const verdict = (...of: Parameters<typeof asked>): string => formatVerdict(asked(...of));

describe('a cpucap that a function decides: the reason of the function', () => {
  it('UNMAP_KERNEL_AT_EL0: the core is on the safe list', () => {
    expect(verdict('UNMAP_KERNEL_AT_EL0', [A72])).toMatch(/absent\. The core is one of those known to be safe from Meltdown; otherwise/);
  });

  it('UNMAP_KERNEL_AT_EL0: a random address forces it all the same', () => {
    const text = verdict('UNMAP_KERNEL_AT_EL0', [A72], { environment: { kaslr: true } });
    expect(text).toMatch(/present\. .*random address/);
    expect(text).toMatch(/although the core is one of those known to be safe/);
  });

  it('SPECTRE_BHB: the core is on a list', () => {
    expect(verdict('SPECTRE_BHB', [A72])).toMatch(/present\. The core is one of those open to Spectre-BHB/);
  });

  it('HAS_VIRT_HOST_EXTN of a guest: what was started at EL1', () => {
    const vhe = cpu({}, { MIDR_EL1: 0x414f_d0b0n, ID_AA64MMFR1_EL1: 0x100n });
    expect(verdict('HAS_VIRT_HOST_EXTN', [vhe])).toMatch(/needed, and not so: the kernel was started at EL2/i);
  });

  it('HAS_LPA2: a granule that the kernel is not built for is not blamed', () => {
    expect(verdict('HAS_LPA2', [A72])).not.toMatch(/16/);
  });

  it('no answer shows the name of a function without words', () => {
    for (const name of ['UNMAP_KERNEL_AT_EL0', 'SPECTRE_BHB', 'HAS_ADDRESS_AUTH', 'HAS_LPA2', 'KVM_PROTECTED_MODE', 'HW_DBM']) {
      const lines = asked(name, [A72]).chain.flatMap((station) => stationLines(station, 1));
      const bare = lines.filter((line) => Object.keys(RULES).some((rule) => line.trim() === rule || line.trim() === `(${rule})`));
      expect(bare, name).toEqual([]);
    }
  });
});

it('a core on which a rule hangs that is known in part leaves it open', () => {
  const partly = { registers: { MIDR_EL1: 0x410f_d4f0n }, partly: {} };
  const machine = { cpus: [partly], unlisted: 'unknown' as const };
  expect(verdict('SPECTRE_BHB', [], { machine })).toMatch(/not known/);
});

it('of several hwcaps that tell of a feature, all tell', () => {
  const sve = cpu({}, { MIDR_EL1: 0x411f_d401n, ID_AA64PFR0_EL1: 0x1_0000_0011n, ID_AA64ZFR0_EL1: 0x1000_0000_0000n });
  expect(verdict('FEAT_SVE', [sve])).toMatch(/and hwcaps sve, svei8mm tell programs\.$/);
  expect(verdict('FEAT_LSE', [cpu({}, { ID_AA64ISAR0_EL1: 0x20_0000n })])).toMatch(/and hwcap atomics tells programs\.$/);
});
