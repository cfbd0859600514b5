import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../src/answers/baseline.ts';
import { compareSystems } from '../../src/answers/compare-systems.ts';
import { concludeAll } from '../../src/answers/conclusions.ts';
import { knownNames } from '../../src/answers/known.ts';
import { includesLevel, levelReadings } from '../../src/answers/level.ts';
import { readArchFeatures } from '../../src/answers/level-reading.ts';
import { runsOn } from '../../src/answers/runs.ts';
import { findWhySubject, type Station, type Why, why } from '../../src/answers/why.ts';
import { ALL_ARCH_FEATURES } from '../../src/arch/arch-feature.ts';
import { fieldBits } from '../../src/arch/field-bits.ts';
import { insertField } from '../../src/bits/field.ts';
import { boot } from '../../src/linux/boot.ts';
import type { Environment } from '../../src/linux/environment.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import { kernelAt } from '../../src/linux/release/kernel-at.ts';
import type { System } from '../../src/linux/system.ts';
import { processOf } from '../../src/process/process.ts';
import { UNRESOLVED } from '../../src/runtime/judge-program.ts';
import type { Machine, RegisterFile, SystemRegisterName } from '../../src/silicon/machine.ts';
import { kernel, machine, RELEASES } from '../support/arbitraries.ts';
import { textsOf } from '../support/claims.ts';
import { hiding, knownInPart, knownWhole } from '../support/partial-knowledge.ts';
import { runs } from '../support/runs.ts';

// What is answered of a part of a machine must be true of the whole, whatever is asked.

const RUNS = { numRuns: runs(20) };

function environment(): fc.Arbitrary<Environment> {
  return fc.constantFrom<1 | 2>(1, 2).map((bootEl) => ({ bootEl, timerHz: 24_000_000 }));
}

/** A CPU as Arm allows it: it has EL1, registers about vectors are zero without vectors, and the cache policy is one that there is. */
function allowed(registers: RegisterFile): RegisterFile {
  const has = (register: 'ID_AA64PFR0_EL1' | 'ID_AA64PFR1_EL1', lsb: bigint): boolean =>
    (((registers[register] ?? 0n) >> lsb) & 0xfn) !== 0n;
  return {
    ...registers,
    ID_AA64PFR0_EL1: insertField(registers.ID_AA64PFR0_EL1 ?? 1n, fieldBits('ID_AA64PFR0_EL1.EL1'), 1n),
    CTR_EL0: insertField(registers.CTR_EL0 ?? 0n, fieldBits('CTR_EL0.L1Ip'), 3n),
    ...(has('ID_AA64PFR0_EL1', 32n) ? {} : { ID_AA64ZFR0_EL1: 0n }),
    ...(has('ID_AA64PFR1_EL1', 24n) ? {} : { ID_AA64SMFR0_EL1: 0n }),
  };
}

/** The fields of which some kernel wants the same value on all CPUs, as those of one core have. */
const EXACT = RELEASES.flatMap((release) =>
  kernelAt({ release }).registers.map(({ name, fields }) => {
    const exact = fields.filter(({ safe }) => safe === 'exact');
    return [name as SystemRegisterName, exact.reduce((bits, { mask }) => bits | mask, 0n)] as const;
  }),
);

function asOneCore(registers: RegisterFile, boot: RegisterFile): RegisterFile {
  const next: Partial<Record<SystemRegisterName, bigint>> = { ...registers };
  for (const [name, mask] of EXACT) if (name in registers) next[name] = ((next[name] ?? 0n) & ~mask) | ((boot[name] ?? 0n) & mask);
  return next;
}

interface Known {
  readonly machine: Machine;
  readonly system: System;
  readonly kernel: Kernel;
  readonly environment: Environment;
}

/** The same machine known in part and whole, under one kernel; with the texts of its boot, or without. Those that stop are left out. */
function partAndWhole(): fc.Arbitrary<readonly [part: Known, whole: Known]> {
  return fc
    .tuple(machine({ refusable: true }), hiding(), kernel(), environment(), fc.boolean(), fc.boolean())
    .map(([any, hide, release, around, told, mixed]) => {
      const first = any.cpus[0]!.registers;
      const others = (registers: RegisterFile): RegisterFile =>
        mixed ? { ...registers, MIDR_EL1: first.MIDR_EL1! ^ 0x10n } : asOneCore(registers, first);
      const all = { cpus: any.cpus.map((cpu, i) => ({ ...cpu, registers: allowed(i === 0 ? first : others(cpu.registers)) })) };
      const known = (one: Machine): Known => ({ machine: one, system: boot(one, release, around), kernel: release, environment: around });
      const whole = known(knownWhole(all));
      const seen = told && whole.system.panic === null ? { seen: [textsOf(whole.system)] } : {};
      return [known({ ...knownInPart(all, hide), ...seen }), whole] as const;
    })
    .filter(([, { system }]) => system.panic === null);
}

function holds(faults: (part: Known, whole: Known) => readonly unknown[]): void {
  fc.assert(
    fc.property(partAndWhole(), ([part, whole]) => {
      expect(
        faults(part, whole).map((fault) => JSON.stringify(fault, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))),
      ).toEqual([]);
    }),
    RUNS,
  );
}

