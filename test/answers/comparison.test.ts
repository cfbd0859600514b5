import { describe, expect, it } from 'vitest';
import { compareSystems } from '../../src/answers/compare-systems.ts';
import type { ComparedCause, Comparison, EffectKind } from '../../src/answers/comparison.ts';
import { checkRecording } from '../../src/answers/seed.ts';
import type { Subject } from '../../src/answers/subject.ts';
import { boot } from '../../src/linux/boot.ts';
import type { Environment } from '../../src/linux/environment.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import type { Machine, RegisterFile } from '../../src/silicon/machine.ts';

async function known(name: string, kernel: Kernel, environment: Environment = {}): Promise<Subject> {
  const { machine } = await loadMachine(name);
  return { name, kernel, machine, system: boot(machine, kernel, environment) };
}

function made(registers: RegisterFile, kernel: Kernel): Subject {
  const machine = { cpus: [{ registers }] };
  return { name: 'made', kernel, machine, system: boot(machine, kernel) };
}

/** The cause under which a hwcap or cpucap stands. */
function causeOf({ causes }: Comparison, kind: EffectKind, name: string): ComparedCause {
  const found = causes.filter(({ effects }) => effects.some((effect) => effect.kind === kind && effect.name === name));
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** How a cause is called in these tests. */
function named({ cause }: ComparedCause): string {
  if (cause.kind === 'field') return cause.path;
  return cause.kind === 'option' ? cause.option : cause.kind;
}

/** The hwcaps that one of the subjects has and not all have. */
function hwcapsOf({ causes }: Comparison, side: number): readonly string[] {
  return causes.flatMap(({ effects }) => effects.flatMap(({ kind, name, has }) => (kind === 'hwcaps' && has[side] ? [name] : [])));
}

const seed = await Promise.all(['parallels-m1', 'kunpeng-920'].map(checkRecording));

async function underKernels(...releases: readonly string[]) {
  const { machine } = await loadMachine('parallels-m1');
  return releases.map((release) => ({ name: release, machine, kernel: { release }, system: boot(machine, { release }) }));
}

describe('the comparison of the seed', () => {
  const { causes, common, levels } = compareSystems(seed);
  const fieldRow = (path: string) => causes.find(({ cause }) => cause.kind === 'field' && cause.path === path);

  it('puts lrcpc and ilrcpc under ID_AA64ISAR1_EL1.LRCPC, which is 2 on the M1 and 0 on the Kunpeng', () => {
    const row = fieldRow('ID_AA64ISAR1_EL1.LRCPC');
    expect(row?.values.map((value) => value.kind === 'field' && value.field?.value)).toEqual([2n, 0n]);
    expect(row?.effects.filter(({ kind }) => kind === 'hwcaps')).toEqual([
      { kind: 'hwcaps', name: 'lrcpc', has: [true, false] },
      { kind: 'hwcaps', name: 'ilrcpc', has: [true, false] },
    ]);
  });

  it('brings each of the 14 hwcaps that the M1 has more once', () => {
    const names = causes.flatMap(({ effects }) => effects.filter(({ kind }) => kind === 'hwcaps').map(({ name }) => name));
    // The line of the question: what the first has more.
    expect(names.toSorted()).toEqual(
      'dcpodp dit flagm flagm2 frint ilrcpc lrcpc paca pacg sb sha3 sha512 ssbs uscat'.split(' ').toSorted(),
    );
    expect(common).toContain('jscvt');
  });

  it('reads the levels of each', () => {
    expect(levels.find(({ reading }) => reading === 'el0')?.levels).toEqual(['Armv8.4-A', 'Armv8.2-A']);
  });
});

describe('a comparison of kernels', () => {
  it('has the release as the one cause of ilrcpc between 4.16, 4.17 and 6.12', async () => {
    const { causes } = compareSystems(await underKernels('4.16', '4.17', '6.12'));
    const effect = causes.flatMap(({ cause, effects }) => effects.map((one) => ({ ...one, cause: cause.kind })));
    expect(effect.find(({ kind, name }) => kind === 'hwcaps' && name === 'ilrcpc')).toMatchObject({
      cause: 'release',
      has: [false, true, true],
    });
    expect(causes.find(({ cause }) => cause.kind === 'release')?.values).toEqual([
      { kind: 'text', text: '4.16' },
      { kind: 'text', text: '4.17' },
      { kind: 'text', text: '6.12' },
    ]);
  });

  it('of a system with itself has no cause', async () => {
    const [one] = await underKernels('6.12');
    expect(compareSystems([one!, one!, one!])).toMatchObject({ causes: [], identical: true });
    expect(compareSystems([])).toMatchObject({ causes: [], common: [] });
  });
});

describe('what each difference of two machines brings', () => {
  it('finds the field of each of the 14 hwcaps that the Apple guest has more than the Kunpeng server', async () => {
    const kernel = { release: '5.10' };
    const difference = compareSystems([await known('parallels-m1', kernel), await known('kunpeng-920', kernel)]);
    const causes = hwcapsOf(difference, 0).map((name) => [name, named(causeOf(difference, 'hwcaps', name))]);
    expect(hwcapsOf(difference, 1)).toEqual([]);
    expect(causes.toSorted()).toEqual(
      [
        ['lrcpc', 'ID_AA64ISAR1_EL1.LRCPC'],
        ['sha3', 'ID_AA64ISAR0_EL1.SHA3'],
        ['sha512', 'ID_AA64ISAR0_EL1.SHA2'],
        ['dit', 'ID_AA64PFR0_EL1.DIT'],
        ['uscat', 'ID_AA64MMFR2_EL1.AT'],
        ['ilrcpc', 'ID_AA64ISAR1_EL1.LRCPC'],
        ['flagm', 'ID_AA64ISAR0_EL1.TS'],
        ['ssbs', 'ID_AA64PFR1_EL1.SSBS'],
        ['sb', 'ID_AA64ISAR1_EL1.SB'],
        ['paca', 'ID_AA64ISAR1_EL1.API'],
        ['pacg', 'ID_AA64ISAR1_EL1.GPI'],
        ['dcpodp', 'ID_AA64ISAR1_EL1.DPB'],
        ['flagm2', 'ID_AA64ISAR0_EL1.TS'],
        ['frint', 'ID_AA64ISAR1_EL1.FRINTTS'],
      ].toSorted(),
    );
    expect(causeOf(difference, 'cpucaps', 'HAS_SB').cause).toMatchObject({ path: 'ID_AA64ISAR1_EL1.SB' });
    expect(difference.levels.find(({ reading }) => reading === 'hwcaps')).toEqual({
      reading: 'hwcaps',
      levels: ['Armv8.4-A', 'Armv8.2-A'],
      upTo: ['Armv8.4-A', 'Armv8.2-A'],
      lacking: [[], ['FEAT_LRCPC', 'FEAT_PAuth']],
    });
  });

  it('finds the core behind an erratum: 1418040 of Neoverse N1, which Cortex-A53 does not have', () => {
    const registers = { ID_AA64PFR0_EL1: 0x11n, ID_AA64PFR1_EL1: 0x20n };
    const kernel = { release: '5.10' };
    const difference = compareSystems([
      made({ ...registers, MIDR_EL1: 0x413f_d0c1n }, kernel),
      made({ ...registers, MIDR_EL1: 0x410f_d034n }, kernel),
    ]);
    expect(causeOf(difference, 'cpucaps', 'WORKAROUND_1418040').values).toEqual([
      { kind: 'cores', midrs: [0x413f_d0c1n] },
      { kind: 'cores', midrs: [0x410f_d034n] },
    ]);
  });

  it('compares a mix: the field brings what it brings, the release what it brings', async () => {
    const difference = compareSystems([await known('kunpeng-920', { release: '4.15' }), await known('parallels-m1', { release: '5.10' })]);
    expect(named(causeOf(difference, 'hwcaps', 'dit'))).toBe('ID_AA64PFR0_EL1.DIT');
    // Both have FEAT_FHM; HWCAP_ASIMDFHM came with 4.16.
    expect(causeOf(difference, 'hwcaps', 'asimdfhm').values).toEqual([
      { kind: 'text', text: '4.15' },
      { kind: 'text', text: '5.10' },
    ]);
  });
});

describe('what each difference of two kernels brings', () => {
  it.each([
    ['release', { release: '6.10' }, { release: '6.11' }, 'release'],
    ['option', { release: '6.12' }, { release: '6.12', config: { CONFIG_ARM64_ERRATUM_3194386: 'n' } }, 'CONFIG_ARM64_ERRATUM_3194386'],
  ] as const)('blames the %s for ssbs on Neoverse N1', async (_, a, b, cause) => {
    const difference = compareSystems([await known('ampere-altra', a), await known('ampere-altra', b)]);
    expect(named(causeOf(difference, 'hwcaps', 'ssbs'))).toBe(cause);
    expect(named(causeOf(difference, 'cpucaps', 'WORKAROUND_SPECULATIVE_SSBS'))).toBe(cause);
  });

  it('blames the command line for what it hides', async () => {
    const [a, b] = [{ release: '6.12' }, { release: '6.12', cmdline: 'arm64.nosve' }];
    const difference = compareSystems([await known('trm-neoverse-v1', a), await known('trm-neoverse-v1', b)]);
    expect(causeOf(difference, 'hwcaps', 'sve')).toMatchObject({
      cause: { kind: 'cmdline' },
      values: [{ text: '' }, { text: 'arm64.nosve' }],
    });
  });

  it('blames the surroundings for what no register tells: a host at EL2 has VHE, its guest does not', async () => {
    const kernel = { release: '6.12' };
    const difference = compareSystems([
      await known('virt-cortex-a76-el2', kernel, { bootEl: 2 }),
      await known('virt-cortex-a76-el2', kernel, { bootEl: 1 }),
    ]);
    expect(named(causeOf(difference, 'cpucaps', 'HAS_VIRT_HOST_EXTN'))).toBe('environment');
  });

  it('compares surroundings in which the firmware answers, whose answers are 64-bit values', async () => {
    const kernel = { release: '6.12' };
    const smccc = { version: 0x10001n, workaround1: 0n };
    const told = await known('ampere-altra', kernel, { smccc });
    expect(compareSystems([told, told]).identical).toBe(true);
    expect(compareSystems([told, await known('ampere-altra', kernel)]).causes.flatMap(({ effects }) => effects)).not.toContainEqual(
      expect.objectContaining({ kind: 'hwcaps' }),
    );
  });

  it('takes a configuration that is known for one release only along with its release', async () => {
    const difference = compareSystems([
      await known('ampere-altra', { release: '6.10' }),
      await known('ampere-altra', { release: '6.12', config: 'debian' }),
    ]);
    expect(named(causeOf(difference, 'hwcaps', 'ssbs'))).toBe('release');
  });

  it('calls nothing different where a newer update changes nothing', async () => {
    const difference = compareSystems([
      await known('raspberry-pi-4', { release: '6.12' }),
      await known('raspberry-pi-4', { release: '6.12.107' }),
    ]);
    expect(difference.causes.flatMap(({ effects }) => effects)).not.toContainEqual(expect.objectContaining({ kind: 'hwcaps' }));
  });
});

describe('a side that is known in part', () => {
  const KERNEL = { release: '6.12' };
  const subject = (name: string, registers: RegisterFile): Subject => {
    const machine: Machine = { unlisted: 'unknown', cpus: [{ registers }] };
    return { name, kernel: KERNEL, machine, system: boot(machine, KERNEL) };
  };
  const whole = subject('whole', { MIDR_EL1: 0x410fd083n, ID_AA64ISAR0_EL1: 0x0021_1120n });
  const part = subject('part', { MIDR_EL1: 0x410fd083n });

  it('tells no difference where nothing is known to differ, and says what may', () => {
    const { causes, identical, open } = compareSystems([whole, part]);
    expect(causes.flatMap(({ effects }) => effects)).toEqual([]);
    expect(identical).toBe(causes.length === 0);
    expect(open).toContainEqual({ kind: 'hwcaps', name: 'aes', has: [true, undefined] });
    expect(open).toContainEqual({ kind: 'archFeatures', name: 'FEAT_RNG', has: [false, undefined] });
  });

  it('takes nothing for a cause of what is not known without it: what a kernel printed does not bind another', () => {
    const machine: Machine = { unlisted: 'unknown', cpus: [{ registers: { MIDR_EL1: 0x410fd083n } }] };
    const seen = { release: '6.12', config: 'defconfig', cmdline: '', hwcaps: whole.system.hwcaps.names };
    const printed: Machine = { ...machine, seen: [seen] };
    const told: Subject = { name: 'told', kernel: KERNEL, machine: printed, system: boot(printed, KERNEL) };
    const bare: Machine = { cpus: [{ registers: { MIDR_EL1: 0x410fd083n, ID_AA64ISAR0_EL1: 0n } }] };
    const kernel: Kernel = { release: '6.12', config: { CONFIG_ARM64_BTI: 'n' } };
    const { causes } = compareSystems([told, { name: 'bare', kernel, machine: bare, system: boot(bare, kernel) }]);
    expect(told.system.hwcaps.names).toContain('aes');
    expect(causes.filter(({ cause, effects }) => cause.kind === 'option' && effects.length > 0)).toEqual([]);
  });

  // A Neoverse-N1: the field is 2, and an erratum of the core hides the hwcap (ARM64_WORKAROUND_SPECULATIVE_SSBS).
  it('takes what certainly differs for a cause before what may', () => {
    const n1: Machine = { unlisted: 'unknown', cpus: [{ registers: { MIDR_EL1: 0x413f_d0c1n } }] };
    const told: Machine = {
      unlisted: 'unknown',
      cpus: [{ registers: {}, partly: { MIDR_EL1: { value: 0x413f_d0c1n, open: 0xffff_ffff_0000_0000n } } }],
    };
    const other: Machine = { unlisted: 'unknown', cpus: [{ registers: { MIDR_EL1: 0x000f_0510n, ID_AA64PFR1_EL1: 0x20n } }] };
    const kernel: Kernel = { release: '6.12.107' };
    const cause = (one: Machine) => {
      const subjects = [one, other].map((machine, i): Subject => ({ name: `${i}`, kernel, machine, system: boot(machine, kernel) }));
      return named(causeOf(compareSystems(subjects), 'hwcaps', 'ssbs'));
    };
    // A text tells the lower half of MIDR_EL1.
    expect([n1, told].map(cause)).toEqual(['cores', 'cores']);
  });

  it('still explains what is known to differ', () => {
    const without = subject('without', { MIDR_EL1: 0x410fd083n, ID_AA64ISAR0_EL1: 0x0021_1100n });
    const { causes } = compareSystems([whole, without]);
    expect(causes.filter(({ effects }) => effects.length > 0).map(({ cause }) => cause)).toEqual([
      { kind: 'field', path: 'ID_AA64ISAR0_EL1.AES' },
    ]);
  });
});

it('puts sve2 under the field that it is about, although without SVE there is none', () => {
  const both = made({ ID_AA64PFR0_EL1: 0x1_0000_0011n, ID_AA64ZFR0_EL1: 1n }, { release: '7.2' });
  const compared = compareSystems([both, made({ ID_AA64PFR0_EL1: 0x11n, ID_AA64ZFR0_EL1: 0n }, { release: '7.2' })]);
  expect(named(causeOf(compared, 'hwcaps', 'sve2'))).toBe('ID_AA64ZFR0_EL1.SVEver');
  expect(named(causeOf(compared, 'archFeatures', 'FEAT_SVE2'))).toBe('ID_AA64ZFR0_EL1.SVEver');
  expect(named(causeOf(compared, 'hwcaps', 'sve'))).toBe('ID_AA64PFR0_EL1.SVE');
  const only = compareSystems([both, made({ ID_AA64PFR0_EL1: 0x11n, ID_AA64ZFR0_EL1: 1n }, { release: '7.2' })]);
  expect(named(causeOf(only, 'hwcaps', 'sve2'))).toBe('ID_AA64PFR0_EL1.SVE');
});
