import { namesOfLines } from '../answers/infer/line.ts';

/** How many names make a line a list of hwcaps: two may be words of a sentence. */
export const FEW_NAMES = 3;

/** The words of a list of names; an ellipsis says that it was cut, and is none. */
export function listedWords(text: string): readonly string[] {
  return text
    .split(/[\s,]+/)
    .map((word) => word.replace(/(?:\.{2,}|…)$/, ''))
    .filter(Boolean);
}

/** Whether a text has nothing but names of hwcaps, and enough of them to be no sentence. */
export function isHwcapList(text: string): boolean {
  const words = text.trim().split(/[\s,]+/);
  const known = namesOfLines();
  return words.length >= FEW_NAMES && words.every((word) => known.has(word));
}
