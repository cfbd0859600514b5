import { ALL_ARCH_FEATURE_RULES, type ArchFeatureName } from '../arch/arch-feature-rule.ts';
import type { Kernel } from '../linux/kernel.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import type { System } from '../linux/system.ts';
import type { Truth } from '../logic/truth.ts';
import { usableArchFeatures } from './arch-feature-hwcaps.ts';
import { readArchFeatures } from './level-reading.ts';

/** What programs may use on a system. */
export interface Usable {
  readonly certain: ReadonlySet<ArchFeatureName>;
  /** What is certain and what may be there besides. */
  readonly possible: ReadonlySet<ArchFeatureName>;
}

/** What programs may use: what the registers show, and the kernel has switched on and not withdrawn. */
export function usableOn(system: System, kernel: Kernel): Usable {
  const read = readArchFeatures([system], 'registers');
  const names = ALL_ARCH_FEATURE_RULES.map(({ name }) => name);
  const known = new Set(kernelAt(kernel).hwcaps.map(({ name }) => name));
  const { hwcaps, unknown, isLikely } = system;
  const usable = (shows: (truth: Truth) => boolean, set: readonly string[]): ReadonlySet<ArchFeatureName> =>
    usableArchFeatures(new Set(names.filter((name) => shows(read(name)))), { known, set: new Set(set) });
  const certain = usable((truth) => truth === true, hwcaps.names);
  if (unknown === undefined) return { certain, possible: certain };
  return { certain, possible: usable((truth) => truth !== false, [...hwcaps.names, ...(isLikely ? known : (unknown.hwcaps ?? []))]) };
}

/** Whether programs may use a feature. */
export function mayUse({ certain, possible }: Usable, name: ArchFeatureName): Truth {
  return certain.has(name) || (possible.has(name) ? undefined : false);
}