/** Whether a station of a bit's way says something of a machine that is not so: that its CPUs lack a field, that programs are told, or are not. */
function isFalse(station: Station, { chain, system }: Why): boolean {
  if (station.place === 'silicon' && station.fate === 'lost') {
    const same = chain.find((one) => one.place === 'silicon' && one.field === station.field && one.wanted === station.wanted);
    return (
      same?.place === 'silicon' && JSON.stringify(same.needs) === JSON.stringify(station.needs) && same.groups.every(({ enough }) => enough)
    );
  }
  if (station.place === 'views')
    return station.hwcaps.some(({ name, set }) => set !== undefined && set !== system.hwcaps.names.includes(name));
  return station.place === 'erratum' && station.errata.some(({ name, open }) => open === undefined && !system.cpucaps.includes(name));
}

const FLAGS = ['-march=armv8-a', '-march=armv8.1-a', '-march=armv8.2-a+sve', '-mcpu=neoverse-n1', '-march=armv9-a', 'GOARM64=v8.2,lse'];

describe('of a machine that is known in part', () => {
  it('architecture features are spoken of truly', () =>
    holds((part, whole) => {
      const [said, is] = [part, whole].map(({ system }) => readArchFeatures([system], 'registers'));
      return ALL_ARCH_FEATURES.filter(({ name }) => said!(name) !== undefined && is!(name) !== undefined && said!(name) !== is!(name));
    }));

  it('levels are neither too high nor too low, and what is said to be missing is', () =>
    holds((part, whole) => {
      const levels = levelReadings(whole.system);
      return levelReadings(part.system).flatMap(({ reading, level, upTo = level, next }, i) => {
        const is = levels[i]!.level;
        const missing = next.filter((one) => one.missing.some(({ state }) => state !== 'unknown') && includesLevel(is, one.level));
        const tooHigh = level !== undefined && !includesLevel(is, level);
        const tooLow = is !== undefined && !includesLevel(upTo, is);
        return tooHigh || tooLow || missing.length > 0 ? [{ reading, level, upTo, is, missing }] : [];
      });
    }));

  it('code is said to run only where it does, and not to run only where it does not', () =>
    holds((part, whole) =>
      FLAGS.filter((flags) => {
        const [said, is] = [runsOn(flags, part).runs, runsOn(flags, whole).runs];
        return said !== undefined && said !== is;
      }),
    ));

  it('programs are said to conclude what they conclude', () =>
    holds((part, whole) => {
      const truth = concludeAll(processOf(whole.system));
      return concludeAll(processOf(part.system)).flatMap(({ program, version, answers }, i) =>
        answers
          .filter(({ kind, names, open }, j) => {
            const is = truth[i]!.answers[j]!.names;
            const oneOf = kind === 'first' || kind === 'list' || kind === 'option';
            if (open.includes(UNRESOLVED)) return false;
            if (oneOf) return open.length === 0 ? names.join() !== is.join() : kind !== 'list' && !open.includes(is[0] ?? '');
            return names.some((name) => !is.includes(name)) || is.some((name) => !names.includes(name) && !open.includes(name));
          })
          .map((answer) => ({ program, version, answer })),
      );
    }));

  it('a baseline promises what is there, in hwcaps, features, registers and flags', () =>
    holds((part, whole) => {
      const [said, is] = [part, whole].map((one) => baselineOf([{ name: 'it', ...one }]));
      // What an older kernel made of differing cores need not be what the newest would, by whose rules registers are merged.
      const isOneCore = new Set(whole.machine.cpus.map(({ registers }) => registers.MIDR_EL1)).size === 1;
      const wrong = Object.entries(said!.registers).filter(([name, value]) => {
        const open = (said!.unknown?.registers as Readonly<Record<string, bigint>> | undefined)?.[name] ?? 0n;
        return ((value ^ ((is!.registers as Readonly<Record<string, bigint>>)[name] ?? 0n)) & ~open) !== 0n;
      });
      const flags = said!.proved.map(({ flag }) => flag).filter((flag) => runsOn(flag, whole).runs !== true);
      const more = (['hwcaps', 'compat', 'archFeatures', 'usable'] as const).flatMap((kind) =>
        said![kind].filter((name) => !(is![kind] as readonly string[]).includes(name)),
      );
      return [...more, ...flags, ...(isOneCore ? wrong : [])];
    }));

  it('and it does not differ from itself', () =>
    holds((part, whole) =>
      compareSystems([
        { name: 'part', ...part },
        { name: 'whole', ...whole },
      ]).causes.flatMap(({ effects }) => effects.filter(({ has }) => has[0] !== undefined && has[1] !== undefined)),
    ));

  it('why says what is there, what is not, and of nothing else that it knows, and blames no CPU that has it', () => {
    const names = knownNames('hwcap', 'compat', 'cpucap', 'arch-feature', 'field');
    fc.assert(
      fc.property(partAndWhole(), fc.subarray(names.slice(), { minLength: 1, maxLength: 12 }), ([part, whole], asked) => {
        const wrong = asked.filter((name) => {
          const subject = findWhySubject(name);
          const [said, is] = [part, whole].map((one) => why(subject, { layers: [], ...one }, { maxBoots: 0 }));
          if (!said!.unknown && !is!.unknown && said!.present !== is!.present) return true;
          return said!.chain.some((station) => isFalse(station, is!));
        });
        expect(wrong).toEqual([]);
      }),
      RUNS,
    );
  });
});
