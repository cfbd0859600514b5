import { given } from '../../given.ts';
import type { KvmGuest } from '../../linux/kvm/guest-under-kvm.ts';
import { isListed } from '../../linux/kvm/listed.ts';
import { setOneReg } from '../../linux/kvm/write.ts';
import type { TrackedField } from '../../linux/release/kernel-at.ts';
import { asAlike, differingFields, isComparable, isTold } from './move.ts';
import { commonGuestLengths, hasOpenGuestLengths, VECTOR_LENGTHS } from './vector-lengths.ts';

/** A register in which no value is taken by all hosts. */
export interface Conflict {
  readonly register: string;
  /** The fields that cannot be made alike; none if the register as a whole cannot, or some host does not list it. */
  readonly fields: readonly string[];
  /** What each host gives, in their order; absent: it does not list the register. */
  readonly values: readonly (bigint | undefined)[];
  /** The bits that are not known of one of the hosts, zero in all values; absent: none. */
  readonly open?: bigint;
}

/** The widest guest of several hosts. */
export interface CommonGuest {
  /** The registers, as far as they can be made alike. */
  readonly registers: ReadonlyMap<string, bigint>;
  readonly conflicts: readonly Conflict[];
  /** Registers that are not known of every host, so that nothing is said of them. */
  readonly open: readonly string[];
  /** The SVE vector lengths that all can give alike, in bytes. Absent: no SVE, or not known of every host. */
  readonly sveVl?: readonly number[];
}

function takes(guest: KvmGuest, register: string, value: bigint): boolean {
  const outcome = setOneReg(guest, register, value);
  return 'stored' in outcome && outcome.stored === value;
}

/** PMCR_EL0.N, which is no field of an ID register and yet is told: the number of event counters. */
const COUNTERS: Pick<TrackedField, 'lsb' | 'width' | 'mask' | 'signed' | 'safe'> = {
  lsb: 11,
  width: 5,
  mask: 0x1fn << 11n,
  signed: false,
  safe: 'lower',
};

type Part = typeof COUNTERS;

/** The fields by which any of the hosts merges a register, without overlaps. */
function partsOf(guests: readonly KvmGuest[], register: string): readonly Part[] {
  const parts: Part[] = register === 'PMCR_EL0' ? [COUNTERS] : [];
  let covered = 0n;
  for (const field of guests.flatMap((guest) => guest.host.trackedFields(register))) {
    if ((covered & field.mask) !== 0n) continue;
    covered |= field.mask;
    parts.push(field);
  }
  return parts;
}

/** From the widest value of a field to the narrowest. */
function widestFirst({ width, signed, safe }: Part): readonly bigint[] {
  const values = Array.from({ length: 2 ** width }, (_, value) => BigInt(value));
  const read = (value: bigint): bigint => (signed ? BigInt.asIntN(width, value) : value);
  const sorted = values.sort((a, b) => (read(a) < read(b) ? 1 : -1));
  return safe === 'higher' || safe === 'higher-or-zero' ? sorted.reverse() : sorted;
}

/** The widest value of a field that all hosts take, in place; `undefined` if there is none. */
function commonPart(guests: readonly KvmGuest[], register: string, part: Part): bigint | undefined {
  const limits = guests.map((guest) => guest.registers.get(register)!);
  const own = new Set(limits.map((limit) => limit & part.mask));
  if (own.size === 1) return [...own][0];
  const shift = BigInt(part.lsb);
  return widestFirst(part)
    .map((value) => value << shift)
    .find((value) =>
      guests.every((guest, i) => (limits[i]! & part.mask) === value || takes(guest, register, (limits[i]! & ~part.mask) | value)),
    );
}

function commonRegister(guests: readonly KvmGuest[], register: string): { readonly value?: bigint; readonly conflict?: Conflict } {
  const values = guests.map((guest) => (isListed(guest, register) ? guest.registers.get(register) : undefined));
  const conflict = (fields: readonly string[]): { readonly conflict: Conflict } => ({ conflict: { register, fields, values } });
  if (values.some((value) => value === undefined)) return conflict([]);
  const known = values as readonly bigint[];
  const whole = known.find((value) => guests.every((guest, i) => known[i] === value || takes(guest, register, value)));
  if (whole !== undefined) return { value: whole };
  let value = known[0]!;
  const stuck: string[] = [];
  for (const part of partsOf(guests, register)) {
    const found = commonPart(guests, register, part);
    if (found === undefined) stuck.push(...differingFields(register, part.mask, 0n));
    else value = (value & ~part.mask) | found;
  }
  if (stuck.length > 0) return conflict(stuck);
  const alike = guests.every((guest, i) => known[i] === value || takes(guest, register, value));
  return alike ? { value } : conflict(known.slice(1).flatMap((other) => differingFields(register, known[0]!, other)));
}

/** A conflict without what is not known of a host. */
function asKnown(conflict: Conflict, guests: readonly KvmGuest[]): Conflict {
  const open = guests.reduce((bits, guest) => bits | (guest.open.get(conflict.register) ?? 0n), 0n);
  return open === 0n ? conflict : { ...conflict, values: conflict.values.map((value) => value && value & ~open), open };
}

/** The widest guest that all hosts can give: of each register the value that promises most and that each host takes. */
export function commonGuest(guests: readonly KvmGuest[]): CommonGuest {
  const names = [...new Set(guests.flatMap((guest) => [...guest.registers.keys()].filter((name) => isListed(guest, name))))];
  const alike = asAlike(guests);
  const sveVl = commonGuestLengths(guests);
  const registers = new Map<string, bigint>();
  const conflicts: Conflict[] = [];
  const open: string[] = [];
  for (const name of names) {
    const { value, conflict } = isTold(name, guests) ? commonRegister(alike, name) : {};
    if (conflict !== undefined) conflicts.push(asKnown(conflict, guests));
    else if (value === undefined || !isComparable(name, guests)) open.push(name);
    else registers.set(name, value);
  }
  if (sveVl?.length === 0) conflicts.push({ register: VECTOR_LENGTHS, fields: [], values: guests.map(() => undefined) });
  return { registers, conflicts, open: hasOpenGuestLengths(guests) ? [...open, VECTOR_LENGTHS] : open, ...given({ sveVl }) };
}
