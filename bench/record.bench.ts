import { compile } from '../src/rows/compile.ts';
import { ROW_REGISTERS } from '../src/rows/generated/row-layout.ts';
import { compare, expectWords, type Settings } from './compare.ts';
import type { Outcome } from './outcome.ts';
import { COLUMNS, WORDS } from './plan.ts';
import { randomRows, registersAt, rowsOf } from './rows.ts';
import { KERNEL } from './subject.ts';
import { straightLine } from './ways/straight-line.ts';
import { takeErrata } from './ways/words.ts';

const CALLS = 1024;
const OBJECTS = 16;
const WORDS_OURS = 'armlens derive(), from words';
const WORDS_HAND = 'straight-line code, from words';
const OBJECT_OURS = 'armlens deriveRegisters(), from an object';
const OBJECT_HAND = 'straight-line code, from an object';
const ISAR0_LOW = ROW_REGISTERS.indexOf('ID_AA64ISAR0_EL1') * 2;

/** One record at a time: from words in a row that the caller fills again and again, and from objects of bigints. */
export async function record(settings: Settings): Promise<Outcome> {
  const { plan } = settings;
  const rows = randomRows(OBJECTS);
  const kernel = compile(KERNEL);
  const own = rowsOf(rows.words.slice(0, COLUMNS));
  const registers = Array.from({ length: OBJECTS }, (_, i) => registersAt(rows, i));
  const hand = await straightLine(plan, registers, (halves, found) => takeErrata(plan, { ...own, halves }, 0, found));
  const expected = new BigUint64Array(OBJECTS * WORDS);
  compile(KERNEL, { engine: 'evaluator' }).derive(rows.words, expected, OBJECTS);
  const out = new BigUint64Array(WORDS);
  const halves = new Int32Array(out.buffer);
  const fill = (i: number): void => own.words.set(rows.words.subarray(i * COLUMNS, (i + 1) * COLUMNS));
  const calls: Readonly<Record<string, (i: number) => void>> = {
    [WORDS_OURS]: () => kernel.derive(own.words, out, 1),
    [WORDS_HAND]: () => hand.fromWords(own.halves, halves),
    [OBJECT_OURS]: (i) => kernel.deriveRegisters(hand.objects[i]!, out),
    [OBJECT_HAND]: (i) => hand.fromObject(hand.objects[i]!, halves),
  };
  for (const [name, call] of Object.entries(calls))
    for (let i = 0; i < OBJECTS; i++) {
      fill(i);
      call(i);
      expectWords(name, out, expected.subarray(i * WORDS, (i + 1) * WORDS));
    }
  const repeat = (once: (i: number) => void): number => {
    let sum = 0;
    for (let i = 0; i < CALLS; i++) {
      once(i & (OBJECTS - 1));
      sum += halves[0]!;
    }
    return sum;
  };
  const ways = [
    { name: WORDS_OURS, run: () => repeat(fromRow(own.halves, () => kernel.derive(own.words, out, 1))) },
    { name: WORDS_HAND, run: () => repeat(fromRow(own.halves, () => hand.fromWords(own.halves, halves))) },
    { name: OBJECT_OURS, run: () => repeat((i) => kernel.deriveRegisters(hand.objects[i]!, out)) },
    { name: OBJECT_HAND, run: () => repeat((i) => hand.fromObject(hand.objects[i]!, halves)) },
  ];
  const costs = await compare('record', CALLS, ways, settings);
  const judged = (mine: string, other: string) => {
    const ratio = costs.get(mine)! / costs.get(other)!;
    return { value: costs.get(mine)! * 1e9, ratio, also: `${ratio.toFixed(2)}× straight-line code` };
  };
  return {
    contests: [{ title: 'One record a call', unit: 'record', costs, base: WORDS_HAND, drawn: true }],
    measured: { 'record-words': judged(WORDS_OURS, WORDS_HAND), 'record-object': judged(OBJECT_OURS, OBJECT_HAND) },
  };
}

/** Changes a register of the row before each call, so that no call could be left out. */
function fromRow(row: Int32Array, once: () => void): (i: number) => void {
  return (i) => {
    row[ISAR0_LOW] = i * 0x1111_1111;
    once();
  };
}
