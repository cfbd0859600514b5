import type { ArchFeatureLead } from './arch-feature-descriptor.ts';
import { finderIn } from './arch-feature-head.ts';
import { UNMET_FEATURE_LEADS } from './generated/arch-feature-words.ts';
import { withLeads } from './met-by-programs.ts';

/** The architecture features that programs do not meet, by name: what only kernels and hypervisors use, or what comes without instructions. */
export const UNMET_ARCH_FEATURES: readonly ArchFeatureLead[] = withLeads(false, UNMET_FEATURE_LEADS);

/** One of {@link UNMET_ARCH_FEATURES} by its name, in any case, with or without `FEAT_`; `undefined` if there is none. */
export const findUnmetArchFeature: (name: string) => ArchFeatureLead | undefined = finderIn(() => UNMET_ARCH_FEATURES);
