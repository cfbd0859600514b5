import { fieldConditionsOf } from '../../answers/field-conditions.ts';
import type { ArchFeatureName } from '../../arch/arch-feature.ts';
import type { FieldDescriptor } from '../../arch/register.ts';
import type { Kernel } from '../../linux/kernel.ts';
import { kernelAt } from '../../linux/release/kernel-at.ts';
import type { Condition, ConditionLeaf } from '../../linux/release/rows.ts';
import { leavesOf } from '../../logic/tree.ts';

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
  readonly compat: ReadonlyMap<string, readonly FieldEffect[]>;
  readonly cpucaps: ReadonlyMap<string, readonly FieldEffect[]>;
  /** The paths of all fields that the kernel's tests read, those included that only speak against a name. */
  readonly read: ReadonlySet<string>;
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

/** The fields that a test reads. */
function fieldsIn(condition: Condition): readonly string[] {
  return leavesOf<ConditionLeaf>(condition).flatMap(({ leaf }) => {
    if ('field' in leaf) return [leaf.field];
    return 'rule' in leaf && leaf.of !== undefined ? fieldsIn(leaf.of) : [];
  });
}

/** Lists what a kernel makes depend on fields. Throws as the library does if there is no such kernel. */
export function fieldEffects(kernel: Kernel): FieldEffects {
  const { hwcaps, compatHwcaps, capabilities } = kernelAt(kernel);
  const tests = [...hwcaps, ...compatHwcaps, ...capabilities].flatMap(({ when }) => (when === undefined ? [] : [when]));
  return {
    hwcaps: byField(hwcaps),
    compat: byField(compatHwcaps),
    cpucaps: byField(capabilities),
    read: new Set(tests.flatMap(fieldsIn)),
  };
}

/** The architecture features that a field shows by itself, by the value that brings them. */
export function archFeatureEffects({ implements: shown = {}, implementsOnlyAt: only = {} }: FieldDescriptor): readonly ArchFeatureEffect[] {
  const rows = [...Object.entries(shown), ...Object.entries(only)];
  return rows.flatMap(([value, names]) => names.map((name) => ({ name, value: Number(value) })));
}
