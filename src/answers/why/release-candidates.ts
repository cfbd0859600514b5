import { fieldPlace } from '../../linux/bring-up/evaluate.ts';
import { BEHAVIOUR_ROWS } from '../../linux/generated/behaviour.ts';
import { ERRATUM_ROWS } from '../../linux/generated/cpucaps.ts';
import { KCONFIG_ROWS, NAMED_CONFIG_ROWS } from '../../linux/generated/kconfig.ts';
import { OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../../linux/generated/overrides.ts';
import { SANITISED_ROWS } from '../../linux/generated/sanitised.ts';
import type { Kernel } from '../../linux/kernel.ts';
import { kernelAt } from '../../linux/release/kernel-at.ts';
import { NEWEST_RELEASE } from '../../linux/release/known-trees.ts';
import { compareMainline, parseRelease, type Release, updateName } from '../../linux/release/release.ts';
import type { Condition, KconfigState, SanitisedRegisterRow, Timed } from '../../linux/release/rows.ts';
import type { Findings } from './chain.ts';
import { cpucapRow } from './needs.ts';
import type { Change, Scenario } from './scenario.ts';

/** The options in a Kconfig dependency. */
function optionsIn(condition: Condition | undefined): readonly string[] {
  if (condition === undefined) return [];
  if ('all' in condition) return condition.all.flatMap(optionsIn);
  if ('any' in condition) return condition.any.flatMap(optionsIn);
  if ('not' in condition) return optionsIn(condition.not);
  return 'config' in condition ? [condition.config] : [];
}

function kconfigRows(names: readonly string[]): readonly Timed<object>[] {
  const direct = KCONFIG_ROWS.filter(({ name }) => names.includes(name));
  const below = direct.flatMap((row) => optionsIn((row as Timed<KconfigState>).depends));
  return [...direct, ...KCONFIG_ROWS.filter(({ name }) => below.includes(name))];
}

function fieldRows(path: string): readonly Timed<object>[] {
  const { register, lsb, width } = fieldPlace(path);
  const row: SanitisedRegisterRow | undefined = SANITISED_ROWS.find(({ name }) => name === register);
  const own = row?.fields.filter(({ bits: [msb, low] }) => low <= lsb + width - 1 && msb >= lsb) ?? [];
  const errata = ERRATUM_ROWS.filter(({ hides }) => hides === path).flatMap((erratum) => [erratum, ...(erratum.affected ?? [])]);
  const overrides = OVERRIDE_REGISTER_ROWS.filter((override) => override.register === register).flatMap(({ fields }) => fields);
  return [...(row === undefined ? [] : [row]), ...own, ...errata, ...overrides];
}

/** Rules of the kernel on which any answer may depend. */
const BEHAVIOURS = ['hwcap-needs-visible-field', 'signed-comparison', 'overrides', 'cpuid-hwcap', 'evtstrm-parameter'];

function relevantRows({ needs, rows }: Findings, scenario: Scenario): readonly Timed<object>[] {
  const options = needs.flatMap((need) => (need.kind === 'option' ? [need.option] : []));
  const cpucaps = needs.flatMap((need) => {
    const row = need.kind === 'cpucap' ? cpucapRow(need.name, kernelAt(scenario.kernel).release) : undefined;
    return row === undefined ? [] : [row, ...(row.affected ?? [])];
  });
  const fields = needs.flatMap((need) => (need.kind === 'field' ? fieldRows(need.condition.field) : []));
  const words = (scenario.kernel.cmdline ?? '') === '' ? [] : OVERRIDE_ALIAS_ROWS;
  const affected = rows.flatMap((row) => (row as { readonly affected?: readonly Timed<object>[] }).affected ?? []);
  return [
    ...rows,
    ...affected,
    ...kconfigRows(options),
    ...cpucaps,
    ...fields,
    ...words,
    ...BEHAVIOUR_ROWS.filter(({ name }) => BEHAVIOURS.includes(name)),
  ];
}

const LAST_MINOR: Readonly<Record<number, number>> = { 4: 20, 5: 19, 6: 19 };

/** The mainline release before one; `undefined` before 4.4. */
function previous(text: string): string | undefined {
  const [major, minor] = parseRelease(text).mainline;
  if (minor > 0) return major === 4 && minor <= 4 ? undefined : `${major}.${minor - 1}`;
  return LAST_MINOR[major - 1] === undefined ? undefined : `${major - 1}.${LAST_MINOR[major - 1]}`;
}

/** The mainline releases at which a row changes, and those just before. */
function mainlinePoints(row: Timed<object>): readonly string[] {
  const at = [row.since, row.until, ...(row.changes ?? []).map(({ since }) => since)].filter((since) => since !== undefined);
  return at.flatMap((since) => [parseRelease(since).mainline.join('.'), ...(previous(since) === undefined ? [] : [previous(since)!])]);
}

/** The releases of a series at which a row changes, and the last ones known to be before. */
function seriesPoints(row: Timed<object>, series: string): readonly string[] {
  return (row.backports ?? []).flatMap((step) => {
    if (step.series !== series) return [];
    const { sublevel } = parseRelease(step.since);
    const before = step.notIn ?? (sublevel !== undefined && sublevel > 0 ? updateName(series, sublevel - 1) : undefined);
    return [step.since, ...(before === undefined ? [] : [before])];
  });
}

/** The configuration that a release must be known with, if it is not known for all. */
function recordedConfig({ config }: Kernel): string | undefined {
  const name = typeof config === 'object' ? config.base : config;
  return NAMED_CONFIG_ROWS.some((row) => row.name === name && row.series !== undefined) ? name : undefined;
}

/** Releases to try, the nearest first: of the same series newer and older, of mainline newer and older. */
export interface ReleaseCandidates {
  readonly newerUpdates: readonly Change[];
  readonly olderUpdates: readonly Change[];
  readonly newer: readonly Change[];
  readonly older: readonly Change[];
}

/**
 * The releases at which something changes on which the answer depends. Between two of them nothing can change, so that the first one
 * that flips the answer is the nearest.
 */
export function releaseCandidates(findings: Findings, scenario: Scenario): ReleaseCandidates {
  const here = kernelAt(scenario.kernel).release;
  const rows = relevantRows(findings, scenario);
  const newest = parseRelease(NEWEST_RELEASE);
  const config = recordedConfig(scenario.kernel);
  const change = (from: Release, to: Release, direction: 'newer' | 'older'): Change => {
    const own = { kind: 'release', from: from.text, to: to.text, direction, sameSeries: to.series === from.series } as const;
    return config === undefined ? own : { ...own, config };
  };
  const mainline = [...new Set(rows.flatMap(mainlinePoints))]
    .map(parseRelease)
    .filter((at) => compareMainline(at, newest) <= 0 && compareMainline(at, parseRelease('4.4')) >= 0)
    .sort(compareMainline);
  const updates =
    here.sublevel === undefined || here.build !== undefined
      ? []
      : [...new Set(rows.flatMap((row) => seriesPoints(row, here.series)))].map(parseRelease);
  const sorted = updates.filter(({ sublevel }) => sublevel !== undefined).sort((a, b) => a.sublevel! - b.sublevel!);
  return {
    newerUpdates: sorted.filter(({ sublevel }) => sublevel! > here.sublevel!).map((to) => change(here, to, 'newer')),
    olderUpdates: sorted
      .filter(({ sublevel }) => sublevel! < here.sublevel!)
      .reverse()
      .map((to) => change(here, to, 'older')),
    newer: mainline.filter((at) => compareMainline(at, here) > 0).map((to) => change(here, to, 'newer')),
    older: mainline
      .filter((at) => compareMainline(at, here) < 0)
      .reverse()
      .map((to) => change(here, to, 'older')),
  };
}
