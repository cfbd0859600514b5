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

/** The state of one tracked register while the system comes up. */
export interface RegisterState {
  readonly tracked: TrackedRegister;
  /** Whether the boot CPU (or the first that could) has filled it. */
  initialised: boolean;
  value: bigint;
  userMask: bigint;
  userValue: bigint;
  strictMask: bigint;
}

/** A register that nobody has filled yet: all zero, nothing visible, no differences to warn of. */
export function emptyState(tracked: TrackedRegister): RegisterState {
  return { tracked, initialised: false, value: 0n, userMask: 0n, userValue: 0n, strictMask: 0n };
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

/** Judges the override of one field: applies it if it is safe, drops it if not. */
function overrideField(register: string, field: TrackedField, raw: bigint, override: RegisterOverride, notes: OverrideNote[]): bigint {
  const { lsb, width, mask } = field;
  const place = { register, msb: lsb + width - 1, lsb };
  if ((override.mask & mask) === mask) {
    const asked = read(override.value, field);
    const found = read(raw, field);
    const safe = safeValue(field.safe, asked, found, fallback(field));
    if (safe !== asked) {
      override.mask &= ~mask;
      override.value &= ~mask;
      notes.push({ ...place, kind: 'ignored', value: asked });
      return raw;
    }
    notes.push({ ...place, kind: found === safe ? 'already-set' : 'forced', value: asked });
    return write(raw, field, safe);
  }
  if ((override.value & mask) === mask) {
    override.value &= ~mask;
    notes.push({ ...place, kind: 'impossible' });
  }
  return raw;
}

/**
 * Fills a register from the boot CPU: the covered bits, with the overrides that are safe. Nothing else is sanitised for a single
 * CPU. An override that is not safe is taken back, so that later readings of other CPUs do not apply it either.
 */
export function initialiseRegister(state: RegisterState, raw: bigint, override: RegisterOverride | undefined): readonly OverrideNote[] {
  const { tracked } = state;
  const notes: OverrideNote[] = [];
  let value = raw;
  if (override) for (const field of tracked.fields) value = overrideField(tracked.name, field, value, override, notes);
  state.initialised = true;
  state.value = value & tracked.covered;
  state.userMask = tracked.userMask;
  state.userValue = tracked.userValue;
  state.strictMask = tracked.strictMask;
  return notes;
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

/** Whether a secondary CPU differs from the boot CPU where CPUs should not; both as read, not as sanitised. */
export function differsStrictly(state: RegisterState, boot: bigint, raw: bigint): boolean {
  return ((boot ^ raw) & state.strictMask) !== 0n;
}

/** Makes fields non-strict from now on. */
export function relax(state: RegisterState, mask: bigint): void {
  state.strictMask &= ~mask;
}

/** What EL0 sees of a register. */
export function userView(state: RegisterState): bigint {
  return state.userValue | (state.value & state.userMask);
}
