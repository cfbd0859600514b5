/** What one would write by hand for one release: a line of code for each hwcap, no loops, no branches. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROW_REGISTERS } from '../../src/rows/generated/row-layout.ts';
import type { RegisterFile } from '../../src/silicon/machine.ts';
import { COLUMNS, CONSTANT_BITS, type FieldTest, MIDR, type PlainRule, type Plan, REVIDR } from '../plan.ts';

/** Derives one record into six words of 32 bits. */
export interface StraightLine {
  fromWords(row: Int32Array, out: Int32Array): void;
  fromObject(registers: RegisterFile, out: Int32Array): void;
  /** Registers as one writes them down, as often as asked for. */
  readonly objects: readonly RegisterFile[];
}

/** Takes from the words of a CPU what errata take. */
type Taking = (row: Int32Array, out: Int32Array) => void;

function testText({ column, lsb, width, signed, atLeast }: FieldTest): string {
  const turn = signed ? 1 << (width - 1) : 0;
  const field = `((r${column * 2 + (lsb >> 5)} >>> ${lsb & 31}) & ${2 ** width - 1})`;
  return `((${atLeast + turn - 1} - ${turn ? `(${field} ^ ${turn})` : field}) >>> 31)`;
}

function ruleText({ word, bit, clauses }: PlainRule): string {
  const held = clauses.map((tests) => (tests.length === 1 ? testText(tests[0]!) : `(${tests.map(testText).join(' | ')})`)).join(' & ');
  return `  w${word * 2 + (bit >> 5)} |= (${held}) << ${bit & 31};`;
}

function sourceOf({ rules }: Plan, objects: readonly RegisterFile[]): string {
  const columns = [...new Set(rules.flatMap(({ clauses }) => clauses.flat().map(({ column }) => column))), MIDR, REVIDR];
  const halves = [0, 1, 2, 3, 4, 5];
  const read = columns.slice(0, -2).flatMap((column) => [column * 2, column * 2 + 1]);
  const literal = (registers: RegisterFile): string =>
    `{ ${Object.entries(registers)
      .map(([name, word]) => `${name}: ${word}n`)
      .join(', ')} }`;
  return `export const make = (suspects, take) => {
const row = new BigUint64Array(${COLUMNS});
const halves = new Int32Array(row.buffer);
function fromWords(r, out) {
  const ${read.map((half) => `r${half} = r[${half}]`).join(', ')};
  let ${halves.map((half) => `w${half} = ${half === 0 ? CONSTANT_BITS : 0}`).join(', ')};
${rules.map(ruleText).join('\n')}
  ${halves.map((half) => `out[${half}] = w${half};`).join(' ')}
  if (suspects[(r[${MIDR * 2}] >>> 4) & 4095] !== 0) take(r, out);
}
function fromObject(registers, out) {
${columns.map((column) => `  row[${column}] = registers.${ROW_REGISTERS[column]};`).join('\n')}
  fromWords(halves, out);
}
return { fromWords, fromObject, objects: [${objects.map(literal).join(',\n')}] };
};
`;
}

/** Writes the code into a temporary module and loads it. */
export async function straightLine(plan: Plan, objects: readonly RegisterFile[], take: Taking): Promise<StraightLine> {
  const folder = mkdtempSync(join(tmpdir(), 'armlens-straight-'));
  try {
    const file = join(folder, 'straight-line.mjs');
    writeFileSync(file, sourceOf(plan, objects));
    const { make } = (await import(pathToFileURL(file).href)) as { make(suspects: Uint8Array, taking: Taking): StraightLine };
    return make(plan.suspects, take);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
