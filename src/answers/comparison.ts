import { type DecodedField, decodeRegister } from '../arch/decode.ts';
import { fieldBits, isFieldPath } from '../arch/field-bits.ts';
import type { Environment } from '../linux/environment.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import { type DifferenceCause, diffSystems, EFFECT_KINDS, type EffectKind, effectNames } from './diff.ts';
import { type LevelReading, levelReadings } from './level.ts';
import { machineValue, type Subject } from './subject.ts';

/** What a subject has of a cause, as {@link DifferenceCause} has it for its two sides; `undefined`: unknown. */
export type ComparedValue =
  | { readonly kind: 'field'; readonly field: DecodedField | undefined }
  | { readonly kind: 'cores'; readonly midrs: readonly (bigint | undefined)[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'environment'; readonly environment: Environment }
  | { readonly kind: 'together' };

/** A hwcap, architecture feature or cpucap that not all subjects have. */
export interface ComparedEffect {
  readonly kind: EffectKind;
  readonly name: string;
  /** Whether each subject has it. */
  readonly has: readonly boolean[];
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
  /** Those with effects first. */
  readonly causes: readonly ComparedCause[];
  /** The levels of each subject, by {@link LEVEL_READINGS}. */
  readonly levels: readonly (readonly LevelReading[])[];
  /** The hwcaps that all have, in the order of the Features line. */
  readonly common: readonly string[];
  readonly identical: boolean;
}

function keyOf(cause: DifferenceCause): string {
  if (cause.kind === 'field') return cause.path;
  return cause.kind === 'option' ? cause.option : cause.kind;
}

function fieldOf(path: string, { system }: Subject): DecodedField | undefined {
  if (!isFieldPath(path)) return undefined;
  const { register } = fieldBits(path);
  const value = machineValue(system, register);
  const fields = value === undefined ? [] : decodeRegister(register, value).fields;
  return fields.find(({ field }) => `${register}.${field.name}` === path);
}

function comparedValue(cause: DifferenceCause, subject: Subject): ComparedValue {
  const { kernel, system } = subject;
  switch (cause.kind) {
    case 'field':
      return { kind: 'field', field: fieldOf(cause.path, subject) };
    case 'cores':
      return { kind: 'cores', midrs: [...new Set(system.cpus.map(({ registers }) => registers.MIDR_EL1))] };
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

interface Found {
  readonly cause: DifferenceCause;
  readonly names: Readonly<Record<EffectKind, Set<string>>>;
}

/** The causes by which the others differ from the first, each once, with the names that any of them decides. */
function foundCauses(first: Subject, others: readonly Subject[]): readonly Found[] {
  const found = new Map<string, Found>();
  const taken = new Set<string>();
  for (const group of others.flatMap((other) => diffSystems(first, other).groups)) {
    const key = keyOf(group.cause);
    const one = found.get(key) ?? {
      cause: group.cause,
      names: { hwcaps: new Set<string>(), compat: new Set<string>(), archFeatures: new Set<string>(), cpucaps: new Set<string>() },
    };
    found.set(key, one);
    for (const kind of EFFECT_KINDS) {
      for (const name of [...group[kind].onlyA, ...group[kind].onlyB]) {
        if (!taken.has(`${kind} ${name}`)) one.names[kind].add(name);
        taken.add(`${kind} ${name}`);
      }
    }
  }
  return [...found.values()];
}

/**
 * Compares up to a handful of systems: all others with the first, pair by pair as {@link diffSystems} does, and puts what each cause
 * brings side by side. Where pairs explain a name by different causes, it stands under the first.
 *
 * @param subjects - At least one.
 */
export function compareSystems(subjects: readonly Subject[]): Comparison {
  const [first, ...others] = subjects;
  if (first === undefined) return { causes: [], levels: [], common: [], identical: true };
  const names = subjects.map(({ system }) => effectNames(system));
  const sets = names.map((own) => new Map(EFFECT_KINDS.map((kind) => [kind, new Set(own[kind])])));
  const causes = foundCauses(first, others).map(
    ({ cause, names: decided }): ComparedCause => ({
      cause,
      values: subjects.map((subject) => comparedValue(cause, subject)),
      effects: EFFECT_KINDS.flatMap((kind) =>
        [...decided[kind]].map((name) => ({ kind, name, has: sets.map((own) => own.get(kind)!.has(name)) })),
      ),
    }),
  );
  return {
    causes: [...causes.filter(({ effects }) => effects.length > 0), ...causes.filter(({ effects }) => effects.length === 0)],
    levels: subjects.map(({ system }) => levelReadings(system)),
    common: names[0]!.hwcaps.filter((name) => sets.every((own) => own.get('hwcaps')!.has(name))),
    identical: causes.length === 0,
  };
}
