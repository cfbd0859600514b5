import { describe, expect, it } from 'vitest';
import { CAPABILITY_TYPES, capabilityOrderAt } from '../../../src/linux/release/capability.ts';
import { parseRelease } from '../../../src/linux/release/release.ts';
import type { OrderEdit } from '../../../src/linux/release/rows.ts';
import type { RegisterFile } from '../../../src/silicon/machine.ts';
import { composeMidr } from '../../../src/silicon/midr.ts';
import { type BootOptions, bootOf, cpu, type Fields } from '../../support/booted.ts';

const ARM = 0x41;

function midr(implementer: number, part: number, variant = 0, revision = 0): RegisterFile {
  return { MIDR_EL1: composeMidr({ implementer, part, variant, revision }) };
}

const CORTEX_A53 = midr(ARM, 0xd03, 0, 4);
const CORTEX_A57 = midr(ARM, 0xd07, 1, 1);
const CORTEX_A72 = midr(ARM, 0xd08, 0, 3);
const CORTEX_A76 = midr(ARM, 0xd0b, 3, 0);
const THUNDER_X = midr(0x43, 0x0a1, 1, 1);
const THUNDER_X2 = midr(0x43, 0x0af);
const CORTEX_A55_CARMEL = midr(0x4e, 0x004);
const VHE = { 'ID_AA64MMFR1_EL1.VH': 1 } as const;

interface Example {
  readonly fields?: Fields;
  readonly registers?: RegisterFile;
  readonly options?: BootOptions;
}

function has(release: string, cpucap: string, { fields, registers, options }: Example): boolean {
  return bootOf(release, [cpu(fields, registers)], options).cpucaps.includes(cpucap);
}

// Linux 4.4 to 4.15 cpufeature.c, has_cpuid_feature() reads the system's register, verify_local_cpu_capabilities() each one that a feature names.
describe.each(['4.4.155', '4.5.0', '4.6.2', '4.7.10', '4.9.115', '4.15.0'])('a feature of Linux %s', (release) => {
  const pan = (level: number, more: object = {}) => cpu({ 'ID_AA64MMFR1_EL1.PAN': level }, {}, more);
  const config = { CONFIG_ARM64_PAN: 'y' };

  it('is there if every early CPU has it', () => {
    expect(bootOf(release, [pan(1), pan(1)], { config }).cpucaps).toContain('HAS_PAN');
    expect(bootOf(release, [pan(1), pan(0)], { config }).cpucaps).not.toContain('HAS_PAN');
  });

  it('is wanted of a late CPU', () => {
    expect(bootOf(release, [pan(1), pan(0, { late: true })], { config }).online).toEqual([0]);
    expect(bootOf(release, [pan(0), pan(1, { late: true })], { config }).online).toEqual([0, 1]);
  });
});

// Linux cpufeature.h, ARM64_CPUCAP_*: where a capability is tested, and what a late CPU may lack or have besides; notes, section 7.
it.each([
  ['local-cpu-erratum', 'local', 'may lack it', undefined],
  ['scope-local-cpu', 'local', 'may lack it', undefined],
  ['unscoped', 'local', 'may lack it', undefined],
  ['boot-restricted-cpu-local-feature', 'local', 'may lack it', undefined],
  ['weak-local-cpu-feature', 'local', 'may lack it, may have it', undefined],
  ['early-local-cpu-feature', 'local', 'may have it', 'all early CPUs'],
  ['system-feature', 'system', 'may have it', undefined],
  ['scope-system', 'system', 'may have it', undefined],
  ['boot-cpu-feature', 'boot', 'may have it', undefined],
  ['strict-boot-cpu-feature', 'boot', '', 'panic'],
] as const)('of the type %s is tested on the %s, and a late CPU %s', (type, scope, late, more) => {
  expect(CAPABILITY_TYPES[type]).toEqual({
    scope,
    optionalForLate: late.includes('lack'),
    permittedForLate: late.includes('have'),
    panicOnConflict: more === 'panic',
    matchAllEarlyCpus: more === 'all early CPUs',
  });
});

