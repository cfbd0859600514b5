import { boot } from '../linux/boot.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { System } from '../linux/system.ts';
import { findCoreRow } from '../silicon/core-row.ts';
import { type Cpu, coreMidrOf, type Machine } from '../silicon/machine.ts';
import { parseMidr } from '../silicon/midr.ts';
import { withUsual } from '../silicon/usual.ts';

/** What is likely of hwcaps of which a machine does not tell: what they are if its cores are as all known machines have them. */
export interface UsualHwcaps {
  /** The cores, by name, each once. */
  readonly cores: readonly string[];
  /** What the kernel makes of such cores; hwcaps may be open even then. */
  readonly system: System;
}

/** A machine whose registers, where nothing is known of them, are what all known machines with its cores have. */
export async function asUsual(machine: Machine): Promise<Machine> {
  const known = new Map<Cpu, Promise<Cpu>>();
  const usualCpu = (cpu: Cpu): Promise<Cpu> => {
    const found = known.get(cpu) ?? withUsual(cpu);
    known.set(cpu, found);
    return found;
  };
  return { ...machine, cpus: await Promise.all(machine.cpus.map(usualCpu)), unlisted: 'unknown' };
}

function coreOf(cpu: Cpu): readonly string[] {
  const midr = coreMidrOf(cpu);
  return midr === undefined ? [] : [findCoreRow(parseMidr(midr))?.name ?? []].flat();
}

/**
 * Asks what is usual for the cores of a machine about the hwcaps that are open.
 *
 * @returns `undefined` if nothing is open, or nothing is known of any of the cores that would tell more.
 */
export async function usualHwcaps(
  machine: Machine,
  kernel: Kernel,
  environment: Environment,
  { unknown }: System,
): Promise<UsualHwcaps | undefined> {
  const open = unknown?.hwcaps?.length ?? 0;
  if (open === 0) return undefined;
  const usual = await asUsual(machine);
  if (usual.cpus.every((cpu, i) => cpu === machine.cpus[i])) return undefined;
  const system = boot(usual, kernel, environment);
  return system.unknown?.hwcaps?.length === open ? undefined : { cores: [...new Set(usual.cpus.flatMap(coreOf))], system };
}
