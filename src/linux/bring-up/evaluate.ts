import { fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { fieldSetOf, MAX_SET_WIDTH, membersWhere, type PartialWord } from '../../bits/partial-word.ts';
import { ArmlensError } from '../../errors.ts';
import { foldTree, type Joining } from '../../logic/tree.ts';
import { allOf, anyOf, negate, type Truth } from '../../logic/truth.ts';
import { CORE_IDS, CORE_LISTS } from '../generated/names.ts';
import type { Condition, ConditionLeaf, FieldCondition, FixedRevision, MidrCondition } from '../release/rows.ts';

/** What a condition is judged by: one CPU's registers, or the system's. */
export interface Facts {
  /** The value of a register; bits that are not known read as zero. */
  register(name: string): bigint;
  /** What is known of a register; absent where every register is known. */
  word?(name: string): PartialWord;
  /** The bits of a register that EL0 sees; given only where a field must be visible to count. */
  userMask?(name: string): bigint;
  /** The bits of which it is not known whether EL0 sees them. */
  openUserMask?(name: string): bigint;
  /** Whether every field compares as signed, as before 4.6. */
  readonly signedComparison: boolean;
  /** An option of the kernel, `n` if it is not set. */
  option(name: string): string;
  /** Whether a capability is set. */
  cpucap(name: string): Truth;
  /** Judges a rule that is no comparison. */
  rule(name: string, of: Condition | undefined, facts: Facts): Truth;
}

/** Whether a condition held, and because of what. */
export interface Outcome {
  /** Whether it holds for certain. */
  readonly held: boolean;
  /** True if it is not known whether it holds; `held` is then false. */
  readonly open?: true;
  readonly condition: Condition;
  /** The value that a field had; absent where it is not known. */
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

/** An outcome of which it may not be known whether it holds. */
function judged(verdict: Truth, condition: Condition, parts?: readonly Outcome[]): Outcome {
  const given = parts === undefined ? {} : { parts };
  return verdict === undefined ? { held: false, open: true, condition, ...given } : { held: verdict, condition, ...given };
}

/** What an outcome says. */
export function verdictOf({ held, open }: Outcome): Truth {
  return open ? undefined : held;
}

/** A field of a condition as it compares. */
function compared(value: number, width: number, { sign }: FieldCondition, { signedComparison }: Facts): number {
  return (sign === 'signed' || signedComparison) && value >= 2 ** (width - 1) ? value - 2 ** width : value;
}

function isInRange(value: number, { atLeast, atMost }: FieldCondition): boolean {
  return value >= atLeast && (atMost === undefined || value <= atMost);
}

/** Judges a field of which some values are possible. */
function evaluateOpenField(condition: FieldCondition, facts: Facts, word: PartialWord): Outcome {
  const { register, lsb, width, shift, mask } = fieldPlace(condition.field);
  if (width > MAX_SET_WIDTH) return judged(undefined, condition);
  const set = fieldSetOf(word, lsb, width);
  const held = membersWhere(set, (value) => isInRange(compared(value, width, condition, facts), condition));
  const verdict = held === 0 ? false : held === set ? true : undefined;
  if (verdict === false || !facts.userMask) return judged(verdict, condition);
  const bits = mask << shift;
  if ((facts.userMask(register) & bits) !== 0n) return judged(verdict, condition);
  if (((facts.openUserMask?.(register) ?? 0n) & bits) !== 0n) return judged(undefined, condition);
  return { held: false, condition, hidden: true };
}

function evaluateField(condition: FieldCondition, facts: Facts): Outcome {
  const { register, shift, mask, width } = fieldPlace(condition.field);
  if (facts.word) {
    const word = facts.word(register);
    if ((word.open & (mask << shift)) !== 0n) return evaluateOpenField(condition, facts, word);
  }
  const found = compared(Number((facts.register(register) >> shift) & mask), width, condition, facts);
  const inRange = isInRange(found, condition);
  if (inRange && facts.userMask && (facts.userMask(register) & (mask << shift)) === 0n) {
    if (((facts.openUserMask?.(register) ?? 0n) & (mask << shift)) !== 0n) return { held: false, open: true, condition, found };
    return { held: false, condition, found, hidden: true };
  }
  return { held: inRange, condition, found };
}

/** Implementer, architecture and part of MIDR_EL1: what Linux calls the model. */
const MODEL_MASK = 0xff0f_fff0;

interface MidrRange {
  readonly model: number;
  readonly low: number;
  readonly high: number;
}

/** The implementer and the part number of a core that conditions name, such as `CORTEX_A76`. */
export function coreOfName(name: string): readonly [implementer: number, part: number] {
  return CORE_IDS[name]!.split('/').map(Number) as [number, number];
}

const ranges = new Map<string, MidrRange>();

/** Reads `CORTEX_A76 r0p0..r3p1`; variant and revision stand together, as variant × 16 + revision. */
function midrRange(text: string): MidrRange {
  let range = ranges.get(text);
  if (!range) {
    const [name, limits] = text.split(' ') as [string, string?];
    const [implementer, part] = coreOfName(name);
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

/** Whether a CPU is one of those named, by what is known of its MIDR_EL1. */
export function maybeMidrIn({ value, open }: PartialWord, names: readonly string[]): Truth {
  if ((open & 0xffff_ffffn) === 0n) return isMidrIn(value, names);
  const free = Number(open & 0xffff_ffffn);
  const model = Number(value & 0xffff_ffffn);
  const couldBe = names.some((name) => ((midrRange(name).model ^ model) & MODEL_MASK & ~free) === 0);
  return couldBe ? undefined : false;
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

/** Whether a revision is mended, where its REVIDR_EL1 may not be known. */
function maybeFixed(fixed: readonly FixedRevision[], midr: bigint, revidr: PartialWord): Truth {
  if (isFixed(fixed, midr, revidr.value)) return true;
  return isFixed(fixed, midr, revidr.value | revidr.open) ? undefined : false;
}

function evaluateMidr(condition: MidrCondition, facts: Facts): Outcome {
  const fixed = condition.fixed ?? [];
  if (facts.word) {
    const word = facts.word('MIDR_EL1');
    const listed = maybeMidrIn(word, condition.midr);
    if (listed !== true || fixed.length === 0) return judged(listed, condition);
    const mended = maybeFixed(fixed, word.value, facts.word('REVIDR_EL1'));
    return judged(mended === undefined ? undefined : !mended, condition);
  }
  const midr = facts.register('MIDR_EL1');
  const listed = isMidrIn(midr, condition.midr);
  return { held: listed && !isFixed(fixed, midr, facts.register('REVIDR_EL1')), condition };
}

function evaluateLeaf(condition: ConditionLeaf, facts: Facts): Outcome {
  if ('field' in condition) return evaluateField(condition, facts);
  if ('midr' in condition) return evaluateMidr(condition, facts);
  if ('config' in condition) return { held: facts.option(condition.config) === 'y', condition };
  if ('cpucap' in condition) return judged(facts.cpucap(condition.cpucap), condition);
  return judged(facts.rule(condition.rule, condition.of, facts), condition);
}

const WITH_REASONS: Joining<ConditionLeaf, Outcome> = {
  all: (parts, condition) => judged(allOf(parts.map(verdictOf)), condition, parts),
  any: (parts, condition) => judged(anyOf(parts.map(verdictOf)), condition, parts),
  not: (part, condition) => judged(negate(verdictOf(part)), condition, [part]),
};

/**
 * Judges a condition. What derives an answer reads {@link Outcome.held}; what explains it shows the same outcome, so that the two
 * cannot disagree. Where something that decides is not known, the outcome is open.
 */
export function evaluate(condition: Condition, facts: Facts): Outcome {
  return foldTree(condition, (leaf: ConditionLeaf) => evaluateLeaf(leaf, facts), WITH_REASONS);
}
