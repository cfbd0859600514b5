import type { ArchFeatureLead } from '../arch/arch-feature-descriptor.ts';
import { PROGRAM_ARCH_FEATURES } from '../arch/program-arch-feature.ts';

/** The architecture features that a hwcap announces. */
export function archFeaturesOfHwcap(name: string): readonly ArchFeatureLead[] {
  return PROGRAM_ARCH_FEATURES.filter(({ linuxHwcaps = [] }) => linuxHwcaps.includes(name));
}
