import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boot } from '../../src/linux/boot.ts';
import type { Environment } from '../../src/linux/environment.ts';
import { kernelAt } from '../../src/linux/release/kernel-at.ts';
import type { System } from '../../src/linux/system.ts';
import { KNOWN_MACHINES, loadMachine } from '../../src/silicon/known-machine.ts';
import type { Cpu, SystemRegisterName } from '../../src/silicon/machine.ts';
import { kernel, machine, RELEASES } from '../support/arbitraries.ts';
import { takenBack, textsOf } from '../support/claims.ts';
import { hiding, knownInPart, knownWhole, lessHidden } from '../support/partial-knowledge.ts';
import { runs } from '../support/runs.ts';

// What somebody knows of a machine is a part of the whole: what is said of the part must be true of the whole.

const RUNS = { numRuns: runs(25) };

function environment(): fc.Arbitrary<Environment> {
  return fc.constantFrom<1 | 2>(1, 2).map((bootEl) => ({ bootEl, timerHz: 24_000_000 }));
}

describe('of a machine that is known in part', () => {
  it('every certain claim is true of the whole', () => {
    fc.assert(
      fc.property(machine({ late: true, refusable: true }), hiding(), kernel(), environment(), (all, hide, release, around) => {
        expect(takenBack(boot(knownInPart(all, hide), release, around), boot(knownWhole(all), release, around))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('more knowledge takes no certain claim back', () => {
    fc.assert(
      fc.property(machine({ refusable: true }), hiding(), hiding(), kernel(), environment(), (all, hide, other, release, around) => {
        const less = boot(knownInPart(all, hide), release, around);
        expect(takenBack(less, boot(knownInPart(all, lessHidden(hide, other)), release, around))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('what its kernel printed contradicts nothing, and what follows from it is true', () => {
    fc.assert(
      fc.property(machine({ refusable: true }), hiding(), kernel(), environment(), (all, hide, release, around) => {
        const whole = boot(knownWhole(all), release, around);
        if (whole.panic !== null) return;
        const told = boot({ ...knownInPart(all, hide), seen: [textsOf(whole)] }, release, around);
        expect(told.diagnostics.filter(({ code }) => code === 'contradiction')).toEqual([]);
        expect(takenBack(told, whole)).toEqual([]);
      }),
      RUNS,
    );
  });
});

it('of a machine that is known whole nothing is open', () => {
  fc.assert(
    fc.property(machine({ late: true, refusable: true }), kernel(), environment(), (all, release, around) => {
      expect(boot(knownWhole(all), release, around).unknown).toBeUndefined();
      expect(boot({ ...knownInPart(all, () => 'all') }, release, around).unknown).toBeUndefined();
    }),
    RUNS,
  );
});

describe.each(KNOWN_MACHINES.map(({ name }) => name))('%s', (name) => {
  it('is spoken of truly, whatever part of it is known', async () => {
    const { machine: all } = await loadMachine(name);
    // Every kind of core once is enough, and two of the first.
    const kinds = all.cpus.filter((cpu, i) => i < 2 || cpu.registers.MIDR_EL1 !== all.cpus[i - 1]!.registers.MIDR_EL1).slice(0, 4);
    fc.assert(
      fc.property(hiding(), fc.constantFrom(...RELEASES), (hide, release) => {
        const whole = boot(knownWhole({ cpus: kinds }), { release });
        const part = boot(knownInPart({ cpus: kinds }, hide), { release });
        expect(takenBack(part, whole)).toEqual([]);
        expect(whole.unknown).toBeUndefined();
      }),
      { numRuns: 2 },
    );
  });
});

/** A field that a release tracks, by the dice. */
function trackedField(release: string, dice: number): { readonly name: SystemRegisterName; readonly lsb: number; readonly width: number } {
  const fields = kernelAt({ release }).registers.flatMap(({ name, fields: own }) =>
    /^(ZCR|SMCR|CNTFRQ)/.test(name)
      ? []
      : own.filter(({ width }) => width <= 4).map(({ lsb, width }) => ({ name: name as SystemRegisterName, lsb, width })),
  );
  return fields[dice % fields.length]!;
}

/** One name for each thing that may be one way or the other. */
function names({ hwcaps, compat, cpucaps }: Pick<System, 'hwcaps' | 'compat' | 'cpucaps'>): readonly string[] {
  return [...hwcaps.names.map((name) => `hwcap ${name}`), ...compat.names.map((name) => `AArch32 hwcap ${name}`), ...cpucaps];
}

it('where one field of one CPU is not known, only what hangs on it is open', () => {
  fc.assert(
    fc.property(machine({ maxCpus: 1 }), fc.nat(), kernel(), environment(), (all, dice, release, around) => {
      const { name, lsb, width } = trackedField(release.release, dice);
      const mask = ((1n << BigInt(width)) - 1n) << BigInt(lsb);
      const { unknown } = boot(
        knownInPart(all, (_, register) => (register === name ? mask : 'all')),
        release,
        around,
      );
      const [cpu] = knownWhole(all).cpus as [Cpu];
      const completions = Array.from({ length: 2 ** width }, (_, value) => {
        const registers = { ...cpu.registers, [name]: (cpu.registers[name]! & ~mask) | (BigInt(value) << BigInt(lsb)) };
        return new Set(names(boot({ cpus: [{ ...cpu, registers }] }, release, around)));
      });
      const both = (one: string): boolean => new Set(completions.map((found) => found.has(one))).size === 2;
      const list = (open: readonly string[] = []) => ({ words: [], names: open });
      const open = names({ hwcaps: list(unknown?.hwcaps), compat: list(unknown?.compat), cpucaps: unknown?.cpucaps ?? [] });
      expect(open.filter((one) => !both(one))).toEqual([]);
    }),
    { numRuns: runs(60) },
  );
});
