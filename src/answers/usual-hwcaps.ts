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
  /** Open names that are there then. */
  readonly present: readonly string[];
  /** Names that are open even then. */
  readonly open: readonly string[];
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
  const asked = unknown?.hwcaps ?? [];
  if (asked.length === 0) return undefined;
  const usual = await asUsual(machine);
  if (usual.cpus.every((cpu, i) => cpu === machine.cpus[i])) return undefined;
  const system = boot(usual, kernel, environment);
  const present = asked.filter((name) => system.hwcaps.names.includes(name));
  const open = asked.filter((name) => system.unknown?.hwcaps?.includes(name) === true);
  if (open.length === asked.length) return undefined;
  return { cores: [...new Set(usual.cpus.flatMap(coreOf))], present, open };
}
