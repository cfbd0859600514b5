import { fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { ArmlensError } from '../../errors.ts';
import { foldTree, type Joining } from '../../logic/tree.ts';
import { CORE_IDS, CORE_LISTS } from '../generated/names.ts';
import type { Condition, ConditionLeaf, FieldCondition, FixedRevision, MidrCondition } from '../release/rows.ts';

/** What a condition is judged by: one CPU's registers, or the system's. */
export interface Facts {
  /** The value of a register; one that is unknown reads as zero. */
  register(name: string): bigint;
  /** The bits of a register that EL0 sees; given only where a field must be visible to count. */
  userMask?(name: string): bigint;
  /** Whether every field compares as signed, as before 4.6. */
  readonly signedComparison: boolean;
  /** An option of the kernel, `n` if it is not set. */
  option(name: string): string;
  /** Whether a capability is set. */
  cpucap(name: string): boolean;
  /** Judges a rule that is no comparison. */
  rule(name: string, of: Condition | undefined, facts: Facts): boolean;
}

/** Whether a condition held, and because of what. */
export interface Outcome {
  readonly held: boolean;
  readonly condition: Condition;
  /** The value that a field had. */
  readonly found?: number;
  /** True if the field's value would do, but EL0 does not see the field. */
  readonly hidden?: true;
  /** The outcomes of the parts, as far as they were judged. */
  readonly parts?: readonly Outcome[];
}

/** A field path, taken apart. */
export interface FieldPlace {
  readonly register: string;
  readonly lsb: number;
  readonly width: number;
}

const places = new Map<string, FieldPlace & { readonly shift: bigint; readonly mask: bigint }>();

/** Where a field path points. */
export function fieldPlace(path: string): FieldPlace & { readonly shift: bigint; readonly mask: bigint } {
  let place = places.get(path);
  if (!place) {
    if (!isFieldPath(path)) throw new ArmlensError('unknown-name', `${path} is no field of an ID register`);
    const { register, msb, lsb } = fieldBits(path);
    const width = msb - lsb + 1;
    place = { register, lsb, width, shift: BigInt(lsb), mask: (1n << BigInt(width)) - 1n };
    places.set(path, place);
  }
  return place;
}

function evaluateField(condition: FieldCondition, facts: Facts): Outcome {
  const { register, shift, mask, width } = fieldPlace(condition.field);
  let found = Number((facts.register(register) >> shift) & mask);
  if ((condition.sign === 'signed' || facts.signedComparison) && found >= 2 ** (width - 1)) found -= 2 ** width;
  const inRange = found >= condition.atLeast && (condition.atMost === undefined || found <= condition.atMost);
  if (inRange && facts.userMask && (facts.userMask(register) & (mask << shift)) === 0n)
    return { held: false, condition, found, hidden: true };
  return { held: inRange, condition, found };
}

/** Implementer, architecture and part of MIDR_EL1: what Linux calls the model. */
const MODEL_MASK = 0xff0f_fff0;

interface MidrRange {
  readonly model: number;
  readonly low: number;
  readonly high: number;
}

const ranges = new Map<string, MidrRange>();

/** Reads `CORTEX_A76 r0p0..r3p1`; variant and revision stand together, as variant × 16 + revision. */
function midrRange(text: string): MidrRange {
  let range = ranges.get(text);
  if (!range) {
    const [name, limits] = text.split(' ') as [string, string?];
    const [implementer, part] = CORE_IDS[name]!.split('/').map(Number) as [number, number];
    const [low, high] = limits ? limits.split('..').map(revisionOf) : [0, 0xff];
    range = { model: ((implementer << 24) | (0xf << 16) | (part << 4)) >>> 0, low: low!, high: high! };
    ranges.set(text, range);
  }
  return range;
}

function revisionOf(text: string): number {
  const [, variant, revision] = /^r(\d+)p(\d+)$/.exec(text)!;
  return Number(variant) * 16 + Number(revision);
}

/** Whether a CPU is one of those named, by its MIDR_EL1. */
export function isMidrIn(midr: bigint, names: readonly string[]): boolean {
  const value = Number(midr & 0xffff_ffffn);
  const model = (value & MODEL_MASK) >>> 0;
  const revision = ((value >>> 16) & 0xf0) | (value & 0xf);
  for (const name of names) {
    const range = midrRange(name);
    if (range.model === model && revision >= range.low && revision <= range.high) return true;
  }
  return false;
}

/** Whether a CPU is in one of the named lists of spec-data/linux/core-lists.json. */
export function isCoreIn(midr: bigint, list: string): boolean {
  return isMidrIn(midr, CORE_LISTS[list]!);
}

function isFixed(fixed: readonly FixedRevision[], midr: bigint, revidr: bigint): boolean {
  const variant = Number((midr >> 20n) & 0xfn);
  const revision = Number(midr & 0xfn);
  return fixed.some((entry) => entry.variant === variant && entry.revision === revision && (revidr & BigInt(entry.revidrMask)) !== 0n);
}

function evaluateMidr(condition: MidrCondition, facts: Facts): Outcome {
  const midr = facts.register('MIDR_EL1');
  const listed = isMidrIn(midr, condition.midr);
  return { held: listed && !isFixed(condition.fixed ?? [], midr, facts.register('REVIDR_EL1')), condition };
}

function evaluateLeaf(condition: ConditionLeaf, facts: Facts): Outcome {
  if ('field' in condition) return evaluateField(condition, facts);
  if ('midr' in condition) return evaluateMidr(condition, facts);
  if ('config' in condition) return { held: facts.option(condition.config) === 'y', condition };
  if ('cpucap' in condition) return { held: facts.cpucap(condition.cpucap), condition };
  return { held: facts.rule(condition.rule, condition.of, facts), condition };
}

const isHeld = ({ held }: Outcome): boolean => held;

const WITH_REASONS: Joining<ConditionLeaf, Outcome> = {
  all: (parts, condition) => ({ held: parts.every(isHeld), condition, parts }),
  any: (parts, condition) => ({ held: parts.some(isHeld), condition, parts }),
  not: (part, condition) => ({ held: !part.held, condition, parts: [part] }),
};

/**
 * Judges a condition. What derives an answer reads {@link Outcome.held}; what explains it shows the same outcome, so that the two
 * cannot disagree.
 */
export function evaluate(condition: Condition, facts: Facts): Outcome {
  return foldTree(condition, (leaf: ConditionLeaf) => evaluateLeaf(leaf, facts), WITH_REASONS);
}
