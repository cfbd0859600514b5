import { ALL_ARCH_FEATURES, implementedArchFeatures } from '../../arch/arch-feature.ts';
import type { System } from '../../linux/system.ts';
import { machineValues } from '../subject.ts';

/** What may come of a cause: hwcaps, hwcaps of AArch32, architecture features, cpucaps. */
export type EffectKind = 'hwcaps' | 'compat' | 'archFeatures' | 'cpucaps';

/** The kinds of effects, from what programs see to what only the kernel knows. */
export const EFFECT_KINDS: readonly EffectKind[] = ['hwcaps', 'compat', 'archFeatures', 'cpucaps'];

/** One name that a system has or has not. */
export interface Effect {
  readonly kind: EffectKind;
  readonly name: string;
}

/** The architecture features of a machine: those that every online CPU shows. */
function archFeaturesOf(system: System): readonly string[] {
  const implemented = implementedArchFeatures(machineValues(system));
  return ALL_ARCH_FEATURES.filter(({ name }) => implemented.has(name)).map(({ name }) => name);
}

/** The key of an effect, for sets of them. */
export function effectKey({ kind, name }: Effect): string {
  return `${kind} ${name}`;
}

/** Everything that a system has, kind by kind, each in the order of its catalogue, by {@link effectKey}. */
export function effectsOf(system: System): ReadonlyMap<string, Effect> {
  const { hwcaps, compat, cpucaps } = system;
  const names = { hwcaps: hwcaps.names, compat: compat.names, archFeatures: archFeaturesOf(system), cpucaps };
  const effects = EFFECT_KINDS.flatMap((kind) => names[kind].map((name): Effect => ({ kind, name })));
  return new Map(effects.map((effect) => [effectKey(effect), effect]));
}
