import { formatRecord, parseRecord } from '../dist/formats/record.js';
import { formatResult, type ResultField } from '../dist/formats/result.js';
import { boot } from '../dist/linux/boot.js';
import type { RegisterFile } from '../dist/silicon/machine.js';
import { compare, expectEqual, type Settings } from './compare.ts';
import { naiveHwcaps, naiveRegisters } from './naive.ts';
import type { Outcome } from './outcome.ts';
import { benchSubject, type Subject } from './subject.ts';

const RECORDS = 100;
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
  return { contests: [{ title: 'Records as text', unit: 'record', costs, base: NAIVE }] };
}
