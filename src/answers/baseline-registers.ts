import { ALL_REGISTERS, type FieldDescriptor, type RegisterDescriptor, type RegisterName } from '../arch/register.ts';
import { ALL_BITS, type BitRange, extractField, type FieldSign, insertField, maskOf, widthOf } from '../bits/field.ts';
import { fieldSetOf, knownWord, MAX_SET_WIDTH, type PartialWord, setMembers } from '../bits/partial-word.ts';
import { given } from '../given.ts';
import { type GuestLayer, guestChange } from '../hypervisor/guest-layer.ts';
import { safeValue } from '../linux/bring-up/safe-value.ts';
import type { TrackedField } from '../linux/release/kernel-at.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import { NEWEST_RELEASE } from '../linux/release/known-trees.ts';

/** Registers that say what a core can do; identity, affinity and caches of a core are not merged. */
const MERGED: readonly RegisterDescriptor[] = ALL_REGISTERS.filter(({ name }) => /^(ID_|MVFR)/.test(name));

/** What is known of the registers of a CPU; `undefined`: it is not listed, so that a kernel takes it for zero. */
export type ReadWord = (name: RegisterName) => PartialWord | undefined;

const ZERO = knownWord(0n);

interface Part {
  readonly msb: number;
  readonly lsb: number;
  readonly mask: bigint;
  /** The safe value of two, all as raw bits. */
  merge(a: bigint, b: bigint): bigint;
}

function part(range: BitRange, sign: FieldSign, merge: (a: bigint, b: bigint) => bigint): Part {
  const width = widthOf(range);
  const read = (raw: bigint): bigint => (sign === 'signed' ? BigInt.asIntN(width, raw) : raw);
  return { ...range, mask: maskOf(range), merge: (a, b) => BigInt.asUintN(width, merge(read(a), read(b))) };
}

/** A field that Linux knows how to merge. */
function trackedPart({ lsb, width, signed, safe, safeValue: unsigned }: TrackedField): Part {
  const fallback = signed ? BigInt.asIntN(width, unsigned) : unsigned;
  return part({ msb: lsb + width - 1, lsb }, signed ? 'signed' : 'unsigned', (a, b) => (a === b ? a : safeValue(safe, a, b, fallback)));
}

/** A field that only the architecture describes: the lower value promises less. */
function plainPart({ msb, lsb, sign }: FieldDescriptor): Part {
  return part({ msb, lsb }, sign, (a, b) => (a < b ? a : b));
}

/** The parts of a register: what Linux tracks, then the architecture's fields where Linux tracks nothing. */
function partsOf({ name, fields }: RegisterDescriptor): readonly Part[] {
  const tracked = kernelAt({ release: NEWEST_RELEASE }).registers.find((register) => register.name === name);
  const parts = (tracked?.fields ?? []).map(trackedPart);
  let covered = parts.reduce((mask, one) => mask | one.mask, 0n);
  for (const field of fields) {
    const one = plainPart(field);
    if ((covered & one.mask) !== 0n) continue;
    covered |= one.mask;
    parts.push(one);
  }
  return parts;
}

/** The raw values that a field may have; `undefined` if they are too many to tell. */
function possible(word: PartialWord, range: BitRange): readonly bigint[] | undefined {
  if ((word.open & maskOf(range)) === 0n) return [extractField(word.value, range)];
  const width = widthOf(range);
  return width > MAX_SET_WIDTH ? undefined : setMembers(fieldSetOf(word, range.lsb, width)).map(BigInt);
}

/** The field that is safe for two words, if it is the same whatever they are. */
function mergedPart(one: Part, a: PartialWord, b: PartialWord): bigint | undefined {
  const [inA, inB] = [possible(a, one), possible(b, one)];
  if (inA === undefined || inB === undefined) return undefined;
  const [merged, ...others] = new Set(inA.flatMap((x) => inB.map((y) => one.merge(x, y))));
  return others.length === 0 ? merged : undefined;
}

