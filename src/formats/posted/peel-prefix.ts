import { cutFront, type PostedLine } from './posted-line.ts';

/** A row of /proc/cpuinfo or lscpu behind whatever a tool put before it. */
const ROW =
  /^(.{0,120}?[\s|\]>"'(:])(?:processor|BogoMIPS|Features|CPU (?:implementer|architecture|variant|part|revision)|Architecture|CPU op-mode\(s\)|Byte Order|CPU\(s\)|On-line CPU\(s\) list|Vendor ID|Model name|Stepping|Flags)(?:\s|\\t){0,40}:/;

/** The fewest rows that show that all lines have the same prefix. */
const FEWEST = 3;

/** A prefix in which numbers may be others on each line. */
function shapeOf(prefix: string): string {
  return prefix.replaceAll(/\d+/g, '0').replaceAll(/ {2,}/g, ' ');
}

/** What matches every prefix of a shape. */
function patternOf(shape: string): RegExp {
  const escaped = shape
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('0', '\\d{1,20}')
    .replaceAll(' ', ' {1,40}');
  return new RegExp(`^${escaped}`);
}

/** The shape of the prefix that rows have, if enough of them do. */
function commonShape(lines: readonly PostedLine[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { text } of lines) {
    const prefix = ROW.exec(text.slice(0, 200))?.[1];
    // Blanks, quoting and marks of lists are no tool's; a word alone is a form's own, as a node of NUMA is.
    if (prefix === undefined || /^[\s>*+-]*(?:(?:NUMA node\d*|[A-Za-z]\w*)\s+)?$/.test(prefix)) continue;
    // A value of JSON belongs to its key.
    if (/["']\s*:\s*["']$/.test(prefix)) continue;
    const shape = shapeOf(prefix);
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] >= FEWEST ? best[0] : undefined;
}

/** What `uniq -c` puts before a row: how often it stands there. */
const COUNTED =
  /^\s*\d{1,5} (?=(?:BogoMIPS|Features|CPU (?:implementer|architecture|variant|part|revision)|model name|Model name|Flags)\s{0,40}:)/;

function uncounted(line: PostedLine): PostedLine {
  return cutFront(line, COUNTED.exec(line.text)?.[0].length ?? 0);
}

/** What a container engine, a CI, syslog, a list of strings or a count put before each row of a listing comes off. */
export function unprefixed(posted: readonly PostedLine[]): PostedLine[] {
  const lines = posted.map(uncounted);
  const shape = commonShape(lines);
  if (shape === undefined) return lines;
  const pattern = patternOf(shape);
  const isQuoted = /["']$/.test(shape);
  return lines.map((line) => {
    const length = pattern.exec(line.text.slice(0, 400))?.[0].length;
    if (length === undefined) return line;
    const cut = cutFront(line, length);
    return isQuoted ? { ...cut, text: cut.text.replace(/["'],?\s*$/, '').replaceAll('\\t', '\t') } : cut;
  });
}
