import { describe, expect, it } from 'vitest';
import { type DifferenceGroup, diffSystems, type SystemDifference } from '../../src/answers/diff.ts';
import type { Subject } from '../../src/answers/subject.ts';
import { boot } from '../../src/linux/boot.ts';
import type { Environment } from '../../src/linux/environment.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import type { RegisterFile } from '../../src/silicon/machine.ts';

async function known(name: string, kernel: Kernel, environment: Environment = {}): Promise<Subject> {
  const { machine } = await loadMachine(name);
  return { name, kernel, machine, system: boot(machine, kernel, environment) };
}

function made(registers: RegisterFile, kernel: Kernel): Subject {
  const machine = { cpus: [{ registers }] };
  return { name: 'made', kernel, machine, system: boot(machine, kernel) };
}

/** The group under which a hwcap or cpucap stands. */
function groupOf({ groups }: SystemDifference, kind: 'hwcaps' | 'cpucaps', name: string): DifferenceGroup {
  const found = groups.filter((group) => [...group[kind].onlyA, ...group[kind].onlyB].includes(name));
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** How a cause is called in these tests. */
function named({ cause }: DifferenceGroup): string {
  if (cause.kind === 'field') return cause.path;
  return cause.kind === 'option' ? cause.option : cause.kind;
}

describe('what each difference of two machines brings', () => {
  it('finds the field of each of the 14 hwcaps that the Apple guest has more than the Kunpeng server', async () => {
    const kernel = { release: '5.10' };
    const difference = diffSystems(await known('parallels-m1', kernel), await known('kunpeng-920', kernel));
    const causes = difference.total.hwcaps.onlyA.map((name) => [name, named(groupOf(difference, 'hwcaps', name))]);
    expect(difference.total.hwcaps.onlyB).toEqual([]);
    expect(causes).toEqual([
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
    ]);
    expect(groupOf(difference, 'cpucaps', 'HAS_SB').cause).toMatchObject({ path: 'ID_AA64ISAR1_EL1.SB' });
    expect(difference.levels.find(({ reading }) => reading === 'hwcaps')).toEqual({
      reading: 'hwcaps',
      a: 'Armv8.4-A',
      b: 'Armv8.2-A',
      lackingA: [],
      lackingB: ['FEAT_LRCPC', 'FEAT_PAuth'],
    });
  });

  it('finds the core behind an erratum: 1418040 of Neoverse N1, which Cortex-A53 does not have', () => {
    const registers = { ID_AA64PFR0_EL1: 0x11n, ID_AA64PFR1_EL1: 0x20n };
    const kernel = { release: '5.10' };
    const difference = diffSystems(
      made({ ...registers, MIDR_EL1: 0x413f_d0c1n }, kernel),
      made({ ...registers, MIDR_EL1: 0x410f_d034n }, kernel),
    );
    expect(groupOf(difference, 'cpucaps', 'WORKAROUND_1418040').cause).toEqual({ kind: 'cores', a: [0x413f_d0c1n], b: [0x410f_d034n] });
  });

  it('compares a mix: the field brings what it brings, the release what it brings', async () => {
    const difference = diffSystems(await known('kunpeng-920', { release: '4.15' }), await known('parallels-m1', { release: '5.10' }));
    expect(named(groupOf(difference, 'hwcaps', 'dit'))).toBe('ID_AA64PFR0_EL1.DIT');
    // Both have FEAT_FHM; HWCAP_ASIMDFHM came with 4.16.
    expect(groupOf(difference, 'hwcaps', 'asimdfhm').cause).toEqual({ kind: 'release', a: '4.15', b: '5.10' });
  });
});

describe('what each difference of two kernels brings', () => {
  it.each([
    ['release', { release: '6.10' }, { release: '6.11' }, 'release'],
    ['option', { release: '6.12' }, { release: '6.12', config: { CONFIG_ARM64_ERRATUM_3194386: 'n' } }, 'CONFIG_ARM64_ERRATUM_3194386'],
  ] as const)('blames the %s for ssbs on Neoverse N1', async (_, a, b, cause) => {
    const difference = diffSystems(await known('ampere-altra', a), await known('ampere-altra', b));
    expect(named(groupOf(difference, 'hwcaps', 'ssbs'))).toBe(cause);
    expect(named(groupOf(difference, 'cpucaps', 'WORKAROUND_SPECULATIVE_SSBS'))).toBe(cause);
  });

  it('blames the command line for what it hides', async () => {
    const [a, b] = [{ release: '6.12' }, { release: '6.12', cmdline: 'arm64.nosve' }];
    const difference = diffSystems(await known('trm-neoverse-v1', a), await known('trm-neoverse-v1', b));
    expect(groupOf(difference, 'hwcaps', 'sve').cause).toEqual({ kind: 'cmdline', a: '', b: 'arm64.nosve' });
  });

  it('blames the surroundings for what no register tells: a host at EL2 has VHE, its guest does not', async () => {
    const kernel = { release: '6.12' };
    const difference = diffSystems(
      await known('virt-cortex-a76-el2', kernel, { bootEl: 2 }),
      await known('virt-cortex-a76-el2', kernel, { bootEl: 1 }),
    );
    expect(named(groupOf(difference, 'cpucaps', 'HAS_VIRT_HOST_EXTN'))).toBe('environment');
  });

  it('compares surroundings in which the firmware answers, whose answers are 64-bit values', async () => {
    const kernel = { release: '6.12' };
    const smccc = { version: 0x10001n, workaround1: 0n };
    const told = await known('ampere-altra', kernel, { smccc });
    expect(diffSystems(told, told).identical).toBe(true);
    expect(diffSystems(told, await known('ampere-altra', kernel)).total.hwcaps).toEqual({ onlyA: [], onlyB: [] });
  });

  it('takes a configuration that is known for one release only along with its release', async () => {
    const difference = diffSystems(
      await known('ampere-altra', { release: '6.10' }),
      await known('ampere-altra', { release: '6.12', config: 'debian' }),
    );
    expect(named(groupOf(difference, 'hwcaps', 'ssbs'))).toBe('release');
  });

  it('calls nothing different where a newer update changes nothing', async () => {
    const difference = diffSystems(
      await known('raspberry-pi-4', { release: '6.12' }),
      await known('raspberry-pi-4', { release: '6.12.107' }),
    );
    expect(difference.total.hwcaps).toEqual({ onlyA: [], onlyB: [] });
  });
});
