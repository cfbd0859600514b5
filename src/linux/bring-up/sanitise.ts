import type { Halves } from '../../bits/halves.ts';
import {
  type FieldSet,
  fieldSetOf,
  joinWords,
  MAX_SET_WIDTH,
  maskWord,
  type PartialWord,
  setMembers,
  withFieldSet,
} from '../../bits/partial-word.ts';
import type { Truth } from '../../logic/truth.ts';
import type { TrackedField, TrackedRegister } from '../release/kernel-at.ts';
import type { RegisterOverride } from './overrides.ts';
import { safeValue } from './safe-value.ts';

/** What a field of the command line came to. */
export interface OverrideNote {
  readonly register: string;
  readonly msb: number;
  readonly lsb: number;
  readonly kind: 'forced' | 'ignored' | 'already-set' | 'impossible';
  /** The value that was asked for; absent if it was impossible. */
  readonly value?: bigint;
}

/** The state of one tracked register while the system comes up; as a {@link PartialWord}, what is known of the safe value. */
export interface RegisterState extends PartialWord {
  readonly tracked: TrackedRegister;
  /** Whether the boot CPU (or the first that could) has filled it. */
  initialised: boolean;
  value: bigint;
  /** The value in halves, if somebody asked for them, and the value of which they are. */
  halves: Halves | undefined;
  halved: bigint;
  open: bigint;
  sets?: ReadonlyMap<number, FieldSet>;
  userMask: bigint;
  /** The bits of which it is not known whether EL0 sees them. */
  openUserMask: bigint;
  userValue: bigint;
  /** The bits of {@link userValue} that are not known; they are zero there. */
  openUserValue: bigint;
  strictMask: bigint;
  /** The bits of which it is not known whether CPUs may differ in them. */
  openStrictMask: bigint;
}

/** A register that nobody has filled yet: all zero, nothing visible, no differences to warn of. */
export function emptyState(tracked: TrackedRegister): RegisterState {
  return {
    tracked,
    initialised: false,
    value: 0n,
    halves: undefined,
    halved: 0n,
    open: 0n,
    userMask: 0n,
    openUserMask: 0n,
    userValue: 0n,
    openUserValue: 0n,
    strictMask: 0n,
    openStrictMask: 0n,
  };
}

/** Gives a register a new word. */
function hold(state: RegisterState, { value, open, sets }: PartialWord): void {
  state.value = value;
  state.open = open;
  if (sets === undefined) delete state.sets;
  else state.sets = sets;
}

/** Reads a tracked field of a value, with its sign. */
function read(value: bigint, { lsb, width, signed }: TrackedField): bigint {
  const field = value >> BigInt(lsb);
  return signed ? BigInt.asIntN(width, field) : BigInt.asUintN(width, field);
}

/** Replaces a tracked field of a value. */
function write(value: bigint, { lsb, mask }: TrackedField, field: bigint): bigint {
  return (value & ~mask) | ((field << BigInt(lsb)) & mask);
}

/** The safe value of a field as its rule compares it. */
function fallback({ safeValue: unsigned, width, signed }: TrackedField): bigint {
  return signed ? BigInt.asIntN(width, unsigned) : unsigned;
}

/** Takes an override of one field back, or part of the way where it is not known whether it was refused. */
function takeBack(override: RegisterOverride, mask: bigint, certain: boolean): void {
  override.mask &= ~mask;
  if (certain) override.value &= ~mask;
  else override.openMask = (override.openMask ?? 0n) | mask;
}

/** What initialising a register printed: notes, and those that may or may not have been printed. */
export interface OverrideNotes {
  readonly certain: readonly OverrideNote[];
  readonly open: readonly OverrideNote[];
}

const NO_NOTES: OverrideNotes = { certain: [], open: [] };

/** Judges the override of one field: applies it if it is safe, drops it if not. */
function overrideField(
  register: string,
  field: TrackedField,
  word: PartialWord,
  override: RegisterOverride,
  notes: { certain: OverrideNote[]; open: OverrideNote[] },
): PartialWord {
  const { lsb, width, mask } = field;
  const place = { register, msb: lsb + width - 1, lsb };
  if ((override.mask & mask) === mask) {
    const asked = read(override.value, field);
    let set = 0;
    const kinds = new Set<OverrideNote['kind']>();
    // No field that can be overridden is wider than the values that are held one by one.
    for (const unsigned of setMembers(fieldSetOf(word, lsb, width))) {
      const found = read(BigInt(unsigned) << BigInt(lsb), field);
      const safe = safeValue(field.safe, asked, found, fallback(field));
      kinds.add(safe !== asked ? 'ignored' : found === safe ? 'already-set' : 'forced');
      set |= 1 << Number(BigInt.asUintN(width, safe === asked ? safe : found));
    }
    for (const kind of kinds) (kinds.size === 1 ? notes.certain : notes.open).push({ ...place, kind, value: asked });
    if (kinds.has('ignored')) takeBack(override, mask, kinds.size === 1);
    return withFieldSet(word, lsb, width, set);
  }
  if ((override.value & mask) === mask) {
    override.value &= ~mask;
    notes.certain.push({ ...place, kind: 'impossible' });
  }
  return word;
}

/**
 * Fills a register from the boot CPU: the covered bits, with the overrides that are safe. Nothing else is sanitised for a single
 * CPU. An override that is not safe is taken back, so that later readings of other CPUs do not apply it either.
 *
 * @param weakly - Whether it is not known if that happens.
 */
