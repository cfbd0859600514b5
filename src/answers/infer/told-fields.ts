import { type FieldBits, fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { widthOf } from '../../bits/field.ts';
import { type FieldSet, fullSet } from '../../bits/partial-word.ts';
import { given } from '../../given.ts';
import { isRelease, seriesOf } from '../../linux/release/known-trees.ts';
import { allPoints, type Point, pointsOf } from '../../linux/release/points.ts';
import type { Seen } from '../../silicon/seen.ts';
import { type Cause, isCircumstance } from './cause.ts';
import { boundsOf, unionOf } from './field-bounds.ts';
import type { Domains } from './formula.ts';
import { type FeaturesLine, readLine } from './line.ts';
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

/** The releases that a stated one may stand for; `undefined` where none is stated, or no tables of its series are known. */
function statedPoints(release: string | undefined): readonly Point[] | undefined {
  const isKnown = isRelease(release) && allPoints().some((point) => point.release.series === seriesOf(release));
  return isKnown ? pointsOf(release) : undefined;
}

/** What follows of fields, whichever of some kernels printed a line; `undefined` if none prints it as it is usually built. */
function fieldsBehind(line: FeaturesLine, points: readonly Point[] = allPoints()): ReadonlyMap<string, FieldSet> | undefined {
  const tried = tryAt(line, points, {});
  if (tried.every(({ usual }) => usual === undefined)) return undefined;
  return spansOf(unionOf([...new Set(tried.flatMap(({ possible }) => possible ?? []))]));
}

/**
 * What follows of fields if the kernel that printed a whole line is built as usual: then a name that is missing says that the field is too
 * small.
 *
 * @param midrs - The cores, as far as they are known.
 * @returns `undefined` where no such kernel prints it.
 */
export function usuallyTold(
  { hwcaps, isPart, untold, release, isLikely, config }: Seen,
  midrs: readonly bigint[],
): ReadonlyMap<string, FieldSet> | undefined {
  if (hwcaps === undefined || isPart) return undefined;
  const points = (isLikely ? undefined : statedPoints(release)) ?? allPoints();
  const solutions = new Set(
    tryAt(readLine(hwcaps, false, untold), points, { midrs, ...given({ config }) }).flatMap(({ usual }) => usual ?? []),
  );
  return solutions.size === 0 ? undefined : spansOf(unionOf([...solutions]));
}

/** Whether tools sorted the names of a line by the alphabet: it has all of them. */
function isSorted(cause: Cause): boolean {
  return cause.kind === 'edited' && cause.oddity.kind === 'order' && cause.oddity.alphabetical;
}

/** What a Features line says of the fields behind it. */
export interface ToldByLine {
  readonly fields: ReadonlyMap<string, FieldSet>;
  /** Whether only the names that are there tell something; one that is missing may be there. */
  readonly isPart: boolean;
}

/**
 * What a Features line says of the fields behind it, whichever kernel printed it, or one of a release: a part of what `inferFeatures`
 * tells, without the cores, levels and causes. Of a line that no known kernel prints, a vendor's or one that a person put together, the
 * names that are there count alone; one of which a tool sorted the names is whole. `undefined` for a 32-bit kernel's line, for names of
 * both kinds of program, and for what contradicts itself.
 */
export function toldByLine(names: readonly string[], isPart?: true, release?: string, untold?: readonly string[]): ToldByLine | undefined {
  const line = readLine(names, isPart, untold);
  if (line.vocabulary === 'arm32' || line.vocabulary === 'mixed') return undefined;
  const isPrinted = explainOddities(line, {}).every((cause) => isCircumstance(cause) || isSorted(cause));
  const stated = statedPoints(release);
  const whole = isPrinted ? ((stated && fieldsBehind(line, stated)) ?? fieldsBehind(line)) : undefined;
  if (whole !== undefined) return { fields: whole, isPart: line.isPart === true };
  const some = line.isPart && isPrinted ? undefined : fieldsBehind({ ...line, isPart: true });
  return some && { fields: some, isPart: true };
}