describe('a capability that is more than a field', () => {
  // [release, cpucap, what has it, what does not]; facts as in the kernel's matchers of that name
  it.each<[string, string, Example, Example]>([
    [
      '6.12.117',
      'HAS_LPA2',
      { fields: { 'ID_AA64MMFR0_EL1.TGran4': 1, 'ID_AA64MMFR0_EL1.TGran4_2': 3 } },
      { fields: { 'ID_AA64MMFR0_EL1.TGran4': 1 } },
    ],
    ['6.12.117', 'HAS_RAS_EXTN', { fields: { 'ID_AA64PFR0_EL1.RAS': 1 } }, {}],
    [
      '6.12.117',
      'HAS_CNP',
      { fields: { 'ID_AA64MMFR2_EL1.CnP': 1 } },
      { fields: { 'ID_AA64MMFR2_EL1.CnP': 1 }, registers: CORTEX_A55_CARMEL },
    ],
    ['5.10.223', 'HAS_NO_HW_PREFETCH', { registers: THUNDER_X }, {}],
    ['5.10.223', 'HAS_NO_FPSIMD', { fields: { 'ID_AA64PFR0_EL1.FP': 15 } }, {}],
    ['6.12.117', 'HAS_CACHE_DIC', { fields: { 'CTR_EL0.DIC': 1 } }, {}],
    ['6.12.117', 'HAS_VIRT_HOST_EXTN', { fields: VHE, options: { bootEl: 2 } }, { fields: VHE }],
    ['6.12.117', 'HAS_VIRT_HOST_EXTN', { fields: VHE, options: { bootEl: 2 } }, { fields: VHE, options: { bootEl: 2, nvhe: true } }],
    [
      '6.12.117',
      'HAS_NESTED_VIRT',
      { fields: { ...VHE, 'ID_AA64MMFR2_EL1.NV': 2 }, options: { bootEl: 2, timerHz: 1, cmdline: 'kvm-arm.mode=nested' } },
      { fields: { ...VHE, 'ID_AA64MMFR2_EL1.NV': 2 }, options: { bootEl: 2 } },
    ],
    [
      '6.12.117',
      'KVM_PROTECTED_MODE',
      { options: { bootEl: 2, timerHz: 1, cmdline: 'kvm-arm.mode=protected' } },
      { options: { bootEl: 1, timerHz: 1, cmdline: 'kvm-arm.mode=protected' } },
    ],
    // Who runs only the CPU feature code asks nothing of KVM.
    [
      '6.12.117',
      'KVM_PROTECTED_MODE',
      { options: { bootEl: 2, timerHz: 1, cmdline: 'kvm-arm.mode=nested kvm-arm.mode=protected kvm-arm.mode=bogus' } },
      { options: { bootEl: 2, cmdline: 'kvm-arm.mode=protected' } },
    ],
    [
      '6.12.117',
      'KVM_PROTECTED_MODE',
      { options: { bootEl: 2, timerHz: 1, cmdline: 'kvm-arm.mode=none kvm-arm.mode=protected' } },
      { options: { bootEl: 2, timerHz: 1, cmdline: 'kvm-arm.mode=protected kvm-arm.mode=nvhe' } },
    ],
    [
      '6.12.117',
      'HAS_GIC_PRIO_MASKING',
      {
        fields: { 'ID_AA64PFR0_EL1.GIC': 1 },
        options: { config: { CONFIG_ARM64_PSEUDO_NMI: 'y' }, cmdline: 'irqchip.gicv3_pseudo_nmi=1' },
      },
      { fields: { 'ID_AA64PFR0_EL1.GIC': 1 }, options: { config: { CONFIG_ARM64_PSEUDO_NMI: 'y' } } },
    ],
    [
      '6.12.117',
      'HAS_GIC_PRIO_MASKING',
      {
        fields: { 'ID_AA64PFR0_EL1.GIC': 1 },
        options: { config: { CONFIG_ARM64_PSEUDO_NMI: 'y' }, cmdline: 'irqchip.gicv3_pseudo_nmi=1' },
      },
      { options: { config: { CONFIG_ARM64_PSEUDO_NMI: 'y' }, cmdline: 'irqchip.gicv3_pseudo_nmi=1' } },
    ],
    [
      '5.10.223',
      'WORKAROUND_CAVIUM_TX2_219_TVM',
      { registers: { ...THUNDER_X2, MPIDR_EL1: 0x8000_0001n }, options: { bootEl: 2 } },
      { registers: THUNDER_X2, options: { bootEl: 2 } },
    ],
    [
      '6.12.117',
      'WORKAROUND_1463225',
      { fields: VHE, registers: CORTEX_A76, options: { bootEl: 2 } },
      { fields: VHE, registers: CORTEX_A76 },
    ],
    ['6.12.117', 'WORKAROUND_REPEAT_TLBI', { registers: midr(0x51, 0x201) }, {}], // any Kryo
  ])('%s has %s: case %#', (release, cpucap, with_, without) => {
    expect(has(release, cpucap, with_)).toBe(true);
    expect(has(release, cpucap, without)).toBe(false);
  });
});

