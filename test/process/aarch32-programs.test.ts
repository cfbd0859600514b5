import { expect, it } from 'vitest';
import { boot } from '../../src/linux/boot.ts';
import { runsAArch32Programs } from '../../src/process/aarch32-programs.ts';
import { bootOf, cpu } from '../support/booted.ts';

// Linux 4.7 brought system_supports_32bit_el0(); before, a 32-bit program was started on whatever there was.
it.each(['4.4', '4.6', '4.7', '6.12'])('32-bit programs run under Linux %s where the CPUs and the options have them', (release) => {
  const both = cpu({ 'ID_AA64PFR0_EL1.EL0': 2 });
  expect(runsAArch32Programs(bootOf(release, [both]))).toBe(true);
  expect(runsAArch32Programs(bootOf(release, [cpu()]))).toBe(false);
  expect(runsAArch32Programs(bootOf(release, [both], { config: { CONFIG_COMPAT: 'n' } }))).toBe(false);
  const open = { ...both, registers: {}, partly: { ID_AA64PFR0_EL1: { value: 0x11n, open: 0xfn } } };
  expect(runsAArch32Programs(boot({ cpus: [open] }, { release }))).toBeUndefined();
});
