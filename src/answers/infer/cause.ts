import type { ArchLevelName } from '../../arch/level.ts';
import { coreKey } from '../../silicon/midr.ts';
import type { LineOddity } from './line.ts';

/** What names have in common: they come and go together. */
export type CauseSubject = 'crypto' | 'sve' | 'sme' | 'pauth' | 'mte' | 'bti' | 'other';

/**
 * Why a line is not what a mainline kernel with the usual options prints on the CPUs as they are known. `names` are the hwcaps that
 * the cause accounts for.
 */
export type Cause =
  /**
   * Names that the CPUs would show under a newer kernel: the line's kernel is from before. No contradiction. `isOpen` if neither the text nor
   * the line shows that: a kernel that knows the names can print the line, too, where these are hidden.
   */
  | { readonly kind: 'older-kernel'; readonly names: readonly string[]; readonly release: string; readonly isOpen?: true }
  /** These are some names of a line, so that one that is missing says nothing. `name` is cut off. No contradiction. */
  | { readonly kind: 'piece'; readonly name?: string }
  /** ID_AA64ZFR0_EL1 is there for the streaming mode of SME, without SVE; some kernels print what it says all the same. No contradiction. */
  | { readonly kind: 'streaming'; readonly names: readonly string[] }
  /** The line was printed for a 32-bit program. No contradiction. */
  | { readonly kind: 'aarch32-program' }
  /** The line is one of a 32-bit kernel, as the names tell. */
  | { readonly kind: 'arm32-kernel'; readonly names: readonly string[] }
  /** A workaround hides a field that the CPUs have, as every kernel does that knows it. No contradiction. */
  | {
      readonly kind: 'erratum';
      readonly names: readonly string[];
      readonly erratum: string;
      readonly description?: string;
      /** The CPUs that have it. */
      readonly midrs: readonly bigint[];
    }
  /** The kernel was built without an option; `byDefault` if defconfig of the release is too, which is no contradiction then. */
  | { readonly kind: 'option-off'; readonly names: readonly string[]; readonly option: string; readonly byDefault?: true }
  /** The CPUs are known to have it, and the kernel does not see it. */
  | { readonly kind: 'hidden'; readonly names: readonly string[]; readonly subject: CauseSubject; readonly fields: readonly string[] }
  /** The core is not known to have it, but cores of its level may: another revision or configuration of it. */
  | { readonly kind: 'other-configuration'; readonly names: readonly string[]; readonly level?: ArchLevelName }
  /**
   * The kernel is not mainline's: it has names of newer ones (`backport`), lacks a name that every one prints (`lacks`), repeats
   * names, prints those of both vocabularies, or what only some of unequal cores have.
   */
  | {
      readonly kind: 'vendor-kernel';
      readonly evidence: 'backport' | 'lacks' | 'repeated' | 'both-vocabularies' | 'old-spelling' | 'unequal-cores';
      readonly names: readonly string[];
      /** The mainline release that it stands closest to. */
      readonly base?: string;
      /** Who made it, if the release tells, or who probably did. */
      readonly vendor?: string;
    }
  /** Not a kernel's output as it stands, though the names are: put in another order by a tool or a person. */
  | { readonly kind: 'edited'; readonly oddity: Extract<LineOddity, { readonly kind: 'order' }> }
  /** An emulator's CPU that shows another core's MIDR_EL1, as QEMU's `-cpu max,midr=` does; `names` are those beyond that core's level. */
  | { readonly kind: 'borrowed-midr'; readonly names: readonly string[]; readonly midr: bigint }
  /** A name that no kernel prints but that is close to one that some do. */
  | { readonly kind: 'misspelt'; readonly name: string; readonly nearest: string }
  /** Nothing accounts for it. */
  | {
      readonly kind: 'unexplained';
      readonly names: readonly string[];
      readonly because: 'unknown-name' | 'contradicts-line' | 'beyond-level' | 'lines-differ' | 'never-missing';
    };

const SUBJECTS: readonly (readonly [CauseSubject, RegExp])[] = [
  ['sve', /^sve/],
  ['sme', /^sme/],
  ['crypto', /^(aes|pmull|sha\d+|sm[34])$/],
  ['pauth', /^pac[ag]$/],
  ['mte', /^mte/],
  ['bti', /^bti$/],
];

/** The subject of a hwcap. */
export function subjectOf(name: string): CauseSubject {
  return SUBJECTS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}

/** Whether a cause is no contradiction, only a circumstance. */
export function isCircumstance(cause: Cause): boolean {
  const { kind } = cause;
  if (kind === 'option-off') return cause.byDefault === true;
  return ['older-kernel', 'aarch32-program', 'erratum', 'piece', 'streaming'].includes(kind);
}

const VENDORS: readonly (readonly [RegExp, string])[] = [
  [/android|gki|-perf|qgki/i, 'Android'],
  [/\.el\d|rhel/i, 'Red Hat Enterprise Linux'],
  [/\.amzn/i, 'Amazon Linux'],
  [/\.oe\d|openeuler/i, 'openEuler'],
  [/nvidia|tegra/i, 'NVIDIA'],
  [/raspi|-v8\+|rpi/i, 'Raspberry Pi'],
  [/rockchip|rk\d/i, 'Rockchip'],
  [/asahi/i, 'Asahi Linux'],
  [/deb|bpo/i, 'Debian'],
  [/generic|aws|azure|gcp|lowlatency|ubuntu/i, 'Ubuntu'],
];

/** Who made a kernel: as its release tells, else who probably did, by the CPUs (several kinds of core: a phone). */
export function vendorOf(release: string | undefined, midrs: readonly bigint[]): string | undefined {
  const told = release === undefined ? undefined : VENDORS.find(([pattern]) => pattern.test(release))?.[1];
  if (told !== undefined) return told;
  const parts = new Set(midrs.map(coreKey));
  const isApple = midrs.some((midr) => midr >> 24n === 0x61n);
  return parts.size > 1 && !isApple ? 'Android or a board vendor' : undefined;
}
