import {
  type ArchFeatureName,
  type FieldComparison,
  findArchFeatureRule,
  type Identification,
  type IdentificationLeaf,
  judgeIdentification,
  writtenOut,
} from '../../arch/arch-feature-rule.ts';
import { fieldBits, isSignedField } from '../../arch/field-bits.ts';
import type { FieldPath, RegisterName } from '../../arch/register.ts';
import { widthOf } from '../../bits/field.ts';
import { maskWord, type PartialWord, UNKNOWN_WORD } from '../../bits/partial-word.ts';
import { given } from '../../given.ts';
import type { Condition, FieldCondition } from '../../linux/release/rows.ts';
import type { System } from '../../linux/system.ts';
import { foldTree, type Joining, leavesOf } from '../../logic/tree.ts';
import type { Truth } from '../../logic/truth.ts';
import { readArchFeatures } from '../level-reading.ts';
import { compareWord, keptWord } from '../machine-word.ts';
import type { Need } from './needs.ts';
import { hwcapsOfSubject } from './subject-hwcaps.ts';
import type { WhySubject } from './why-subject.ts';

/** What is asked of registers for an architecture feature. Other subjects do without, so that a page about them needs no table of these. */
export interface Asked {
  /** Names in the Features line. */
  readonly hwcaps: readonly string[];
  /** Those of them that together tell of it. */
  readonly telling: readonly string[];
  /** The comparisons that show it, through the others that it refers to; absent: no register shows it. */
  readonly needs?: readonly Need[];
  /** The same as a condition on the registers of one CPU, for showing. */
  readonly condition?: Condition;
  /** Whether the registers of all CPUs that run show it; `undefined`: those that are known do not tell. */
  isImplemented(system: System): Truth;
  /** Whether a program that reads ID registers finds it; `undefined`: what it may read does not tell. */
  isSeenAtEl0(system: System): Truth;
}

/** What is known of what EL0 reads of a register: the visible bits of the sanitised value, and what stands in the others. */
function el0Word(system: System, name: RegisterName): PartialWord {
  const tracked = system.registers.get(name);
  if (tracked === undefined || system.mrsEmulatedFrom === undefined) return UNKNOWN_WORD;
  const open = system.unknown?.registers?.get(name)?.user ?? 0n;
  const shown = maskWord(keptWord(system, name)!, tracked.userMask);
  return { ...shown, value: shown.value | (tracked.userValue & ~open), open };
}

/** Whether the registers of all CPUs that run show an architecture feature; `undefined`: those that are known do not tell. */
export function isImplemented(name: string, system: System): Truth {
  return readArchFeatures([system], 'registers')(name as ArchFeatureName);
}

/** Whether a program that reads ID registers finds an architecture feature; `undefined`: what it may read does not tell. */
function isSeenAtEl0(name: string, system: System): Truth {
  const identification = findArchFeatureRule(name)?.identification;
  if (identification === undefined) return undefined;
  return judgeIdentification(identification, (comparison) =>
    compareWord(comparison, el0Word(system, fieldBits(comparison.field).register)),
  );
}

function highest(path: FieldPath): number {
  const field = fieldBits(path);
  return 2 ** (widthOf(field) - (field.sign === 'signed' ? 1 : 0)) - 1;
}

/** The comparisons that show an architecture feature, through the others that it refers to. */
function identificationNeeds(identification: Identification): readonly Need[] {
  return leavesOf<IdentificationLeaf>(writtenOut(identification)).flatMap(({ leaf, wanted }): Need[] =>
    'field' in leaf ? [{ kind: 'field', condition: comparison(leaf), wanted }] : [],
  );
}

function comparison(identification: FieldComparison): FieldCondition {
  const { field } = identification;
  const sign = isSignedField(field) ? ({ sign: 'signed' } as const) : {};
  if ('atLeast' in identification) return { field, atLeast: identification.atLeast, ...sign };
  if ('equals' in identification) return { field, atLeast: identification.equals, atMost: identification.equals, ...sign };
  if ('below' in identification)
    return { field, atLeast: 'sign' in sign ? -highest(field) - 1 : 0, atMost: identification.below - 1, ...sign };
  return { field, atLeast: Math.min(...identification.oneOf), atMost: Math.max(...identification.oneOf), ...sign };
}

const WITHOUT_GAPS: Joining<IdentificationLeaf, Condition | undefined> = {
  all: (parts) => ({ all: parts.filter((part) => part !== undefined) }),
  any: (parts) => ({ any: parts.filter((part) => part !== undefined) }),
  not: (part) => part && { not: part },
};

/** A condition on the registers of one CPU from an identification, for showing; `undefined` for what is no comparison. */
function identificationCondition(identification: Identification): Condition | undefined {
  const leaf = (at: IdentificationLeaf): Condition | undefined => ('field' in at ? comparison(at) : undefined);
  return foldTree(writtenOut(identification), leaf, WITHOUT_GAPS);
}

/** What is asked about a subject, if it is an architecture feature. */
export function askedOf(subject: WhySubject): Asked | undefined {
  const { kind, name } = subject;
  if (kind !== 'arch-feature') return undefined;
  const { identification, linuxHwcaps = [] } = findArchFeatureRule(name) ?? {};
  return {
    hwcaps: linuxHwcaps,
    telling: hwcapsOfSubject(subject),
    ...(identification && { needs: identificationNeeds(identification), ...given({ condition: identificationCondition(identification) }) }),
    isImplemented: (system) => isImplemented(name, system),
    isSeenAtEl0: (system) => isSeenAtEl0(name, system),
  };
}
