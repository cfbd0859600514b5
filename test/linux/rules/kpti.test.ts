import { expect, it } from 'vitest';
import { boot } from '../../../src/linux/boot.ts';

/** A ThunderX r1p0, which has the erratum that forbids page tables of the kernel's own. */
const THUNDERX = { MIDR_EL1: 0x431f_0a10n, ID_AA64PFR0_EL1: 0x11n };

it.each([
  ['5.10', false],
  ['5.14.2', true],
  ['5.14.8', true],
  ['5.14.9', false],
  ['5.15', false],
])('Linux %s isolates page tables on a ThunderX: %s; for a while its erratum was looked for too late', (release, isolates) => {
  const { cpucaps, log } = boot({ cpus: [{ registers: THUNDERX }] }, { release }, { kaslr: false });
  expect(cpucaps).toContain('WORKAROUND_CAVIUM_27456');
  expect(cpucaps.includes('UNMAP_KERNEL_AT_EL0')).toBe(isolates);
  expect(log.some(({ code }) => code === 'kpti-forced')).toBe(!isolates);
});
