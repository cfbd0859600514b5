import { archFeaturesToldBy } from '../answers/arch-feature-hwcaps.ts';
import type { CapturedLine } from '../answers/check-capture.ts';
import { namesOfLines } from '../answers/infer/line.ts';
import { type ArchFeatureName, findArchFeatureRule } from '../arch/arch-feature-rule.ts';

/** How many names make a line a list of hwcaps: two may be words of a sentence. */
export const FEW_NAMES = 3;

/** Marks of something left out: an ellipsis, alone, in brackets or behind a name; what `less -S` has at the edge of a terminal. */
const CUT = /^(?:[[(<{]?(?:\.{2,}|…|snip|truncated|cut|etc\.?)[\])>}]?|>)$|(?:\.\.|…)$/i;

/** Whether a word of a list says that there is more, which is left out. */
export function isCut(word: string): boolean {
  return CUT.test(word);
}

/** Whether a word is the start of a name of a hwcap, or a name. */
export function begins(word: string): boolean {
  return [...namesOfLines()].some((name) => name.startsWith(word));
}

/** Characters that look alike in a picture of a text, or to someone who types from one, each kind as one of them. */
const alike = (word: string): string => word.toLowerCase().replace(/[il|]/g, '1').replaceAll('o', '0');

let lookalikes: ReadonlyMap<string, string | undefined> | undefined;

/** The name of a hwcap that a word is by its looks, where it is none and looks like one alone: `Ircpc` is `lrcpc`, `shal` is `sha1`. */
export function lookalikeOf(word: string): string | undefined {
  const known = namesOfLines();
  if (known.has(word)) return undefined;
  if (lookalikes === undefined) {
    const found = new Map<string, string | undefined>();
    for (const name of known) found.set(alike(name), found.has(alike(name)) ? undefined : name);
    lookalikes = found;
  }
  return lookalikes.get(alike(word));
}

/** A list of names in which each that was misread is as it looks. */
export function asTheyLook(text: string): string {
  return text.replace(/[\w|]{2,20}/g, (word) => lookalikeOf(word) ?? word);
}

/** The names of a list, and whether it says that it was cut. A name at a cut that another one begins with may be either. */
export function listedNames(text: string, most: number = Number.POSITIVE_INFINITY): CapturedLine {
  const words = text
    .split(/[\s,]+/)
    .map((word) => word.replace(/^[`'"[({]+|(?<![`'"\])}])[`'"\])}]+$/g, ''))
    .filter(Boolean)
    .map((word) => lookalikeOf(word) ?? word);
  const known = namesOfLines();
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  // No name stands twice: at the end it is the beginning of another one.
  const isAgain = before.includes(last) && !isWhole(last);
  const isTorn = before.length >= FEW_NAMES && before.every((word) => known.has(word)) && begins(last) && (isAgain || !known.has(last));
  const names = (isTorn && isAgain ? before : words).flatMap((word) => {
    if (!CUT.test(word)) return [word];
    const name = word.replace(/(?:(?<!\.)\.{2,}|…)$/, '');
    return /^[a-z]\w*$/.test(name) && name !== word && isWhole(name) ? [name] : [];
  });
  return { names: names.slice(0, most), ...((isTorn || words.some((word) => CUT.test(word))) && { isPart: true }) };
}

/** Whether a name is that of a hwcap, and not the beginning of another one. */
function isWhole(name: string): boolean {
  return [...namesOfLines()].filter((known) => known.startsWith(name)).join() === name;
}

/** Whether a text has nothing but names of hwcaps, and enough of them to be no sentence. */
export function isHwcapList(text: string): boolean {
  const words = text
    .trim()
    .split(/[\s,]+/)
    .filter((word) => !isCut(word));
  const known = namesOfLines();
  return words.length >= FEW_NAMES && words.every((word) => known.has(word));
}

/** What tools call otherwise than the kernel, in small letters and in one word. */
const RESPELT: Readonly<Record<string, string>> = {
  neon: 'asimd',
  simd: 'asimd',
  dp: 'asimddp',
  'asimd/neon': 'asimd',
  crc: 'crc32',
  atomic: 'atomics',
  fp16va: 'fphp',
  matmulint8: 'i8mm',
  sve2bitperm: 'svebitperm',
  aesarm: 'aes',
  rndr: 'rng',
  ts: 'flagm',
  // PyTorch's cpuinfo
  sqrdmlxh: 'asimdrdm',
  fp16arithmetics: 'fphp',
  int8dotproduct: 'asimddp',
  int8matrixmultiplication: 'i8mm',
  jsconversion: 'jscvt',
  complex: 'fcma',
};

/** What words of tools tell of: names of hwcaps, C's macros of them, of architecture features, or their own. */
export function toldByTools(words: readonly string[]): readonly ArchFeatureName[] {
  return words.flatMap((word) => {
    const lower = word.toLowerCase();
    const name = lower.replace(/^hwcap[23]?_|^neon(?=[_-])|[ _-]/g, '');
    const told = archFeaturesToldBy(RESPELT[name] ?? name);
    return told.length > 0 ? told : ((findArchFeatureRule(name) ?? findArchFeatureRule(lower))?.name ?? []);
  });
}
