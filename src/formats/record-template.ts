import { ROW_COLUMNS } from '../rows/pack-row.ts';
import type { RecordId } from './record.ts';
import { findRecordHoles, type RecordHole } from './record-holes.ts';
import { resolveRegisterName } from './register-name.ts';

/** The longest line that is worth learning, in bytes. */
const LONGEST = 1 << 16;
const [QUOTE, BACKSLASH, LINE_FEED, ZERO] = [0x22, 0x5c, 0x0a, 0x30] as const;
const DIGITS = 16;
const WORD = 8;
/** More digits are no id that JSON prints as it reads it. */
const MAX_ID_DIGITS = 15;
const NO_DIGIT = 0x100;

/** The value of two hexadecimal digits, by their bytes as a little-endian number; {@link NO_DIGIT} where they are none. */
const PAIRS = new Int16Array(1 << 16).fill(NO_DIGIT);
/** The same of one digit. */
const SINGLES = new Int16Array(1 << 8).fill(NO_DIGIT);
for (const [value, digits] of [...'0123456789abcdef'].entries())
  for (const digit of new Set([digits, digits.toUpperCase()])) SINGLES[digit.charCodeAt(0)] = value;
for (let high = ZERO; high < 0x67; high++)
  for (let low = ZERO; low < 0x67; low++)
    if (SINGLES[high] !== NO_DIGIT && SINGLES[low] !== NO_DIGIT) PAIRS[high | (low << 8)] = SINGLES[high]! * 16 + SINGLES[low]!;

