import { machineOfCapture } from '../../answers/machine-of-capture.ts';
import { coreName } from '../../formats/core-name.ts';
import { type ReadResult, readAny } from '../../formats/read-any.ts';
import { given } from '../../given.ts';
import { type Machine, wholeMidrOf } from '../../silicon/machine.ts';
import { findingWords } from '../sentence.ts';
import type { FoundMachine } from './base-machine.ts';
import { splitFiles } from './file-texts.ts';

/** What was read of a text, or of several files that were put together. */
async function readPosted(text: string): Promise<Pick<ReadResult, 'value' | 'diagnostics'> & { readonly results: readonly ReadResult[] }> {
  const files = splitFiles(text);
  const [only] = files;
  if (files.length > 1) {
    const { readTexts } = await import('../../formats/read-texts.ts');
    const { value, diagnostics, results } = await readTexts(files);
    return { value, diagnostics, results: results.map(({ result }) => result) };
  }
  const result = await readAny(only!.text);
  return { ...result, results: [result] };
}

/** What texts were taken for: each form that was found in them, once. */
function takenForOf(results: readonly ReadResult[]): string | undefined {
  const titles = results.flatMap(({ pieces, recognition }) => pieces?.map(({ title }) => title) ?? recognition?.reader.title ?? []);
  return titles.length === 0 ? undefined : [...new Set(titles)].join(', ');
}

/** What a pasted text tells of: how many CPUs of which core, as far as it says. */
function pastedTitle({ cpus, uncounted }: Machine): string {
  const counts = new Map<string, number>();
  for (const cpu of cpus) {
    const midr = wholeMidrOf(cpu);
    const name = midr === undefined ? 'CPU' : coreName(midr);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const plural = (name: string, count: number): string => `${count} ${name}${name === 'CPU' && count > 1 ? 's' : ''}`;
  const kinds = [...counts].map(([name, count]) => (uncounted ? name : plural(name, count))).join(', ');
  return `${uncounted && kinds === 'CPU' ? 'A machine' : kinds} from pasted text`;
}

/** Makes a machine of a text of any form that the library reads, or of several files that were put together. */
export async function machineOfText(text: string): Promise<FoundMachine> {
  const { value, diagnostics, results } = await readPosted(text);
  const made = await machineOfCapture(value);
  const findings = [...diagnostics, ...(made?.diagnostics ?? [])];
  if (made === undefined || made.value === undefined) {
    const [first] = findings;
    const reason = first === undefined ? '' : ` (${findingWords(first)})`;
    return { problem: `No machine could be read: neither ID registers nor a Features line${reason}.` };
  }
  return { base: { title: pastedTitle(made.value.machine), ...made.value, findings, ...given({ takenFor: takenForOf(results) }) } };
}
