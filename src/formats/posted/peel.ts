/**
 * Presentation comes off first: whatever a mail program, a web page, a terminal or a diff put around a text is taken away here, in one
 * place, before any reader sees a line. Each step takes lines and gives lines; where it is in doubt it leaves a line as it is.
 *
 * @module
 */

import { MAX_LINE } from '../text-lines.ts';
import { messageOf, withoutTransport } from './log-prefix.ts';
import { unjoined, withValues } from './peel-joined.ts';
import { peelMarkup } from './peel-markup.ts';
import { unprefixed } from './peel-prefix.ts';
import { unescaped } from './peel-strings.ts';
import { cutFront, linesAsPosted, type PostedLine, reworded } from './posted-line.ts';

const ESC = '\u001b';
/** Escape sequences of terminals, also as tools write them out, as \x1b[0m or ^[[0m. */
const ESCAPES = new RegExp(
  `${ESC}\\[[0-9;:?]*[ -/]*[@-~]|${ESC}[\\]_P^][^\\u0007${ESC}]{0,200}(?:\\u0007|${ESC}\\\\)|${ESC}[()][A-Z0-9]|${ESC}[=>78cDEHM]|` +
    '(?:\\^\\[|\\u241b|\\\\(?:x1b|033|e|u001b))\\[[0-9;]{0,20}[mKJH]',
  'gi',
);
/** What is left of colours where the escape character itself was lost. */
const LOST_COLOURS = /\[(?:\d{1,2}(?:;\d{1,3}){0,4})?m(?:\[K)?/g;
const BLANKS = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
/** Characters of no width, and what printers and serial lines leave behind. */
const NO_WIDTH = /[\p{Cc}\p{Cf}]|\ufe0f/gu;
const KEPT: ReadonlySet<string> = new Set(['\t', ESC]);
/** Ticks and crosses, which people set for yes and no, behind what they are about or before it. */
const MARK = /([✅✔☑✓]|:\w{5}_check_mark:)|[❌✗✘✖]|:x:/gu;
const MARK_AHEAD = new RegExp(`^\\W{0,6}?(${MARK.source}) +(\\w.{0,60})$`, 'u');

const markless = (text: string): string => text.replace(MARK_AHEAD, '$3: $1').replace(MARK, (_, tick) => (tick ? 'yes' : 'no'));

function plainCharacters(lines: readonly PostedLine[]): PostedLine[] {
  const isColoured = lines.some(({ text }) => /\[0?m/.test(text));
  return lines.map((line) => {
    let text = line.text;
    if (text.includes(ESC) || /[\u241b\\^]/.test(text)) text = text.replace(ESCAPES, '');
    if (isColoured) text = text.replace(LOST_COLOURS, '');
    if (/[^\n\t\u0020-\u007e]/.test(text))
      text = text
        .replace(BLANKS, ' ')
        .replace(/[\u2010\u2011]/g, '-')
        .replace(NO_WIDTH, (one) => (KEPT.has(one) ? one : ''))
        .replaceAll('：', ':');
    text = markless(text);
    // The border of a terminal's pane.
    if (text.endsWith('│') && !/^\s*[│|]/.test(text)) text = text.slice(0, -1).trimEnd();
    return reworded(line, text);
  });
}

/** A soft line end of quoted-printable, and characters as it writes them. */
const SOFT = /=$/;
const CODED = /=(3D|20|09|C2=A0)/g;
const DECODED: Readonly<Record<string, string>> = { '3D': '=', '20': ' ', '09': '\t', 'C2=A0': ' ' };

/** A mail as it was sent, in quoted-printable: lines that end in `=` go on, `=3D` is `=`. */
function fromQuotedPrintable(lines: readonly PostedLine[]): PostedLine[] {
  const isCoded = lines.some(({ text }) => SOFT.test(text)) && lines.some(({ text }) => text.includes('=3D') || text.includes('=20'));
  if (!isCoded) return [...lines];
  const out: PostedLine[] = [];
  let open: PostedLine | undefined;
  for (const line of lines) {
    const text: string = (open?.text ?? '') + line.text;
    const whole: PostedLine = open === undefined ? line : { ...open, text };
    open = SOFT.test(text) && text.length < MAX_LINE ? { ...whole, text: text.slice(0, -1) } : undefined;
    if (open === undefined) out.push(whole);
  }
  if (open !== undefined) out.push(open);
  return out.map((line) =>
    reworded(
      line,
      line.text.replace(CODED, (_, code: string) => DECODED[code]!),
    ),
  );
}

/** A mark before the frame of a debugger's window is none of a quotation. */
const QUOTE = /^ {0,3}>(?!│)(?: ?>)* ?/;
const BAR = /^\| (?! *\||__)/;

function isTableRow(text: string): boolean {
  return /^\s*[|│].*[|│]\s*$/.test(text);
}

/** Quoting by `> `, and by `| ` where several lines have it. */
function unquoted(lines: readonly PostedLine[]): PostedLine[] {
  return lines.map((line, i) => {
    const quote = QUOTE.exec(line.text)?.[0].length ?? 0;
    if (quote > 0) return cutFront(line, quote);
    const isBarred = BAR.test(line.text) && !isTableRow(line.text);
    const beside = isBarred && [lines[i - 1], lines[i + 1]].some((other) => other !== undefined && BAR.test(other.text));
    return beside ? cutFront(line, 2) : line;
  });
}

/** A line of one side of a diff, or what stands between its parts. */
const SIDE = /^([<>]) (?=\S)/;
const BETWEEN = /^(?:\d{1,6}(?:,\d{1,6})?[acd]\d{1,6}(?:,\d{1,6})?|---|\\ No newline.*|\s*)$/;
/** How many lines each side has at the least. */
const LEAST_SIDE = 2;

/** A diff as `diff` prints it by itself, `<` before each line of one file and `>` before each of the other: they are of two machines. */
function sidesApart(lines: readonly PostedLine[]): PostedLine[] {
  const sides = lines.map(({ text }) => SIDE.exec(text)?.[1]);
  const [left, right] = ['<', '>'].map((side) => sides.flatMap((one, i) => (one === side ? [i] : [])));
  const inside = lines.slice(sides.findIndex(Boolean), sides.findLastIndex(Boolean) + 1);
  const isDiff = left!.length >= LEAST_SIDE && right!.length >= LEAST_SIDE;
  if (!isDiff || !inside.every(({ text }) => SIDE.test(text) || BETWEEN.test(text))) return [...lines];
  const of = (side: readonly number[], device: string): PostedLine[] => side.map((i) => ({ ...cutFront(lines[i]!, 2), device }));
  const around = lines.filter((_, i) => i < sides.findIndex(Boolean) || i > sides.findLastIndex(Boolean));
  return [...around, ...of(left!, 'the left of the diff'), ...of(right!, 'the right of the diff')];
}

/** Lines of a diff: what was added, and what stands around it; of a hunk that only takes away, that. */
function undiffed(lines: readonly PostedLine[]): PostedLine[] {
  const out: PostedLine[] = [];
  let hunk: PostedLine[] | undefined;
  const end = (): void => {
    if (hunk === undefined) return;
    const adds = hunk.some(({ text }) => text.startsWith('+'));
    for (const line of hunk) if (!(adds && line.text.startsWith('-'))) out.push(cutFront(line, line.text === '' ? 0 : 1));
    hunk = undefined;
  };
  for (const line of lines) {
    if (/^@@ -\d{1,8}(?:,\d{1,8})? \+\d{1,8}(?:,\d{1,8})? @@/.test(line.text)) {
      end();
      hunk = [];
    } else if (hunk !== undefined && (line.text === '' || /^[+\- \\]/.test(line.text))) hunk.push(line);
    else {
      end();
      out.push(line);
    }
  }
  end();
  return out;
}

/** The shortest run of lines of which a mark at each line's front is presentation, not part of the text. */
const RUN = 3;

/** Words, or a message of a log: columns of numbers, as `lscpu -e` and /proc/interrupts have, are no numbered lines. */
function isWords(text: string): boolean {
  return /^\W{0,4}[A-Za-z[+@$]/.test(messageOf(text));
}

/** Cuts the front that `front` finds off each line of a run. */
function byRuns(
  lines: readonly PostedLine[],
  front: (text: string) => number | undefined,
  continues: (before: string, after: string) => boolean,
): PostedLine[] {
  const out: PostedLine[] = [];
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (to < lines.length && front(lines[to]!.text) !== undefined) {
      if (to > from && !continues(lines[to - 1]!.text, lines[to]!.text)) break;
      to++;
    }
    const cut = lines.slice(from, to).map((line) => cutFront(line, front(line.text)!));
    to = Math.max(to, from + 1);
    const isRun = cut.length >= RUN && cut.some(({ text }) => isWords(text));
    for (const line of isRun ? cut : lines.slice(from, to)) out.push(line);
    from = to;
  }
  return out;
}

const NUMBERED = /^\s{0,8}(\d{1,6})(?:[:|.)]|\t| (?=\S)| {2}|(?= *$)) ?/;
const numberOf = (text: string): number => Number(NUMBERED.exec(text)?.[1]);

/** Numbers of lines, as editors, `cat -n` and web pages show them. */
function unnumbered(lines: readonly PostedLine[]): PostedLine[] {
  return byRuns(
    lines,
    (text) => NUMBERED.exec(text)?.[0].length,
    (before, after) => numberOf(after) === numberOf(before) + 1,
  );
}

/** `file:`, `file:12:` or `12:` of grep; the names are the same on each line. */
const GREPPED = /^((?:\.{0,2}\/)?[\w.-]{1,40}(?:\/[\w.@-]{1,60}){0,12}:)(?:\d{1,6}[:-])?(?=\S)/;

function ungrepped(lines: readonly PostedLine[]): PostedLine[] {
  const nameOf = (text: string): string | undefined => {
    const name = GREPPED.exec(text)?.[1];
    return name !== undefined && /^(?!\/sys)(?:.*\/|.*\.(?:txt|log|out)\b)/.test(name) ? name : undefined;
  };
  return lines.map((line, i) => {
    const name = nameOf(line.text);
    if (name === undefined) return line;
    const beside = [lines[i - 1], lines[i + 1]].some((other) => other !== undefined && nameOf(other.text) === name);
    return beside || name.startsWith('/') ? cutFront(line, GREPPED.exec(line.text)![0].length) : line;
  });
}

/** A row of a listing: a name, and a value behind a colon with a blank beside it. */
const ROW = /^\s*[A-Za-z][\w ().-]{1,40}(?:\s:|:\s)\s*\S/;
/** How many lines a listing has at the least of which it is sure that the empty lines between them are not its own. */
const SPACED = 6;

/** An empty line between each two of a listing, as copies from chats and from pictures of a text have it. */
function unspaced(lines: readonly PostedLine[]): PostedLine[] {
  const isBlank = (i: number): boolean => lines[i]?.text.trim() === '';
  const isFull = (i: number): boolean => i < lines.length && !isBlank(i);
  const out: PostedLine[] = [];
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (isFull(to) && isBlank(to + 1) && isFull(to + 2)) to += 2;
    const run = lines.slice(from, to + 1);
    const full = run.filter(({ text }) => text.trim() !== '');
    const isListing = full.length >= SPACED && full.filter(({ text }) => ROW.test(text.slice(0, 80))).length * 2 >= full.length;
    for (const line of isListing ? full : run) out.push(line);
    from = to + 1;
  }
  return out;
}

/** A plus before each of several lines, as of a diff whose heads were cut off. */
function unplussed(lines: readonly PostedLine[]): PostedLine[] {
  return byRuns(
    lines,
    (text) => (/^\+(?!\+|-)/.test(text) ? 1 : undefined),
    () => true,
  );
}

function transportOff(lines: readonly PostedLine[]): PostedLine[] {
  return lines.map((line) => {
    const rest = withoutTransport(line.text);
    return rest === line.text ? line : cutFront(line, line.text.length - rest.length);
  });
}

/** How far a block of code stands in, in columns, as Markdown asks for it. */
const INDENTED = /^(?: {4}|\t)/;
const INDENTATION = /^[ \t]*/;

/** Blocks between empty lines that stand in as a whole, as Markdown writes code: what all of their lines begin with comes off. */
function unindented(lines: readonly PostedLine[]): PostedLine[] {
  const out = [...lines];
  const isBlank = (line: PostedLine | undefined): boolean => line === undefined || line.text.trim() === '';
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (to < lines.length && (isBlank(lines[to]) || INDENTED.test(lines[to]!.text))) to++;
    const block = lines.slice(from, to).filter((line) => !isBlank(line));
    if (block.length > 0 && isBlank(lines[from - 1]) && (to === lines.length || isBlank(lines[to - 1]))) {
      const shared = block.map(({ text }) => INDENTATION.exec(text)![0]).reduce(sharedFront);
      for (let i = from; i < to; i++) if (!isBlank(lines[i])) out[i] = cutFront(lines[i]!, shared.length);
    }
    while (to < lines.length && !isBlank(lines[to])) to++;
    from = Math.max(to, from + 1);
  }
  return out;
}

function sharedFront(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

const STEPS: readonly ((lines: readonly PostedLine[]) => PostedLine[])[] = [
  plainCharacters,
  fromQuotedPrintable,
  unescaped,
  unprefixed,
  sidesApart,
  unindented,
  unquoted,
  undiffed,
  unnumbered,
  ungrepped,
  unspaced,
  unplussed,
  peelMarkup,
  transportOff,
  unjoined,
  withValues,
];

/** How often a text is peeled: a quotation within a web page within a log of a CI. */
const ROUNDS = 3;

function isSame(a: readonly PostedLine[], b: readonly PostedLine[]): boolean {
  return a.length === b.length && a.every(({ text }, i) => text === b[i]!.text);
}

/** Takes the presentation off a text, and what that uncovers: people quote what was put into a web page, and number what was quoted. */
export function peel(text: string): readonly PostedLine[] {
  let lines: readonly PostedLine[] = linesAsPosted(text);
  for (let round = 0; round < ROUNDS; round++) {
    const peeled = STEPS.reduce((left, step) => step(left), lines);
    if (isSame(lines, peeled)) return lines;
    lines = peeled;
  }
  return lines;
}
