import { given } from '../../given.ts';
import { applyGuestLayers, type Guest } from '../../hypervisor/guest-layer.ts';
import { watchBoot } from '../../linux/boot.ts';
import type { BootState } from '../../linux/bring-up/boot-state.ts';
import { fieldPlace } from '../../linux/bring-up/evaluate.ts';
import type { KernelModel } from '../../linux/release/kernel-at.ts';
import type { FieldCondition } from '../../linux/release/rows.ts';
import type { System } from '../../linux/system.ts';
import type { Cpu, SystemRegisterName } from '../../silicon/machine.ts';
import type { LayeredScenario } from './boot-layered.ts';

/** The values that some fields had in the kernel's copies after one CPU. */
export interface Merge {
  readonly cpu: number;
  readonly values: ReadonlyMap<string, bigint>;
  /** The bits of {@link values} that were not known then, of the registers that have such. */
  readonly open: ReadonlyMap<string, bigint>;
}

/** A boot that was watched. */
export interface Trace {
  readonly scenario: LayeredScenario;
  /** The kernel of the scenario. */
  readonly model: KernelModel;
  readonly guest: Guest;
  readonly system: System;
  /** The registers after the boot CPU, and after each CPU that changed something of them. */
  readonly merges: readonly Merge[];
  /** Capabilities and conditions as they stood when the hwcaps were derived; absent if the system stopped before. */
  readonly state?: BootState;
}

/** A field of a register value, as a comparison reads it. */
export function readAs(condition: Pick<FieldCondition, 'field' | 'sign'>, value: bigint, signedComparison: boolean): number {
  const { shift, mask, width } = fieldPlace(condition.field);
  const found = Number((value >> shift) & mask);
  const signed = condition.sign === 'signed' || signedComparison;
  return signed && found >= 2 ** (width - 1) ? found - 2 ** width : found;
}

/** A field of a CPU, as a comparison reads it, from its registers or from what else is known of them; `undefined` where it is not known. */
export function fieldOn(
  { registers, partly }: Cpu,
  condition: Pick<FieldCondition, 'field' | 'sign'>,
  signed: boolean,
): number | undefined {
  const { register, shift, mask } = fieldPlace(condition.field);
  const name = register as SystemRegisterName;
  const word = partly?.[name];
  const value = registers[name] ?? (word !== undefined && (word.open & (mask << shift)) === 0n ? word.value : undefined);
  return value === undefined ? undefined : readAs(condition, value, signed);
}

/**
 * Boots a scenario and keeps what an explanation needs: the registers after each CPU, and what `judge` says of the state in which the
 * hwcaps are derived, before late CPUs come.
 */
export function traceBoot<T>(
  scenario: LayeredScenario,
  model: KernelModel,
  judge: (state: BootState) => T,
): Trace & { readonly judged?: T } {
  const guest = applyGuestLayers(scenario.machine, scenario.layers);
  const merges: Merge[] = [];
  let state: BootState | undefined;
  let judged: T | undefined;
  const system = watchBoot(guest.machine, scenario.kernel, scenario.environment, {
    merged: (now, cpu) => {
      const values = new Map([...now.registers].map(([name, register]) => [name, register.value]));
      const open = new Map(
        [...now.registers].flatMap(([name, register]) => (register.open === 0n ? [] : [[name, register.open] as const])),
      );
      const before = merges.at(-1)?.values;
      if (before === undefined || [...values].some(([name, value]) => before.get(name) !== value)) merges.push({ cpu, values, open });
    },
    settled: (now) => {
      state = now;
      judged = now.look(() => judge(now));
    },
  });
  return { scenario, model, guest, system, merges, ...given({ state, judged }) };
}
