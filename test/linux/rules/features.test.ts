import { expect, it } from 'vitest';
import { bootOf, cpu, type Fields } from '../../support/booted.ts';

// Functions of cpufeature.c that look at more than one value of one field.

// has_rasv1p1(): PFR0.RAS says so, or PFR0.RAS says RAS and PFR1.RAS_frac the rest.
it.each([
  [0, 0, false],
  [0, 1, false],
  [1, 0, false],
  [1, 1, true],
  [2, 0, true],
  [3, 0, true],
])('RAS %d with RAS_frac %d is RAS of Armv8.4: %s', (ras, frac, has) => {
  const fields = { 'ID_AA64PFR0_EL1.RAS': ras, 'ID_AA64PFR1_EL1.RAS_frac': frac };
  const { cpucaps } = bootOf('7.2.13', [cpu(fields)], { config: { CONFIG_ARM64_RAS_EXTN: 'y' } });
  expect(cpucaps.includes('HAS_RASV1P1_EXTN')).toBe(has);
});

// has_pmuv3(): 0 is none, 15 one of the implementation's own.
it.each([
  [0, false],
  [1, true],
  [9, true],
  [14, true],
  [15, false],
])('PMUVer %d is a PMUv3: %s', (pmuver, has) => {
  const { cpucaps } = bootOf('7.2.13', [cpu({ 'ID_AA64DFR0_EL1.PMUVer': pmuver })], { config: { CONFIG_HW_PERF_EVENTS: 'y' } });
  expect(cpucaps.includes('HAS_PMUV3')).toBe(has);
});

// has_lpa2(): with the kernel's granule at both stages. Arm ARM: TGran4 1, TGran16 2, and 3 at stage 2 are 52 bits; there is none with 64 KB.
it.each<readonly [string, Fields, boolean]>([
  ['CONFIG_ARM64_4K_PAGES', { 'ID_AA64MMFR0_EL1.TGran4': 1, 'ID_AA64MMFR0_EL1.TGran4_2': 3 }, true],
  ['CONFIG_ARM64_4K_PAGES', { 'ID_AA64MMFR0_EL1.TGran4': 0, 'ID_AA64MMFR0_EL1.TGran4_2': 3 }, false],
  ['CONFIG_ARM64_4K_PAGES', { 'ID_AA64MMFR0_EL1.TGran4': 15, 'ID_AA64MMFR0_EL1.TGran4_2': 3 }, false],
  ['CONFIG_ARM64_4K_PAGES', { 'ID_AA64MMFR0_EL1.TGran4': 1, 'ID_AA64MMFR0_EL1.TGran4_2': 2 }, false],
  ['CONFIG_ARM64_4K_PAGES', { 'ID_AA64MMFR0_EL1.TGran16': 2, 'ID_AA64MMFR0_EL1.TGran16_2': 3 }, false],
  ['CONFIG_ARM64_16K_PAGES', { 'ID_AA64MMFR0_EL1.TGran16': 2, 'ID_AA64MMFR0_EL1.TGran16_2': 3 }, true],
  ['CONFIG_ARM64_16K_PAGES', { 'ID_AA64MMFR0_EL1.TGran16': 1, 'ID_AA64MMFR0_EL1.TGran16_2': 3 }, false],
  ['CONFIG_ARM64_16K_PAGES', { 'ID_AA64MMFR0_EL1.TGran16': 2, 'ID_AA64MMFR0_EL1.TGran16_2': 2 }, false],
  ['CONFIG_ARM64_16K_PAGES', { 'ID_AA64MMFR0_EL1.TGran4': 1, 'ID_AA64MMFR0_EL1.TGran4_2': 3 }, false],
])('a kernel with %s and %o has 52 bits of address for KVM: %s', (option, fields, has) => {
  const pages = { CONFIG_ARM64_4K_PAGES: 'n', CONFIG_ARM64_16K_PAGES: 'n', CONFIG_ARM64_64K_PAGES: 'n', [option]: 'y' };
  expect(bootOf('6.12.117', [cpu(fields)], { config: pages }).cpucaps.includes('HAS_LPA2')).toBe(has);
});

// Arm ARM, MPAMIDR_EL1: HAS_HCR is bit 17.
it.each([
  [1n << 17n, true],
  [(1n << 16n) | (1n << 18n), false],
])('MPAM can be kept from guests with an MPAMIDR_EL1 of %s: %s', (MPAMIDR_EL1, has) => {
  const core = cpu({ 'ID_AA64PFR0_EL1.MPAM': 1 }, { MPAMIDR_EL1 });
  expect(bootOf('6.13.7', [core]).cpucaps.includes('MPAM_HCR')).toBe(has);
});

it.each([
  [1, 0, true],
  [1, 1, false],
  [0, 0, false],
])('Linux 4.9 with PAN %d and UAO %d uses PAN without UAO: %s', (pan, uao, has) => {
  const core = cpu({ 'ID_AA64MMFR1_EL1.PAN': pan, 'ID_AA64MMFR2_EL1.UAO': uao });
  expect(bootOf('4.9.115', [core], { config: { CONFIG_ARM64_PAN: 'y', CONFIG_ARM64_UAO: 'y' } }).cpucaps.includes('ALT_PAN_NOT_UAO')).toBe(
    has,
  );
});
