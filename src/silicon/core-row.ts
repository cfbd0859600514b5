import type { CoreRow, Implementer } from './core-descriptor.ts';
import { CORE_ROWS, IMPLEMENTERS } from './generated/cores.ts';
import type { Midr } from './midr.ts';

/** Every known implementer, by code. */
export const ALL_IMPLEMENTERS: readonly Implementer[] = IMPLEMENTERS;

/** The implementer and the part as one number. */
export const coreNumber = ({ implementer, part }: Pick<Midr, 'implementer' | 'part'>): number => implementer * 0x1000 + part;

let byNumber: ReadonlyMap<number, CoreRow> | undefined;

/** What is decided by the core that a MIDR_EL1 names, as `findCore()` gives it with all that is said of it. */
export function findCoreRow(midr: Pick<Midr, 'implementer' | 'part'>): CoreRow | undefined {
  byNumber ??= new Map(CORE_ROWS.map((core) => [coreNumber(core), core]));
  return byNumber.get(coreNumber(midr));
}

/** Apple's implementer code. */
const APPLE = 0x61;

/**
 * Whether a MIDR_EL1 hides the core: guests of Apple's hypervisor read part 0. By number that is Swift of 2012, which has no AArch64, so
 * that no kernel for arm64 runs on it.
 *
 * @example
 * ```js
 * isMaskedMidr({ implementer: 0x61, part: 0 }) // → true
 * ```
 */
export function isMaskedMidr({ implementer, part }: Pick<Midr, 'implementer' | 'part'>): boolean {
  return implementer === APPLE && part === 0;
}

/**
 * Whether a MIDR_EL1 says that its core is not told: the implementer is 0, which is software's, or the part is 0, unless a core has that number.
 *
 * @see Arm ARM, MIDR_EL1, "Implementer": 0x00 is reserved for software use.
 *
 * @example
 * ```js
 * isHiddenMidr({ implementer: 0x50, part: 0 }) // → false
 * ```
 */
export function isHiddenMidr(midr: Pick<Midr, 'implementer' | 'part'>): boolean {
  return isMaskedMidr(midr) || ((midr.implementer === 0 || midr.part === 0) && findCoreRow(midr) === undefined);
}

/** Arm's own cores of Armv8 that have AArch32 alone: Cortex-A32, Cortex-R52 and the Cortex-M of that time. */
const AARCH32_ONLY: ReadonlySet<number> = new Set([0xd01, 0xd13, 0xd16, 0xd20, 0xd21, 0xd22, 0xd23, 0xd24, 0xd31]);

/** Arm's parts up to here are of Armv7 and before. */
const LAST_OF_ARMV7 = 0xcff;

/**
 * Whether a core of Arm's own has no AArch64, so that no kernel for arm64 runs on it.
 *
 * @see Arm's Technical Reference Manuals of these cores, "Main ID Register"; parts below 0xd00 are those of Armv7 and before in Linux
 * `arch/arm/include/asm/cputype.h`.
 *
 * @example
 * ```js
 * isAarch32Core({ implementer: 0x41, part: 0xc07 }) // → true
 * ```
 */
export function isAarch32Core({ implementer, part }: Pick<Midr, 'implementer' | 'part'>): boolean {
  return implementer === 0x41 && part !== 0 && (part <= LAST_OF_ARMV7 || AARCH32_ONLY.has(part));
}

/** What a core is called, with its maker: `ARM Cortex-A72`; or its numbers, where they name none. A masked one names the maker alone. */
export function coreTitle(midr: Pick<Midr, 'implementer' | 'part'>): string {
  const { implementer, part } = midr;
  const maker = makerTitle(implementer);
  const core = isMaskedMidr(midr) ? undefined : findCoreRow(midr)?.name;
  // Implementer 0 is software's: what stands there names no maker.
  if (implementer === 0) return core ?? `a core that software hides (0x00, part 0x${part.toString(16).padStart(3, '0')})`;
  if (isMaskedMidr(midr)) return `${maker}, part number hidden`;
  return `${maker} ${core ?? `part 0x${part.toString(16).padStart(3, '0')}`}`;
}

/** An implementer by its name, or its number where it has none: `implementer 0x5a`. */
export function makerTitle(code: number): string {
  return implementerName(code) ?? `implementer 0x${code.toString(16).padStart(2, '0')}`;
}

/**
 * The name of an implementer by its code, or `undefined` if it is not known.
 *
 * @example
 * ```js
 * implementerName(0x41) // → 'ARM'
 * ```
 */
export function implementerName(code: number): string | undefined {
  return IMPLEMENTERS.find((implementer) => implementer.code === code)?.name;
}
