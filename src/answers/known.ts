import { ALL_ARCH_FEATURES, type ArchFeature, findArchFeature } from '../arch/arch-feature.ts';
import { ALL_LEVELS, type ArchLevel, findLevel } from '../arch/level.ts';
import { ALL_REGISTERS, findField, findRegister, type RegisterDescriptor, type RegisterField } from '../arch/register.ts';
import { type AnyHwcap, allHwcaps, findHwcap } from '../linux/release/hwcap-catalogue.ts';
import { nearestName } from '../nearest.ts';
import { ALL_CORES, type Core, coreNamed } from '../silicon/core.ts';
import { findMachine, KNOWN_MACHINES, type MachineRow } from '../silicon/known-machine.ts';
import { allCompatHwcaps, type CompatHwcap } from './compat-hwcap.ts';
import { allCpucaps, allErrata, cpucapNamed, type Erratum } from './cpucap-card.ts';

/** All things of one kind that have a name. */
export interface KnownKind<T> {
  /** In the order of the catalogue. */
  readonly all: () => readonly T[];
  /** The name of one. */
  readonly nameOf: (one: T) => string;
  /** Finds one as people write it: in any case, with the usual prefixes. */
  readonly find: (text: string) => T | undefined;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function kind<T extends { readonly name: string }>(all: () => readonly T[], find?: (text: string) => T | undefined): KnownKind<T> {
  return { all, nameOf: ({ name }) => name, find: find ?? ((text) => all().find(({ name }) => same(name, text))) };
}

/** The path of a field: `ID_AA64PFR0_EL1.SVE`. */
export function pathOf({ register, field }: RegisterField): string {
  return `${register.name}.${field.name}`;
}

/** A capability of the kernel; `cpucapCard` tells more. */
export interface Cpucap {
  readonly name: string;
}

function cpucaps(): readonly Cpucap[] {
  return allCpucaps().map((name) => ({ name }));
}

function findCpucap(text: string): Cpucap | undefined {
  const name = cpucapNamed(text);
  return name === undefined ? undefined : { name };
}

const ALL_FIELDS: readonly RegisterField[] = ALL_REGISTERS.flatMap((register) => register.fields.map((field) => ({ register, field })));

/** What is known of names, kind by kind: the catalogue, the cards, the tables and the questions are made from it. */
export const KNOWN: {
  readonly register: KnownKind<RegisterDescriptor>;
  readonly field: KnownKind<RegisterField>;
  readonly hwcap: KnownKind<AnyHwcap>;
  readonly compat: KnownKind<CompatHwcap>;
  readonly 'arch-feature': KnownKind<ArchFeature>;
  readonly level: KnownKind<ArchLevel>;
  readonly cpucap: KnownKind<Cpucap>;
  readonly erratum: KnownKind<Erratum>;
  readonly core: KnownKind<Core>;
  readonly machine: KnownKind<MachineRow>;
} = {
  register: kind(() => ALL_REGISTERS, findRegister),
  field: { all: () => ALL_FIELDS, nameOf: pathOf, find: findField },
  hwcap: kind(allHwcaps, findHwcap),
  compat: kind(allCompatHwcaps),
  'arch-feature': kind(() => ALL_ARCH_FEATURES, findArchFeature),
  level: kind(() => ALL_LEVELS, findLevel),
  cpucap: kind(cpucaps, findCpucap),
  erratum: kind(allErrata),
  core: kind(() => ALL_CORES, coreNamed),
  machine: kind(() => KNOWN_MACHINES, findMachine),
};

/** A kind of thing that has a name. */
export type KnownKindName = keyof typeof KNOWN;

/**
 * The names of all things of some kinds.
 *
 * @example
 * ```js
 * knownNames('level')[0] // → 'Armv8.0-A'
 * ```
 */
export function knownNames(...kinds: readonly KnownKindName[]): readonly string[] {
  return kinds.flatMap((one) => {
    const { all, nameOf } = KNOWN[one] as KnownKind<unknown>;
    return all().map(nameOf);
  });
}

/**
 * The name of what a text means, as a kind spells it; `undefined` if there is none.
 *
 * @example
 * ```js
 * knownName('hwcap', 'HWCAP2_SVE2') // → 'sve2'
 * ```
 */
export function knownName(one: KnownKindName, text: string): string | undefined {
  const { find, nameOf } = KNOWN[one] as KnownKind<unknown>;
  const found = find(text);
  return found === undefined ? undefined : nameOf(found);
}

/**
 * The nearest name of a kind; `undefined` if none is near.
 *
 * @example
 * ```js
 * nearestKnown('machine', 'rk3589') // → 'rk3588'
 * ```
 */
export function nearestKnown(one: KnownKindName, text: string): string | undefined {
  return nearestName(text, knownNames(one));
}
