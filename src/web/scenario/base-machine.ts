import { knownMachine } from '../../answers/known-machine.ts';
import { likelyBootEl } from '../../answers/likely-boot-el.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import { coreName } from '../../formats/core-name.ts';
import type { ReadResult } from '../../formats/read-any.ts';
import { given } from '../../given.ts';
import type { Environment } from '../../linux/environment.ts';
import type { Kernel, KernelConfig } from '../../linux/kernel.ts';
import { type Machine, wholeMidrOf } from '../../silicon/machine.ts';
import type { KnownMachine } from '../../silicon/machine-descriptor.ts';
import { findingWords, sentence } from '../sentence.ts';
import { type Between, loadBetween } from './between-code.ts';
import { splitFiles } from './file-texts.ts';
import type { MachineRef } from './scenario-query.ts';

/** A machine before anything is changed of it, and what is known besides. */
export interface BaseMachine {
  readonly title: string;
  readonly machine: Machine;
  /** The kernel of the recording, or of the pasted text. */
  readonly kernel?: Partial<Kernel>;
  readonly environment?: Environment;
  /** Of a known machine: all that the library says of it. */
  readonly known?: KnownMachine;
  /** What the pasted text was taken for. */
  readonly takenFor?: string;
  readonly findings: readonly Diagnostic[];
}

/** A machine that was fetched, or why there is none. */
export type FoundMachine = { readonly base: BaseMachine } | { readonly problem: string };

/** What the reader pasted, by code: it is not read again, and is there even where it is too long for an address. */
const pasted = new Map<string, FoundMachine>();

/** Remembers what was made of a pasted text. */
export function rememberPasted(code: string, found: FoundMachine): void {
  pasted.set(code, found);
}

async function baseOf(name: string): Promise<BaseMachine> {
  const known = await knownMachine(name);
  const { title, machine, recorded } = known;
  const bootEl = likelyBootEl(known);
  if (recorded === undefined) return { title, machine, known, findings: [], environment: given({ bootEl }) };
  const { release, config, cmdline, timerHz } = recorded;
  return {
    title,
    machine,
    known,
    kernel: { release, config: config as string | KernelConfig, ...given({ cmdline }) },
    environment: given({ bootEl, timerHz }),
    findings: [],
  };
}

/** What was read of a text, or of several files that were put together. */
async function readPosted(text: string): Promise<Pick<ReadResult, 'value' | 'diagnostics'> & { readonly results: readonly ReadResult[] }> {
  const files = splitFiles(text);
  const [only] = files;
  if (files.length > 1) {
    const { readTexts } = await import('../../formats/read-texts.ts');
    const { value, diagnostics, results } = await readTexts(files);
    return { value, diagnostics, results: results.map(({ result }) => result) };
  }
  const { readAny } = await import('../../formats/read-any.ts');
  const result = await readAny(only!.text);
  return { ...result, results: [result] };
}

/** What texts were taken for: each form that was found in them, once. */
function takenForOf(results: readonly ReadResult[]): string | undefined {
  const titles = results.flatMap(({ pieces, recognition }) => pieces?.map(({ title }) => title) ?? recognition?.reader.title ?? []);
  return titles.length === 0 ? undefined : [...new Set(titles)].join(', ');
}

/** What a pasted text tells of: how many CPUs of which core, as far as it says. */
function pastedTitle({ cpus }: Machine): string {
  const counts = new Map<string, number>();
  for (const cpu of cpus) {
    const midr = wholeMidrOf(cpu);
    const name = midr === undefined ? 'CPU' : coreName(midr);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return `${[...counts].map(([name, count]) => `${count} ${name}${name === 'CPU' && count > 1 ? 's' : ''}`).join(', ')} from pasted text`;
}

/** Makes a machine of a text of any form that the library reads, or of several files that were put together. */
export async function machineOfText(text: string): Promise<FoundMachine> {
  const [{ value, diagnostics, results }, { machineOfCapture }] = await Promise.all([
    readPosted(text),
    import('../../answers/machine-of-capture.ts'),
  ]);
  const made = await machineOfCapture(value);
  const findings = [...diagnostics, ...(made?.diagnostics ?? [])];
  if (made === undefined || made.value === undefined) {
    const [first] = findings;
    const reason = first === undefined ? '' : ` (${findingWords(first)})`;
    return { problem: `No machine could be read: neither ID registers nor a Features line${reason}.` };
  }
  return { base: { title: pastedTitle(made.value.machine), ...made.value, findings, ...given({ takenFor: takenForOf(results) }) } };
}

async function pastedMachine(code: string): Promise<FoundMachine> {
  const known = pasted.get(code);
  if (known !== undefined) return known;
  const { unpackText } = await import('./pack-text.ts');
  const text = await unpackText(code);
  return text === undefined ? { problem: 'The text in this address is damaged, or was too long for an address.' } : machineOfText(text);
}

/** Fetches a machine, and the code for what stands between it and a kernel. It never fails. */
export async function fetchMachine(ref: MachineRef, between: Between = {}): Promise<FoundMachine> {
  try {
    await loadBetween(between);
    return ref.kind === 'known' ? { base: await baseOf(ref.name) } : await pastedMachine(ref.code);
  } catch (error) {
    return { problem: sentence(error instanceof Error ? error.message : String(error)) };
  }
}
