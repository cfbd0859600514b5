import fc from 'fast-check';
import { expect, it } from 'vitest';
import { includesLevel, levelDemands, levelReadings } from '../../src/answers/level.ts';
import { readArchFeatures } from '../../src/answers/level-reading.ts';
import { ALL_LEVELS } from '../../src/arch/level.ts';
import { boot } from '../../src/linux/boot.ts';
import type { System } from '../../src/linux/system.ts';
import { KNOWN_MACHINES, loadMachine } from '../../src/silicon/known-machine.ts';
import { kernel, machine } from '../support/arbitraries.ts';
import { runs } from '../support/runs.ts';

const MACHINES = await Promise.all(KNOWN_MACHINES.map(async ({ name }) => (await loadMachine(name)).machine));

/** Made-up machines and known ones, each under a kernel. */
function system(): fc.Arbitrary<System> {
  return fc.tuple(fc.oneof(machine({ maxCpus: 3 }), fc.constantFrom(...MACHINES)), kernel()).map(([one, chosen]) => boot(one, chosen));
}

it('what hwcaps and EL0 agree on with the registers is never above what the registers say', () => {
  fc.assert(
    fc.property(system(), (one) => {
      const [registers, el0, hwcaps] = levelReadings(one).map(({ agreed }) => agreed);
      if (el0 !== undefined) expect(includesLevel(registers, el0)).toBe(true);
      if (hwcaps !== undefined) expect(includesLevel(el0, hwcaps)).toBe(true);
    }),
    { numRuns: runs(60) },
  );
});

it('a level that a reading gives asks for nothing that the reading refutes', () => {
  fc.assert(
    fc.property(system(), (one) => {
      for (const { reading, level } of levelReadings(one)) {
        if (level === undefined) continue;
        const read = readArchFeatures([one], reading);
        const plain = levelDemands(level).filter(({ basis }) => basis === 'mandatory');
        expect(plain.filter(({ archFeature }) => read(archFeature) === false)).toEqual([]);
      }
    }),
    { numRuns: runs(60) },
  );
});

it('for a level above the given one, something is missing or nothing tells it apart', () => {
  fc.assert(
    fc.property(system(), (one) => {
      const [registers] = levelReadings(one);
      for (const { level, missing } of registers!.next) {
        expect(includesLevel(registers!.level, level)).toBe(false);
        expect(missing.length > 0 || ALL_LEVELS.find(({ name }) => name === level)?.implies?.length === 1).toBe(true);
      }
    }),
    { numRuns: runs(60) },
  );
});

it('two machines meet no level that one of them does not', () => {
  fc.assert(
    fc.property(system(), system(), (a, b) => {
      const [both] = levelReadings(a, b);
      for (const one of [a, b]) {
        const [alone] = levelReadings(one);
        if (both?.level !== undefined)
          expect(alone?.level !== undefined && includesLevel(alone.upTo ?? alone.level, both.level)).toBe(true);
      }
    }),
    { numRuns: runs(40) },
  );
});
