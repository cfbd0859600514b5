import { describe, expect, it } from 'vitest';
import { compareSystems } from '../../src/answers/comparison.ts';
import { checkRecording } from '../../src/answers/seed.ts';
import { boot } from '../../src/linux/boot.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';

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
    expect(levels.map(([, el0]) => el0?.level)).toEqual(['Armv8.4-A', 'Armv8.2-A']);
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
