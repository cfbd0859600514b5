import { findArchFeature, type Identification } from '../../arch/arch-feature.ts';
import { type FieldPath, findField } from '../../arch/register.ts';
import { widthOf } from '../../bits/field.ts';
import type { BootState } from '../../linux/bring-up/boot-state.ts';
import { evaluate, type Facts } from '../../linux/bring-up/evaluate.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../../linux/generated/cpucaps.ts';
import type { KernelModel } from '../../linux/release/kernel-at.ts';
import { NEWEST_RELEASE } from '../../linux/release/known-trees.ts';
import { parseRelease, type Release } from '../../linux/release/release.ts';
import type { CapabilityRow, CapabilityState, Condition, FieldCondition, Timed } from '../../linux/release/rows.ts';
import { stateAt } from '../../linux/release/timeline.ts';

/** Something a condition depends on. `wanted` is false behind a `not`. */
export type Need =
  | { readonly kind: 'field'; readonly condition: FieldCondition; readonly wanted: boolean }
  | { readonly kind: 'option'; readonly option: string; readonly wanted: boolean }
  | { readonly kind: 'cpucap'; readonly name: string; readonly wanted: boolean };

/** The fields behind rules that are no comparison, as far as a single field makes them hold. */
const RULE_FIELDS: Readonly<Record<string, FieldCondition>> = {
  has_cache_idc: { field: 'CTR_EL0.IDC', atLeast: 1 },
  has_cache_dic: { field: 'CTR_EL0.DIC', atLeast: 1 },
  has_pmuv3: { field: 'ID_AA64DFR0_EL1.PMUVer', atLeast: 1, atMost: 14 },
  has_rasv1p1: { field: 'ID_AA64PFR0_EL1.RAS', atLeast: 2 },
  runs_at_el2: { field: 'ID_AA64MMFR1_EL1.VH', atLeast: 1 },
  has_nested_virt_support: { field: 'ID_AA64MMFR2_EL1.NV', atLeast: 2 },
  has_no_fpsimd: { field: 'ID_AA64PFR0_EL1.FP', atLeast: -8, atMost: -1, sign: 'signed' },
};

/** What a row says at a release; of a row that the release does not have, what the first release with it (or the newest) says. */
export function stateNear<S extends object>(row: Timed<S>, release: Release): S | undefined {
  const first = row.since ?? row.backports?.[0]?.since;
  return (
    stateAt(row, release) ??
    (first === undefined ? undefined : stateAt(row, parseRelease(first))) ??
    stateAt(row, parseRelease(NEWEST_RELEASE))
  );
}

/** The row of a cpucap: of the features, or of the errata. Where several share the name, the one that the release has. */
export function cpucapRow(name: string, release?: Release): CapabilityRow | undefined {
  const rows = [...FEATURE_ROWS, ...ERRATUM_ROWS].filter((row) => row.name === name);
  return rows.find((row) => release !== undefined && stateAt(row, release) !== undefined) ?? rows[0];
}

/** What a cpucap depends on besides its configuration, whether or not this kernel has it. */
export function cpucapCondition(name: string, model: KernelModel): Condition | undefined {
  const here = model.capabilities.find((capability) => capability.name === name);
  if (here !== undefined) return here.when;
  const row = cpucapRow(name, model.release);
  return row === undefined ? undefined : stateNear<CapabilityState>(row, model.release)?.when;
}

function gateNeeds(gate: string | Condition | undefined): readonly Need[] {
  if (gate === undefined) return [];
  return typeof gate === 'string' ? [{ kind: 'option', option: gate, wanted: true }] : gateLeaves(gate, true);
}

function gateLeaves(gate: Condition, wanted: boolean): readonly Need[] {
  if ('all' in gate) return gate.all.flatMap((part) => gateLeaves(part, wanted));
  if ('any' in gate) return gate.any.flatMap((part) => gateLeaves(part, wanted));
  if ('not' in gate) return gateLeaves(gate.not, !wanted);
  return 'config' in gate ? [{ kind: 'option', option: gate.config, wanted }] : [];
}

/** The options that a cpucap needs at a release. */
export function cpucapOptions(name: string, release: Release): readonly Need[] {
  const row = cpucapRow(name, release);
  return row === undefined ? [] : gateNeeds(stateNear<CapabilityState>(row, release)?.config);
}

