import { expect, it } from 'vitest';
import { boot } from '../../../src/linux/boot.ts';
import { bootOf, cpu, type Fields } from '../../support/booted.ts';

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

// Linux cpufeature.c, unmap_kernel_at_el0(): the command line, then the erratum over it, then KASLR, then mitigations=off.
it.each<readonly [string, Fields, string, object, boolean, readonly unknown[]]>([
  ['a core that is open', {}, '', {}, true, []],
  ['a core that is safe', { 'ID_AA64PFR0_EL1.CSV3': 1 }, '', {}, false, []],
  ['asked for', { 'ID_AA64PFR0_EL1.CSV3': 1 }, 'kpti=1', {}, true, [[true, 'kpti command line option']]],
  ['refused', {}, 'kpti=0', {}, false, [[false, 'kpti command line option']]],
  ['switched off', {}, 'mitigations=off', {}, false, [[false, 'mitigations=off']]],
  ['asked for and switched off', {}, 'mitigations=off kpti=1', {}, true, [[true, 'kpti command line option']]],
  ['KASLR', { 'ID_AA64PFR0_EL1.CSV3': 1 }, '', { kaslr: true }, true, [[true, 'KASLR']]],
  ['KASLR and switched off', {}, 'mitigations=off', { kaslr: true }, true, [[true, 'KASLR']]],
  ['KASLR with E0PD', { 'ID_AA64PFR0_EL1.CSV3': 1, 'ID_AA64MMFR2_EL1.E0PD': 1 }, '', { kaslr: true }, false, []],
  ['no KASLR', { 'ID_AA64PFR0_EL1.CSV3': 1 }, 'nokaslr', { kaslr: true }, false, []],
])('page tables are isolated or not by what comes first: %s', (_, fields, cmdline, environment, isolates, forced) => {
  const config = { CONFIG_UNMAP_KERNEL_AT_EL0: 'y', CONFIG_ARM64_E0PD: 'y', CONFIG_RANDOMIZE_BASE: 'y' } as const;
  const { cpucaps, log } = bootOf('6.12.117', [cpu(fields)], { kaslr: false, cmdline, config, ...environment });
  expect(cpucaps.includes('UNMAP_KERNEL_AT_EL0')).toBe(isolates);
  expect(log.flatMap((line) => (line.code === 'kpti-forced' ? [[line.on, line.by]] : []))).toEqual(forced);
});

it('are isolated on no core where the option is off, which is told once', () => {
  const { cpucaps, log } = bootOf('6.12.117', [cpu(), cpu()], { cmdline: 'kpti=1', config: { CONFIG_UNMAP_KERNEL_AT_EL0: 'n' } });
  expect(cpucaps).not.toContain('UNMAP_KERNEL_AT_EL0');
  expect(log.filter(({ code }) => code === 'kpti-not-configured')).toHaveLength(1);
  expect(log.filter(({ code }) => code === 'kpti-forced')).toEqual([]);
});

it('an erratum of ThunderX forbids them, whatever is asked', () => {
  const { cpucaps, log } = bootOf('6.12.117', [{ registers: THUNDERX }], { cmdline: 'kpti=1' });
  expect(cpucaps).not.toContain('UNMAP_KERNEL_AT_EL0');
  expect(log.filter(({ code }) => code === 'kpti-forced')).toMatchObject([{ on: false, by: 'ARM64_WORKAROUND_CAVIUM_27456' }]);
});
