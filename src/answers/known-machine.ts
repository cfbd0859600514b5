import { fieldBits } from '../arch/field-bits.ts';
import type { FieldPath } from '../arch/register.ts';
import { fieldSetOf, fullSet, knownWord, withFieldSet } from '../bits/partial-word.ts';
import { ArmlensError } from '../errors.ts';
import { given } from '../given.ts';
import { didYouMean } from '../nearest.ts';
import { ALL_CORES, type Core, implementerName } from '../silicon/core.ts';
import { findMachine, KNOWN_MACHINES, type KnownMachine, loadMachine, type Recording } from '../silicon/known-machine.ts';
import type { Cpu } from '../silicon/machine.ts';
import { composeMidr } from '../silicon/midr.ts';
import type { Seen } from '../silicon/seen.ts';
import { withUsual } from '../silicon/usual.ts';
import { fieldsOf } from './evidence.ts';
import { findKnownCore } from './known.ts';

/** A name without anything but letters and digits. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** How people call a product: `AWS Graviton 4` is graviton4, too, `Raspberry Pi 5 (BCM2712)` bcm2712. */
function productNames(product: string): readonly string[] {
  return product.split(/[(),]/).flatMap((part) => {
    const words = part.trim().split(/\s+/);
    return words.map((_, i) => plain(words.slice(i).join(''))).filter((name) => /[a-z]/.test(name) && name.length > 1);
  });
}

/** The cores that a name means: those of a product, or the one of the name. */
function coresNamed(name: string): readonly Core[] {
  const wanted = plain(name);
  const ofProduct = ALL_CORES.filter(({ products = [] }) => products.some((product) => productNames(product).includes(wanted)));
  if (ofProduct.length > 0) return ofProduct;
  const core = findKnownCore(name);
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
    machine: { cpus: await Promise.all(cores.map(cpuOf)), unlisted: 'unknown' },
    source: 'armlens:the known machines with this core',
    notes: [],
  };
}

/** What a recorded line says: under its own kernel itself, under any kernel of the fields behind it. */
function seenOf({ release, config, cmdline, features }: Recording): Seen {
  return { release, config, cmdline: cmdline ?? '', hwcaps: features, ...given({ fields: fieldsOf(features) }) };
}

/** A CPU in which nothing that is merely usual for its core speaks against what a kernel printed. */
function reconciled(cpu: Cpu, fields: Seen['fields']): Cpu {
  let { registers, partly } = cpu;
  for (const [path, set] of fields ?? []) {
    const { register, lsb, msb } = fieldBits(path as FieldPath);
    if (!cpu.usual?.includes(register)) continue;
    const width = msb - lsb + 1;
    const { [register]: value, ...others } = registers;
    const word = value === undefined ? partly?.[register] : knownWord(value);
    if (word === undefined || (fieldSetOf(word, lsb, width) & set) !== 0) continue;
    registers = others;
    partly = { ...partly, [register]: withFieldSet(word, lsb, width, fullSet(width)) };
  }
  return { ...cpu, registers, ...given({ partly }) };
}

/**
 * A known machine with all that is known of it: of registers that were not read, what is usual for the core, and what a recorded line
 * says. The name may be another one that people give it, a product, or a core: then it is a machine with one such core.
 *
 * @throws {ArmlensError} `unknown-machine`, with the nearest name.
 *
 * @example
 * ```js
 * (await knownMachine('cortex-a510')).machine.cpus.length // → 1
 * ```
 */
export async function knownMachine(name: string): Promise<KnownMachine> {
  if (findMachine(name) !== undefined) {
    const known = await loadMachine(name);
    const { machine, recorded } = known;
    if (machine.unlisted !== 'unknown' || recorded === undefined) return known;
    const seen = seenOf(recorded);
    const cpus = machine.cpus.map((cpu) => reconciled(cpu, seen.fields));
    return { ...known, machine: { ...machine, cpus, seen: [seen] } };
  }
  const cores = coresNamed(name);
  if (cores.length > 0) return machineOfCores(name.toLowerCase(), cores);
  const names = KNOWN_MACHINES.flatMap(({ name: own, aliases = [] }) => [own, ...aliases]);
  const others = ALL_CORES.map(({ name: core }) => core.toLowerCase().replaceAll(' ', '-'));
  throw new ArmlensError('unknown-machine', `no machine ${name}${didYouMean(name, [...names, ...others])}`);
}
