import { type FieldBits, fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { widthOf } from '../../bits/field.ts';
import { type FieldSet, fullSet } from '../../bits/partial-word.ts';
import { allPoints } from '../../linux/release/points.ts';
import { isCircumstance } from './cause.ts';
import { boundsOf, unionOf } from './field-bounds.ts';
import type { Domains } from './formula.ts';
import { readLine } from './line.ts';
import { explainOddities } from './oddities.ts';
import { tryAt } from './tried.ts';

/** Every value from the least to the greatest that is possible. */
function spanOf(values: number, bits: FieldBits): FieldSet {
  const { min, max } = boundsOf(values, bits);
  const size = 2 ** widthOf(bits);
  let set = 0;
  for (let value = min; value <= max; value++) set |= 1 << ((value + size) % size);
  return set;
}

function spansOf(union: Domains): ReadonlyMap<string, FieldSet> {
  const paths = [...union.keys()].filter(isFieldPath).toSorted();
  const spans = paths.map((path) => [path, spanOf(union.get(path)!, fieldBits(path))] as const);
  return new Map(spans.filter(([path, set]) => set !== fullSet(widthOf(fieldBits(path)))));
}

/**
 * What a Features line says of the fields behind it, whichever kernel printed it: a part of what `inferFeatures` tells, without the
 * cores, levels and causes. `undefined` for a line that no kernel prints as it is usually built.
 */
export function fieldsOfLine(names: readonly string[], isPart?: true): ReadonlyMap<string, FieldSet> | undefined {
  const line = readLine(names, isPart);
  if (line.vocabulary === 'arm32' || explainOddities(line, {}).some((cause) => !isCircumstance(cause))) return undefined;
  const tried = tryAt(line, allPoints(), {});
  if (tried.every(({ usual }) => usual === undefined)) return undefined;
  return spansOf(unionOf([...new Set(tried.flatMap(({ possible }) => possible ?? []))]));
}
