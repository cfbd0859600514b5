import { ROW_REGISTERS } from '../linux/generated/row-layout.ts';
import { findRecordHoles, type RecordHole } from './record-holes.ts';
import { resolveRegisterName } from './register-name.ts';

/** The longest line that is worth learning, in bytes. */
const LONGEST = 1 << 16;
const [QUOTE, BACKSLASH, LINE_FEED, ZERO] = [0x22, 0x5c, 0x0a, 0x30] as const;
const DIGITS = 16;
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

const COLUMNS: ReadonlyMap<string, number> = new Map(ROW_REGISTERS.map((name, column) => [name, column]));

/** Bytes and a view of them, which lie in one piece of memory. */
export interface ByteText {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** Makes the view that goes with bytes. */
export function byteText(bytes: Uint8Array): ByteText {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** What is done with the value behind a hole. */
interface HoleUse {
  /** The register's place in a row; -1 if rows do not have it. */
  readonly column: number;
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
      uses.push({ column: -1, partner: -1 });
      continue;
    }
    if (resolved.kind !== 'known' || seen.has(`${cpu} ${resolved.name}`)) return undefined;
    seen.set(`${cpu} ${resolved.name}`, i);
    const partner = cpu === 0 ? -1 : seen.get(`0 ${resolved.name}`);
    if (partner === undefined) return undefined;
    uses.push({ column: COLUMNS.get(resolved.name) ?? -1, partner });
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
  readonly #text: ByteText;
  readonly #holes: readonly RecordHole[];
  /** By hole: where the bytes before it begin in the text, and how many they are. */
  readonly #from: Int32Array;
  readonly #length: Int32Array;
  readonly #uses: readonly HoleUse[];
  /** By hole: where its value began and ended in the line that was read last. */
  readonly #valueFrom: Int32Array;
  readonly #valueTo: Int32Array;
  /** The id of the line that was read last, as it stands in the text, quotes included; `null` if lines have none. */
  id = 'null';

  private constructor(line: Uint8Array, holes: readonly RecordHole[], uses: readonly HoleUse[]) {
    this.#text = byteText(line);
    this.#holes = holes;
    this.#uses = uses;
    this.#valueFrom = new Int32Array(holes.length);
    this.#valueTo = new Int32Array(holes.length);
    this.#from = new Int32Array([0, ...holes.map(({ to }) => to)]);
    this.#length = new Int32Array(holes.length + 1);
    for (let i = 0; i <= holes.length; i++) this.#length[i] = (holes[i]?.from ?? line.length) - this.#from[i]!;
  }

  /**
   * Learns from a line that was read and found good.
   *
   * @returns `undefined` if its text does not lend itself.
   */
  static learn(line: Uint8Array): RecordTemplate | undefined {
    if (line.length > LONGEST) return undefined;
    const holes = findRecordHoles(line, 0);
    const uses = holes && usesOf(holes);
    return holes && uses && new RecordTemplate(line.slice(), holes, uses);
  }

  /** Whether lines of this shape are lines of another one. */
  isLike(other: RecordTemplate): boolean {
    const own = this.#text;
    return (
      this.#holes.length === other.#holes.length &&
      this.#holes.every(({ kind }, i) => kind === other.#holes[i]!.kind) &&
      this.#length.every((length, i) => length === other.#length[i] && other.#isAt(i, own, this.#from[i]!))
    );
  }

  /** Whether the bytes before a hole (or the end) stand at a place. */
  #isAt(hole: number, { bytes, view }: ByteText, at: number): boolean {
    const own = this.#text;
    const from = this.#from[hole]!;
    const length = this.#length[hole]!;
    if (at + length > bytes.length) return false;
    let i = 0;
    for (; i + 4 <= length; i += 4) if (view.getInt32(at + i, true) !== own.view.getInt32(from + i, true)) return false;
    for (; i < length; i++) if (bytes[at + i] !== own.bytes[from + i]) return false;
    return true;
  }

