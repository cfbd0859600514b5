import { formatRecord, parseRecord } from '../src/formats/record.ts';
import { RecordBatch } from '../src/formats/record-batch.ts';
import { byteText } from '../src/formats/record-template.ts';
import { formatResult, type ResultField } from '../src/formats/result.ts';
import { boot } from '../src/linux/boot.ts';
import { ROW_REGISTERS } from '../src/rows/generated/row-layout.ts';
import type { RegisterFile } from '../src/silicon/machine.ts';
import { type Costs, compare, expectEqual, expectWords, type Settings } from './compare.ts';
import { naiveHwcaps, naiveRegisters } from './naive.ts';
import type { Outcome } from './outcome.ts';
import { type Plan, WORDS } from './plan.ts';
import { randomRows, registersAt, rowsOf } from './rows.ts';
import { benchSubject, KERNEL, type Subject } from './subject.ts';
import { bigintLoop } from './ways/bigint.ts';

const RECORDS = 100;
/** Records that are read at a time. */
const BATCH = 256;
const BY_SHAPE = 'armlens, from bytes to words';
const BY_BIGINT = 'JSON.parse, BigInt, loop over the table';
const NAIVE = 'JSON.parse and BigInt objects: hwcaps only';

function answer(line: string, fields?: readonly ResultField[]): string {
  const parsed = parseRecord(line);
  if ('error' in parsed) throw new Error(parsed.error.message);
  const { record, id, diagnostics } = parsed;
  return formatResult(id, boot(record.machine, record.kernel, record.environment), diagnostics, fields);
}

function naiveAnswer(line: string, { model, bits }: Subject): string {
  const { id, cpus } = JSON.parse(line) as { id: string; cpus: { registers: Record<string, string> }[] };
  const registers = Object.fromEntries(Object.entries(cpus[0]!.registers).map(([name, text]) => [name, BigInt(text)])) as RegisterFile;
  const words = naiveHwcaps(naiveRegisters(registers, model), model, bits);
  return JSON.stringify({ id, hwcaps: { words: words.map((word) => `0x${word.toString(16).padStart(16, '0')}`) } });
}

/** What the ways of reading text are given: records of random registers, as bytes. */
function randomText(): { readonly bytes: Uint8Array; readonly lines: readonly string[] } {
  const rows = randomRows(BATCH);
  const lines = Array.from({ length: BATCH }, (_, i) =>
    formatRecord({
      id: `r${i}`,
      machine: { cpus: [{ registers: registersAt(rows, i) }] },
      kernel: KERNEL,
      environment: { timerHz: 24_000_000 },
    }),
  );
  return { bytes: new TextEncoder().encode(`${lines.join('\n')}\n`), lines };
}

/** A batch that has seen a line. */
function taughtBatch(line: string): RecordBatch {
  const batch = new RecordBatch('auto');
  const parsed = parseRecord(line);
  if ('error' in parsed) throw new Error(parsed.error.message);
  batch.learn(new TextEncoder().encode(line), parsed.record);
  return batch;
}

/** From bytes to what a batch gives of them. */
function byShape<T>({ bytes, lines }: ReturnType<typeof randomText>, result: (batch: RecordBatch) => T): () => T {
  const batch = taughtBatch(lines[0]!);
  const text = byteText(bytes);
  return () => {
    for (let at = 0; at < bytes.length; ) {
      const next = batch.take(text, at);
      if (next === -1) throw new Error('a line has another shape');
      at = next;
    }
    return result(batch);
  };
}

/** From bytes to words by JSON.parse, BigInt, and a loop over the table. */
function byBigint({ bytes }: ReturnType<typeof randomText>, plan: Plan): () => BigUint64Array {
  const derive = bigintLoop(plan);
  const decoder = new TextDecoder();
  return () => {
    const rows = new BigUint64Array(BATCH * ROW_REGISTERS.length);
    for (const [i, line] of decoder.decode(bytes).trimEnd().split('\n').entries()) {
      const { registers } = (JSON.parse(line) as { cpus: { registers: Record<string, string> }[] }).cpus[0]!;
      for (const [column, name] of ROW_REGISTERS.entries()) rows[i * ROW_REGISTERS.length + column] = BigInt(registers[name] ?? 0);
    }
    const out = new BigUint64Array(BATCH * WORDS);
    derive(rowsOf(rows), out);
    return out;
  };
}

/** From bytes to hwcap words. */
async function ndjson(settings: Settings): Promise<Costs> {
  const text = randomText();
  const [shape, lines] = [byShape(text, (batch) => batch.derive()), byShape(text, (batch) => batch.flush())];
  const bigint = byBigint(text, settings.plan);
  const words = lines()
    .trimEnd()
    .split('\n')
    .flatMap((line) => (JSON.parse(line) as { hwcaps: { words: string[] } }).hwcaps.words.map(BigInt));
  expectWords('NDJSON, text out', BigUint64Array.from(words), bigint());
  expectWords('NDJSON', new BigUint64Array(shape().buffer), bigint());
  return compare(
    'ndjson',
    BATCH,
    [
      { name: BY_SHAPE, run: () => shape()[0]! },
      { name: `${BY_SHAPE}, and those to text`, run: () => lines().length },
      { name: BY_BIGINT, run: () => Number(bigint()[0]! & 0xffn) },
      { name: 'JSON.parse alone', run: () => text.lines.reduce((sum, line) => sum + Object.keys(JSON.parse(line) as object).length, 0) },
    ],
    settings,
  );
}

/** Records as text in, results as text out. */
export async function stream(settings: Settings): Promise<Outcome> {
  const subject = await benchSubject();
  const { machine, kernel, environment } = subject;
  const lines = Array.from({ length: RECORDS }, (_, i) => formatRecord({ id: `r${i}`, machine, kernel, environment }));
  const wordsOf = (line: string): unknown => (JSON.parse(line) as { hwcaps: { words: unknown } }).hwcaps.words;
  expectEqual('stream', wordsOf(answer(lines[0]!)), wordsOf(naiveAnswer(lines[0]!, subject)));
  const each = (work: (line: string) => string) => () => lines.reduce((length, line) => length + work(line).length, 0);
  const ways = [
    { name: 'parseRecord(), boot(), formatResult()', run: each((line) => answer(line)) },
    { name: 'the same, hwcaps only in the result', run: each((line) => answer(line, ['hwcaps'])) },
    { name: NAIVE, run: each((line) => naiveAnswer(line, subject)) },
    { name: 'JSON.parse alone', run: each((line) => String((JSON.parse(line) as { id: string }).id)) },
  ];
  const costs = await compare('stream', RECORDS, ways, settings);
  const byText = await ndjson(settings);
  return {
    contests: [
      { title: 'Records as text', unit: 'record', costs, base: NAIVE },
      { title: 'NDJSON to hwcap words, random registers', unit: 'record', costs: byText, base: BY_BIGINT, drawn: true },
    ],
    measured: { ndjson: byText.get(BY_BIGINT)! / byText.get(BY_SHAPE)! },
  };
}
