/**
 * Answers: what people ask of the layers below, as data. What a hwcap stands for (this file), why it is there or is not (`why.ts`), in
 * what two booted machines differ (`diff.ts`), what a Features line tells (`infer.ts`), which level a machine meets (`level.ts`), what
 * several have in common (`baseline.ts`), what a guest really is (`guest.ts`); `seed.ts` is the question that started the project. The
 * command and the web print these values.
 *
 * @module
 */
import { type ArchFeature, findArchFeature } from '../arch/arch-feature.ts';
import { tellingErrata } from '../linux/release/history.ts';
import { type AnyHwcap, findHwcap } from '../linux/release/hwcap-catalogue.ts';
import type { CapabilityRow } from '../linux/release/rows.ts';
import { fieldConditionsOf } from './field-conditions.ts';
import { archFeaturesOfHwcap } from './hwcap-arch-features.ts';

/** A hwcap, the architecture features behind it, and what may take it away. */
export interface HwcapFacts {
  readonly entry: AnyHwcap;
  /** In the order of their names. */
  readonly archFeatures: readonly ArchFeature[];
  /** Errata that hide a field which the hwcap needs. */
  readonly hiddenBy: readonly CapabilityRow[];
}

/**
 * All that is known of a hwcap; `undefined` if there is none of that name.
 *
 * @example
 * ```js
 * hwcapFacts('ilrcpc').archFeatures[0].name // → 'FEAT_LRCPC2'
 * ```
 */
export function hwcapFacts(name: string): HwcapFacts | undefined {
  const entry = findHwcap(name);
  if (entry === undefined) return undefined;
  const fields = entry.when === undefined ? [] : fieldConditionsOf(entry.when).map(({ field }) => field);
  return {
    entry,
    archFeatures: archFeaturesOfHwcap(entry.name).map(({ name: own }) => findArchFeature(own)!),
    hiddenBy: tellingErrata().filter(({ hides }) => hides !== undefined && fields.includes(hides)),
  };
}
