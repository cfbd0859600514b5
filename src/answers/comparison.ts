import { fieldBits } from '../arch/field-bits.ts';
import type { FieldPath, RegisterDescriptor } from '../arch/register.ts';
import type { DecodedField } from '../arch/split-word.ts';
import { given } from '../given.ts';
import type { Environment } from '../linux/environment.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import type { Truth } from '../logic/truth.ts';
import { wholeMidrOf } from '../silicon/machine.ts';
import { type DifferenceCause, knownFields } from './comparison/causes.ts';
import { EFFECT_KINDS, type Effect, type Effects, effectKey, effectsOf, hasEffect } from './comparison/effects.ts';
import { type ComparedLevel, compareLevels } from './comparison/levels.ts';
import { explainPair } from './comparison/pair.ts';
import { areAllAbove, valuesLeft } from './machine-word.ts';
import type { Subject } from './subject.ts';

export type { DifferenceCause } from './comparison/causes.ts';
export { EFFECT_KINDS, type Effect, type EffectKind } from './comparison/effects.ts';
export type { ComparedLevel } from './comparison/levels.ts';

/** What a subject has of a cause; `undefined`: unknown. */
export type ComparedValue =
  | {
      readonly kind: 'field';
      readonly field: DecodedField | undefined;
      /** What an unknown field has at least, by what is known of the machine besides. Absent: nothing is. */
      readonly atLeast?: number;
    }
  /** Each MIDR_EL1 once, in the order of the CPUs; `undefined` = unknown. */
  | { readonly kind: 'cores'; readonly midrs: readonly (bigint | undefined)[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'environment'; readonly environment: Environment }
  | { readonly kind: 'together' };

/** A hwcap, architecture feature or cpucap that not all subjects have. */
export interface ComparedEffect extends Effect {
  /** Whether each subject has it; `undefined`: not known. */
  readonly has: readonly Truth[];
}

/** Something in which the subjects differ to begin with, and what comes of it. */
export interface ComparedCause {
  readonly cause: DifferenceCause;
  /** What each subject has. */
  readonly values: readonly ComparedValue[];
  /** From what programs see to what only the kernel knows. */
  readonly effects: readonly ComparedEffect[];
}

/** Several systems side by side, from cause to effect. */
export interface Comparison {
  /** Those with effects first, each in the order fields, cores, options, command line, release, environment, several together. */
  readonly causes: readonly ComparedCause[];
  readonly levels: readonly ComparedLevel[];
  /** The hwcaps that all have, in the order of the Features line. */
  readonly common: readonly string[];
  /** What some subjects have, or have not, and others may have or not. What is open on all alike tells nothing. */
  readonly open: readonly ComparedEffect[];
  /** Whether nothing differs; what is open may. */
  readonly identical: boolean;
}

function keyOf(cause: DifferenceCause): string {
  if (cause.kind === 'field') return cause.path;
  return cause.kind === 'option' ? cause.option : cause.kind;
}

function fieldValue(registers: readonly RegisterDescriptor[], path: string, { system }: Subject): ComparedValue {
  const register = registers.find(({ name }) => path.startsWith(`${name}.`));
  const field = register && knownFields(register, system).get(path.slice(register.name.length + 1));
  if (register === undefined || field !== undefined) return { kind: 'field', field };
  const bits = fieldBits(path as FieldPath);
  const left = valuesLeft(system, bits);
  return { kind: 'field', field, ...given({ atLeast: left && areAllAbove(left, bits) ? left[0] : undefined }) };
}

function comparedValue(registers: readonly RegisterDescriptor[], cause: DifferenceCause, subject: Subject): ComparedValue {
  const { kernel, system } = subject;
  switch (cause.kind) {
    case 'field':
      return fieldValue(registers, cause.path, subject);
    case 'cores':
      return { kind: 'cores', midrs: [...new Set(system.cpus.map(wholeMidrOf))] };
    case 'option':
      return { kind: 'text', text: kernelAt(kernel).option(cause.option) };
    case 'cmdline':
      return { kind: 'text', text: kernel.cmdline ?? '' };
    case 'release':
      return { kind: 'text', text: system.release };
    case 'environment':
      return { kind: 'environment', environment: system.environment };
    case 'together':
      return { kind: 'together' };
  }
}

/** The causes by which the others differ from the first, each once, with the names that any of them decides, each once. */
function foundCauses(
  registers: readonly RegisterDescriptor[],
  [first, ...others]: readonly Subject[],
): readonly {
  readonly cause: DifferenceCause;
  readonly effects: readonly Effect[];
}[] {
  const found = new Map<string, { readonly cause: DifferenceCause; readonly effects: Effect[] }>();
  const taken = new Set<string>();
  for (const { cause, effects } of others.flatMap((other) => explainPair(registers, first!, other))) {
    const one = found.get(keyOf(cause)) ?? { cause, effects: [] };
    found.set(keyOf(cause), one);
    one.effects.push(...effects.filter((effect) => !taken.has(effectKey(effect))));
    for (const effect of effects) taken.add(effectKey(effect));
  }
  return [...found.values()];
}

function byKind(effects: readonly ComparedEffect[]): readonly ComparedEffect[] {
  return EFFECT_KINDS.flatMap((kind) => effects.filter((effect) => effect.kind === kind));
}

function compared(effect: Effect, own: readonly Effects[]): ComparedEffect {
  return { ...effect, has: own.map((effects) => hasEffect(effects, effectKey(effect))) };
}

/** The names of which it is open whether the systems differ in them. */
function openEffects(own: readonly Effects[]): readonly ComparedEffect[] {
  const all = new Map(own.flatMap(({ certain, open }) => [...certain, ...open]));
  const effects = [...all.values()].map((effect) => compared(effect, own));
  return byKind(effects.filter(({ has }) => has.includes(undefined) && has.includes(true) !== has.includes(false)));
}

/** Compares systems by the fields of some registers, which may lack the words for their values: see compare-systems.ts. */
export function compareBy(registers: readonly RegisterDescriptor[], subjects: readonly Subject[]): Comparison {
  const own = subjects.map(({ system }) => effectsOf(system));
  const causes = foundCauses(registers, subjects).map(
    ({ cause, effects }): ComparedCause => ({
      cause,
      values: subjects.map((subject) => comparedValue(registers, cause, subject)),
      effects: byKind(effects.map((effect) => compared(effect, own))),
    }),
  );
  const [first, ...others] = subjects.map(({ system }) => system.hwcaps.names);
  return {
    causes: [...causes.filter(({ effects }) => effects.length > 0), ...causes.filter(({ effects }) => effects.length === 0)],
    levels: compareLevels(subjects),
    common: (first ?? []).filter((name) => others.every((names) => names.includes(name))),
    open: own.length < 2 ? [] : openEffects(own),
    identical: causes.length === 0,
  };
}
