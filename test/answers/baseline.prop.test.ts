import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type BaselineInput, baselineOf } from '../../src/answers/baseline.ts';
import { levelReadings } from '../../src/answers/level.ts';
import { implementedArchFeatures } from '../../src/arch/arch-feature.ts';
import { fieldBits } from '../../src/arch/field-bits.ts';
import { ALL_REGISTERS } from '../../src/arch/register.ts';
import { readField } from '../../src/bits/field.ts';
import { boot } from '../../src/linux/boot.ts';
import { KNOWN_MACHINES, loadMachine } from '../../src/silicon/known-machine.ts';
import type { Machine } from '../../src/silicon/machine.ts';
import { kernel, machine } from '../support/arbitraries.ts';
import { naiveMarch, notGenerated } from '../support/naive-march.ts';
import { runs } from '../support/runs.ts';

/** The known machines, whole: what is not known of them reads as zero. */
const MACHINES = await Promise.all(
  KNOWN_MACHINES.map(
    async ({ name }): Promise<Machine> => ({ cpus: (await loadMachine(name)).machine.cpus.map(({ partly: _, ...cpu }) => cpu) }),
  ),
);

const ZEROS = Object.fromEntries(ALL_REGISTERS.map(({ name }) => [name, 0n]));

/** Some machines under one kernel. */
function inputs(): fc.Arbitrary<readonly BaselineInput[]> {
  const one = fc.oneof(machine({ maxCpus: 2 }), fc.constantFrom(...MACHINES));
  return fc
    .tuple(fc.array(one, { minLength: 1, maxLength: 3 }), kernel())
    .map(([machines, chosen]) => machines.map((each, i) => ({ name: `m${i}`, machine: each, kernel: chosen })));
}

it('the baseline of a machine with itself is the machine', () => {
  fc.assert(
    fc.property(inputs(), ([one]) => {
      const { hwcaps, compat, archFeatures, usable, levels, members } = baselineOf([one!, one!]);
      const system = boot(one!.machine, one!.kernel);
      expect(hwcaps).toEqual(system.hwcaps.names);
      expect(compat).toEqual(system.compat.names);
      expect(levels).toEqual(levelReadings(system));
      expect(members.flatMap(({ extra }) => extra)).toEqual([]);
      const alone = baselineOf([one!]);
      expect({ archFeatures, usable }).toEqual({ archFeatures: alone.archFeatures, usable: alone.usable });
    }),
    { numRuns: runs(15) },
  );
});

it('the baseline is contained in each machine', () => {
  fc.assert(
    fc.property(inputs(), (all) => {
      const { hwcaps, archFeatures, members } = baselineOf(all);
      for (const { system } of members) {
        expect(hwcaps.filter((name) => !system.hwcaps.names.includes(name))).toEqual([]);
        for (const index of system.online) {
          // What is not listed reads as zero.
          const own = implementedArchFeatures({ ...ZEROS, ...system.cpus[index]!.registers });
          expect(archFeatures.filter((name) => !own.has(name))).toEqual([]);
        }
      }
    }),
    { numRuns: runs(15) },
  );
});

it('the order of the machines changes only the order of the answer', () => {
  fc.assert(
    fc.property(inputs(), (all) => {
      const [there, back] = [baselineOf(all), baselineOf(all.toReversed())];
      expect([...back.hwcaps].sort()).toEqual([...there.hwcaps].sort());
      expect(back.archFeatures).toEqual(there.archFeatures);
      expect(back.registers).toEqual(there.registers);
      expect(back.targets.gcc).toEqual(there.targets.gcc);
    }),
    { numRuns: runs(15) },
  );
});

it('merged registers promise no instruction that some CPU lacks', () => {
  const fields = [
    'ID_AA64ISAR0_EL1.AES',
    'ID_AA64ISAR0_EL1.Atomic',
    'ID_AA64ISAR1_EL1.LRCPC',
    'ID_AA64PFR0_EL1.SVE',
    'ID_AA64PFR0_EL1.FP',
  ] as const;
  fc.assert(
    fc.property(inputs(), (all) => {
      const { registers, members } = baselineOf(all);
      for (const path of fields) {
        const { register, ...bits } = fieldBits(path);
        for (const { system } of members) {
          for (const index of system.online) {
            const merged = readField(registers[register] ?? 0n, bits, bits.sign);
            expect(merged <= readField(system.cpus[index]!.registers[register] ?? 0n, bits, bits.sign)).toBe(true);
          }
        }
      }
    }),
    { numRuns: runs(15) },
  );
});

it('flags for compilers ask only for what programs may use on each machine', () => {
  fc.assert(
    fc.property(inputs(), (all) => {
      const { targets, usable } = baselineOf(all);
      for (const compiler of ['gcc', 'llvm'] as const) {
        const turned = naiveMarch(compiler, targets[compiler].text)!;
        const harmless = notGenerated(compiler);
        expect([...turned].filter((name) => !harmless.has(name) && !(usable as readonly string[]).includes(name))).toEqual([]);
      }
    }),
    { numRuns: runs(15) },
  );
});

it('words of the command line leave and cost what they are said to', () => {
  fc.assert(
    fc.property(inputs(), (all) => {
      const { members, hwcaps } = baselineOf(all);
      for (const [i, { commandLine, kernel: chosen }] of members.entries()) {
        if (commandLine.words.length === 0) continue;
        const names = boot(all[i]!.machine, { ...chosen, cmdline: commandLine.words.join(' ') }).hwcaps.names;
        expect(names.filter((name) => !hwcaps.includes(name))).toEqual(commandLine.left);
        expect(hwcaps.filter((name) => !names.includes(name))).toEqual(commandLine.lost);
      }
    }),
    { numRuns: runs(15) },
  );
});

it('runs says yes to every flag that the baseline proposes, on every machine', () => {
  fc.assert(
    fc.property(inputs(), (machines) => {
      const failed = baselineOf(machines).proved.flatMap(({ flag, runs }) =>
        runs.filter((one) => one.runs !== true).map(({ name }) => `${flag} on ${name}`),
      );
      expect(failed).toEqual([]);
    }),
    { numRuns: runs(60) },
  );
});
