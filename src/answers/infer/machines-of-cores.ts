import { findCore } from '../../silicon/core.ts';
import { KNOWN_MACHINES, type KnownMachine, loadMachine } from '../../silicon/known-machine.ts';
import { parseMidr } from '../../silicon/midr.ts';

/** The known machines that {@link inferFeatures} has use for: those with one of the cores, or all if no core is known. */
export async function machinesOfCores(midrs: readonly bigint[]): Promise<readonly KnownMachine[]> {
  const cores = new Set(midrs.map((midr) => findCore(parseMidr(midr))?.name));
  const rows = midrs.length === 0 ? KNOWN_MACHINES : KNOWN_MACHINES.filter((row) => row.cores.some((core) => cores.has(core)));
  return Promise.all(rows.map(({ name }) => loadMachine(name)));
}
