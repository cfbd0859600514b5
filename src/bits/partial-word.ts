/**
 * The values that are possible for a field of up to four bits: bit `v` is set if the field may be `v`. One bit set: the field is known.
 */
export type FieldSet = number;

/** What is known of a 64-bit value, of which parts may be open. */
export interface PartialWord {
  /** The bits that are known; open ones are zero here. */
  readonly value: bigint;
  /** The bits that are not known. */
  readonly open: bigint;
  /** Fields of which less than their open bits allow is possible, by `msb:lsb`. Absent: none. */
  readonly sets?: ReadonlyMap<number, FieldSet>;
}

/** The widest field of which the possible values are held one by one, in bits. */
export const MAX_SET_WIDTH = 4;

const ALL = 0xffff_ffff_ffff_ffffn;

/** A word of which nothing is known. */
export const UNKNOWN_WORD: PartialWord = { value: 0n, open: ALL };

/** A word that is known. */
export function knownWord(value: bigint): PartialWord {
  return { value, open: 0n };
}

/** What a field is called in {@link PartialWord.sets}. */
export function fieldKey(lsb: number, width: number): number {
  return lsb * 8 + width;
}

const FULL_SETS: readonly FieldSet[] = Array.from({ length: MAX_SET_WIDTH + 1 }, (_, width) => 2 ** (2 ** width) - 1);

/** Every value that fits a width of up to {@link MAX_SET_WIDTH} bits. */
export function fullSet(width: number): FieldSet {
  return FULL_SETS[width]!;
}

/** Sets that were asked for once, by number: there are few, and a boot of a machine known in part asks for them all the time. */
const members: (readonly number[] | undefined)[] = [];

/** The values of a set, in ascending order. */
export function setMembers(set: FieldSet): readonly number[] {
  const known = members[set];
  if (known !== undefined) return known;
  const found: number[] = [];
  for (let v = 0; set >>> v !== 0; v++) if ((set >>> v) & 1) found.push(v);
  members[set] = found;
  return found;
}

/** The values for which a test holds. */
export function membersWhere(set: FieldSet, test: (value: number) => boolean): FieldSet {
  let kept = 0;
  for (let v = 0; set >>> v !== 0; v++) if ((set >>> v) & 1 && test(v)) kept |= 1 << v;
  return kept;
}

/** The values that a field of up to {@link MAX_SET_WIDTH} bits may have. */
export function fieldSetOf({ value, open, sets }: PartialWord, lsb: number, width: number): FieldSet {
  const mask = (1 << width) - 1;
  const shift = BigInt(lsb);
  if (open === ALL && sets === undefined) return fullSet(width);
  const known = Number((value >> shift) & BigInt(mask));
  if (open === 0n) return 1 << known;
  const free = Number((open >> shift) & BigInt(mask));
  if (free === 0) return 1 << known;
  const held = sets?.get(fieldKey(lsb, width));
  if (held !== undefined) return held;
  return free === mask ? fullSet(width) : membersWhere(fullSet(width), (v) => (v & ~free) === known);
}

/** The bits in which the values of a set agree, and those in which they do not. */
function bitsOfSet(set: FieldSet): { readonly value: number; readonly open: number } {
  let all = -1;
  let any = 0;
  for (const v of setMembers(set)) {
    all &= v;
    any |= v;
  }
  return { value: all & any, open: any & ~all };
}

/** A word with the values that one of its fields may have replaced. The set must not be empty. */
export function withFieldSet(word: PartialWord, lsb: number, width: number, set: FieldSet): PartialWord {
  const shift = BigInt(lsb);
  const mask = ((1n << BigInt(width)) - 1n) << shift;
  const bits = bitsOfSet(set);
  const value = (word.value & ~mask) | (BigInt(bits.value) << shift);
  const open = (word.open & ~mask) | (BigInt(bits.open) << shift);
  const plain = { value, open };
  const key = fieldKey(lsb, width);
  const isPlain = fieldSetOf(plain, lsb, width) === set;
  // Most fields are known, or not at all, so that the sets of a word mostly stay as they are.
  if (isPlain && word.sets?.has(key) !== true) return word.sets === undefined ? plain : { value, open, sets: word.sets };
  const sets = new Map(word.sets);
  if (isPlain) sets.delete(key);
  else sets.set(key, set);
  return sets.size === 0 ? plain : { value, open, sets };
}

/** What is known of a value that is one of two. */
export function joinWords(a: PartialWord, b: PartialWord): PartialWord {
  if (a.open === 0n && b.open === 0n && a.value === b.value) return a;
  const open = a.open | b.open | (a.value ^ b.value);
  let joined: PartialWord = { value: a.value & ~open, open };
  for (const key of new Set([...(a.sets?.keys() ?? []), ...(b.sets?.keys() ?? [])])) {
    const [lsb, width] = [key >> 3, key & 7];
    joined = withFieldSet(joined, lsb, width, fieldSetOf(a, lsb, width) | fieldSetOf(b, lsb, width));
  }
  return joined;
}

/** Some bits of a word, the others zero; fields that are not wholly among them lose what was known of them as a whole. */
export function maskWord({ value, open, sets }: PartialWord, mask: bigint): PartialWord {
  if (sets === undefined) return { value: value & mask, open: open & mask };
  const kept = [...sets].filter(([key]) => {
    const field = ((1n << BigInt(key & 7)) - 1n) << BigInt(key >> 3);
    return (field & mask) === field;
  });
  const plain = { value: value & mask, open: open & mask };
  return kept.length === 0 ? plain : { ...plain, sets: new Map(kept) };
}

/** A word with some of its bits replaced by those of another one. */
export function spliceWord(word: PartialWord, by: PartialWord, mask: bigint): PartialWord {
  const sets = new Map([...(maskWord(word, ~mask).sets ?? []), ...(maskWord(by, mask).sets ?? [])]);
  const plain = { value: (word.value & ~mask) | (by.value & mask), open: (word.open & ~mask) | (by.open & mask) };
  return sets.size === 0 ? plain : { ...plain, sets };
}