  /** Reads an id; gives the first byte behind it, or -1. */
  #readId(kind: 'text' | 'digits', { bytes }: ByteText, at: number): number {
    let end = at;
    if (kind === 'text') {
      for (let byte = bytes[end]; byte !== QUOTE; byte = bytes[++end])
        if (byte === undefined || byte < 0x20 || byte === BACKSLASH || byte >= 0x7f) return -1;
    } else {
      while (bytes[end]! >= ZERO && bytes[end]! < ZERO + 10) end++;
      if (end === at || end - at > MAX_ID_DIGITS || (bytes[at] === ZERO && end - at > 1)) return -1;
    }
    let id = '';
    for (let i = at; i < end; i++) id += String.fromCharCode(bytes[i]!);
    this.id = kind === 'text' ? `"${id}"` : id;
    return end;
  }

  /** Reads a value of other than 16 digits; gives the first byte behind it, or -1. */
  #readShort({ bytes }: ByteText, at: number, row: Int32Array, half: number): number {
    let [low, high, end] = [0, 0, at];
    for (let digit = SINGLES[bytes[end]!]; digit !== undefined && digit !== NO_DIGIT; digit = SINGLES[bytes[++end]!]) {
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
    }
    if (end === at || end - at > DIGITS) return -1;
    if (half >= 0) {
      row[half] = low;
      row[half + 1] = high;
    }
    return end;
  }

  /** Reads the value of a register into a row, if `half` says where; gives the first byte behind it, or -1. */
  #readValue(text: ByteText, at: number, row: Int32Array, half: number): number {
    const { bytes, view } = text;
    if (bytes[at + DIGITS] !== QUOTE) return this.#readShort(text, at, row, half);
    const [a, b] = [PAIRS[view.getUint16(at, true)]!, PAIRS[view.getUint16(at + 2, true)]!];
    const [c, d] = [PAIRS[view.getUint16(at + 4, true)]!, PAIRS[view.getUint16(at + 6, true)]!];
    const [e, f] = [PAIRS[view.getUint16(at + 8, true)]!, PAIRS[view.getUint16(at + 10, true)]!];
    const [g, h] = [PAIRS[view.getUint16(at + 12, true)]!, PAIRS[view.getUint16(at + 14, true)]!];
    if (((a | b | c | d | e | f | g | h) & NO_DIGIT) !== 0) return -1;
    if (half >= 0) {
      row[half] = (e << 24) | (f << 16) | (g << 8) | h;
      row[half + 1] = (a << 24) | (b << 16) | (c << 8) | d;
    }
    return at + DIGITS;
  }

  /** Passes a value that is the same text as one before; gives the first byte behind it, or -1. */
  #readSame({ bytes }: ByteText, at: number, partner: number): number {
    const [from, to] = [this.#valueFrom[partner]!, this.#valueTo[partner]!];
    for (let i = from, own = at; i < to; i++, own++) if (bytes[i] !== bytes[own]) return -1;
    return at + to - from;
  }

  /**
   * Reads a line.
   *
   * @param rows - Takes the registers of the CPUs, which are all alike, in words of 32 bits from `base` on. Registers that lines of
   * this shape do not have are left as they are.
   * @returns The first byte behind the line and its line feed; -1 if it has another shape or its CPUs are not alike.
   */
  read(text: ByteText, from: number, rows: Int32Array, base: number): number {
    let at = from;
    const holes = this.#holes;
    for (let i = 0; i < holes.length; i++) {
      if (!this.#isAt(i, text, at)) return -1;
      at += this.#length[i]!;
      this.#valueFrom[i] = at;
      const { kind } = holes[i]!;
      const { column, partner } = this.#uses[i]!;
      if (kind !== 'hex') at = this.#readId(kind, text, at);
      else if (partner < 0) at = this.#readValue(text, at, rows, column < 0 ? -1 : base + column * 2);
      else at = this.#readSame(text, at, partner);
      if (at < 0) return -1;
      this.#valueTo[i] = at;
    }
    if (!this.#isAt(holes.length, text, at)) return -1;
    at += this.#length[holes.length]!;
    return at >= text.bytes.length || text.bytes[at] === LINE_FEED ? at + 1 : -1;
  }
}
