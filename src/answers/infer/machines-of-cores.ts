import { findCoreRow } from '../../silicon/core-row.ts';
import { KNOWN_MACHINES, type KnownMachine, loadMachine } from '../../silicon/known-machine.ts';
import { parseMidr } from '../../silicon/midr.ts';
import type { InferGiven } from './given.ts';

/** The known machines of which registers are known, those with some of these cores. */
export async function machinesWithCores(midrs: readonly bigint[]): Promise<readonly KnownMachine[]> {
  const cores = new Set(midrs.map((midr) => findCoreRow(parseMidr(midr))?.name).filter((name) => name !== undefined));
  const rows = KNOWN_MACHINES.filter(({ kind, cores: own }) => kind !== 'recorded' && own.some((core) => cores.has(core)));
  return Promise.all(rows.map(({ name }) => loadMachine(name)));
}

/** MIDR_EL1 of software's own core, QEMU's max. */
export const SOFTWARE_MIDR = 0x000f_0510n;

/** Whether a machine has a core of a maker. */
export function hasCoreOf(implementer: number, { machine }: KnownMachine): boolean {
  return machine.cpus.some(({ registers: { MIDR_EL1: midr } }) => midr !== undefined && parseMidr(midr).implementer === implementer);
}

/**
 * The known machines that {@link inferFeatures} has use for: those with one of the cores, and emulators, which may show any core's MIDR_EL1;
 * else all of the maker that is known, else all.
 */
export async function machinesOfCores({ midrs = [], implementer }: InferGiven): Promise<readonly KnownMachine[]> {
  if (midrs.length > 0) return machinesWithCores([...midrs, SOFTWARE_MIDR]);
  const all = await Promise.all(KNOWN_MACHINES.filter(({ kind }) => kind !== 'recorded').map(({ name }) => loadMachine(name)));
  return implementer === undefined ? all : all.filter((machine) => hasCoreOf(implementer, machine));
}
