import type { ArchFeatureLead } from './arch-feature-descriptor.ts';
import { finderIn } from './arch-feature-head.ts';
import { ARCH_FEATURE_LEADS } from './generated/arch-feature-leads.ts';
import { withLeads } from './met-by-programs.ts';

/** The architecture features that programs meet, by name: a hwcap tells of them, or they bring instructions. */
export const PROGRAM_ARCH_FEATURES: readonly ArchFeatureLead[] = withLeads(true, ARCH_FEATURE_LEADS);

/** One of {@link PROGRAM_ARCH_FEATURES} by its name, in any case, with or without `FEAT_`; `undefined` if there is none. */
export const findProgramArchFeature: (name: string) => ArchFeatureLead | undefined = finderIn(() => PROGRAM_ARCH_FEATURES);
