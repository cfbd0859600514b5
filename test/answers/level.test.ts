import { describe, expect, it } from 'vitest';
import { includesLevel, type LevelReading, levelDemands, levelReadings } from '../../src/answers/level.ts';
import { boot } from '../../src/linux/boot.ts';
import { NEWEST_RELEASE } from '../../src/linux/release/known-trees.ts';
import { ALL_CORES } from '../../src/silicon/core.ts';
import { KNOWN_MACHINES, loadMachine } from '../../src/silicon/known-machine.ts';

const readingsOf = async (name: string, release: string = NEWEST_RELEASE): Promise<readonly LevelReading[]> =>
  levelReadings(boot((await loadMachine(name)).machine, { release }));

/** The level that the sources state for the cores of a machine, if they state one and the same. */
function statedLevel(cores: readonly string[]): string | undefined {
  const levels = new Set(cores.map((core) => ALL_CORES.find(({ name }) => name === core)?.level));
  return levels.size === 1 ? [...levels][0] : undefined;
}

/** Machines whose hwcaps show another level than their cores are said to have, and why. */
const BY_HWCAPS: Readonly<Record<string, readonly [string, string]>> = {
  'apple-m1': ['Armv8.4-A', 'a core of 8.5 without BTI'],
  'apple-m1-firestorm-macos': ['Armv8.4-A', 'a core of 8.5 without BTI'],
  'apple-m4-p-core': ['Armv8.3-A', 'only a few registers are known'],
  'trm-c1-nano': ['Armv8.0-A', 'the values lack LSE'],
  'virt-cortex-a710-no-sve': ['Armv8.5-A', 'SVE is hidden'],
};

/** The same by registers. */
const BY_REGISTERS: Readonly<Record<string, readonly [string, string]>> = {
  'apple-m1': ['Armv8.3-A', 'FEAT_RASv1p1'],
  'apple-m1-firestorm-macos': ['Armv8.3-A', 'FEAT_RASv1p1'],
  'apple-m2-max': ['Armv8.3-A', 'FEAT_RASv1p1'],
  'apple-m4-p-core': ['Armv8.0-A', 'FEAT_PAN'],
  'qemu-a64fx': ['Armv8.1-A', 'FEAT_RAS'],
  'virt-a64fx': ['Armv8.1-A', 'FEAT_RAS'],
  'qemu-neoverse-v1': ['Armv8.3-A', 'FEAT_TLBIRANGE'],
  'virt-neoverse-v1-no-sve': ['Armv8.3-A', 'FEAT_TLBIRANGE'],
  'trm-neoverse-v1': ['Armv8.3-A', 'FEAT_TLBIRANGE'],
  'trm-cortex-a715': ['Armv8.1-A', 'FEAT_Debugv8p2'],
  'trm-c1-nano': ['Armv8.0-A', 'FEAT_LSE'],
  'virt-cortex-a710-no-sve': ['Armv8.5-A', 'FEAT_SVE2'],
};

const stated = KNOWN_MACHINES.filter(({ kind }) => kind !== 'recorded').flatMap(({ name, cores }) => {
  const level = statedLevel(cores);
  return level === undefined ? [] : [{ name, level }];
});

it('has machines of which the sources state a level', () => {
  expect(stated.length).toBeGreaterThan(70);
});

it.each(stated)('$name has $level, or less for a reason', async ({ name, level }) => {
  const [registers, , hwcaps] = await readingsOf(name);
  expect(hwcaps?.level).toBe(BY_HWCAPS[name]?.[0] ?? level);
  const [expected, missing] = BY_REGISTERS[name] ?? [level];
  expect(registers?.level).toBe(expected);
  if (missing !== undefined)
    expect(registers?.next.flatMap((next) => next.missing.map(({ archFeature }) => archFeature))).toContain(missing);
});