export function initialiseRegister(
  state: RegisterState,
  boot: PartialWord,
  override: RegisterOverride | undefined,
  weakly: boolean,
): OverrideNotes {
  const { tracked } = state;
  const notes = { certain: [] as OverrideNote[], open: [] as OverrideNote[] };
  let word = boot;
  if (override) for (const field of tracked.fields) word = overrideField(tracked.name, field, word, override, notes);
  const covered = maskWord(word, tracked.covered);
  hold(state, weakly ? joinWords(covered, state) : covered);
  if (weakly) {
    state.openUserMask = tracked.userMask;
    state.openStrictMask = tracked.strictMask;
    // A register that is not filled shows zero where one that is shows its hidden fields' safe values.
    state.openUserValue = tracked.userValue;
    return { certain: [], open: [...notes.certain, ...notes.open] };
  }
  state.initialised = true;
  state.userMask = tracked.userMask;
  state.openUserMask = 0n;
  state.userValue = tracked.userValue;
  state.openUserValue = 0n;
  state.strictMask = tracked.strictMask;
  state.openStrictMask = 0n;
  return override ? notes : NO_NOTES;
}

/** Merges a secondary CPU into a register: a field that differs takes the value that is safe for both. */
export function updateRegister(state: RegisterState, raw: bigint): void {
  if (((raw ^ state.value) & state.tracked.covered) === 0n) return;
  for (const field of state.tracked.fields) {
    const current = read(state.value, field);
    const found = read(raw, field);
    if (found !== current) state.value = write(state.value, field, safeValue(field.safe, found, current, fallback(field)));
  }
}

/** What {@link safeSet} gave for a field, by both sets. */
const safeSets = new WeakMap<TrackedField, Map<number, FieldSet>>();

/** The safe values over two sets of values of one field. */
function safeSet(field: TrackedField, own: FieldSet, others: FieldSet): FieldSet {
  if (own === others && (own & (own - 1)) === 0) return own;
  let known = safeSets.get(field);
  if (known === undefined) {
    known = new Map();
    safeSets.set(field, known);
  }
  const key = own * 2 ** 16 + others;
  const set = known.get(key) ?? safeSetOf(field, own, others);
  known.set(key, set);
  return set;
}

function safeSetOf({ width, signed, safe, safeValue: unsafe }: TrackedField, own: FieldSet, others: FieldSet): FieldSet {
  const signedValue = (value: number): number => (signed && value >= 2 ** (width - 1) ? value - 2 ** width : value);
  const last = signedValue(Number(unsafe));
  const full = 2 ** width - 1;
  let merged = 0;
  for (const a of setMembers(own)) {
    for (const b of setMembers(others)) {
      merged |= 1 << (a === b ? a : safeValue(safe, signedValue(a), signedValue(b), last) & full);
    }
  }
  return merged;
}

/** Merges one field of a secondary CPU of which something is not known. */
function mergeField(merged: PartialWord, field: TrackedField, own: PartialWord): PartialWord {
  const { lsb, width, mask } = field;
  if (width > MAX_SET_WIDTH) return { ...merged, value: merged.value & ~mask, open: merged.open | mask };
  const set = safeSet(field, fieldSetOf(merged, lsb, width), fieldSetOf(own, lsb, width));
  return withFieldSet(merged, lsb, width, set);
}

/**
 * Merges a secondary CPU, of which something may not be known, into a register.
 *
 * @param weakly - Whether it is not known if that happens.
 */
export function updatePartialRegister(state: RegisterState, own: PartialWord, weakly: boolean): void {
  let merged: PartialWord = { value: state.value, open: state.open, ...(state.sets ? { sets: state.sets } : {}) };
  for (const field of state.tracked.fields) {
    const { mask } = field;
    if (((merged.open | own.open) & mask) !== 0n) merged = mergeField(merged, field, own);
    else if (((merged.value ^ own.value) & mask) !== 0n) {
      const safe = safeValue(field.safe, read(own.value, field), read(merged.value, field), fallback(field));
      merged = { ...merged, value: write(merged.value, field, safe) };
    }
  }
  hold(state, weakly ? joinWords(merged, state) : merged);
}

/** Whether a secondary CPU differs from the boot CPU where CPUs should not; both as read, not as sanitised. */
export function mayDifferStrictly(state: RegisterState, boot: PartialWord, own: PartialWord): Truth {
  const differs = boot.value ^ own.value;
  const open = boot.open | own.open;
  if ((differs & ~open & state.strictMask) !== 0n) return true;
  return ((differs | open) & (state.strictMask | state.openStrictMask)) === 0n ? false : undefined;
}

/** Makes fields non-strict from now on. */
export function relax(state: RegisterState, mask: bigint): void {
  state.strictMask &= ~mask;
  state.openStrictMask &= ~mask;
}

/** The same where it is not known if that happens. */
export function relaxWeakly(state: RegisterState, mask: bigint): void {
  state.openStrictMask |= state.strictMask & mask;
  state.strictMask &= ~mask;
}

/** What EL0 sees of a register. */
export function userView(state: RegisterState): bigint {
  return state.userValue | (state.value & state.userMask);
}

/** The bits of {@link userView} that are not known. */
export function openUserBits({ value, open, userMask, openUserMask, openUserValue }: RegisterState): bigint {
  return (open & userMask) | ((open | value) & openUserMask) | openUserValue;
}

/** Takes a field from EL0's view, or it is not known whether it is taken. */
export function hide(state: RegisterState, mask: bigint, certain: boolean): void {
  if (certain) state.openUserMask &= ~mask;
  else state.openUserMask |= state.userMask & mask;
  state.userMask &= ~mask;
}
