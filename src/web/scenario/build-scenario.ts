import { bootLayered } from '../../answers/why/boot-layered.ts';
import type { KvmScenario, Scenario } from '../../answers/why/scenario.ts';
import { ArmlensError } from '../../errors.ts';
import { given } from '../../given.ts';
import type { GuestLayer } from '../../hypervisor/guest-layer.ts';
import { type Environment, LOADED } from '../../linux/environment.ts';
import type { Kernel, KernelConfig } from '../../linux/kernel.ts';
import { configUnder } from '../../linux/release/config.ts';
import { NEWEST_RELEASE } from '../../linux/release/known-trees.ts';
import type { System } from '../../linux/system.ts';
import type { Machine } from '../../silicon/machine.ts';
import type { BaseMachine } from './base-machine.ts';
import { kvmCode, layerCode, layeredOf } from './between-code.ts';
import { applyEdits } from './register-edit.ts';
import type { ScenarioQuery } from './scenario-query.ts';

/** A scenario of the library, and what of the address it could not take. */
export interface BuiltScenario {
  readonly scenario: Scenario;
  readonly problems: readonly string[];
}

/** A booted scenario, or why it cannot be booted. */
export type Booted = { readonly system: System } | { readonly problem: string };

function configOf(query: ScenarioQuery, recorded: BaseMachine['kernel'], release: string): string | KernelConfig | undefined {
  const own = query.config ?? (recorded && configUnder(recorded, release));
  if (query.options.length === 0) return own;
  const options = Object.fromEntries(query.options) as KernelConfig;
  if (own === undefined) return options;
  return typeof own === 'string' ? { base: own, ...options } : { ...own, ...options };
}

/**
 * The kernel that an address asks for: what it leaves out is as on the machine's recording, if that is the same release. A guest under KVM
 * has a kernel of its own.
 */
export function kernelOfQuery(query: ScenarioQuery, { kernel: recorded }: BaseMachine): Kernel {
  const own = query.kvm === undefined ? recorded : undefined;
  const release = query.release ?? own?.release ?? NEWEST_RELEASE;
  const config = configOf(query, own, release);
  const cmdline = query.cmdline ?? own?.cmdline;
  return { release, ...given({ config, cmdline }) };
}

function kvmOf({ kvm }: ScenarioQuery, { environment }: BaseMachine, layers: readonly GuestLayer[]): KvmScenario | undefined {
  if (kvm === undefined) return undefined;
  const code = kvmCode();
  if (code === undefined) throw new Error('the rules of KVM were not fetched');
  return { kernel: kvm.kernel, vcpu: code.vcpuOfNames(kvm.vcpu, layers), ...given({ environment }) };
}

/** What a kernel boots in, before the address says more: a guest starts at EL1; where nothing tells the level, it is absent. */
export function environmentAround({ kvm }: ScenarioQuery, { environment }: BaseMachine, layers: readonly GuestLayer[]): Environment {
  const own: Environment = { ...(layers.length === 0 ? {} : { bootEl: 1 }), ...environment };
  return kvm === undefined ? own : { ...own, bootEl: 1 };
}

/** A machine with some of its CPUs: what was seen of all of them says nothing of these. */
function withCpus({ seen: _, ...machine }: Machine, cpus: Machine['cpus']): Machine {
  return { ...machine, cpus };
}

/** Puts a scenario together from a machine and what an address says. */
export function buildScenario(query: ScenarioQuery, base: BaseMachine): BuiltScenario {
  const problems: string[] = [];
  const edited = applyEdits(base.machine, query.edits);
  const cpus = edited.cpus.filter((_, index) => !query.without.includes(index));
  if (cpus.length === 0) problems.push('The address takes every CPU away; all are kept.');
  const machine = cpus.length === 0 || cpus.length === edited.cpus.length ? edited : withCpus(edited, cpus);
  const layers = layerCode(query)?.readLayers(query, problems) ?? [];
  const scenario = {
    machine,
    layers,
    ...given({ kvm: kvmOf(query, base, layers) }),
    kernel: kernelOfQuery(query, base),
    environment: { ...LOADED, openBootEl: true, ...environmentAround(query, base, layers), ...query.environment },
  };
  return { scenario, problems };
}

/** Boots a scenario; what the library does not accept is told in its words. */
export function tryBoot(scenario: Scenario): Booted {
  try {
    return { system: bootLayered(layeredOf(scenario)) };
  } catch (error) {
    if (error instanceof ArmlensError) return { problem: error.message };
    throw error;
  }
}
