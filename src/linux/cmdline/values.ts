import type { Behaviour } from '../release/behaviour.ts';

/** The letters by which kstrtobool() knows yes and no, besides `on` and `off`. */
const FIRST_LETTERS: Readonly<Record<Behaviour['boolean-words'], { readonly yes: string; readonly no: string }>> = {
  'yes-no': { yes: 'y1', no: 'n0' },
  'true-false': { yes: 'y1t', no: 'n0f' },
  'enable-disable': { yes: 'y1te', no: 'n0fd' },
};

/**
 * Reads a yes-or-no value: the first letter decides, after an `o` the second.
 *
 * @returns `undefined` if it is neither, as a bare name and an empty value are; the kernel then leaves things as they were.
 * @see Linux `lib/kstrtox.c`, `kstrtobool()`.
 */
export function readBoolean(value: string | undefined, { 'boolean-words': words }: Pick<Behaviour, 'boolean-words'>): boolean | undefined {
  const [first = '', second = ''] = (value ?? '').toLowerCase();
  if (first === '') return undefined;
  if (first === 'o') return second === 'n' ? true : second === 'f' ? false : undefined;
  const { yes, no } = FIRST_LETTERS[words];
  return yes.includes(first) ? true : no.includes(first) ? false : undefined;
}

/** Digits at the start of a text: their number, and what follows them. The prefix tells the base, as in C. */
interface Digits {
  /** `undefined` if there is no digit. */
  readonly number: bigint | undefined;
  readonly rest: string;
}

function readDigits(text: string): Digits {
  const hexadecimal = /^0x([0-9a-f]+)/i.exec(text);
  const [digits, number] = hexadecimal
    ? [hexadecimal[0], hexadecimal[0].toLowerCase()]
    : text.startsWith('0')
      ? octal(text)
      : twice(/^[0-9]*/.exec(text)![0]);
  return { number: digits === '' ? undefined : BigInt(number), rest: text.slice(digits.length) };
}

function octal(text: string): readonly [string, string] {
  const digits = /^[0-7]+/.exec(text)![0];
  return [digits, `0o${digits}`];
}

function twice(digits: string): readonly [string, string] {
  return [digits, digits];
}

/**
 * Reads an integer of 32 bits as `get_option()` does: it takes the digits that are there and leaves the rest.
 *
 * @returns The number, and whether there was one; without digits it is 0. `undefined` for a bare name and an empty value, of which
 * nothing is taken.
 * @see Linux `lib/cmdline.c`, `get_option()`.
 */
export function readInteger(value: string | undefined): { readonly number: number; readonly found: boolean } | undefined {
  if (value === undefined || value === '') return undefined;
  const negative = value.startsWith('-');
  const { number = 0n, rest } = readDigits(negative ? value.slice(1) : value);
  return { number: Number(BigInt.asIntN(32, negative ? -number : number)), found: rest.length < value.length };
}

/** The least number that 64 bits do not hold. */
const BEYOND = 1n << 64n;

/** Reads the digits at the start of a text, as simple_strtoul() does; 0 if there are none. */
export function readLeadingNumber(value: string): bigint {
  return BigInt.asUintN(64, readDigits(value).number ?? 0n);
}

/**
 * Reads an unsigned number of 64 bits that must be the whole text: decimal, octal with a leading 0, hexadecimal with 0x; a plus sign
 * may stand before it.
 *
 * @returns `undefined` if it is none, or does not fit.
 * @see Linux `lib/kstrtox.c`, `kstrtou64()`.
 */
export function readUnsigned(text: string): bigint | undefined {
  const { number, rest } = readDigits(text.startsWith('+') ? text.slice(1) : text);
  return rest !== '' || number === undefined || number >= BEYOND ? undefined : number;
}

/** Reads one hexadecimal digit, with or without `0x`. */
export function readHexDigit(text: string): bigint | undefined {
  const digit = /^(?:0x)?([0-9a-f])$/i.exec(text)?.[1];
  return digit === undefined ? undefined : BigInt(`0x${digit}`);
}
