import { bootLayered, type LayeredScenario } from '../../answers/why/boot-layered.ts';
import type { Diagnostic, Parsed } from '../../diagnostic.ts';
import { ArmlensError } from '../../errors.ts';
import { parseFirecrackerTemplate } from '../../formats/firecracker-template.ts';
import { parseFieldSetting, parseMask } from '../../formats/mask.ts';
import { given } from '../../given.ts';
import type { GuestLayer } from '../../hypervisor/guest-layer.ts';
import type { Kernel, KernelConfig } from '../../linux/kernel.ts';
import { configUnder } from '../../linux/release/config.ts';
import { NEWEST_RELEASE } from '../../linux/release/known-trees.ts';
import type { System } from '../../linux/system.ts';
import { sentence } from '../sentence.ts';
import type { BaseMachine } from './base-machine.ts';
import { applyEdits } from './register-edit.ts';
import type { ScenarioQuery } from './scenario-query.ts';

/** A scenario of the library, and what of the address it could not take. */
export interface BuiltScenario {
  readonly scenario: LayeredScenario;
  readonly problems: readonly string[];
}

/** A booted scenario, or why it cannot be booted. */
export type Booted = { readonly system: System } | { readonly problem: string };

function configOf(query: ScenarioQuery, base: BaseMachine, release: string): string | KernelConfig | undefined {
  const own = query.config ?? (base.kernel && configUnder(base.kernel, release));
  if (query.options.length === 0) return own;
  const options = Object.fromEntries(query.options) as KernelConfig;
  if (own === undefined) return options;
  return typeof own === 'string' ? { base: own, ...options } : { ...own, ...options };
}

/** The kernel that an address asks for: what it leaves out is as on the machine's recording, if that is the same release. */
export function kernelOfQuery(query: ScenarioQuery, base: BaseMachine): Kernel {
  const release = query.release ?? base.kernel?.release ?? NEWEST_RELEASE;
  const config = configOf(query, base, release);
  const cmdline = query.cmdline ?? base.kernel?.cmdline;
  return { release, ...given({ config, cmdline }) };
}

function layerOf({ value, diagnostics }: Parsed<GuestLayer>, problems: string[]): readonly GuestLayer[] {
  problems.push(...diagnostics.map(({ where, message }: Diagnostic) => sentence(`${value.name}, ${where}: ${message}`)));
  return value.changes.length === 0 ? [] : [value];
}

function layersOf({ mask, template, settings }: ScenarioQuery, problems: string[]): readonly GuestLayer[] {
  return [
    ...(mask === undefined ? [] : layerOf(parseMask(mask, 'the mask'), problems)),
    ...(template === undefined ? [] : layerOf(parseFirecrackerTemplate(template, 'the template'), problems)),
    ...settings.flatMap((setting) => layerOf(parseFieldSetting(setting), problems)),
  ];
}

/** Puts a scenario together from a machine and what an address says. */
export function buildScenario(query: ScenarioQuery, base: BaseMachine): BuiltScenario {
  const problems: string[] = [];
  const edited = applyEdits(base.machine, query.edits);
  const cpus = edited.cpus.filter((_, index) => !query.without.includes(index));
  if (cpus.length === 0) problems.push('The address takes every CPU away; all are kept.');
  const machine = cpus.length === 0 || cpus.length === edited.cpus.length ? edited : { cpus };
  const scenario = {
    machine,
    layers: layersOf(query, problems),
    kernel: kernelOfQuery(query, base),
    environment: { ...base.environment, ...query.environment },
  };
  return { scenario, problems };
}

/** Boots a scenario; what the library does not accept is told in its words. */
export function tryBoot(scenario: LayeredScenario): Booted {
  try {
    return { system: bootLayered(scenario) };
  } catch (error) {
    if (error instanceof ArmlensError) return { problem: error.message };
    throw error;
  }
}
