import { ArmlensError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { ALL_CORES, type Core, coreNamed, implementerName, plainName, productNames } from '../silicon/core.ts';
import { KNOWN_MACHINES, type KnownMachine } from '../silicon/known-machine.ts';
import type { Cpu } from '../silicon/machine.ts';
import { composeMidr } from '../silicon/midr.ts';
import { inOneChip, withUsual } from '../silicon/usual.ts';

/** What a name means. */
interface Named {
  readonly cores: readonly Core[];
  /** The product of which they are the cores; absent: the name is that of a core. */
  readonly product?: string;
}

const ARM = 0x41;

/** The core of Arm whose name ends so behind a hyphen, as people call them: `a53` is Cortex-A53. */
function coreEndingIn(wanted: string): Core | undefined {
  return ALL_CORES.find(
    ({ implementer, name }) => implementer === ARM && name.includes('-') && plainName(name.replace(/^.*-/, '')) === wanted,
  );
}

/** The cores that a name means: those of a product, or the one of the name. What several names end in is the name of none. */
function coresNamed(name: string): Named {
  const wanted = plainName(name);
  const called = ALL_CORES.flatMap((core) =>
    (core.products ?? []).filter((product) => productNames(product).includes(wanted)).map((product) => ({ core, product })),
  );
  const whole = called.filter(({ product }) => product.split(/[(),]/).some((part) => plainName(part) === wanted));
  const found = whole.length > 0 ? whole : called;
  const [product, ...others] = [...new Set(found.map((one) => one.product))];
  const coresOf = (one: string | undefined): readonly Core[] => found.filter((each) => each.product === one).map(({ core }) => core);
  const cores = coresOf(product);
  // A product and its quicker sister (8 Gen 1, 8+ Gen 1) are one.
  const isOne = others.map(coresOf).every((theirs) => theirs.length === cores.length && theirs.every((core, i) => core === cores[i]));
  if (product !== undefined && isOne) return { cores, product: product.replace(/ \(.*/, '') };
  const core = coreNamed(name) ?? coreEndingIn(wanted);
  return { cores: core === undefined ? [] : [core] };
}

/** What is not told of MIDR_EL1 by the name of a core: variant and revision. */
const OPEN_MIDR = 0x00f0_000fn;

async function cpuOf({ implementer, part }: Core): Promise<Cpu> {
  const value = composeMidr({ implementer, part, variant: 0, revision: 0 });
  return withUsual({ registers: {}, partly: { MIDR_EL1: { value, open: OPEN_MIDR } } });
}

function title({ implementer, name }: Core): string {
  return `${implementerName(implementer) ?? ''} ${name}`.trim();
}

/** A machine with one CPU of each core. */
async function machineOfCores(name: string, { cores, product }: Named): Promise<KnownMachine> {
  const titles = cores.map(title).join(', ');
  return {
    name,
    title: product === undefined || titles.includes(product) ? `one ${titles}` : `${product}: one ${titles}`,
    kind: 'recorded',
    description: `What all known machines with ${titles} have. What differs between them is not known, nor what whoever builds a chip chooses.`,
    machine: { ...inOneChip(await Promise.all(cores.map(cpuOf))), unlisted: 'unknown' },
    source: 'armlens:the known machines with this core',
  };
}

/**
 * A machine with one CPU of each core that a name means: the name of a core, or of a product that has them.
 *
 * @throws {ArmlensError} `unknown-machine`, with the nearest name.
 */
export async function machineOfName(name: string): Promise<KnownMachine> {
  return machineOfCores(name.toLowerCase(), namedCores(name));
}

/**
 * The cores that a name means.
 *
 * @throws {ArmlensError} as {@link machineOfName} does.
 */
export function coresOfName(name: string): readonly Core[] {
  return namedCores(name).cores;
}

function namedCores(name: string): Named {
  const named = coresNamed(name);
  if (named.cores.length > 0) return named;
  const names = KNOWN_MACHINES.flatMap(({ name: own, aliases = [] }) => [own, ...aliases]);
  const others = ALL_CORES.map(({ name: core }) => core.toLowerCase().replaceAll(' ', '-'));
  throw new ArmlensError('unknown-machine', `no machine ${name}${didYouMean(name, [...names, ...others])}`);
}
