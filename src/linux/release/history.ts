/**
 * The one door to the kernel's history, for those above linux/: what rows there are of a name, what a row says at or near a release,
 * when it changed, which errata take a field, which options a gate asks for. What holds at one release is `kernelAt`'s affair.
 *
 * @module
 */
import { leavesOf } from '../../logic/tree.ts';
import { fieldPlace } from '../bring-up/evaluate.ts';
import { BEHAVIOUR_ROWS, OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../generated/behaviour.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../generated/cpucaps.ts';
import { COMPAT_BIT_NAME_ROWS, COMPAT_DEFAULT_ROWS, COMPAT_HWCAP_ROWS, HWCAP_ROWS } from '../generated/hwcaps.ts';
import { KCONFIG_BEYOND_ROWS, KCONFIG_ROWS, NAMED_CONFIG_ROWS } from '../generated/kconfig.ts';
import { type Behaviour, behaviourAt } from './behaviour.ts';
import { MAINLINE_RELEASES, NEWEST_RELEASE } from './known-trees.ts';
import { compareMainline, parseRelease, type Release, updateName } from './release.ts';
import type {
  CapabilityRow,
  CapabilityState,
  Condition,
  Gate,
  HwcapRow,
  KconfigRow,
  OptionCondition,
  SanitisedFieldRow,
  Timed,
} from './rows.ts';
import { SANITISED_ROWS } from './sanitised-rows.ts';
import { stateAt } from './timeline.ts';

export {
  COMPAT_BIT_NAME_ROWS,
  COMPAT_DEFAULT_ROWS,
  COMPAT_HWCAP_ROWS,
  HWCAP_ROWS,
  KCONFIG_ROWS,
  NAMED_CONFIG_ROWS,
  OVERRIDE_ALIAS_ROWS,
  OVERRIDE_REGISTER_ROWS,
};

/** Every cpucap and every erratum of any release, the cpucaps first. */
export const CAPABILITY_ROWS: readonly CapabilityRow[] = [...FEATURE_ROWS, ...ERRATUM_ROWS];

/** Every erratum of any release, in the order of the kernel's table. */
export { ERRATUM_ROWS };

/** The names of all cpucaps of all releases, each once. */
export const CPUCAP_NAMES: readonly string[] = [...new Set(CAPABILITY_ROWS.map(({ name }) => name))];

/** Whether a row stands in the kernel's table of errata. */
export function isErratum(row: CapabilityRow): boolean {
  return ERRATUM_ROWS.includes(row);
}

/** The rows of a cpucap; several errata may share one. */
export function cpucapRows(name: string): readonly CapabilityRow[] {
  return CAPABILITY_ROWS.filter((row) => row.name === name);
}

/** The row of a cpucap. Where several share the name, the one that the release has, else the first. */
export function cpucapRow(name: string, release?: Release): CapabilityRow | undefined {
  const rows = cpucapRows(name);
  return rows.find((row) => release !== undefined && stateAt(row, release) !== undefined) ?? rows[0];
}

/** What the row of a cpucap says at a release, or nearest to it. */
export function cpucapNear(name: string, release: Release): CapabilityState | undefined {
  const row = cpucapRow(name, release);
  return row && stateNear<CapabilityState>(row, release);
}

/** The errata whose workaround takes a field from EL0; with a release, those that it knows. */
export function errataHiding(path: string, release?: Release): readonly CapabilityRow[] {
  return knownAt(
    ERRATUM_ROWS.filter(({ hides }) => hides === path),
    release,
  );
}

const TELLING = ERRATUM_ROWS.filter(({ hides, clearsCompat }) => hides !== undefined || clearsCompat !== undefined);

/** The errata that change a Features line, native or AArch32; with a release, those that it knows. */
export function tellingErrata(release?: Release): readonly CapabilityRow[] {
  return knownAt(TELLING, release);
}

function knownAt(rows: readonly CapabilityRow[], release: Release | undefined): readonly CapabilityRow[] {
  return release === undefined ? rows : rows.filter((row) => stateAt(row, release) !== undefined);
}

/** The row of a native hwcap; none of those that follow from no ID register. */
export function hwcapRow(name: string): HwcapRow | undefined {
  return HWCAP_ROWS.find((row) => row.name === name);
}

/** What releases ask for before they set a native hwcap, each change of it. */
export function hwcapConditions(name: string): readonly Condition[] {
  const row = hwcapRow(name);
  return row === undefined ? [] : [row, ...(row.changes ?? []), ...(row.backports ?? [])].flatMap(({ when }) => when ?? []);
}

/** The AArch32 hwcaps of AT_HWCAP that some release sets without a test. */
export const COMPAT_CONSTANTS: number = COMPAT_DEFAULT_ROWS.flatMap((row) => [row, ...(row.changes ?? [])]).reduce(
  (bits, { value }) => bits | (value ?? 0),
  0,
);

/** The AArch32 hwcaps of AT_HWCAP that a release sets without a test. */
export function compatDefaultAt(release: Release): number {
  return stateAt<{ readonly value: number }>(COMPAT_DEFAULT_ROWS[0]!, release)!.value;
}

/** The kernel's rows of the bits of a field, those that overlap it included; none if a release does not keep the register. */
export function fieldRows(path: string, release?: Release): readonly SanitisedFieldRow[] {
  const { register, lsb, width } = fieldPlace(path);
  const row = SANITISED_ROWS.find(({ name }) => name === register);
  if (row === undefined || (release !== undefined && !stateAt(row, release))) return [];
  return row.fields.filter(({ bits: [msb, low] }) => low < lsb + width && msb >= lsb);
}

/** Whether some kernel, built as it may be, shows all of a field to EL0. */
export function isEverVisible(path: string): boolean {
  const { lsb, width } = fieldPlace(path);
  return fieldRows(path).some(
    ({ bits: [msb, low], visible, changes = [], backports = [] }) =>
      low <= lsb && msb >= lsb + width - 1 && [visible, ...[...changes, ...backports].map((one) => one.visible)].some(Boolean),
  );
}

/** The row of the register that a field lies in. */
export function registerRow(path: string): Timed<object> | undefined {
  return SANITISED_ROWS.find(({ name }) => name === fieldPlace(path).register);
}

/** The row of a Kconfig option that changes an answer. */
export function optionRow(name: string): KconfigRow | undefined {
  return KCONFIG_ROWS.find((row) => row.name === name);
}

/** The names of all options that are known: those that Kconfig declares, and those that a named configuration sets. */
export const OPTION_NAMES: readonly string[] = [
  ...new Set([
    ...[...KCONFIG_ROWS, ...KCONFIG_BEYOND_ROWS].map(({ name }) => name),
    ...NAMED_CONFIG_ROWS.flatMap(({ options }) => Object.keys(options)),
  ]),
];

/** The options that a gate asks to be on, from left to right. */
export function gateOptions(gate: Gate | undefined): readonly string[] {
  if (gate === undefined) return [];
  return leavesOf<OptionCondition>(gate).flatMap(({ leaf, wanted }) => (wanted ? [leaf.config] : []));
}

/** The rules of a release that are no table entries. */
export function behaviourOf(release: Release): Behaviour {
  return behaviourAt(BEHAVIOUR_ROWS, release);
}

/** The rows of those rules that may change what a kernel makes of a machine. */
export function tellingBehaviour(given: { readonly words: boolean; readonly lateCpus: boolean }): readonly Timed<object>[] {
  return BEHAVIOUR_ROWS.filter(
    ({ reach }) =>
      reach === undefined || reach === 'kernel' || (reach === 'words' && given.words) || (reach === 'late-cpus' && given.lateCpus),
  );
}

/** What a row says at a release; of a row that the release does not have, what the first release with it (or the newest) says. */
export function stateNear<S extends object>(row: Timed<S>, release: Release): S | undefined {
  const first = row.since ?? row.backports?.[0]?.since;
  return (
    stateAt(row, release) ??
    (first === undefined ? undefined : stateAt(row, parseRelease(first))) ??
    stateAt(row, parseRelease(NEWEST_RELEASE))
  );
}

/** The mainline release before one; `undefined` before the first that is known. */
function previous(mainline: string): string | undefined {
  return MAINLINE_RELEASES[MAINLINE_RELEASES.indexOf(mainline) - 1];
}

/** The mainline releases at which a row changes, and those just before: between two of them it says the same. */
function mainlineTurns(row: Timed<object>): readonly string[] {
  const at = [row.since, row.until, ...(row.changes ?? []).map(({ since }) => since)].filter((since) => since !== undefined);
  return at.flatMap((since) => {
    const mainline = parseRelease(since).mainline.join('.');
    const before = previous(mainline);
    return before === undefined ? [mainline] : [mainline, before];
  });
}

/** The releases of a series at which a row changes, and the last ones known to be before. */
function seriesTurns(row: Timed<object>, series: string): readonly string[] {
  return (row.backports ?? []).flatMap((step) => {
    if (step.series !== series) return [];
    const { sublevel } = parseRelease(step.since);
    const before = step.notIn ?? (sublevel !== undefined && sublevel > 0 ? updateName(series, sublevel - 1) : undefined);
    return before === undefined ? [step.since] : [step.since, before];
  });
}

/** The releases around one at which something changes, the nearest first: of the same series newer and older, of mainline newer and older. */
export interface Turns {
  readonly newerUpdates: readonly Release[];
  readonly olderUpdates: readonly Release[];
  readonly newer: readonly Release[];
  readonly older: readonly Release[];
}

/** Where rows change, as seen from a release; of one that does not tell its place in its series only mainline is told. */
export function turnsAround(rows: readonly Timed<object>[], here: Release): Turns {
  const mainline = new Set(rows.flatMap(mainlineTurns));
  const { series, sublevel: place } = here;
  const own = place === undefined || here.build !== undefined ? [] : rows.flatMap((row) => seriesTurns(row, series));
  const updates = [...new Set(own)]
    .map(parseRelease)
    .filter(({ sublevel }) => sublevel !== undefined)
    .sort((a, b) => a.sublevel! - b.sublevel!);
  const all = MAINLINE_RELEASES.map(parseRelease);
  // An update may be ahead of the mainline that follows it, so that the answer changes at the next one where no row does.
  const newer = all.filter((at) => compareMainline(at, here) > 0);
  const older = all.filter((at) => compareMainline(at, here) < 0).reverse();
  const isTurn = (at: Release, i: number): boolean => mainline.has(at.mainline.join('.')) || (i === 0 && (place ?? 0) !== 0);
  return {
    newerUpdates: updates.filter(({ sublevel }) => sublevel! > place!),
    olderUpdates: updates.filter(({ sublevel }) => sublevel! < place!).reverse(),
    newer: newer.filter(isTurn),
    older: older.filter(isTurn),
  };
}

/** The options on which it hangs whether EL0 sees a field and whether a hwcap is there, at any release. */
export const VIEW_OPTIONS: readonly string[] = [
  ...new Set([
    ...SANITISED_ROWS.flatMap(({ fields }) =>
      fields.flatMap((row) => [row, ...(row.changes ?? [])].flatMap(({ visible }) => (typeof visible === 'string' ? [visible] : []))),
    ),
    ...HWCAP_ROWS.flatMap((row) => [row, ...(row.changes ?? [])].flatMap(({ config }) => gateOptions(config ?? undefined))),
  ]),
];
