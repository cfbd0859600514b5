import { isHwcapList } from '../hwcap-list.ts';
import { formOfLine } from './forms.ts';
import { cellsOf, devicesApart, isRule, rowAsLine } from './peel-tables.ts';
import { cutFront, type PostedLine, reworded } from './posted-line.ts';

const TAGS =
  /<\/?(?:a|b|blockquote|body|br|center|code|div|em|font|h[1-6]|hr|html|i|kbd|li|ol|p|pre|samp|span|strong|table|tbody|thead|tt|u|ul|details|summary|figure)\b[^<>]{0,300}>/gi;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

function withoutEntities(text: string): string {
  return text.replace(
    /&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,6})|#x([0-9a-f]{1,6}));/gi,
    (whole, name?: string, decimal?: string, hex?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()]!;
      const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
      return code === 160 ? ' ' : code > 0x10_ffff ? whole : String.fromCodePoint(code);
    },
  );
}

/** Tags of forums. */
const BBCODE = /\[\/?(?:code|quote|spoiler|pre|noparse|mono|size|color|font|b|i)(?:=[^\]]{1,60})?\]/gi;

function withoutBbcode(line: PostedLine): PostedLine {
  return /\[\/?[a-z]/i.test(line.text) && /\[\/?(?:code|quote|spoiler|pre|noparse)\b/i.test(line.text)
    ? reworded(line, line.text.replace(BBCODE, ''))
    : line;
}

/** Lines and cells of HTML. Only names of tags count, so that `<0>` of a log and `<CRC32>` of a BSD stay. */
function fromHtml(line: PostedLine): readonly PostedLine[] {
  if (!line.text.includes('<')) return [reworded(line, withoutEntities(line.text))];
  const broken = line.text
    .replace(/<\/t[dh]>\s*<t[dh]\b[^<>]{0,200}>/gi, ' | ')
    .replace(/<tr\b[^<>]{0,200}>\s*<t[dh]\b[^<>]{0,200}>/gi, '| ')
    .replace(/<t[dh]\b[^<>]{0,200}>/gi, '| ')
    .replace(/<\/t[dh]>\s*<\/tr>/gi, ' |\n')
    .replace(/<\/t[dh]>/gi, ' |')
    .replace(/<\/?tr\b[^<>]{0,200}>/gi, '')
    .replace(/<\/?pre\b[^<>]{0,300}>/gi, '\n\n')
    .replace(/<br ?\/?>|<\/(?:p|div|li|h[1-6]|blockquote)>/gi, '\n');
  const bare = broken.replace(TAGS, '');
  if (bare === line.text) return [line];
  const parts = bare.split('\n');
  if (parts.length > 1 && parts.at(-1)!.trim() === '') parts.pop();
  if (parts.length > 1 && parts[0]!.trim() === '') parts.shift();
  return parts.map((text) => reworded(line, withoutEntities(text)));
}

/** A row of a table of Markdown, or drawn with lines, as words behind a name: `| Flags | fp asimd |` is `Flags: fp asimd`. */
function fromTable(line: PostedLine, i: number, lines: readonly PostedLine[]): readonly PostedLine[] {
  const cells = cellsOf(line.text);
  if (cells === undefined) return [line];
  if (isRule(line)) return [];
  const [first = '', ...rest] = cells.filter((cell) => cell !== '');
  if (rest.length === 0) return [reworded(line, first)];
  // Tables of more columns have readers of their own.
  if (rest.length > 1) return [line];
  const joined = rowAsLine(first, rest[0]!);
  const isHead = lines[i + 1] !== undefined && isRule(lines[i + 1]!) && formOfLine(joined) === undefined;
  return isHead ? [] : [reworded(line, joined)];
}

const BULLET = /^\s{0,12}[-*+•·]\s{1,4}(?=\S)/;

/** Whether a mark at the front of a line is a list's: what follows is a text of its own. */
function bulletOf(text: string): number {
  return BULLET.exec(text)?.[0].length ?? 0;
}

/** Backticks around a line, or one that is left of a pair which stands over several lines. `- of a tree of lsblk stays. */
function withoutBackticks(line: PostedLine): PostedLine {
  const { text } = line;
  if (!text.includes('`') || /^\s*(?:`{3}|`-)/.test(text)) return line;
  // A fence that a chat has in the line: what stands before it is a person's.
  const fence = /^.{1,120}?(?<!`)`{3}(?=[^`]{2,}$)/.exec(text)?.[0].length;
  if (fence !== undefined) return cutFront(line, fence);
  if (/[^`]`{3}\s*$/.test(text)) return reworded(line, text.replace(/`{3}\s*$/, ''));
  const whole = /^(\s*)(`{1,2})([^`]*)\2\s*$/.exec(text);
  if (whole !== null) return { ...line, column: line.column + whole[1]!.length + whole[2]!.length, text: whole[3]! };
  if ((text.match(/`/g)?.length ?? 0) !== 1) return line;
  if (/`\s*$/.test(text)) return reworded(line, text.replace(/`\s*$/, ''));
  const front = /^\s*`/.exec(text)?.[0].length ?? 0;
  return cutFront(line, front);
}

/** Where names start that a line has behind a backtick which only the line behind closes; `undefined` if it has none. */
function openNames({ text }: PostedLine): number | undefined {
  const from = text.lastIndexOf('`') + 1;
  return from > 1 && text.split('`').length % 2 === 0 && isHwcapList(text.slice(from)) ? from : undefined;
}

/** Names in backticks that go on on the next line stand there all. */
function withNamesBefore(line: PostedLine, i: number, lines: readonly PostedLine[]): PostedLine {
  const own = openNames(line);
  const before = lines[i - 1];
  const from = before === undefined ? undefined : openNames(before);
  const rest = own === undefined ? line.text : line.text.slice(0, own - 1);
  return reworded(line, from === undefined ? rest : `${before!.text.slice(from).trim()} ${rest.trimStart()}`);
}

/** Emphasis, and what is escaped to have none. */
function withoutEmphasis(line: PostedLine): PostedLine {
  const bare = line.text.replace(/\*\*(.{1,300}?)\*\*/g, '$1').replace(/^(\s*)(\*|__?)(?=[^\s_*])(.*[^\s_*])\2\s*$/, '$1$3');
  return reworded(line, bare.replace(/\\(?=[[\]])|(?<=\w)\\(?=_\w)/g, ''));
}

/** What Markdown and HTML put around and into lines. */
export function peelMarkup(lines: readonly PostedLine[]): PostedLine[] {
  return devicesApart(lines.map(withoutBbcode).flatMap(fromHtml))
    .flatMap(fromTable)
    .map(withNamesBefore)
    .map((line) => withoutBackticks(withoutEmphasis(cutFront(line, bulletOf(line.text)))));
}
