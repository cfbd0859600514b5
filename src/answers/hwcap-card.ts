import { given } from '../given.ts';
import { hwcapRow } from '../linux/release/history.ts';
import { type RuleSpan, rowTimeline, ruleSpans, type SeriesState } from '../linux/release/row-timeline.ts';
import type { CapabilityRow, FieldCondition } from '../linux/release/rows.ts';
import { type HwcapNamesRow, hwcapNames } from '../runtime/hwcap-names.ts';
import { type HwcapFate, hwcapFates } from '../runtime/hwcap-programs.ts';
import { fieldConditionsOf } from './field-conditions.ts';
import { type HwcapFacts, hwcapFacts } from './hwcap-facts.ts';

/** An erratum under which a kernel withdraws a hwcap, and the series of kernels that do. */
export interface HidingErratum {
  readonly row: CapabilityRow;
  readonly timeline: readonly SeriesState[];
}

/** All that there is to say of a hwcap without any machine. */
export interface HwcapCard extends HwcapFacts {
  readonly timeline: readonly SeriesState[];
  /** What it asked for over time. Empty if it follows from no ID register. */
  readonly rules: readonly RuleSpan[];
  /** The fields of its newest rule. */
  readonly fields: readonly FieldCondition[];
  readonly errata: readonly HidingErratum[];
  /** What others call it; absent if nobody else has a name for it. */
  readonly names?: HwcapNamesRow;
  /** What becomes of it in each program. */
  readonly programs: readonly HwcapFate[];
}

/**
 * The card of a hwcap by its name or constant, in any case; `undefined` if there is none.
 *
 * @example
 * ```js
 * hwcapCard('ilrcpc').names.rust // → ['rcpc2']
 * ```
 */
export function hwcapCard(name: string): HwcapCard | undefined {
  const facts = hwcapFacts(name);
  if (facts === undefined) return undefined;
  const { entry, hiddenBy } = facts;
  const row = hwcapRow(entry.name);
  const names = hwcapNames(entry.name);
  return {
    ...facts,
    timeline: rowTimeline(row ?? { since: entry.since }),
    rules: row === undefined ? [] : ruleSpans(row),
    fields: entry.when === undefined ? [] : fieldConditionsOf(entry.when),
    errata: hiddenBy.map((erratum) => ({ row: erratum, timeline: rowTimeline(erratum) })),
    ...given({ names }),
    programs: hwcapFates(entry.name),
  };
}
