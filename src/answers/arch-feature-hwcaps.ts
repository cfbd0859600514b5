import { ALL_ARCH_FEATURE_RULES, type ArchFeatureName, findArchFeatureRule } from '../arch/arch-feature-rule.ts';

/**
 * The hwcaps that together tell of an architecture feature. Of several names the one that is spelled like the feature tells alone:
 * `bf16` of FEAT_BF16, which `svebf16` announces too, but for SVE only. Empty if Linux has none for it.
 */
export function hwcapsTelling(name: ArchFeatureName): readonly string[] {
  const names = findArchFeatureRule(name)?.linuxHwcaps ?? [];
  const own = name.replace('FEAT_', '').replaceAll('_', '').toLowerCase();
  return names.includes(own) ? [own] : names;
}

/** The architecture features that a hwcap tells of, by itself or with others. */
export function archFeaturesToldBy(hwcap: string): readonly ArchFeatureName[] {
  return ALL_ARCH_FEATURE_RULES.filter(({ linuxHwcaps }) => linuxHwcaps?.includes(hwcap)).map(({ name }) => name);
}

/**
 * Families of architecture features that a program can use only if the kernel switches them on: their instructions trap otherwise. The
 * hwcap tells that it did.
 */
const SWITCHED_ON: readonly { readonly family: RegExp; readonly hwcap: string }[] = [
  { family: /^FEAT_SVE/, hwcap: 'sve' },
  { family: /^FEAT_(SME|SSVE)/, hwcap: 'sme' },
  { family: /^FEAT_MTE/, hwcap: 'mte' },
  { family: /^FEAT_(PAuth|EPAC|FPAC|PAC)/, hwcap: 'paca' },
  { family: /^FEAT_(GCS|CHK)/, hwcap: 'gcs' },
  { family: /^FEAT_FP8/, hwcap: 'fpmr' },
  { family: /^FEAT_MOPS/, hwcap: 'mops' },
  { family: /^FEAT_LS64$/, hwcap: 'ls64' },
  { family: /^FEAT_(LS64_V|LS64_ACCDATA|S1POE2|TME|THE|D128|SYSREG128|SYSINSTR128|LSUI)$/, hwcap: '' },
];

/** What a kernel says of itself: the hwcaps that it has a row for, and those that it set. */
export interface Advertised {
  readonly known: ReadonlySet<string>;
  readonly set: ReadonlySet<string>;
}

function isUsable(name: ArchFeatureName, { known, set }: Advertised): boolean {
  if (SWITCHED_ON.some(({ family, hwcap }) => family.test(name) && !set.has(hwcap))) return false;
  return hwcapsTelling(name).every((hwcap) => set.has(hwcap) || !known.has(hwcap));
}

/**
 * The architecture features that programs may use: those that the silicon shows, that the kernel switched on where it must, and that
 * it did not withdraw. A kernel that is too old to know of an instruction does not keep programs from it.
 */
export function usableArchFeatures(shown: ReadonlySet<ArchFeatureName>, advertised: Advertised): ReadonlySet<ArchFeatureName> {
  return new Set(ALL_ARCH_FEATURE_RULES.map(({ name }) => name).filter((name) => shown.has(name) && isUsable(name, advertised)));
}
