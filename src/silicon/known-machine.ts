import { ArmlensError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { MACHINE_LOADERS, MACHINE_ROWS } from './generated/machines/index.ts';
import { expandCpus } from './machine.ts';
import type { KnownMachine, MachineRow } from './machine-descriptor.ts';

export type { KnownMachine, MachineKind, MachineRow, Recording } from './machine-descriptor.ts';

/** The catalogue of machines that come with the package, by name. Their registers are fetched by {@link loadMachine}. */
export const KNOWN_MACHINES: readonly MachineRow[] = MACHINE_ROWS;

/**
 * Fetches a known machine. Each lies in a module of its own, which is loaded only now.
 *
 * @throws ArmlensError `unknown-machine`, with the nearest name.
 *
 * @example
 * ```js
 * (await loadMachine('raspberry-pi-4')).machine.cpus.length // → 4
 * ```
 */
export async function loadMachine(name: string): Promise<KnownMachine> {
  const load = MACHINE_LOADERS.get(name);
  if (load === undefined) {
    throw new ArmlensError('unknown-machine', `no machine ${name}${didYouMean(name, MACHINE_LOADERS.keys())}`);
  }
  const { cpus, ...known } = (await load()).MACHINE;
  return { ...known, machine: { cpus: expandCpus(cpus) } };
}
