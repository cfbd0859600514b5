import { ArmlensError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { ALL_CORES, type Core, coreNamed, implementerName, plainName, productNames } from '../silicon/core.ts';
import { KNOWN_MACHINES, type KnownMachine } from '../silicon/known-machine.ts';
import type { Cpu } from '../silicon/machine.ts';
import { composeMidr } from '../silicon/midr.ts';
import { inOneChip, withUsual } from '../silicon/usual.ts';

/** The cores that a name means: those of a product, or the one of the name. */
function coresNamed(name: string): readonly Core[] {
  const wanted = plainName(name);
  const ofProduct = ALL_CORES.filter(({ products = [] }) => products.some((product) => productNames(product).includes(wanted)));
  if (ofProduct.length > 0) return ofProduct;
  const core = coreNamed(name);
  return core === undefined ? [] : [core];
}

/** What is not told of MIDR_EL1 by the name of a core: variant and revision, and the upper half. */
const OPEN_MIDR = 0xffff_ffff_00f0_000fn;

async function cpuOf({ implementer, part }: Core): Promise<Cpu> {
  const value = composeMidr({ implementer, part, variant: 0, revision: 0 });
  return withUsual({ registers: {}, partly: { MIDR_EL1: { value, open: OPEN_MIDR } } });
}

function title({ implementer, name }: Core): string {
  return `${implementerName(implementer) ?? ''} ${name}`.trim();
}

/** A machine with one CPU of each core. */
async function machineOfCores(name: string, cores: readonly Core[]): Promise<KnownMachine> {
  const titles = cores.map(title).join(', ');
  return {
    name,
    title: `one ${titles}`,
    kind: 'recorded',
    description: `What all known machines with ${titles} have. What differs between them is not known, nor what whoever builds a chip chooses.`,
    machine: { ...inOneChip(await Promise.all(cores.map(cpuOf))), unlisted: 'unknown' },
    source: 'armlens:the known machines with this core',
    notes: [],
  };
}

/**
 * A machine with one CPU of each core that a name means: the name of a core, or of a product that has them.
 *
 * @throws {ArmlensError} `unknown-machine`, with the nearest name.
 */
export async function machineOfName(name: string): Promise<KnownMachine> {
  return machineOfCores(name.toLowerCase(), coresOfName(name));
}

/**
 * The cores that a name means.
 *
 * @throws {ArmlensError} as {@link machineOfName} does.
 */
export function coresOfName(name: string): readonly Core[] {
  const cores = coresNamed(name);
  if (cores.length > 0) return cores;
  const names = KNOWN_MACHINES.flatMap(({ name: own, aliases = [] }) => [own, ...aliases]);
  const others = ALL_CORES.map(({ name: core }) => core.toLowerCase().replaceAll(' ', '-'));
  throw new ArmlensError('unknown-machine', `no machine ${name}${didYouMean(name, [...names, ...others])}`);
}
