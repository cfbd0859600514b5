import { type LevelReading, levelReadings } from '../../answers/level.ts';
import type { Scenario } from '../../answers/why/scenario.ts';
import { applyGuestLayers, type Guest } from '../../hypervisor/guest-layer.ts';
import type { System } from '../../linux/system.ts';
import type { Machine } from '../../silicon/machine.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { layeredOf } from '../scenario/between-code.ts';
import { buildScenario, kernelOfQuery, tryBoot } from '../scenario/build-scenario.ts';
import { applyEdits } from '../scenario/register-edit.ts';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';
import { sentence } from '../sentence.ts';
import { type FieldEffects, fieldEffects } from './field-effects.ts';

/** A system with the level that it meets. */
export interface Result {
  readonly system: System;
  readonly levels: readonly LevelReading[];
}

/** Everything that the view shows of a scenario, asked of the library once. */
export interface MachineModel {
  readonly scenario: Scenario;
  /** All CPUs with their edits, those that are taken away included. */
  readonly silicon: Machine;
  readonly guest: Guest;
  /** Absent: it cannot be booted, for `problem`. */
  readonly result?: Result;
  /** The same without what a hypervisor does; absent: nothing stands in between. */
  readonly host?: Result;
  readonly effects?: FieldEffects;
  readonly problems: readonly string[];
}

/** A system and its levels. */
function resultOf(system: System): Result {
  return { system, levels: levelReadings(system) };
}

/** The same kernel on the machine itself, where a hypervisor stands in between. */
function hostOf({ kvm, ...scenario }: Scenario): { readonly host?: Result } {
  if (scenario.layers.length === 0 && kvm === undefined) return {};
  const booted = tryBoot({ ...scenario, layers: [] });
  return 'problem' in booted ? {} : { host: resultOf(booted.system) };
}

/** Boots a scenario and finds out all about it. */
export function machineModel(query: ScenarioQuery, base: BaseMachine): MachineModel {
  const { scenario, problems } = buildScenario(query, base);
  const silicon = applyEdits(base.machine, query.edits);
  const booted = tryBoot(scenario);
  const layers = 'problem' in booted ? scenario.layers : layeredOf(scenario).layers;
  const common = { scenario, silicon, guest: applyGuestLayers(silicon, layers) };
  if ('problem' in booted) return { ...common, problems: [...problems, sentence(booted.problem)] };
  return { ...common, ...hostOf(scenario), result: resultOf(booted.system), effects: fieldEffects(scenario.kernel), problems };
}

/** The query of a machine of which nothing is changed. */
export function startQuery({ machine }: ScenarioQuery): ScenarioQuery {
  return { machine, edits: [], without: [], settings: [], options: [], environment: {} };
}

/** The number of things that a query changes of a machine and the kernel that it was recorded with. */
export function changeCount(query: ScenarioQuery, base: BaseMachine): number {
  const { edits, without, settings, options, environment, release, config, cmdline, kvm, mask, template } = query;
  const own = kernelOfQuery(startQuery(query), base);
  const kernel = [release !== undefined && release !== own.release, config !== undefined && config !== own.config];
  const words = [cmdline !== undefined && cmdline !== (own.cmdline ?? ''), kvm !== undefined, mask !== undefined, template !== undefined];
  const single = [...kernel, ...words].filter(Boolean).length;
  return edits.length + settings.length + options.length + Object.keys(environment).length + (without.length > 0 ? 1 : 0) + single;
}
