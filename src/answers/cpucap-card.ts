import { given } from '../given.ts';
import { cpucapWords } from '../linux/release/cpucap-words.ts';
import { CPUCAP_NAMES, cpucapRows, ERRATUM_ROWS, isErratum } from '../linux/release/history.ts';
import { newestState, type RuleSpan, rowTimeline, ruleSpans, type SeriesState } from '../linux/release/row-timeline.ts';
import type { CapabilityRow, CapabilityState } from '../linux/release/rows.ts';

/** A row of the kernel's capabilities over time. */
export interface CpucapRow {
  readonly row: CapabilityRow;
  /** What it is, where the kernel prints nothing when it finds it. */
  readonly about?: string;
  /** Whether it stands in the kernel's table of errata. */
  readonly erratum: boolean;
  /** What the newest release that has it says of it. */
  readonly newest: CapabilityState;
  readonly timeline: readonly SeriesState[];
  /** What it asked for over time; an erratum that only lists cores has none. */
  readonly rules: readonly RuleSpan[];
}

/** A cpucap and the rows that set it: several errata may share one. */
export interface CpucapCard {
  readonly name: string;
  readonly rows: readonly CpucapRow[];
}

const aboutOf = ({ name }: CapabilityRow): Pick<CpucapRow, 'about'> => given({ about: cpucapWords(name) });

function rowOfCard(row: CapabilityRow): CpucapRow {
  const timeline = rowTimeline(row);
  const newest = newestState<CapabilityState>(row, timeline) ?? { type: 'unscoped' };
  return { row, ...aboutOf(row), erratum: isErratum(row), newest, timeline, rules: ruleSpans(row) };
}

/**
 * The name of every cpucap of any release, in the order of the alphabet.
 *
 * @example
 * ```js
 * allCpucaps().includes('HAS_LSE_ATOMICS') // → true
 * ```
 */
export function allCpucaps(): readonly string[] {
  return CPUCAP_NAMES.toSorted();
}

/** An erratum that kernels know: the cpucap that it sets, what the kernel calls it, the cores that it names. */
export interface Erratum {
  /** As the newest release that has it describes it, such as `ARM erratum 1418040`; else its cpucap. */
  readonly name: string;
  readonly cpucap: string;
  /** What it is, where the kernel prints nothing when it finds it. */
  readonly about?: string;
  readonly row: CapabilityRow;
}

let errata: readonly Erratum[] | undefined;

/** Every erratum of the kernels' tables, in their order. */
export function allErrata(): readonly Erratum[] {
  errata ??= ERRATUM_ROWS.map((row) => ({
    name: newestState<CapabilityState>(row)?.description ?? row.name,
    cpucap: row.name,
    ...aboutOf(row),
    row,
  }));
  return errata;
}

/** Whether a cpucap stands in the kernel's table of errata. */
export function isErratumCard({ rows }: CpucapCard): boolean {
  return rows.some(({ erratum }) => erratum);
}

/** What a cpucap is: as the newest releases print it when they find it, or in words of ours where they print nothing. */
export function cpucapDescription({ rows }: CpucapCard): string {
  return [...new Set(rows.flatMap(({ about, newest }) => newest.description ?? about ?? []))].join('; ');
}

/**
 * The card of a cpucap by its name, in any case, with or without `ARM64_`; `undefined` if there is none.
 *
 * @example
 * ```js
 * cpucapCard('HAS_PAN').rows[0].newest.when // → { field: 'ID_AA64MMFR1_EL1.PAN', atLeast: 1 }
 * ```
 */
export function cpucapCard(name: string): CpucapCard | undefined {
  const plain = name.toUpperCase().replace(/^ARM64_/, '');
  const found = CPUCAP_NAMES.find((candidate) => candidate.toUpperCase() === plain);
  if (found === undefined) return undefined;
  return { name: found, rows: cpucapRows(found).map(rowOfCard) };
}

/** The name of a cpucap as people write it: in any case, with or without `ARM64_` and `HAS_`; `undefined` if there is none. */
export function cpucapNamed(text: string): string | undefined {
  const plain = text.replace(/^ARM64_/i, '').toLowerCase();
  const name = (wanted: string): string | undefined => allCpucaps().find((candidate) => candidate.toLowerCase() === wanted);
  return name(plain) ?? name(`has_${plain}`);
}
