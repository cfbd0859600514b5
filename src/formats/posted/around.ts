import type { Diagnostic } from '../../diagnostic.ts';
import { showJson } from '../json-reader.ts';
import type { PostedLine } from './posted-line.ts';

/** What a line has that was meant to be read. */
const MEANT = /0x[0-9a-f]{2}|_EL[0-3]\b|\bFEAT_|^\s*(?:hw|machdep)\.|^\s*CPU \w+\s*:/i;

/** Words of a person: several, what ends as a sentence does, or a text without blanks between words. */
const SENTENCE = /^\s*(?:[\u3040-\u9fff\uac00-\ud7a3]|(?:\S{1,60}\s{1,8}){3}\S)|[.!?:)]\s*$/;

/** A line that says that something was left out. */
const LEFT_OUT =
  /^\s*[<[(]?(?:\.{2,}|…|-{2,} ?(?:snip|cut) ?-{2,}|(?:\.{2,} ?)?(?:snip(?:ped)?|cut|repeat(?:ed|s)?|same|etc)\b.{0,80})[>\])]?\s*$/i;

/** The number of the line that a finding is about, if it is a line that was not understood. */
function badLineOf({ code, where }: Diagnostic): number | undefined {
  const number = code === 'bad-line' ? /^line (\d{1,7})\b/.exec(where)?.[1] : undefined;
  return number === undefined ? undefined : Number(number);
}

/** The number of the line that a finding says to be none that the form has. */
function strangeLineOf({ code, where }: Diagnostic): number | undefined {
  const number = code === 'unknown-line' ? /^line (\d{1,7})\b/.exec(where)?.[1] : undefined;
  return number === undefined ? undefined : Number(number);
}

/**
 * The numbers of lines that stand around a listing: paragraphs of which nothing was understood, sentences before or behind all else, and
 * a line without an end, within which the text may be cut.
 */
function numbersAround(
  bad: ReadonlySet<number>,
  strange: ReadonlySet<number>,
  lines: readonly PostedLine[],
  openAt?: number,
): ReadonlySet<number> {
  const isWord = (i: number): boolean => bad.has(i + 1) && !MEANT.test(lines[i]!.text.slice(0, 400));
  const isBlank = (i: number): boolean => lines[i]!.text.trim() === '';
  const around = new Set<number>();
  for (let from = 0; from < lines.length; from++) {
    if (isBlank(from)) continue;
    let to = from;
    let areWords = true;
    for (; to < lines.length && !isBlank(to); to++) areWords &&= isWord(to);
    if (areWords) for (let i = from; i < to; i++) around.add(i + 1);
    from = to;
  }
  // What follows a sentence may look like rows, and be of something else.
  const isOver = (i: number): boolean => isBlank(i) || strange.has(i + 1) || (isWord(i) && SENTENCE.test(lines[i]!.text.slice(0, 400)));
  for (let i = 0; i < lines.length && isOver(i); i++) around.add(i + 1);
  for (let i = lines.length - 1; i >= 0 && (isOver(i) || (i + 1 === openAt && isWord(i))); i--) around.add(i + 1);
  return around;
}

/** Says once of all lines that stand outside of a listing what a finding says of each. */
export function outsideOnce(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const [first, ...others] = diagnostics.filter(isOutside);
  if (first === undefined || others.length === 0) return diagnostics;
  const message = `${first.message}, and ${others.length} more ${others.length === 1 ? 'line' : 'lines'}`;
  return diagnostics.flatMap((one) => (one === first ? [{ ...first, message }] : isOutside(one) ? [] : [one]));
}

/** Whether a finding is about a line that is a person's. */
export function isOutside({ code, message }: Diagnostic): boolean {
  return code === 'outside' && message !== LEFT_OUT_MESSAGE;
}

const LEFT_OUT_MESSAGE = 'something is left out here';

/** Findings of lines that were not understood, of which those that are a person's words around the listing are no mistakes in it. */
export function wordsAround(diagnostics: readonly Diagnostic[], lines: readonly PostedLine[], openAt?: number): readonly Diagnostic[] {
  const bad = new Set(diagnostics.flatMap((one) => badLineOf(one) ?? []));
  if (bad.size === 0 || bad.size >= lines.filter(({ text }) => text.trim() !== '').length) return diagnostics;
  const around = numbersAround(bad, new Set(diagnostics.flatMap((one) => strangeLineOf(one) ?? [])), lines, openAt);
  return diagnostics.map((one): Diagnostic => {
    const number = badLineOf(one);
    if (number === undefined) return one;
    if (LEFT_OUT.test(lines[number - 1]!.text.slice(0, 400)))
      return { code: 'outside', severity: 'note', where: one.where, message: LEFT_OUT_MESSAGE };
    if (!around.has(number)) return one;
    const shown = showJson(lines[number - 1]!.text.trim());
    const message = number === openAt ? `the text breaks off within ${shown}` : `${shown} stands outside of the listing`;
    return { code: 'outside', severity: 'note', where: one.where, message };
  });
}