describe('Spectre', () => {
  const smccc = (answers: object) => ({ smccc: { version: 0x1_0001n, ...answers } });

  it.each<[string, string, Example, boolean]>([
    ['6.12.117', 'SPECTRE_V2', { registers: CORTEX_A72 }, true],
    ['6.12.117', 'SPECTRE_V2', { registers: CORTEX_A53 }, false], // safe by its MIDR_EL1
    ['6.12.117', 'SPECTRE_V2', { registers: CORTEX_A72, fields: { 'ID_AA64PFR0_EL1.CSV2': 1 } }, false],
    ['6.12.117', 'SPECTRE_V2', { registers: CORTEX_A72, options: smccc({ workaround1: 0n }) }, true],
    ['6.12.117', 'SPECTRE_V2', { registers: CORTEX_A72, options: smccc({ workaround1: 1n }) }, false], // not affected, says the firmware
    ['6.12.117', 'SPECTRE_V4', { registers: CORTEX_A53 }, false],
    ['6.12.117', 'SPECTRE_V4', { registers: CORTEX_A72 }, true],
    ['6.12.117', 'SPECTRE_V4', { registers: CORTEX_A72, options: smccc({ workaround2: 1n }) }, false],
    ['6.12.117', 'SPECTRE_V4', { registers: CORTEX_A72, options: smccc({ workaround2: 0xffff_fffen }) }, false], // -2: not required
    ['6.12.117', 'SPECTRE_V4', { fields: { 'ID_AA64PFR1_EL1.SSBS': 1 } }, true],
    ['6.12.117', 'SPECTRE_BHB', { registers: CORTEX_A72, options: smccc({ workaround3: 0n }) }, true],
    ['6.12.117', 'SPECTRE_BHB', { registers: CORTEX_A72, fields: { 'ID_AA64PFR0_EL1.CSV2': 3 } }, false],
    ['6.12.117', 'SPECTRE_BHB', { fields: { 'ID_AA64MMFR1_EL1.ECBHB': 1 } }, true],
    ['6.12.117', 'SPECTRE_BHB', { registers: CORTEX_A53 }, false],
    ['6.12.117', 'SPECTRE_V3A', { registers: CORTEX_A72 }, true],
    ['6.12.117', 'SPECTRE_V3A', { registers: CORTEX_A53 }, false],
  ])('%s %s: case %# is %4$s', (release, cpucap, example, want) => {
    expect(has(release, cpucap, example)).toBe(want);
  });
});

describe('separate page tables for the kernel', () => {
  const kpti = (example: Example): boolean =>
    has('6.12.117', 'UNMAP_KERNEL_AT_EL0', { ...example, options: { config: { CONFIG_UNMAP_KERNEL_AT_EL0: 'y' }, ...example.options } });

  it.each<[string, Example, boolean]>([
    ['a core that is not known to be safe', { registers: midr(0x50, 0x123) }, true],
    ['a core on the safe list', { registers: CORTEX_A53 }, false],
    ['ID_AA64PFR0_EL1.CSV3', { registers: midr(0x50, 0x123), fields: { 'ID_AA64PFR0_EL1.CSV3': 1 } }, false],
    ['random addresses', { registers: CORTEX_A53, options: { kaslr: true } }, true],
    [
      'random addresses on a core with E0PD',
      { registers: CORTEX_A53, fields: { 'ID_AA64MMFR2_EL1.E0PD': 1 }, options: { kaslr: true } },
      false,
    ],
    ['kpti=1', { registers: CORTEX_A53, options: { cmdline: 'kpti=1' } }, true],
    ['kpti=off', { registers: midr(0x50, 0x123), options: { cmdline: 'kpti=off' } }, false],
    ['mitigations=off', { registers: midr(0x50, 0x123), options: { cmdline: 'mitigations=off' } }, false],
    ['mitigations=off, random addresses', { registers: CORTEX_A53, options: { cmdline: 'mitigations=off', kaslr: true } }, true],
    ['ThunderX, which cannot', { registers: THUNDER_X, options: { cmdline: 'kpti=1' } }, false],
    ['no option', { registers: midr(0x50, 0x123), options: { config: { CONFIG_UNMAP_KERNEL_AT_EL0: 'n' } } }, false],
  ])('%s', (_, example, want) => {
    expect(kpti(example)).toBe(want);
  });
});