/** Bytes and a view of them, which lie in one piece of memory. */
export interface ByteText {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** Makes the view that goes with bytes. */
export function byteText(bytes: Uint8Array): ByteText {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** Kinds of holes, as numbers. */
const [ID_TEXT, ID_DIGITS, VALUE, SAME_VALUE] = [0, 1, 2, 3] as const;

/** What is done with the value behind a hole. */
interface HoleUse {
  readonly kind: number;
  /** The register's place in a row, in words of 32 bits; -1 if rows do not have it. */
  readonly half: number;
  /** Of CPUs behind the first: the hole of the first CPU's same register; else -1. */
  readonly partner: number;
}

/** What is done with each hole; `undefined` if a register occurs twice, under two names, or CPUs have different ones. */
function usesOf(holes: readonly RecordHole[]): readonly HoleUse[] | undefined {
  const seen = new Map<string, number>();
  const uses: HoleUse[] = [];
  for (const [i, { kind, cpu, register }] of holes.entries()) {
    const resolved = kind === 'hex' ? resolveRegisterName(register!) : undefined;
    if (resolved === undefined) {
      uses.push({ kind: kind === 'text' ? ID_TEXT : ID_DIGITS, half: -1, partner: -1 });
      continue;
    }
    if (resolved.kind !== 'known' || seen.has(`${cpu} ${resolved.name}`)) return undefined;
    seen.set(`${cpu} ${resolved.name}`, i);
    const partner = cpu === 0 ? -1 : seen.get(`0 ${resolved.name}`);
    if (partner === undefined) return undefined;
    uses.push({ kind: cpu === 0 ? VALUE : SAME_VALUE, half: (ROW_COLUMNS.get(resolved.name) ?? -1) * 2, partner });
  }
  const cpus = 1 + Math.max(0, ...holes.map(({ cpu = 0 }) => cpu));
  const registers = holes.filter(({ cpu }) => cpu === 0).length;
  return seen.size === registers * cpus ? uses : undefined;
}

/**
 * The shape of a record's line: bytes that stay, and between them the id and the values of registers. Another line of the same shape is
 * read without looking at what its bytes mean, since they are the same bytes; any other line is not read at all.
 */
export class RecordTemplate {
  readonly #uses: readonly HoleUse[];
  readonly #kinds: Uint8Array;
  /** By hole, and behind the last: how many bytes stand before it. */
  readonly #lengths: Int32Array;
  /**
   * The bytes between the holes, eight at a time, as they lie in a double: of a piece, the last eight may repeat some of those before. A
   * piece shorter than that stands as one number a byte. Doubles compare as their bytes do, since no text holds eight bytes of a zero;
   * should eight bytes be no number, lines are left to others.
   */
  readonly #fixed: Float64Array;
  /** By hole: the place of its value in a row, in words of 32 bits; -1 if rows do not have it. */
  readonly #halves: Int32Array;
  /** By hole: where its value began and ended in the line that was read last. */
  readonly #valueFrom: Int32Array;
  readonly #valueTo: Int32Array;
  /** The id of the line that was read last, as JSON. */
  id: string;

  private constructor(line: Uint8Array, id: RecordId, holes: readonly RecordHole[], uses: readonly HoleUse[]) {
    const { view } = byteText(line);
    const fixed: number[] = [];
    // An id that is no hole is the same in all lines.
    this.id = JSON.stringify(id);
    this.#uses = uses;
    this.#kinds = Uint8Array.from(uses, ({ kind }) => kind);
    this.#valueFrom = new Int32Array(holes.length);
    this.#valueTo = new Int32Array(holes.length);
    this.#lengths = new Int32Array(holes.length + 1);
    for (let i = 0; i <= holes.length; i++) {
      const [from, to] = [holes[i - 1]?.to ?? 0, holes[i]?.from ?? line.length];
      this.#lengths[i] = to - from;
      if (to - from < WORD) fixed.push(...line.subarray(from, to));
      else {
        for (let at = from; at < to - WORD; at += WORD) fixed.push(view.getFloat64(at, true));
        fixed.push(view.getFloat64(to - WORD, true));
      }
    }
    this.#fixed = Float64Array.from(fixed);
    this.#halves = Int32Array.from(uses, ({ half }) => half);
  }

  /**
   * Learns from a line that was read and found good.
   *
   * @param id - What was read as its id.
   * @returns `undefined` if its text does not lend itself.
   */
  static learn(line: Uint8Array, id: RecordId): RecordTemplate | undefined {
    if (line.length > LONGEST) return undefined;
    const holes = findRecordHoles(line, 0);
    const uses = holes && usesOf(holes);
    return holes && uses && new RecordTemplate(line, id, holes, uses);
  }

  /** Whether lines of this shape are lines of another one. */
  isLike(other: RecordTemplate): boolean {
    const same = <T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean =>
      a.length === b.length && Array.prototype.every.call(a, (value: T, i: number) => value === b[i]);
    return same(this.#kinds, other.#kinds) && same(this.#lengths, other.#lengths) && same(this.#fixed, other.#fixed);
  }

  /** Reads an id; gives the first byte behind it, or -1. */
  #readId(isText: boolean, { bytes }: ByteText, at: number): number {
    let end = at;
    if (isText) {
      for (let byte = bytes[end]; byte !== QUOTE; byte = bytes[++end])
        if (byte === undefined || byte < 0x20 || byte === BACKSLASH || byte >= 0x7f) return -1;
    } else {
      while (bytes[end]! >= ZERO && bytes[end]! < ZERO + 10) end++;
      if (end === at || end - at > MAX_ID_DIGITS || (bytes[at] === ZERO && end - at > 1)) return -1;
    }
    let id = '';
    for (let i = at; i < end; i++) id += String.fromCharCode(bytes[i]!);
    this.id = isText ? `"${id}"` : id;
    return end;
  }

  /** Passes a value that is the same text as one before; gives the first byte behind it, or -1. */
  #readSame({ bytes }: ByteText, at: number, partner: number): number {
    const [from, to] = [this.#valueFrom[partner]!, this.#valueTo[partner]!];
    for (let i = from, own = at; i < to; i++, own++) if (bytes[i] !== bytes[own]) return -1;
    return at + to - from;
  }

  /** Reads what stands in a hole that is no value of the first CPU; gives the first byte behind it, or -1. */
  #readHole(hole: number, kind: number, text: ByteText, at: number): number {
    return kind === SAME_VALUE ? this.#readSame(text, at, this.#uses[hole]!.partner) : this.#readId(kind === ID_TEXT, text, at);
  }

  /**
   * Reads a line.
   *
   * @param rows - Takes the registers of the CPUs, which are all alike, in words of 32 bits from `base` on. Registers that lines of
   * this shape do not have are left as they are.
   * @returns The first byte behind the line and its line feed; -1 if it has another shape or its CPUs are not alike.
   */
  read(text: ByteText, from: number, rows: Int32Array, base: number): number {
    const { bytes, view } = text;
    const kinds = this.#kinds;
    const lengths = this.#lengths;
    const fixed = this.#fixed;
    const halves = this.#halves;
    let word = 0;
    let at = from;
    for (let i = 0; ; i++) {
      const end = at + lengths[i]!;
      if (end > bytes.length) return -1;
      if (end - at >= WORD) {
        for (; at < end - WORD; at += WORD) if (view.getFloat64(at, true) !== fixed[word++]) return -1;
        if (view.getFloat64(end - WORD, true) !== fixed[word++]) return -1;
        at = end;
      } else for (; at < end; at++) if (bytes[at] !== fixed[word++]) return -1;
      if (i === kinds.length) break;
      this.#valueFrom[i] = at;
      const half = halves[i]!;
      if (kinds[i] === VALUE) at = readValue(text, at, rows, half < 0 ? -1 : base + half);
      else at = this.#readHole(i, kinds[i]!, text, at);
      if (at < 0) return -1;
      this.#valueTo[i] = at;
    }
    return at >= bytes.length || bytes[at] === LINE_FEED ? at + 1 : -1;
  }
}

/** Reads a value of other than 16 digits; gives the first byte behind it, or -1. */
function readShortValue({ bytes }: ByteText, at: number, rows: Int32Array, half: number): number {
  let [low, high, end] = [0, 0, at];
  for (let digit = SINGLES[bytes[end]!]; digit !== undefined && digit !== NO_DIGIT; digit = SINGLES[bytes[++end]!]) {
    high = (high << 4) | (low >>> 28);
    low = (low << 4) | digit;
  }
  if (end === at || end - at > DIGITS) return -1;
  if (half >= 0) {
    rows[half] = low;
    rows[half + 1] = high;
  }
  return end;
}

/** Reads the value of a register into a row, if `half` says where; gives the first byte behind it, or -1. */
function readValue(text: ByteText, at: number, rows: Int32Array, half: number): number {
  const { bytes, view } = text;
  if (bytes[at + DIGITS] !== QUOTE) return readShortValue(text, at, rows, half);
  const a = PAIRS[view.getUint16(at, true)]!;
  const b = PAIRS[view.getUint16(at + 2, true)]!;
  const c = PAIRS[view.getUint16(at + 4, true)]!;
  const d = PAIRS[view.getUint16(at + 6, true)]!;
  const e = PAIRS[view.getUint16(at + 8, true)]!;
  const f = PAIRS[view.getUint16(at + 10, true)]!;
  const g = PAIRS[view.getUint16(at + 12, true)]!;
  const h = PAIRS[view.getUint16(at + 14, true)]!;
  if (((a | b | c | d | e | f | g | h) & NO_DIGIT) !== 0) return -1;
  if (half >= 0) {
    rows[half] = (e << 24) | (f << 16) | (g << 8) | h;
    rows[half + 1] = (a << 24) | (b << 16) | (c << 8) | d;
  }
  return at + DIGITS;
}