/** Merges two values of a register. Bits without a name are kept where both have them. */
function mergeWords(parts: readonly Part[], a: PartialWord, b: PartialWord): PartialWord {
  let value = a.value & b.value;
  let open = (a.open | b.open) & ~(~a.open & ~a.value) & ~(~b.open & ~b.value) & ALL_BITS;
  for (const one of parts) {
    const merged = mergedPart(one, a, b);
    value = insertField(value, one, merged ?? 0n);
    open = merged === undefined ? open | one.mask : open & ~one.mask;
  }
  return { value, open };
}

/**
 * The ID registers that promise no more than any of some CPUs: field by field the value that Linux calls safe, or the lower one, as far as
 * it is the same whatever is not known. A register that no CPU lists is left out.
 */
export function mergeRegisters(cpus: readonly ReadWord[]): ReadonlyMap<RegisterName, PartialWord> {
  const merged = new Map<RegisterName, PartialWord>();
  for (const register of MERGED) {
    const words = cpus.map((read) => read(register.name));
    if (words.every((word) => word === undefined)) continue;
    const parts = partsOf(register);
    merged.set(
      register.name,
      words.map((own) => own ?? ZERO).reduce((a, b) => mergeWords(parts, a, b)),
    );
  }
  return merged;
}

/** A field that has to be set so that CPUs look alike. */
export interface FieldSetting {
  readonly register: RegisterName;
  /** Absent for bits without a name. */
  readonly field?: string;
  readonly msb: number;
  readonly lsb: number;
  /** As raw bits. */
  readonly value: bigint;
  /** Whether it is not known that some CPU has another value. Absent: some has. */
  readonly precaution?: true;
}

function bitRuns(mask: bigint): readonly BitRange[] {
  const runs: { msb: number; lsb: number }[] = [];
  for (let bit = 63; bit >= 0; bit--) {
    if (((mask >> BigInt(bit)) & 1n) === 0n) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.lsb === bit + 1) last.lsb = bit;
    else runs.push({ msb: bit, lsb: bit });
  }
  return runs;
}

/**
 * The fields in which some CPU has, or may have, another value than wanted, from the top bit down. What is wanted has to be known. Only
 * registers of AArch64 are looked at.
 */
export function settingsFor(cpus: readonly ReadWord[], wanted: ReadonlyMap<RegisterName, PartialWord>): readonly FieldSetting[] {
  return MERGED.filter(({ name }) => name.startsWith('ID_AA64') && wanted.has(name)).flatMap(({ name, fields }) => {
    const { value, open } = wanted.get(name)!;
    const words = cpus.map((read) => read(name) ?? ZERO);
    const known = words.reduce((mask, own) => mask | ((own.value ^ value) & ~own.open), 0n) & ~open;
    let differing = words.reduce((mask, own) => mask | own.open, known) & ~open;
    const settings: FieldSetting[] = [];
    const add = (range: BitRange, field?: string): void => {
      const precaution = (known & maskOf(range)) === 0n ? true : undefined;
      settings.push({ register: name, ...given({ field, precaution }), ...range, value: extractField(value, range) });
    };
    for (const { name: field, msb, lsb } of fields) {
      const range = { msb, lsb };
      if ((differing & maskOf(range)) === 0n) continue;
      differing &= ~maskOf(range);
      if ((open & maskOf(range)) === 0n) add(range, field);
    }
    for (const run of bitRuns(differing)) add(run);
    return settings.sort((a, b) => b.msb - a.msb);
  });
}

/** The layer of a hypervisor that sets fields, one change a register. */
export function layerOf(name: string, settings: readonly FieldSetting[]): GuestLayer {
  const changes = [...new Set(settings.map(({ register }) => register))].map((register) => {
    const own = settings.filter((setting) => setting.register === register);
    const mask = own.reduce((bits, range) => bits | maskOf(range), 0n);
    return guestChange(
      register,
      mask,
      own.reduce((bits, { lsb, value }) => bits | (value << BigInt(lsb)), 0n),
    );
  });
  return { name, kind: 'template', changes };
}
