import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Inference, inferFeatures } from '../../src/answers/infer.ts';
import { machineValues } from '../../src/answers/subject.ts';
import { evaluateArchFeatures } from '../../src/arch/arch-feature.ts';
import { fieldBits, isFieldPath } from '../../src/arch/field-bits.ts';
import { readField } from '../../src/bits/field.ts';
import { boot } from '../../src/linux/boot.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import { kernelAt } from '../../src/linux/release/kernel-at.ts';
import { KNOWN_TREES } from '../../src/linux/release/known-trees.ts';
import type { System } from '../../src/linux/system.ts';
import { KNOWN_MACHINES, loadMachine } from '../../src/silicon/known-machine.ts';
import type { Machine } from '../../src/silicon/machine.ts';
import { machine, overrideWords } from '../support/arbitraries.ts';
import { runs } from '../support/runs.ts';

const TREES = KNOWN_TREES.map(({ release }) => release);
const known = await Promise.all(KNOWN_MACHINES.map(({ name }) => loadMachine(name)));

const kernel = (): fc.Arbitrary<Kernel> =>
  fc
    .record({
      release: fc.constantFrom(...TREES),
      options: fc.subarray(['SVE', 'SME', 'PTR_AUTH', 'BTI', 'MTE', 'ERRATUM_3194386', 'ERRATUM_2658417'], { maxLength: 3 }),
      words: overrideWords(),
    })
    .map(({ release, options, words }) => ({
      release,
      config: Object.fromEntries(options.map((name) => [`CONFIG_ARM64_${name}`, 'n'])),
      cmdline: words.join(' '),
    }));

const midrsOf = ({ cpus }: Machine): bigint[] => cpus.flatMap(({ registers }) => registers.MIDR_EL1 ?? []);

/** The system-wide value of a field, if the kernel keeps it: else it reads as zero, which says nothing of the CPUs. */
function sanitisedField({ registers, kernel: booted }: System, path: string): number | undefined {
  if (!isFieldPath(path)) return undefined;
  const bits = fieldBits(path);
  const register = registers.get(bits.register);
  const tracked = kernelAt(booted).registers.find(({ name }) => name === bits.register);
  const isKept = tracked?.fields.some(({ lsb, width }) => lsb <= bits.lsb && bits.msb < lsb + width) ?? false;
  return !isKept || register === undefined ? undefined : Number(readField(register.value, bits, bits.sign));
}

function expectTruth(inference: Inference, system: System, release: string): void {
  expect(inference.releases.find((one) => one.release === release)?.prints).not.toBe('no');
  for (const { path, min, max } of inference.fields) {
    const value = sanitisedField(system, path);
    if (value === undefined) continue;
    expect({ path, value, inside: value >= min && value <= max }).toEqual({ path, value, inside: true });
  }
}

it('the true release and the true system-wide fields lie within what a line tells', () => {
  fc.assert(
    fc.property(machine(), kernel(), fc.boolean(), (cpus, given, withMidrs) => {
      const system = boot(cpus, given);
      fc.pre(system.panic === null);
      const inference = inferFeatures(system.hwcaps.names, withMidrs ? { midrs: midrsOf(cpus) } : {});
      expectTruth(inference, system, given.release);
      // Where an option is off that no kernel is usually built without, that explains the line.
      const isOff = inference.causes.map(
        (cause) => cause.kind === 'option-off' && (given.config as Readonly<Record<string, string>>)[cause.option] === 'n',
      );
      expect(inference.verdict === 'printed' || !isOff.includes(false)).toBe(true);
    }),
    { numRuns: runs(30) },
  );
});

it('so they do when release and configuration are stated too', () => {
  fc.assert(
    fc.property(machine(), kernel(), (cpus, given) => {
      const { cmdline: _, ...plain } = given;
      const system = boot(cpus, plain);
      fc.pre(system.panic === null);
      const inference = inferFeatures(system.hwcaps.names, { midrs: midrsOf(cpus), release: given.release, config: given.config! });
      expectTruth(inference, system, given.release);
    }),
    { numRuns: runs(30) },
  );
});

it('the AArch32 line contains the truth too', () => {
  fc.assert(
    fc.property(machine({ maxCpus: 1 }), kernel(), (cpus, { cmdline: _, ...given }) => {
      const system = boot(cpus, given);
      fc.pre(((cpus.cpus[0]!.registers.ID_AA64PFR0_EL1 ?? 0n) & 0xfn) === 2n);
      const inference = inferFeatures(system.compat.names, { midrs: midrsOf(cpus) });
      expect(inference.line.vocabulary).toBe('aarch32');
      expectTruth(inference, system, given.release);
    }),
    { numRuns: runs(25) },
  );
});

it('known machines: the fields of every CPU, the FEAT_* and the core lie within what their line tells', () => {
  const machines = known.filter((one) => one.machine.cpus.every(({ registers }) => registers.ID_AA64ISAR0_EL1 !== undefined));
  fc.assert(
    fc.property(fc.constantFrom(...machines), fc.constantFrom(...TREES), (one, release) => {
      const system = boot(one.machine, { release });
      fc.pre(system.panic === null && system.online.length === one.machine.cpus.length);
      // Of a machine that is known in part this is no line that was printed: names that are open are missing in it.
      fc.pre((system.unknown?.hwcaps ?? []).length === 0);
      const inference = inferFeatures(system.hwcaps.names, { midrs: midrsOf(one.machine) }, [one]);
      expectTruth(inference, system, release);
      expect(inference.verdict).toBe('printed');
      const truth = evaluateArchFeatures((name) => machineValues(system)[name]);
      const wrong = [
        ...inference.archFeatures.certain.filter((name) => truth.get(name) === false),
        ...inference.archFeatures.impossible.filter((name) => truth.get(name) === true),
      ];
      expect(wrong).toEqual([]);
    }),
    { numRuns: runs(30) },
  );
});

it('what is inferred is printed: the witness boots to exactly the line', () => {
  fc.assert(
    fc.property(machine({ maxCpus: 1 }), fc.constantFrom(...TREES), (cpus, release) => {
      const { hwcaps } = boot(cpus, { release });
      const { witness } = inferFeatures(hwcaps.names, { midrs: midrsOf(cpus) });
      expect(witness?.printed).toEqual(hwcaps.names);
    }),
    { numRuns: runs(30) },
  );
});
