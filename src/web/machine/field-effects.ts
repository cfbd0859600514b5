import { fieldConditionsOf } from '../../answers/hwcap-facts.ts';
import type { ArchFeatureName } from '../../arch/arch-feature.ts';
import type { FieldDescriptor } from '../../arch/register.ts';
import type { Kernel } from '../../linux/kernel.ts';
import { kernelAt } from '../../linux/release/kernel-at.ts';
import type { Condition } from '../../linux/release/rows.ts';

/** A name that depends on a field, and from which value of the field on. */
export interface FieldEffect {
  readonly name: string;
  /** As the comparison reads the field. */
  readonly atLeast: number;
}

/** What depends on the fields of a machine's registers under one kernel. */
export interface FieldEffects {
  /** By path of the field. */
  readonly hwcaps: ReadonlyMap<string, readonly FieldEffect[]>;
  readonly cpucaps: ReadonlyMap<string, readonly FieldEffect[]>;
}

/** What an architecture feature needs of a field. */
export interface ArchFeatureEffect {
  readonly name: ArchFeatureName;
  /** Unsigned. */
  readonly value: number;
}

function byField(rows: readonly { readonly name: string; readonly when?: Condition }[]): ReadonlyMap<string, readonly FieldEffect[]> {
  const found = new Map<string, FieldEffect[]>();
  for (const { name, when } of rows) {
    for (const { field, atLeast } of when === undefined ? [] : fieldConditionsOf(when)) {
      const own = found.get(field) ?? [];
      found.set(field, own);
      if (!own.some((effect) => effect.name === name)) own.push({ name, atLeast });
    }
  }
  return found;
}

/** Lists what a kernel makes depend on fields. Throws as the library does if there is no such kernel. */
export function fieldEffects(kernel: Kernel): FieldEffects {
  const { hwcaps, capabilities } = kernelAt(kernel);
  return { hwcaps: byField(hwcaps), cpucaps: byField(capabilities) };
}

/** The architecture features that a field shows by itself, by the value that brings them. */
export function archFeatureEffects({ implements: shown = {}, implementsOnlyAt: only = {} }: FieldDescriptor): readonly ArchFeatureEffect[] {
  const rows = [...Object.entries(shown), ...Object.entries(only)];
  return rows.flatMap(([value, names]) => names.map((name) => ({ name, value: Number(value) })));
}
