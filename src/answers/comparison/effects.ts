import { ALL_ARCH_FEATURE_RULES } from '../../arch/arch-feature-rule.ts';
import type { System } from '../../linux/system.ts';
import type { Truth } from '../../logic/truth.ts';
import { isDetectable, readArchFeatures } from '../level-reading.ts';

/** What may come of a cause: hwcaps, hwcaps of AArch32, architecture features, cpucaps. */
export type EffectKind = 'hwcaps' | 'compat' | 'archFeatures' | 'cpucaps';

/** The kinds of effects, from what programs see to what only the kernel knows. */
export const EFFECT_KINDS: readonly EffectKind[] = ['hwcaps', 'compat', 'archFeatures', 'cpucaps'];

/** One name that a system has or has not. */
export interface Effect {
  readonly kind: EffectKind;
  readonly name: string;
}

/** The key of an effect, for sets of them. */
export function effectKey({ kind, name }: Effect): string {
  return `${kind} ${name}`;
}

/** What a system has, and what it may have, each by {@link effectKey}. */
export interface Effects {
  readonly certain: ReadonlyMap<string, Effect>;
  readonly open: ReadonlyMap<string, Effect>;
}

/** The architecture features that a system has (`true`), or may have (`undefined`). */
type ReadFeatures = (verdict: Truth) => readonly string[];

function featuresOf(system: System): ReadFeatures {
  const read = readArchFeatures([system], 'registers');
  return (verdict) => ALL_ARCH_FEATURE_RULES.filter(({ name }) => isDetectable(name) && read(name) === verdict).map(({ name }) => name);
}

/** Everything of some kinds that a system has or may have, kind by kind, each in the order of its catalogue. */
export function effectsOf(system: System, kinds: readonly EffectKind[] = EFFECT_KINDS): Effects {
  const { hwcaps, compat, cpucaps, unknown = {} } = system;
  const archFeatures: ReadFeatures = kinds.includes('archFeatures') ? featuresOf(system) : () => [];
  const byKey = (names: Readonly<Record<EffectKind, readonly string[]>>): ReadonlyMap<string, Effect> => {
    const effects = kinds.flatMap((kind) => names[kind].map((name): Effect => ({ kind, name })));
    return new Map(effects.map((effect) => [effectKey(effect), effect]));
  };
  return {
    certain: byKey({ hwcaps: hwcaps.names, compat: compat.names, archFeatures: archFeatures(true), cpucaps }),
    open: byKey({
      hwcaps: unknown.hwcaps ?? [],
      compat: unknown.compat ?? [],
      archFeatures: archFeatures(undefined),
      cpucaps: unknown.cpucaps ?? [],
    }),
  };
}

/** Whether a system has what a key names; `undefined`: not known. */
export function hasEffect({ certain, open }: Effects, key: string): Truth {
  return certain.has(key) ? true : open.has(key) ? undefined : false;
}