describe('levelReadings', () => {
  it('names what a Kunpeng 920 lacks for Armv8.3-A: weaker load-acquire and pointer authentication', async () => {
    const [, , hwcaps] = await readingsOf('kunpeng-920');
    expect(hwcaps?.level).toBe('Armv8.2-A');
    expect(hwcaps?.next.map(({ level, missing }) => [level, missing.map(({ archFeature }) => archFeature)])).toEqual([
      ['Armv8.3-A', ['FEAT_LRCPC', 'FEAT_PAuth']],
    ]);
  });

  it('offers both lines above Armv8.5-A', async () => {
    const [registers] = await readingsOf('virt-cortex-a710-no-sve');
    expect(registers?.next.map(({ level }) => level)).toEqual(['Armv8.6-A', 'Armv9.0-A']);
  });

  it('judges what is mandatory under a condition only if the condition holds', async () => {
    const [registers] = await readingsOf('virt-neoverse-n1');
    expect(registers?.shown).toContain('FEAT_RDM');
    expect(registers?.shown).not.toContain('FEAT_VHE'); // the guest has no EL2
  });

  it('says what no field shows, and does not count it as shown', async () => {
    const [registers] = await readingsOf('ampere-altra');
    expect(registers?.notDetectable).toEqual(['FEAT_ASMv8p2']);
    expect(registers?.shown).not.toContain('FEAT_ASMv8p2');
  });

  it('says which condition no field decides', async () => {
    const [registers] = await readingsOf('trm-neoverse-n2');
    expect(registers?.undecided.map(({ archFeature, when }) => [archFeature, when])).toContainEqual([
      'FEAT_TRF',
      { archFeature: 'FEAT_ETMv4' },
    ]);
  });

  it('does not take unknown registers for granted, but says up to where they could lead', async () => {
    const [registers] = await readingsOf('apple-m4-p-core');
    expect(registers).toMatchObject({ level: 'Armv8.0-A', upTo: 'Armv8.3-A' });
    expect(registers?.next[0]?.missing.every(({ state }) => state === 'unknown')).toBe(true);
  });

  it('shows nothing to EL0 under Linux 4.4, which does not emulate MRS', async () => {
    const [registers, el0, hwcaps] = await readingsOf('ampere-altra', '4.4');
    expect(registers?.level).toBe('Armv8.2-A');
    expect(el0?.level).toBeUndefined();
    expect(hwcaps?.level).toBe('Armv8.0-A');
  });

  it.each(['trm-neoverse-v2', 'apple-m1', 'virt-max'])(
    'EL0 of an older kernel sees no higher level of %s than EL0 of a newer one',
    async (name) => {
      const levels = await Promise.all(
        ['4.15', '5.4', '5.10', '6.1', NEWEST_RELEASE].map(async (release) => (await readingsOf(name, release))[1]?.level),
      );
      for (const [i, newer] of levels.slice(1).entries()) expect(includesLevel(newer, levels[i]!)).toBe(true);
    },
  );

  it('takes from a Features line what it says of fields', () => {
    const seen = [
      {
        fields: new Map([
          ['ID_AA64ISAR0_EL1.Atomic', 0b1100],
          ['ID_AA64ISAR0_EL1.CRC32', 0b10],
          ['ID_AA64ISAR0_EL1.RDM', 0b10],
        ]),
      },
    ];
    const [, el0] = levelReadings(boot({ cpus: [{ registers: {} }], unlisted: 'unknown', seen }, { release: NEWEST_RELEASE }));
    expect(el0?.level).toBe('Armv8.1-A');
  });

  it('does not claim a level that nothing told from the one below', () => {
    const all = levelDemands('Armv9.7-A').filter(({ basis }) => basis !== 'removed');
    expect(all.map(({ archFeature }) => archFeature)).toEqual(expect.arrayContaining(['FEAT_LSE', 'FEAT_SVE2', 'FEAT_EAESR']));
  });
});

describe('includesLevel', () => {
  it.each([
    ['Armv9.0-A', 'Armv8.5-A', true],
    ['Armv9.0-A', 'Armv8.6-A', false],
    ['Armv8.9-A', 'Armv9.0-A', false],
    ['Armv8.2-A', 'Armv8.2-A', true],
  ] as const)('%s includes %s: %s', (level, asked, expected) => {
    expect(includesLevel(level, asked)).toBe(expected);
  });
});
