/** The size of a character on the picture, in its own units. */
const WIDTH = 8.4;
const HEIGHT = 19;
const MARGIN = 20;
const COLUMNS = 80;

/** What the sequences of picocolors switch on and off, as classes. */
const SWITCHES: Readonly<Record<string, readonly [on: boolean, classes: readonly string[]]>> = {
  1: [true, ['b']],
  2: [true, ['d']],
  22: [false, ['b', 'd']],
  31: [true, ['r']],
  32: [true, ['g']],
  36: [true, ['c']],
  39: [false, ['r', 'g', 'c']],
};

interface Run {
  readonly column: number;
  readonly text: string;
  readonly classes: string;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The runs of a line that look alike; `on` is what is switched on at its beginning, and is left as it is at its end. */
function runsOf(line: string, on: Set<string>): readonly Run[] {
  const runs: Run[] = [];
  let column = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character starts a colour sequence
  for (const part of line.split(/(\u001b\[\d+m)/)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
    if (code !== undefined) {
      const [sets, classes] = SWITCHES[code] ?? [false, []];
      for (const name of classes) sets ? on.add(name) : on.delete(name);
      continue;
    }
    // Columns, and signs that many fonts lack, stand by themselves, so that a font of other widths moves nothing.
    for (const text of part.split(/([^\x20-\x7e]| {2,})/).filter(Boolean)) {
      if (text.trim() !== '') runs.push({ column: column + text.search(/\S/), text: text.trim(), classes: [...on].join(' ') });
      column += [...text].length;
    }
  }
  return runs;
}

function runText({ column, text, classes }: Run, y: number): string {
  const style = classes === '' ? '' : ` class="${classes}"`;
  const length = [...text].length;
  const fixed = length > 1 ? ` textLength="${(length * WIDTH).toFixed(1)}"` : '';
  return `<text x="${(MARGIN + column * WIDTH).toFixed(1)}" y="${y}"${fixed}${style}>${escaped(text)}</text>\n`;
}

/** Draws what stands on a terminal, with its colours, as SVG; light or dark as its reader has it. */
export function terminalPicture(command: string, output: string): string {
  const lines = [`\u001b[2m$\u001b[22m \u001b[1m${command}\u001b[22m`, ...output.trimEnd().split('\n')];
  const [width, height] = [2 * MARGIN + COLUMNS * WIDTH, 2 * MARGIN + lines.length * HEIGHT - 6];
  const on = new Set<string>();
  const texts = lines.flatMap((line, i) => runsOf(line, on).map((run) => runText(run, MARGIN + 9 + i * HEIGHT)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(command)}">
<style>
rect { fill: #f6f8fa; stroke: #d0d7de }
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre }
.b { font-weight: bold } .d { fill: #59636e } .r { fill: #c62828 } .g { fill: #1a7f37 } .c { fill: #0b6a88 }
@media (prefers-color-scheme: dark) {
rect { fill: #0d1117; stroke: #30363d } text { fill: #e6edf3 }
.d { fill: #9198a1 } .r { fill: #ff7b72 } .g { fill: #56d364 } .c { fill: #76d9ee }
}
</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${texts.join('')}</svg>
`;
}
