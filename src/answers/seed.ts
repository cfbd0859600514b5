import type { ArchFeature } from '../arch/arch-feature.ts';
import { findField } from '../arch/register.ts';
import { readField } from '../bits/field.ts';
import { given } from '../given.ts';
import { boot } from '../linux/boot.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel, KernelConfig } from '../linux/kernel.ts';
import type { FieldCondition } from '../linux/release/rows.ts';
import { type KnownMachine, loadMachine } from '../silicon/known-machine.ts';
import { fieldConditionsOf } from './field-conditions.ts';
import { type HwcapFacts, hwcapFacts } from './hwcap-facts.ts';
import { machineValue, type Subject } from './subject.ts';

/** A known machine booted with the kernel of its recording, and how the derived line stands to the recorded one. */
export interface Checked extends Subject {
  readonly known: KnownMachine;
  readonly recorded: readonly string[];
  /** Names that were recorded and not derived. */
  readonly missing: readonly string[];
  /** Names that were derived and not recorded. */
  readonly extra: readonly string[];
  /** Whether the lines agree, the order included. */
  readonly agrees: boolean;
}

/** One hwcap that the first machine has and the second has not. */
export interface SeedRow extends HwcapFacts {
  readonly archFeature?: ArchFeature;
  /** The comparison that holds on the first machine. */
  readonly condition: FieldCondition;
  /** The field on the first machine. */
  readonly value: bigint;
  /** The field on the second machine; 0 if its register is unknown. */
  readonly otherValue: bigint;
}

/** The question that started the project: what does one machine have more than another, and where does it come from? */
export interface SeedAnswer {
  readonly first: Checked;
  readonly second: Checked;
  /** In the order of the Features line. */
  readonly rows: readonly SeedRow[];
}

/** The kernel that a machine's recording came from, or is taken to have come from. */
export function recordedKernel(
  { recorded }: KnownMachine,
  fallback: string,
): { readonly kernel: Kernel; readonly environment: Environment } {
  if (recorded === undefined) return { kernel: { release: fallback }, environment: {} };
  const { release, config, cmdline, bootEl, timerHz } = recorded;
  return {
    kernel: { release, config: config as string | KernelConfig, ...given({ cmdline }) },
    environment: given({ bootEl, timerHz }),
  };
}

/** Boots a known machine with the kernel of its recording and compares the Features line. */
export async function checkRecording(name: string): Promise<Checked> {
  const known = await loadMachine(name);
  const { kernel, environment } = recordedKernel(known, '5.10');
  const system = boot(known.machine, kernel, environment);
  const recorded = known.recorded?.features ?? [];
  const derived = system.hwcaps.names;
  return {
    name,
    known,
    kernel,
    system,
    recorded,
    missing: recorded.filter((hwcap) => !derived.includes(hwcap)),
    extra: derived.filter((hwcap) => !recorded.includes(hwcap)),
    agrees: recorded.length === derived.length && recorded.every((hwcap, i) => hwcap === derived[i]),
  };
}

function fieldValue(path: string, { system }: Subject): bigint {
  const found = findField(path);
  const value = found === undefined ? undefined : machineValue(system, found.register.name);
  return found === undefined || value === undefined ? 0n : readField(value, found.field, found.field.sign);
}

function rowOf(name: string, first: Subject, second: Subject): readonly SeedRow[] {
  const facts = hwcapFacts(name);
  const conditions = facts?.entry.when === undefined ? [] : fieldConditionsOf(facts.entry.when);
  const condition = conditions.find(({ field, atLeast }) => fieldValue(field, first) >= BigInt(atLeast)) ?? conditions[0];
  if (facts === undefined || condition === undefined) return [];
  const [archFeature] = facts.archFeatures;
  return [
    {
      ...facts,
      ...given({ archFeature }),
      condition,
      value: fieldValue(condition.field, first),
      otherValue: fieldValue(condition.field, second),
    },
  ];
}

/** Answers the question for two known machines; by default the two that it was asked of. */
export async function answerSeed(firstName: string = 'parallels-m1', secondName: string = 'kunpeng-920'): Promise<SeedAnswer> {
  const [first, second] = await Promise.all([checkRecording(firstName), checkRecording(secondName)]);
  const others = new Set(second.system.hwcaps.names);
  const rows = first.system.hwcaps.names.filter((name) => !others.has(name)).flatMap((name) => rowOf(name, first, second));
  return { first, second, rows };
}
