import { expect, it } from 'vitest';
import { explainLog } from '../../../src/answers/explain-log.ts';
import { inferenceTextOf } from '../../../src/formats/inference-text.ts';
import { formatLogMeaning } from '../../../src/formats/log-words.ts';
import { readAny } from '../../../src/formats/read-any.ts';
import { growsLinearly } from '../../support/growth.ts';
import { mutatedText, PRESENTED, SAMPLE_TEXTS } from '../../support/mutated-texts.ts';
import { runs } from '../../support/runs.ts';

/** How many texts are tried; a long run (`ARMLENS_EFFORT=250 npx vitest run mutated`) goes on from a seed. */
const COUNT = runs(1200);
const FROM = Number(process.env.ARMLENS_MUTATED_FROM ?? 0);

/** What is wrong with what was made of a text, if anything is. */
async function faultOf(text: string): Promise<string | undefined> {
  try {
    const { value, lines, pieces = [], others = [], diagnostics } = await readAny(text, { name: 'post.txt' });
    if (lines !== undefined && Math.min(lines.read, lines.passed, lines.unread) < 0) return 'a count of lines is below zero';
    const last = text.split(/\r\n?|\n/).length;
    const places = [...pieces, ...others.flatMap((other) => other.pieces)];
    if (places.some(({ from, to }) => from < 1 || from > to || to > last)) return 'a piece stands outside of the text';
    if (diagnostics.some(({ message }) => message.length > 4_000)) return 'a finding is as long as a text';
    inferenceTextOf(value);
    for (const line of explainLog(value).lines) if (formatLogMeaning(line) === '') return 'a line of a log is not explained';
    return undefined;
  } catch (error) {
    return `it threw ${error}`;
  }
}

it(`${COUNT} texts, damaged and presented in any way, are read without a fault`, { timeout: 0 }, async () => {
  const faults: string[] = [];
  for (let seed = FROM; seed < FROM + COUNT && faults.length < 10; seed++) {
    const fault = await faultOf(mutatedText(seed));
    if (fault !== undefined) faults.push(`seed ${seed}: ${fault}`);
  }
  expect(faults).toEqual([]);
});

const SAMPLE = ['cpuinfo.txt', 'kernel-log.txt', 'lscpu.txt'].map((name) => SAMPLE_TEXTS.get(name)!.slice(0, 400)).join('\n');

it.each(PRESENTED.map((present, i) => [i, present] as const))(
  'work grows in proportion to the text, presented in way %i',
  async (_, present) => {
    const make = (size: number): string => present(SAMPLE.repeat(Math.max(1, Math.round(size / SAMPLE.length))));
    expect(await growsLinearly(readAny, make, 1 << 11)).toBe(true);
  },
);
