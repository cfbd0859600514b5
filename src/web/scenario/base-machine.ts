import { knownMachine } from '../../answers/known-machine.ts';
import { likelyBootEl } from '../../answers/likely-boot-el.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import { ArmlensError } from '../../errors.ts';
import { given } from '../../given.ts';
import type { Environment } from '../../linux/environment.ts';
import type { Kernel, KernelConfig } from '../../linux/kernel.ts';
import type { Machine } from '../../silicon/machine.ts';
import type { KnownMachine } from '../../silicon/machine-descriptor.ts';
import { sentence } from '../sentence.ts';
import { type Between, loadBetween } from './between-code.ts';
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

/** A machine that was fetched, or why there is none: nobody has its name, or it could not be fetched. */
export type FoundMachine = { readonly base: BaseMachine } | { readonly problem: string; readonly isUnknown?: true };

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

async function pastedMachine(code: string): Promise<FoundMachine> {
  const known = pasted.get(code);
  if (known !== undefined) return known;
  const [{ unpackText }, { machineOfText }] = await Promise.all([import('./pack-text.ts'), import('./posted-machine.ts')]);
  const text = await unpackText(code);
  return text === undefined ? { problem: 'The text in this address is damaged, or was too long for an address.' } : machineOfText(text);
}

/** Fetches a machine, and the code for what stands between it and a kernel. It never fails. */
export async function fetchMachine(ref: MachineRef, between: Between = {}): Promise<FoundMachine> {
  try {
    await loadBetween(between);
    return ref.kind === 'known' ? { base: await baseOf(ref.name) } : await pastedMachine(ref.code);
  } catch (error) {
    const problem = sentence(error instanceof Error ? error.message : String(error));
    return error instanceof ArmlensError && error.code === 'unknown-machine' ? { problem, isUnknown: true } : { problem };
  }
}
