/** A place in the text of a record whose bytes may change from record to record without changing what the rest means. */
export interface RecordHole {
  /** `text`: an id that is a string, between its quotes; `digits`: one that is a whole number; `hex`: a register's value, behind `0x`. */
  readonly kind: 'text' | 'digits' | 'hex';
  /** The first byte, and the first behind it. */
  readonly from: number;
  readonly to: number;
  /** Of a register: the CPU's place in `cpus`, and the name as it is spelled. */
  readonly cpu?: number;
  readonly register?: string;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c] as const;
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d] as const;
const [ZERO, NINE, LOWER_X] = [0x30, 0x39, 0x78] as const;

/** What a value of a record is. */
type Role = 'record' | 'cpus' | 'cpu' | 'registers' | 'register' | 'id' | 'other';

const CHILDREN: Readonly<Partial<Record<Role, Readonly<Record<string, Role>>>>> = {
  record: { id: 'id', cpus: 'cpus' },
  cpu: { registers: 'registers' },
};

/** The text is of a kind that is better read by others. */
class GiveUp extends Error {}

function isEndOfWord(byte: number | undefined): boolean {
  return byte === undefined || byte <= 0x20 || byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY;
}

/** Walks over a record that is known to be JSON. */
class HoleFinder {
  readonly holes: RecordHole[] = [];
  readonly #bytes: Uint8Array;
  #at: number;
  #cpu = 0;

  constructor(bytes: Uint8Array, from: number) {
    this.#bytes = bytes;
    this.#at = from;
  }

  #skipSpace(): number {
    while ([0x20, 0x09, 0x0a, 0x0d].includes(this.#bytes[this.#at]!)) this.#at++;
    return this.#bytes[this.#at]!;
  }

  /** Passes a string without escapes, and gives where its inside lies. */
  #plainString(): readonly [number, number] {
    const from = this.#at + 1;
    const to = this.#bytes.indexOf(QUOTE, from);
    for (let at = from; at < to; at++) if (this.#bytes[at]! === BACKSLASH || this.#bytes[at]! >= 0x7f) throw new GiveUp();
    this.#at = to + 1;
    return [from, to];
  }

  #anyString(): void {
    this.#at++;
    while (this.#bytes[this.#at] !== QUOTE) this.#at += this.#bytes[this.#at] === BACKSLASH ? 2 : 1;
    this.#at++;
  }

  #text([from, to]: readonly [number, number]): string {
    return String.fromCharCode(...this.#bytes.subarray(from, to));
  }

  #object(role: Role): void {
    const seen = new Set<string>();
    this.#at++;
    if (this.#skipSpace() === CLOSE_OBJECT) this.#at++;
    else
      for (;;) {
        this.#skipSpace();
        let key: string | undefined;
        if (role === 'other') this.#anyString();
        else {
          key = this.#text(this.#plainString());
          if (seen.has(key)) throw new GiveUp();
          seen.add(key);
        }
        this.#skipSpace();
        this.#at++;
        this.value(role === 'registers' ? 'register' : (key !== undefined && CHILDREN[role]?.[key]) || 'other', key);
        this.#at++;
        if (this.#bytes[this.#at - 1] === CLOSE_OBJECT) return;
      }
  }

  #array(role: Role): void {
    this.#at++;
    if (this.#skipSpace() === CLOSE_ARRAY) this.#at++;
    else
      for (let index = 0; ; index++) {
        if (role === 'cpus') this.#cpu = index;
        this.value(role === 'cpus' ? 'cpu' : 'other');
        this.#at++;
        if (this.#bytes[this.#at - 1] === CLOSE_ARRAY) return;
      }
  }

  #string(role: Role, key: string | undefined): void {
    if (role === 'id') {
      const [from, to] = this.#plainString();
      this.holes.push({ kind: 'text', from, to });
    } else if (role === 'register') {
      const [from, to] = this.#plainString();
      if (this.#bytes[from] !== ZERO || this.#bytes[from + 1] !== LOWER_X) throw new GiveUp();
      this.holes.push({ kind: 'hex', from: from + 2, to, cpu: this.#cpu, register: key! });
    } else this.#anyString();
  }

  /** A number, `true`, `false` or `null`. */
  #word(role: Role): void {
    const from = this.#at;
    let digits = true;
    for (let byte = this.#bytes[from]; !isEndOfWord(byte); byte = this.#bytes[++this.#at]) digits &&= byte! >= ZERO && byte! <= NINE;
    if (role === 'id' && digits) this.holes.push({ kind: 'digits', from, to: this.#at });
  }

  /** Passes a value, and notes the holes in it. */
  value(role: Role, key?: string): void {
    const first = this.#skipSpace();
    if (first === OPEN_OBJECT) this.#object(role);
    else if (first === OPEN_ARRAY) this.#array(role);
    else if (first === QUOTE) this.#string(role, key);
    else this.#word(role);
    this.#skipSpace();
  }
}

/**
 * Finds what may change in a record: its id and the values of its registers.
 *
 * @param bytes - Hold a line of UTF-8 that JSON.parse accepts.
 * @returns The holes in their order; `undefined` if the text does not lend itself: escapes in keys, keys that occur twice.
 */
export function findRecordHoles(bytes: Uint8Array, from: number): readonly RecordHole[] | undefined {
  const finder = new HoleFinder(bytes, from);
  try {
    finder.value('record');
  } catch (cause) {
    if (cause instanceof GiveUp) return undefined;
    throw cause;
  }
  return finder.holes;
}
