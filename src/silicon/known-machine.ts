import { ArmlensError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { loadWitnessCpus, MACHINE_LOADERS, MACHINE_ROWS } from './generated/machines/index.ts';
import { expandCpus } from './machine.ts';
import { type KnownMachine, type MachineKind, type MachineRow, WITNESSES } from './machine-descriptor.ts';

export { type KnownMachine, MACHINE_KINDS, type MachineKind, type MachineRow, type Recording } from './machine-descriptor.ts';

/** The catalogue of machines that come with the package, by name. Their registers are fetched by {@link loadMachine}. */
export const KNOWN_MACHINES: readonly MachineRow[] = MACHINE_ROWS;

/** Kinds of which what was not listed was not read, or not named; models are whole as they stand. */
const IN_PART: readonly MachineKind[] = ['silicon', 'recorded', 'virtual-machine', 'reconstructed', 'manual'];

/** A known machine by its name, or another one that people give it, in any case. */
export function findMachine(name: string): MachineRow | undefined {
  const wanted = name.toLowerCase();
  return MACHINE_ROWS.find((row) => row.name === wanted) ?? MACHINE_ROWS.find(({ aliases }) => aliases?.includes(wanted));
}

/**
 * Fetches a known machine. Those of a kind lie in a module of their own, and registers of which other machines are told in another; they
 * are loaded only now. Registers of a chip that nobody read are what all known machines with its core have, or unknown.
 *
 * @throws ArmlensError `unknown-machine`, with the nearest name.
 *
 * @example
 * ```js
 * (await loadMachine('raspberry-pi-4')).machine.cpus.length // → 4
 * ```
 */
export async function loadMachine(name: string): Promise<KnownMachine> {
  const row = findMachine(name);
  if (row === undefined) {
    const names = MACHINE_ROWS.flatMap(({ name: known, aliases = [] }) => [known, ...aliases]);
    throw new ArmlensError('unknown-machine', `no machine ${name}${didYouMean(name, names)}`);
  }
  const { name: own, title, kind } = row;
  const isWitness = WITNESSES.flat().includes(kind);
  const [{ MACHINES }, told] = await Promise.all([MACHINE_LOADERS[kind](), isWitness ? loadWitnessCpus() : undefined]);
  const { cpus: runs = told!.WITNESS_CPUS[own]!, ...record } = MACHINES[own]!;
  const known = { name: own, title, kind, ...record };
  if (!IN_PART.includes(known.kind)) return { ...known, machine: { cpus: expandCpus(runs) } };
  const { inOneChip, withUsual } = await import('./usual.ts');
  const cpus = expandCpus(await Promise.all(runs.map(withUsual)));
  return { ...known, machine: { ...inOneChip(cpus), unlisted: 'unknown', alike: true } };
}
