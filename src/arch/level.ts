import { ALL_ARCH_FEATURE_RULES } from './arch-feature-table.ts';
import { ARCH_LEVELS } from './generated/arch-feature-rules.ts';
import type { ArchFeatureName, ArchLevelName } from './generated/names.ts';
import type { ArchLevel, ConditionalArchFeature } from './level-descriptor.ts';

export type { ArchLevelName } from './generated/names.ts';
export type { ArchLevel, ConditionalArchFeature } from './level-descriptor.ts';

/** All levels: Armv8.0-A to Armv8.9-A, then Armv9.0-A and up. A level stands after those that it implies. */
export const ALL_LEVELS: readonly ArchLevel[] = ARCH_LEVELS.map((level) => {
  const optional = ALL_ARCH_FEATURE_RULES.filter(({ optionalFrom }) => optionalFrom === level.name).map(({ name }) => name);
  return optional.length === 0 ? level : { ...level, optional };
});

/**
 * The level of a name such as `Armv8.4-A`, `v8.4` or `8.4`, in any case; `undefined` if there is none.
 *
 * @example
 * ```js
 * findLevel('v8.4').name // → 'Armv8.4-A'
 * ```
 */
export function findLevel(name: string): ArchLevel | undefined {
  const version = /^(?:arm)?v?([0-9]+\.[0-9]+)(?:-a)?$/i.exec(name)?.[1];
  return version === undefined ? undefined : ALL_LEVELS.find((level) => level.name === `Armv${version}-A`);
}

/** The levels that a level includes, itself last. */
export function includedLevels(name: ArchLevelName): readonly ArchLevel[] {
  const included = new Set<ArchLevelName>([name]);
  for (const level of ALL_LEVELS.toReversed()) {
    if (included.has(level.name)) for (const below of level.implies ?? []) included.add(below);
  }
  return ALL_LEVELS.filter((level) => included.has(level.name));
}

/** What every implementation of a level has. */
export function mandatoryArchFeatures(name: ArchLevelName): ReadonlySet<ArchFeatureName> {
  return new Set(includedLevels(name).flatMap(({ mandatory = [] }) => mandatory));
}

/** What an implementation of a level has under conditions. */
export function conditionalArchFeatures(name: ArchLevelName): readonly ConditionalArchFeature[] {
  return includedLevels(name).flatMap(({ conditional = [] }) => conditional);
}

/** What no implementation of a level has. */
export function removedArchFeatures(name: ArchLevelName): ReadonlySet<ArchFeatureName> {
  return new Set(includedLevels(name).flatMap(({ removed = [] }) => removed));
}

/**
 * What an implementation of a level may have beyond the mandatory. Features whose first level is not stated, such as the newest ones,
 * are not listed.
 */
export function optionalArchFeatures(name: ArchLevelName): ReadonlySet<ArchFeatureName> {
  const taken = new Set([...mandatoryArchFeatures(name), ...removedArchFeatures(name)]);
  return new Set(includedLevels(name).flatMap(({ optional = [] }) => optional.filter((archFeature) => !taken.has(archFeature))));
}
