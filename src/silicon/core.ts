import type { Core } from './core-descriptor.ts';
import { coreNumber } from './core-row.ts';
import { CORE_WORDS } from './generated/core-words.ts';
import { CORE_ROWS } from './generated/cores.ts';
import type { Midr } from './midr.ts';

export type { Core } from './core-descriptor.ts';
export { ALL_IMPLEMENTERS, coreTitle, implementerName, isMaskedMidr } from './core-row.ts';

/** Every known core, by implementer and part. */
export const ALL_CORES: readonly Core[] = CORE_ROWS.map((row, index) => ({ ...row, ...CORE_WORDS[index]! }));

let byNumber: ReadonlyMap<number, Core> | undefined;

/**
 * The core that a MIDR_EL1 names, whatever its revision.
 *
 * A hypervisor may mask MIDR_EL1: guests of Apple's have part 0, which by number is a core of 2012.
 *
 * @returns `undefined` if the part is not known.
 *
 * @example
 * ```js
 * findCore(parseMidr(0x410fd083n)).name // → 'Cortex-A72'
 * ```
 */
export function findCore(midr: Pick<Midr, 'implementer' | 'part'>): Core | undefined {
  byNumber ??= new Map(ALL_CORES.map((core) => [coreNumber(core), core]));
  return byNumber.get(coreNumber(midr));
}

/** A core by its name, also as Linux' constants and others spell it, or by a MIDR_EL1. */
export function coreNamed(text: string): Core | undefined {
  const midr = /^0x[0-9a-f]{8}$/i.test(text) ? Number(text) : undefined;
  if (midr !== undefined) return ALL_CORES.find(({ implementer, part }) => implementer === midr >>> 24 && part === ((midr >> 4) & 0xfff));
  const plain = (name: string): string => name.toLowerCase().replaceAll('_', '-');
  const named = ALL_CORES.find(({ name }) => name === text) ?? ALL_CORES.find(({ name }) => plain(name) === plain(text));
  return named ?? ALL_CORES.find(({ names }) => Object.values(names).some((others) => others.some((name) => plain(name) === plain(text))));
}

/** A name without anything but letters and digits, as people who type one leave out the rest. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** How people call a product: `AWS Graviton 4` is graviton4, too, `Raspberry Pi 5 (BCM2712)` bcm2712. */
export function productNames(product: string): readonly string[] {
  return product.split(/[(),]/).flatMap((part) => {
    const words = part.trim().split(/\s+/);
    return words.map((_, i) => plainName(words.slice(i).join(''))).filter((name) => /[a-z]/.test(name) && name.length > 1);
  });
}
