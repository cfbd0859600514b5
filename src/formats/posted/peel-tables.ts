import { coreNamed } from '../../silicon/core.ts';
import { isHwcapList } from '../hwcap-list.ts';
import { toolFeatures } from '../tool-features.ts';
import { formOfLine, type LineForm } from './forms.ts';
import { type PostedLine, reworded } from './posted-line.ts';

/** The cells of a row of a table of Markdown, or drawn with lines; `undefined` if a line is none. */
export function cellsOf(text: string): readonly string[] | undefined {
  const inner = /^\s*[|│](.*)[|│]\s*$/.exec(text)?.[1];
  return inner?.split(/(?<!\\)[|│]/).map((cell) =>
    cell
      .replaceAll('\\|', '|')
      .trim()
      .replace(/^`(.*)`$/, '$1')
      .replace(/^\*\*(.*)\*\*$/, '$1'),
  );
}

/** Whether a line is the rule below the head of a table. */
export function isRule({ text }: PostedLine): boolean {
  return /^\s*[|│][\s|:│+]*-[\s|:│+-]*$/.test(text) && /[|│]\s*$/.test(text);
}

/** A row of a table as the line that a listing has: `Flags: fp asimd`. */
export function rowAsLine(name: string, value: string): string {
  return /[:=]$/.test(name) || /^[:=]/.test(value) ? `${name} ${value}` : `${name}: ${value}`;
}

/** The same for a cell of a table with several columns, where a list of hwcaps is one whatever its column is called. */
function cellAsLine(name: string, value: string): string {
  const line = rowAsLine(name, value);
  return !TELLING.has(formOfLine(line)) && isHwcapList(value) ? rowAsLine('Features', value) : line;
}

/** Forms of which a row says something of a machine's CPUs by itself. */
const TELLING: ReadonlySet<LineForm | undefined> = new Set<LineForm>([
  'cpuinfo',
  'lscpu',
  'registers',
  'features-line',
  'auxv',
  'macos-sysctl',
  'system-report',
]);

/** Heads of columns or rows that are CPUs of one machine. */
const CPU =
  /^(?:v?cpus?|processor|core|hart|cluster)?[ _#-]*\d{0,4}(?:[-,]\d{1,4})*$|^(?:big|little|prime|perf(?:ormance)?|eff(?:iciency)?|p|e)(?:[ -]?(?:cores?|cpus?|cluster))?$/i;

function isCpu(head: string): boolean {
  return CPU.test(head) || coreNamed(head) !== undefined;
}

const isNumber = (cell: string): boolean => /^(?:v?cpu|core|#)?[ _-]?\d{1,4}$/i.test(cell);

/** A cell as rows of a listing; of a core's name those of /proc/cpuinfo that name it. */
function linesOf(head: string, cell: string): readonly string[] {
  if (cell === '') return [];
  const core = CORE_HEAD.test(head) ? coreNamed(cell) : undefined;
  if (core === undefined) {
    const line = cellAsLine(head, cell);
    // What a name alone does not tell, a table of Arm machines does.
    return [formOfLine(line) === undefined && toolFeatures(line) !== undefined ? `HWCAP_${line}` : line];
  }
  return [`CPU implementer: 0x${core.implementer.toString(16)}`, `CPU part: 0x${core.part.toString(16)}`];
}

const CORE_HEAD = /^(?:cpus?|cores?|processor|microarchitecture|uarch|cpu (?:core|type|model))$/i;

interface Row {
  readonly line: PostedLine;
  readonly cells: readonly string[];
}

/** A cell, and what a row or column is of: a device, or a CPU of one. */
interface Told {
  readonly subject: string;
  readonly line: PostedLine;
  readonly name: string;
  readonly value: string;
}

/** What a cell beside its name is; `undefined` if it says nothing of a machine by itself. */
function formOfCell(name: string | undefined, value: string | undefined): LineForm | undefined {
  if (name === undefined || value === undefined || value === '') return undefined;
  const form = formOfLine(cellAsLine(name, value));
  return TELLING.has(form) ? form : undefined;
}

/** The cells of a table, subject by subject: subjects are its columns, else its rows. */
function subjectsOf(heads: readonly string[], rows: readonly Row[]): readonly Told[] {
  const columns = heads.flatMap((head, i) =>
    i > 0 && rows.some(({ cells }) => formOfCell(cells[0], cells[i]) !== undefined) ? [{ head, i }] : [],
  );
  if (columns.length > 1)
    return columns.flatMap(({ head, i }) => rows.map(({ line, cells }) => ({ subject: head, line, name: cells[0]!, value: cells[i]! })));
  const named = rows.filter(({ cells }) => cells.some((cell, i) => i > 0 && formOfCell(heads[i], cell) !== undefined));
  // A board's CPUs may have a row each.
  if (named.some(({ cells }) => cells.some((cell, i) => i > 0 && CPU.test(heads[i]!) && isNumber(cell)))) return [];
  return named.flatMap(({ line, cells }) =>
    cells.flatMap((value, i) => (i === 0 ? [] : [{ subject: cells[0]!, line, name: heads[i]!, value }])),
  );
}

/** The lines of a table of several devices, or of registers of several CPUs; `undefined` if it is neither. */
function linesOfTable(heads: readonly string[], rows: readonly Row[]): readonly PostedLine[] | undefined {
  // A table without a head begins with what others have below it.
  if (heads.some((head, i) => i > 0 && formOfLine(head) !== undefined)) return undefined;
  const told = subjectsOf(heads, rows).filter(({ value }) => value !== '');
  const subjects = [...new Set(told.map(({ subject }) => subject))];
  if (subjects.length < 2) return undefined;
  if (!subjects.some(isCpu))
    return told.flatMap(({ subject: device, line, name, value }) =>
      linesOf(name, value).map((text) => ({ ...reworded(line, text), device })),
    );
  if (!subjects.every(isCpu) || told.some(({ name, value }) => formOfCell(name, value) !== 'registers')) return undefined;
  return told.map(({ subject, line, name, value }) => {
    const cpu = /\d{1,4}/.exec(CPU.test(subject) ? subject : '')?.[0] ?? subjects.indexOf(subject);
    return reworded(line, `cpu${cpu}: ${rowAsLine(name, value)}`);
  });
}

/** How many rows of a table are looked at: more devices nobody compares. */
const MOST_ROWS = 400;

/** Takes tables of several devices, or of several CPUs' registers, apart: what each has stands together then, and says whose it is. */
export function devicesApart(lines: readonly PostedLine[]): readonly PostedLine[] {
  const out: PostedLine[] = [];
  for (let from = 0; from < lines.length; ) {
    const width = cellsOf(lines[from]!.text)?.length ?? 0;
    let to = from + 1;
    while (width > 1 && to < lines.length && cellsOf(lines[to]!.text)?.length === width) to++;
    const [head, ...rows] = lines
      .slice(from, to)
      .filter((line) => !isRule(line))
      .map((line): Row => ({ line, cells: cellsOf(line.text) ?? [] }));
    const apart = width > 1 && rows.length <= MOST_ROWS && head !== undefined ? linesOfTable(head.cells, rows) : undefined;
    for (const line of apart ?? lines.slice(from, to)) out.push(line);
    from = to;
  }
  return out;
}
