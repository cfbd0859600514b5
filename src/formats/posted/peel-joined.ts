import type { PostedLine } from './posted-line.ts';

/** Labels that start a line of lscpu; in front of each a lost line end may have stood. */
const LABEL =
  /(?:^|\s)(?=(?:Architecture|CPU op-mode\(s\)|Address sizes|Byte Order|CPU\(s\)|On-line CPU\(s\) list|Vendor ID|Model name|Model|Thread\(s\) per (?:core|cluster|socket)|Core\(s\) per (?:cluster|socket)|Socket\(s\)|Cluster\(s\)|Stepping|CPU(?:\(s\) scaling)? (?:max |min )?MHz|Frequency boost|BogoMIPS|Flags|L\d[di]? cache|L\d[di]?|NUMA node\S{1,12}(?: CPU\(s\))?|Vulnerability [A-Z][\w ]{1,40}):\s)/g;

/** The fewest labels of one line that show that line ends were lost. */
const FEWEST = 4;

/** Rows of lscpu that stand in one line, as forums and chats that drop line ends show them, become lines again. */
export function unjoined(lines: readonly PostedLine[]): PostedLine[] {
  return lines.flatMap((line) => {
    if (line.text.length < 60 || !/(?:Architecture|CPU\(s\)|Vendor ID):\s/.test(line.text)) return [line];
    const starts = [...line.text.matchAll(LABEL)].map(({ index, 0: { length } }) => index + length);
    if (starts.length < FEWEST) return [line];
    const edges = [...(starts[0] === 0 ? [] : [0]), ...starts, line.text.length];
    return edges
      .slice(0, -1)
      .map((start, i) => ({ ...line, column: line.column + start, text: line.text.slice(start, edges[i + 1]).trimEnd() }));
  });
}
