import type { PostedLine } from './posted-line.ts';

/** Labels that start a line of lscpu; in front of each a lost line end may have stood. */
const LABEL =
  /(?:^|\s)(?=(?:Architecture|CPU op-mode\(s\)|Address sizes|Byte Order|CPU\(s\)|On-line CPU\(s\) list|Vendor ID|Model name|Model|Thread\(s\) per (?:core|cluster|socket)|Core\(s\) per (?:cluster|socket)|Socket\(s\)|Cluster\(s\)|Stepping|CPU(?:\(s\) scaling)? (?:max |min )?MHz|Frequency boost|BogoMIPS|Flags|L\d[di]? cache|L\d[di]?|NUMA node\S{1,12}(?: CPU\(s\))?|Vulnerability [A-Z][\w ]{1,40}):\s)/g;

/** The fewest labels of one line that show that line ends were lost. */
const FEWEST = 4;

/** The kernel's stamp, in front of which a lost line end may have stood. */
const STAMP = /(?:^|\s)(?=\[ {0,12}\d{1,7}\.\d{6}\](?:\[ *[TC]\d{1,10}\])? )/g;

/** Where the parts of a line begin, if enough of them show that line ends were lost. */
function startsIn(text: string): readonly number[] {
  const isLscpu = /(?:Architecture|CPU\(s\)|Vendor ID):\s/.test(text);
  const isLog = !isLscpu && /\[ {0,12}\d{1,7}\.\d{6}\] /.test(text);
  if (!isLscpu && !isLog) return [];
  const starts = [...text.matchAll(isLscpu ? LABEL : STAMP)].map(({ index, 0: { length } }) => index + length);
  return starts.length < (isLscpu ? FEWEST : 2) ? [] : starts;
}

/** Rows of lscpu, or messages of a kernel, that stand in one line, as forums and chats that drop line ends show them, become lines again. */
export function unjoined(lines: readonly PostedLine[]): PostedLine[] {
  return lines.flatMap((line) => {
    const starts = line.text.length < 60 ? [] : startsIn(line.text);
    if (starts.length === 0) return [line];
    const edges = [...(starts[0] === 0 ? [] : [0]), ...starts, line.text.length];
    return edges
      .slice(0, -1)
      .map((start, i) => ({ ...line, column: line.column + start, text: line.text.slice(start, edges[i + 1]).trimEnd() }));
  });
}
