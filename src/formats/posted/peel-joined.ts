import { MAX_LINE } from '../text-lines.ts';
import { type PostedLine, reworded } from './posted-line.ts';

/** Labels that start a line of lscpu; in front of each a lost line end may have stood. */
const LABEL =
  /(?:^|\s)(?=(?:Architecture|CPU op-mode\(s\)|Address sizes|Byte Order|CPU\(s\)|On-line CPU\(s\) list|Vendor ID|Model name|Model|Thread\(s\) per (?:core|cluster|socket)|Core\(s\) per (?:cluster|socket)|Socket\(s\)|Cluster\(s\)|Stepping|CPU(?:\(s\) scaling)? (?:max |min )?MHz|Frequency boost|BogoMIPS|Flags|L\d[di]? cache|L\d[di]?|NUMA node\S{1,12}(?: CPU\(s\))?|Caches \(sum of all\)|NUMA|Vulnerabilities|Vulnerability [A-Z][\w ]{1,40}):\s)/g;

/** Labels of /proc/cpuinfo; those that are words of a sentence, too, have a blank before the colon. */
const CPUINFO_LABEL =
  /(?:^|\s)(?=(?:processor\s{0,8}:\s+\d|(?:BogoMIPS|Features|CPU (?:implementer|architecture|variant|part|revision)|model name)\s{0,8}:\s|(?:Hardware|Revision|Serial|Model)\s{1,8}:\s))/g;

/** Lines of OpenBSD's boot messages that tell of a CPU, and those around them. */
const OPENBSD_LINE = /(?:^|\s)(?=(?:(?:cpu|psci|efi|smbios|agintc|agtimer|acpi|simplebus)\d{1,4} at [a-z]{1,20}\d{1,3}\b|cpu\d{1,4}: \S))/g;

/** The fewest labels of one line that show that line ends were lost. */
const FEWEST = 4;

/** The kernel's stamp, in front of which a lost line end may have stood. */
const STAMP = /(?:^|\s)(?=\[ {0,12}\d{1,7}\.\d{6}\](?:\[ *[TC]\d{1,10}\])? )/g;

/** What tells whose lines were joined, what begins each, and how many beginnings show that they were; the first that fits. */
const JOINED: readonly (readonly [sign: RegExp, start: RegExp, fewest: number])[] = [
  [/(?:Architecture|CPU\(s\)|Vendor ID):\s/, LABEL, FEWEST],
  [/\[ {0,12}\d{1,7}\.\d{6}\] /, STAMP, 2],
  [/\bCPU (?:implementer|part)\s{0,8}:\s/, CPUINFO_LABEL, FEWEST],
  [/\(XEN\) Processor: /, /(?:^|\s)(?=\(XEN\) )/g, 2],
  [/\bcpu\d{1,4} at [a-z]{1,20}\d{1,3} mpidr /, OPENBSD_LINE, 2],
];

/** Where the parts of a line begin, if enough of them show that line ends were lost. */
function startsIn(text: string): readonly number[] {
  for (const [sign, start, fewest] of JOINED) {
    if (!sign.test(text)) continue;
    const starts = [...text.matchAll(start)].map(({ index, 0: { length } }) => index + length);
    return starts.length < fewest ? [] : starts;
  }
  return [];
}

/** How rows begin that a page filled into a paragraph, as prose is, and the last of them. */
const FILLED = /^\s*(?:processor\s*: \d+ +BogoM|Architecture:\s+\S+ +CPU )/i;
const LAST = /CPU revision\s*: \d+\s*$/;

/** Rows in a paragraph are one line: its ends stand where it was wide enough, in whatever row. */
function unfilled(lines: readonly PostedLine[]): readonly PostedLine[] {
  const out: PostedLine[] = [];
  let isOpen = false;
  for (const line of lines) {
    const last = out.at(-1)?.text ?? '';
    isOpen &&= line.text.trim() !== '' && last.length < MAX_LINE && (line.text.includes(':') || !LAST.test(last.slice(-40)));
    if (isOpen) out.push({ ...out.pop()!, text: `${last.trimEnd()} ${line.text.trimStart()}` });
    else out.push(line);
    isOpen ||= FILLED.test(line.text);
  }
  return out;
}

/** Rows of lscpu or /proc/cpuinfo, or messages of a kernel, that stand in one line, as forums and chats that drop line ends show them, become lines again. */
export function unjoined(lines: readonly PostedLine[]): PostedLine[] {
  return unfilled(lines).flatMap((line) => {
    const starts = line.text.length < 60 ? [] : startsIn(line.text);
    if (starts.length === 0) return [line];
    const edges = [...(starts[0] === 0 ? [] : [0]), ...starts, line.text.length];
    return edges
      .slice(0, -1)
      .map((start, i) => ({ ...line, column: line.column + start, text: line.text.slice(start, edges[i + 1]).trimEnd() }));
  });
}

/** What has its value on the line behind: a row of gdb's that a terminal broke there, and a call in a shell, which prints the value. */
const VALUELESS = /^\s*\d+ +AT_\w+ +[A-Z](?!.*\d\s*$).{0,70}$|\bgetauxval\([^()]+(\)+)\s*$/;
const VALUE = /^(?:Out\[\d+\]: )?'?((?:0x[0-9a-f]+|\d+)(?: ".*")?)'?\s*$/i;

/** A name and the value that stands on the line behind it become one line. */
export function withValues(lines: readonly PostedLine[]): PostedLine[] {
  return lines.flatMap((line, i) => {
    const valueBehind = (at: number): string | undefined =>
      VALUELESS.test(lines[at]?.text ?? '') ? VALUE.exec(lines[at + 1]?.text ?? '')?.[1] : undefined;
    if (valueBehind(i - 1) !== undefined) return [];
    const value = valueBehind(i);
    return value === undefined ? [line] : [reworded(line, `${line.text.trimEnd()}${line.text.includes('getauxval') ? ' =' : ''} ${value}`)];
  });
}
