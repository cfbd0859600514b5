import { fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { fieldOfHalves, type Halves } from '../../bits/halves.ts';
import { fieldSetOf, MAX_SET_WIDTH, membersWhere, type PartialWord } from '../../bits/partial-word.ts';
import { ArmlensError } from '../../errors.ts';
import { foldTree, type Joining } from '../../logic/tree.ts';
import { allOf, anyOf, negate, type Truth } from '../../logic/truth.ts';
import { coreOfName } from '../release/core-id.ts';
import type { Condition, ConditionLeaf, FieldCondition, FixedRevision, MidrCondition, RuleCondition } from '../release/rows.ts';

/** What a condition is judged by: one CPU's registers, or the system's. */
export interface Facts {
  /** The value of a register; bits that are not known read as zero. */
  register(name: string): bigint;
  /** The same in halves, for who has it ready; absent, or `undefined`, where nobody has. */
  halves?(name: string): Halves;
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
  /** Judges what a rule asks, part by part; absent, or nothing, where only words say it. */
  asked?(condition: RuleCondition, facts: Facts): Outcome | undefined;
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
  /** The outcomes of the parts, as far as they were judged; of a rule, of what it asks. */
  readonly parts?: readonly Outcome[];
}

/** A condition that is ready to be judged. */
type Judge = (facts: Facts) => Truth;

/** A field path, taken apart. */
export interface FieldBitsAt {
  readonly register: string;
  readonly lsb: number;
  readonly width: number;
  /** The place of bit 0 of the field, and the field's greatest value, as 64-bit arithmetic takes them. */
  readonly shift: bigint;
  readonly mask: bigint;
}

const places = new Map<string, FieldBitsAt>();

/** Where a field path points. */
export function fieldPlace(path: string): FieldBitsAt {
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
function verdictOf({ held, open }: Outcome): Truth {
  return open ? undefined : held;
}

/** A field of a condition as it compares. */
function compared(value: number, width: number, { sign }: FieldCondition, { signedComparison }: Facts): number {
  return (sign === 'signed' || signedComparison) && value >= 2 ** (width - 1) ? value - 2 ** width : value;
}

export function isInRange(value: number, { atLeast, atMost }: FieldCondition): boolean {
  return value >= atLeast && (atMost === undefined || value <= atMost);
}

/** What is known of a register, if something of it is not: of a field that may have several values. */
function openWord({ register, shift, mask }: FieldBitsAt, facts: Facts): PartialWord | undefined {
  const word = facts.word?.(register);
  return word !== undefined && (word.open & (mask << shift)) !== 0n ? word : undefined;
}

/** A field as it compares; `undefined` where it is not known. */
function foundIn(condition: FieldCondition, facts: Facts): number | undefined {
  const place = fieldPlace(condition.field);
  if (openWord(place, facts)) return undefined;
  return compared(Number((facts.register(place.register) >> place.shift) & place.mask), place.width, condition, facts);
}

/** Makes a comparison of a field ready to be judged, whether EL0 sees the field or not. */
function comparison(condition: FieldCondition): Judge {
  const place = fieldPlace(condition.field);
  const { register, lsb, width, shift, mask } = place;
  return (facts) => {
    const word = facts.word && openWord(place, facts);
    if (word === undefined) {
      const known = facts.halves === undefined ? undefined : fieldOfHalves(facts.halves(register), lsb, width);
      const value = known ?? Number((facts.register(register) >> shift) & mask);
      return isInRange(compared(value, width, condition, facts), condition);
    }
    if (width > MAX_SET_WIDTH) return undefined;
    const set = fieldSetOf(word, lsb, width);
    const held = membersWhere(set, (value) => isInRange(compared(value, width, condition, facts), condition));
    return held === 0 ? false : held === set ? true : undefined;
  };
}

/** The same, where a field that EL0 does not see may not count. */
function fieldJudge(condition: FieldCondition): Judge {
  const compare = comparison(condition);
  const { register, shift, mask } = fieldPlace(condition.field);
  const bits = mask << shift;
  return (facts) => {
    const verdict = compare(facts);
    if (verdict === false || facts.userMask === undefined || (facts.userMask(register) & bits) !== 0n) return verdict;
    return ((facts.openUserMask?.(register) ?? 0n) & bits) !== 0n ? undefined : false;
  };
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
  let named = rangesOf.get(names);
  if (named === undefined) {
    named = names.map(midrRange);
    rangesOf.set(names, named);
  }
  return isInRanges(midr, named);
}

/** The ranges of lists that were asked for; the lists of the tables are asked for again and again. */
const rangesOf = new WeakMap<readonly string[], readonly MidrRange[]>();

function isInRanges(midr: bigint, named: readonly MidrRange[]): boolean {
  const value = Number(BigInt.asUintN(32, midr));
  const model = (value & MODEL_MASK) >>> 0;
  const revision = ((value >>> 16) & 0xf0) | (value & 0xf);
  for (const range of named) if (range.model === model && revision >= range.low && revision <= range.high) return true;
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

function midrJudge({ midr: names, fixed = [] }: MidrCondition): Judge {
  const named = names.map(midrRange);
  return (facts) => {
    if (facts.word === undefined) {
      const midr = facts.register('MIDR_EL1');
      return isInRanges(midr, named) && !(fixed.length > 0 && isFixed(fixed, midr, facts.register('REVIDR_EL1')));
    }
    const word = facts.word('MIDR_EL1');
    const listed = maybeMidrIn(word, names);
    return listed !== true || fixed.length === 0 ? listed : negate(maybeFixed(fixed, word.value, facts.word('REVIDR_EL1')));
  };
}

function leafJudge(leaf: ConditionLeaf): Judge {
  if ('field' in leaf) return fieldJudge(leaf);
  if ('midr' in leaf) return midrJudge(leaf);
  if ('config' in leaf) return (facts) => facts.option(leaf.config) === 'y';
  if ('cpucap' in leaf) return (facts) => facts.cpucap(leaf.cpucap);
  return (facts) => facts.rule(leaf.rule, leaf.of, facts);
}

/** Every part is judged, also where one has decided: a rule may print. */
const READY: Joining<ConditionLeaf, Judge> = {
  all: (parts) => (facts) => {
    let truth: Truth = true;
    for (const part of parts) {
      const verdict = part(facts);
      if (verdict === false || truth === false) truth = false;
      else if (verdict === undefined) truth = undefined;
    }
    return truth;
  },
  any: (parts) => (facts) => {
    let truth: Truth = false;
    for (const part of parts) {
      const verdict = part(facts);
      if (verdict === true || truth === true) truth = true;
      else if (verdict === undefined) truth = undefined;
    }
    return truth;
  },
  not: (part) => (facts) => negate(part(facts)),
};

const judges = new WeakMap<Condition, Judge>();

/** A condition made ready to be judged, once. */
function judgeOf(condition: Condition): Judge {
  let judge = judges.get(condition);
  if (judge === undefined) {
    judge = foldTree<ConditionLeaf, Judge>(condition, leafJudge, READY);
    judges.set(condition, judge);
  }
  return judge;
}

/** A rule of a table with its condition made ready. */
export interface ReadyRule<R> {
  readonly rule: R;
  readonly judge: (facts: Facts) => Truth;
}

const readyTables = new WeakMap<readonly object[], readonly ReadyRule<object>[]>();

/** The rules of a table with their conditions made ready, once for each table. */
export function readyRules<R extends { readonly when: Condition }>(table: readonly R[]): readonly ReadyRule<R>[] {
  let ready = readyTables.get(table) as readonly ReadyRule<R>[] | undefined;
  if (ready === undefined) {
    ready = table.map((rule) => ({ rule, judge: judgeOf(rule.when) }));
    readyTables.set(table, ready);
  }
  return ready;
}

/** Whether a condition holds; `undefined` where something that decides is not known. */
export function verdictOn(condition: Condition, facts: Facts): Truth {
  return judgeOf(condition)(facts);
}

function evaluateLeaf(condition: ConditionLeaf, facts: Facts): Outcome {
  const asked = 'rule' in condition ? facts.asked?.(condition, facts) : undefined;
  const outcome = judged(judgeOf(condition)(facts), condition, asked && [asked]);
  if (!('field' in condition)) return outcome;
  const found = foundIn(condition, facts);
  const hidden = !outcome.held && !outcome.open && facts.userMask !== undefined && comparison(condition)(facts) !== false;
  return { ...outcome, ...(found === undefined ? {} : { found }), ...(hidden ? { hidden } : {}) };
}

const WITH_REASONS: Joining<ConditionLeaf, Outcome> = {
  all: (parts, condition) => judged(allOf(parts.map(verdictOf)), condition, parts),
  any: (parts, condition) => judged(anyOf(parts.map(verdictOf)), condition, parts),
  not: (part, condition) => judged(negate(verdictOf(part)), condition, [part]),
};

/**
 * Judges a condition and tells because of what. Its leaves are judged as by {@link verdictOn}, so that what explains an answer cannot
 * disagree with what derives it. Where something that decides is not known, the outcome is open.
 */
export function evaluate(condition: Condition, facts: Facts): Outcome {
  return foldTree(condition, (leaf: ConditionLeaf) => evaluateLeaf(leaf, facts), WITH_REASONS);
}