describe('break-before-make level 2', () => {
  const olympus = midr(0x4e, 0x010);
  it.each([
    ['one core that has it', [olympus], true],
    ['two', [olympus, olympus], true],
    ['two, of which one lacks it', [olympus, CORTEX_A76], false],
    ['two, of which the first lacks it', [CORTEX_A76, olympus], false],
  ])('%s: every early CPU must have it', (_, cores, want) => {
    const system = bootOf(
      '7.2.13',
      cores.map((registers) => cpu({}, registers)),
    );
    expect(system.cpucaps.includes('HAS_BBML2_NOABORT')).toBe(want);
  });
});

it('an edit of the order that stable updates have later is in mainline, and in updates behind the last that has it not', () => {
  const edits: readonly OrderEdit[] = [
    { since: '6.0', add: [{ name: 'FIRST' }] },
    { since: '6.1', notIn: '6.1.5', add: [{ name: 'SECOND', after: 'FIRST' }] },
  ];
  const at = (text: string): number => capabilityOrderAt(parseRelease(text), edits).length;
  expect(['6.0', '6.1.4', '6.1.5', '6.1.6', '6.1', '6.2'].map(at)).toEqual([1, 1, 1, 2, 2, 2]);
});

it('capabilities are numbered by edits of a list: of a series at its update, in front where no name goes before', () => {
  const edits: readonly OrderEdit[] = [
    { since: '5.0', add: [{ name: 'FIRST' }] },
    { since: '5.0', add: [{ name: 'ZEROTH' }, { name: 'SECOND', after: 'FIRST' }] },
    { series: '5.15', since: '5.15.1', remove: ['FIRST'] },
    {
      series: '5.15',
      since: '5.15.3',
      add: [
        { name: 'SECOND', after: 'ZEROTH' },
        { name: 'LAST', after: 'SECOND' },
      ],
    },
  ];
  const at = (text: string): string => capabilityOrderAt(parseRelease(text), edits).join(' ');
  expect(at('5.14.9')).toBe('ZEROTH FIRST SECOND');
  expect(at('5.15')).toBe('ZEROTH FIRST SECOND');
  expect(at('5.15.0')).toBe('ZEROTH FIRST SECOND');
  expect(at('5.15.1')).toBe('ZEROTH SECOND');
  expect(at('5.15.3')).toBe('ZEROTH SECOND LAST');
  expect(at('5.16')).toBe('ZEROTH FIRST SECOND');
});

// notes, section 7: until 4.20 the log says "enabling workaround for" an erratum, so that a line tells which of both it is.
it.each(['4.9.115', '4.16.13', '6.12.117'])('Linux %s tells of an erratum as of one, and of a feature as of none', (release) => {
  const core = cpu({ 'ID_AA64ISAR0_EL1.CRC32': 1, 'ID_AA64MMFR1_EL1.PAN': 1 }, CORTEX_A57);
  const { log } = bootOf(release, [core], { config: { CONFIG_ARM64_ERRATUM_832075: 'y', CONFIG_ARM64_PAN: 'y' } });
  const told = log.flatMap((line) => (line.code === 'detected' ? [[line.description, line.erratum]] : []));
  expect(told).toContainEqual(['ARM erratum 832075', true]);
  expect(told).toContainEqual(['Privileged Access Never', false]);
});
