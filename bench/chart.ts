/** Draws contests as horizontal bars on a logarithmic scale. */
import { type Contest, formatDuration, formatRatio } from './outcome.ts';

const WIDTH = 900;
const LABELS = 290;
const FIGURES = 130;
const BAR = 20;
const TITLE = 34;
const AXIS = 26;

const STYLE = `
  :root { color-scheme: light dark; }
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 15px; }
  .tick { font-size: 11px; fill: #59636e; }
  .grid { stroke: #d1d9e0; stroke-width: 1; }
  .ours { fill: #0969da; }
  .other { fill: #818b98; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .tick { fill: #9198a1; }
    .grid { stroke: #3d444d; }
    .ours { fill: #4493f8; }
    .other { fill: #656c76; }
  }`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${attributes}>${escaped(content)}</text>`;
}

/** One contest: a title, a scale, a bar for each way. */
function panel({ title, unit, costs, base }: Contest, top: number): { readonly svg: string; readonly height: number } {
  const ways = [...costs].sort(([, a], [, c]) => a - c);
  // So that the shortest bar is a bar.
  const low = Math.floor(Math.log10(ways[0]![1] / 2));
  const high = Math.max(low + 1, Math.ceil(Math.log10(ways.at(-1)![1])));
  const room = WIDTH - LABELS - FIGURES;
  const at = (seconds: number): number => ((Math.log10(seconds) - low) / (high - low)) * room;
  const bars = top + TITLE + AXIS;
  const bottom = bars + ways.length * BAR;
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)).map((seconds) => {
    const x = LABELS + at(seconds);
    const label = text(x, bars - 8, formatDuration(seconds).replace(/\.0+(?= )/, ''), ' class="tick" text-anchor="middle"');
    return `<line class="grid" x1="${x.toFixed(1)}" y1="${bars - 3}" x2="${x.toFixed(1)}" y2="${bottom}"/>${label}`;
  });
  const lines = ways.map(([name, seconds], i) => {
    const y = bars + i * BAR;
    const length = Math.max(1, at(seconds));
    const kind = name.startsWith('armlens') ? 'ours' : 'other';
    const figure = `${formatDuration(seconds)}, ${formatRatio(seconds / costs.get(base)!)}`;
    return [
      text(LABELS - 8, y + 14, name, ' text-anchor="end"'),
      `<rect class="${kind}" x="${LABELS}" y="${y + 3}" width="${length.toFixed(1)}" height="${BAR - 6}" rx="2"/>`,
      text(LABELS + length + 6, y + 14, figure),
    ].join('');
  });
  const heading = text(8, top + 22, `${title}. Time a ${unit}, and beside ${base}`, ' class="title"');
  return { svg: [heading, ...ticks, ...lines].join('\n'), height: bottom - top + 16 };
}

/** Draws the contests one below the other. */
export function chart(contests: readonly Contest[]): string {
  let top = 8;
  const panels = contests.map((contest) => {
    const { svg, height } = panel(contest, top);
    top += height;
    return svg;
  });
  const what = 'Times of armlens and of other ways to do the same, on logarithmic scales';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img" aria-label="${what}">
<style>${STYLE}
</style>
${panels.join('\n')}
</svg>
`;
}
