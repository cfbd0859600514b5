/** Writes bench/RESULTS.md and bench/results.svg. */
import { writeFileSync } from 'node:fs';
import { cpus, platform, release } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chart } from './chart.ts';
import type { JudgedGoal } from './goals.ts';
import type { NativeProgram } from './native/program.ts';
import { type Grid, gridOf, type Outcome } from './outcome.ts';
import { KERNEL } from './subject.ts';

/** The goals as a table. */
export function goalGrid(goals: readonly JudgedGoal[]): Grid {
  const rows = goals.map(({ what, goal, measured, met }) => [what, goal, measured, met === undefined ? '–' : met ? 'met' : 'missed']);
  return { title: 'Goals', head: ['what', 'goal', 'measured', ''], rows };
}

function markdown({ title, head, rows }: Grid): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `## ${title}\n\n${[line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')}\n`;
}

function about(programs: readonly NativeProgram[]): string {
  const all = cpus();
  const compilers = programs.map(({ compiler, version }) => `- ${compiler}: ${version}`);
  return [
    `- date: ${new Date().toISOString().slice(0, 10)}`,
    `- CPU: ${all[0]?.model.trim() ?? 'unknown'}, ${all.length} logical, ${process.arch}`,
    `- system: ${platform()} ${release()}`,
    `- Node ${process.versions.node}, V8 ${process.versions.v8}`,
    ...(compilers.length > 0 ? compilers : ['- no C compiler was found: what is set against C was left out']),
  ].join('\n');
}

const INTRODUCTION = `# Results of the last full run

Written by \`npm run bench\`. Each table comes from one run in which all ways took turns; a figure is the tenth percentile of samples
of a few milliseconds, the median over three rounds. Ways that stand in one table gave the same results before they were timed, but for
those that only read. Quote the ratios, not the times. The rules are those of Linux ${KERNEL.release} as it is configured by default; C,
BigInt and descriptors work from the same table as ours. \`auto\` is what one gets without asking for an engine.

What the generated code takes hangs on three things. Its tables must be a constant to V8: one of a module is none any more where a bundler
made a variable of it, and each look-up then loads the array and its length (2.1 times as long). They are a property of a prototype for that,
which stays a constant however modules are put together. V8 checks the place of each look-up in the table, and would keep all 87 of them to the end of
a row, where registers run out: they are joined six at a time. And from the first buffer on that a process detaches (memory of
WebAssembly that grew, a transferred buffer, or a large CommonJS package that was *imported*, which makes Node look through it with
WebAssembly), V8 checks every access to typed arrays, which takes about 1.4 times as long; the wasm kernel does not care. These figures
are of a process without such. What is left are the checks of places, one a look-up and one a word, which V8 makes for safety even where it knows the
answer.
`;

/** Writes the report of a run. */
export function writeReport(outcomes: readonly Outcome[], goals: readonly JudgedGoal[], programs: readonly NativeProgram[]): void {
  const contests = outcomes.flatMap((outcome) => outcome.contests ?? []);
  const tables = outcomes.flatMap((outcome) => [...(outcome.contests ?? []).map(gridOf), ...(outcome.grids ?? [])]);
  const notes = outcomes.flatMap((outcome) => outcome.notes ?? []).map((note) => `- ${note}`);
  const parts = [
    INTRODUCTION,
    `${about(programs)}\n`,
    markdown(goalGrid(goals)),
    '![Times, way by way](results.svg)\n',
    ...tables.map(markdown),
  ];
  if (notes.length > 0) parts.push(`${notes.join('\n')}\n`);
  const at = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  writeFileSync(at('RESULTS.md'), parts.join('\n'));
  writeFileSync(at('results.svg'), chart(contests.filter(({ drawn }) => drawn)));
  console.log('\nwritten: bench/RESULTS.md, bench/results.svg');
}
