import type { ArchFeatureHead, ArchFeatureLead, LeadWords } from './arch-feature-descriptor.ts';
import { ARCH_FEATURE_HEADS, BRINGING_INSTRUCTIONS } from './generated/arch-feature-heads.ts';

const bringing: ReadonlySet<string> = new Set(BRINGING_INSTRUCTIONS.split(' '));

/** Whether programs meet an architecture feature: a hwcap tells of it, or it brings instructions. */
export function isMetByPrograms({ name, linuxHwcaps }: ArchFeatureHead): boolean {
  return linuxHwcaps !== undefined || bringing.has(name.replace('FEAT_', ''));
}

/** The architecture features that programs meet, or those that they do not, with what is said first of each. */
export function withLeads(areMet: boolean, leads: readonly LeadWords[]): readonly ArchFeatureLead[] {
  return ARCH_FEATURE_HEADS.filter((head) => isMetByPrograms(head) === areMet).map((head, index) => ({ ...head, ...leads[index]! }));
}