/** Walks a condition down to what it depends on; `follow` says which parts count. */
function walk(
  condition: Condition,
  wanted: boolean,
  model: KernelModel,
  follow: (part: Condition, wanted: boolean) => boolean,
  seen: ReadonlySet<string>,
): readonly Need[] {
  if (!follow(condition, wanted)) return [];
  const deeper = (part: Condition, want: boolean = wanted): readonly Need[] => walk(part, want, model, follow, seen);
  if ('field' in condition) return [{ kind: 'field', condition, wanted }];
  if ('all' in condition) return condition.all.flatMap((part) => deeper(part));
  if ('any' in condition) return condition.any.flatMap((part) => deeper(part));
  if ('not' in condition) return deeper(condition.not, !wanted);
  if ('config' in condition) return [{ kind: 'option', option: condition.config, wanted }];
  if ('cpucap' in condition) {
    const { cpucap: name } = condition;
    const own = cpucapCondition(name, model);
    const below = own === undefined || seen.has(name) ? [] : walk(own, wanted, model, follow, new Set([...seen, name]));
    return [{ kind: 'cpucap', name, wanted }, ...cpucapOptions(name, model.release), ...below];
  }
  if ('rule' in condition) {
    const hint = RULE_FIELDS[condition.rule];
    return [
      ...(hint === undefined ? [] : [{ kind: 'field', condition: hint, wanted } as const]),
      ...(condition.of === undefined ? [] : deeper(condition.of)),
    ];
  }
  return [];
}

function unique(needs: readonly Need[]): readonly Need[] {
  const keys = new Set<string>();
  return needs.filter((need) => {
    const key = JSON.stringify(need);
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  });
}

/** All that a condition depends on, through the cpucaps that it names. */
export function needsOf(condition: Condition, model: KernelModel): readonly Need[] {
  return unique(walk(condition, true, model, () => true, new Set()));
}

/** Of all that a condition depends on, what keeps it from holding; nothing if it holds. */
export function faultsOf(condition: Condition, state: BootState, facts: Facts): readonly Need[] {
  const needs = walk(condition, true, state.model, (part, wanted) => evaluate(part, facts).held !== wanted, new Set());
  return unique(needs.filter((need) => need.kind !== 'option' || (state.model.option(need.option) === 'y') !== need.wanted));
}

function highest(path: FieldPath): number {
  const field = findField(path)!.field;
  return 2 ** (widthOf(field) - (field.sign === 'signed' ? 1 : 0)) - 1;
}

/** The comparisons that show an architecture feature, through the others that it refers to. */
export function identificationNeeds(
  identification: Identification,
  wanted: boolean = true,
  seen: ReadonlySet<string> = new Set(),
): readonly Need[] {
  if ('field' in identification) return [{ kind: 'field', condition: comparison(identification), wanted }];
  if ('all' in identification) return identification.all.flatMap((part) => identificationNeeds(part, wanted, seen));
  if ('any' in identification) return identification.any.flatMap((part) => identificationNeeds(part, wanted, seen));
  if ('not' in identification) return identificationNeeds(identification.not, !wanted, seen);
  if (!('archFeature' in identification) || seen.has(identification.archFeature)) return [];
  const next = findArchFeature(identification.archFeature)?.identification;
  return next === undefined ? [] : identificationNeeds(next, wanted, new Set([...seen, identification.archFeature]));
}

function comparison(identification: Extract<Identification, { readonly field: FieldPath }>): FieldCondition {
  const { field } = identification;
  const sign = findField(field)?.field.sign === 'signed' ? ({ sign: 'signed' } as const) : {};
  if ('atLeast' in identification) return { field, atLeast: identification.atLeast, ...sign };
  if ('equals' in identification) return { field, atLeast: identification.equals, atMost: identification.equals, ...sign };
  if ('below' in identification)
    return { field, atLeast: 'sign' in sign ? -highest(field) - 1 : 0, atMost: identification.below - 1, ...sign };
  return { field, atLeast: Math.min(...identification.oneOf), atMost: Math.max(...identification.oneOf), ...sign };
}

/** A condition on the registers of one CPU from an identification, for showing; `undefined` for what is no comparison. */
export function identificationCondition(identification: Identification, seen: ReadonlySet<string> = new Set()): Condition | undefined {
  const parts = (list: readonly Identification[]): Condition[] => list.flatMap((part) => identificationCondition(part, seen) ?? []);
  if ('field' in identification) return comparison(identification);
  if ('all' in identification) return { all: parts(identification.all) };
  if ('any' in identification) return { any: parts(identification.any) };
  if ('not' in identification) {
    const part = identificationCondition(identification.not, seen);
    return part === undefined ? undefined : { not: part };
  }
  if (!('archFeature' in identification) || seen.has(identification.archFeature)) return undefined;
  const next = findArchFeature(identification.archFeature)?.identification;
  return next === undefined ? undefined : identificationCondition(next, new Set([...seen, identification.archFeature]));
}
