import { given } from '../../given.ts';
import { BEHAVIOUR_ROWS, CORE_LIST_ROWS, OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../generated/behaviour.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../generated/cpucaps.ts';
import { COMPAT_HWCAP_ROWS, HWCAP_ROWS } from '../generated/hwcaps.ts';
import { KCONFIG_BEYOND_ROWS, KCONFIG_ROWS } from '../generated/kconfig.ts';
import type { Doubt } from '../system.ts';
import { nearestTree, treesAround } from './known-trees.ts';
import { type Release, updateName } from './release.ts';
import type { Timed } from './rows.ts';
import { SANITISED_ROWS } from './sanitised-rows.ts';
import { doubtsAt, isEverInDoubt } from './timeline.ts';

/** Calls `visit` with every row that changes an answer and is in doubt at some release, and with a name to call it by. */
function eachRowInDoubt(visit: (row: Timed<object>, name: string, midr?: string) => void): void {
  for (const row of HWCAP_ROWS) if (isEverInDoubt(row)) visit(row, `hwcap ${row.name}`);
  for (const row of COMPAT_HWCAP_ROWS) if (isEverInDoubt(row)) visit(row, `AArch32 hwcap ${row.name}`);
  for (const register of SANITISED_ROWS) {
    if (isEverInDoubt(register)) visit(register, `register ${register.name}`);
    for (const field of register.fields)
      if (isEverInDoubt(field)) visit(field, `field ${register.name}.${field.name ?? `[${field.bits.join(':')}]`}`);
  }
  for (const row of FEATURE_ROWS) if (isEverInDoubt(row)) visit(row, `cpucap ${row.name}`);
  for (const row of ERRATUM_ROWS) {
    if (isEverInDoubt(row)) visit(row, `erratum ${row.name}`);
    for (const affected of row.affected ?? [])
      if (isEverInDoubt(affected)) visit(affected, `erratum ${row.name} on ${affected.midr}`, affected.midr);
  }
  for (const { name, cores } of CORE_LIST_ROWS)
    for (const core of cores) if (isEverInDoubt(core)) visit(core, `list ${name} with ${core.midr}`, core.midr);
  for (const { name, fields } of OVERRIDE_REGISTER_ROWS)
    for (const field of fields) if (isEverInDoubt(field)) visit(field, `override ${name}.${field.name}`);
  for (const row of OVERRIDE_ALIAS_ROWS) if (isEverInDoubt(row)) visit(row, `override ${row.name}`);
  for (const row of BEHAVIOUR_ROWS) if (isEverInDoubt(row)) visit(row, `rule ${row.name}`);
  for (const row of [...KCONFIG_ROWS, ...KCONFIG_BEYOND_ROWS]) if (isEverInDoubt(row)) visit(row, `option ${row.name}`);
}

/** A row that is in doubt at some release, with a name to call it by. */
interface DoubtfulRow {
  readonly row: Timed<object>;
  readonly name: string;
  readonly midr?: string;
}

let doubtful: readonly DoubtfulRow[] | undefined;

/** The few rows that are in doubt at some release: whoever asks of one release mostly asks of others, too. */
function doubtfulRows(): readonly DoubtfulRow[] {
  if (doubtful !== undefined) return doubtful;
  const found: DoubtfulRow[] = [];
  eachRowInDoubt((row, name, midr) => found.push({ row, name, ...given({ midr }) }));
  doubtful = found;
  return found;
}

/** What is in doubt as a whole, because no tree stands for the release. */
function releaseDoubts(release: Release): readonly Doubt[] {
  const { text, series, sublevel, build, holds } = release;
  const { certain, lastKnown } = nearestTree(release);
  if (certain) return [];
  if (holds !== undefined)
    return [
      { row: `updates of ${text} beyond ${updateName(series, holds)}, which it holds`, notIn: updateName(series, holds), since: text },
    ];
  if (build !== undefined) return [{ row: `sublevel of ${text}`, since: sublevel === undefined ? series : updateName(series, sublevel) }];
  if (lastKnown >= 0 && sublevel !== undefined && sublevel > lastKnown) {
    return [{ row: `updates of ${series} after the last one read`, notIn: updateName(series, lastKnown), since: text }];
  }
  const { before, after } = treesAround(release);
  return [{ row: `release ${text}`, ...given({ notIn: before }), since: after ?? text }];
}

/** Rules that do not reach hwcaps, as doubts name them. */
const APART: ReadonlySet<string> = new Set(
  BEHAVIOUR_ROWS.filter(({ reach }) => reach !== undefined && reach !== 'words').map(({ name }) => `rule ${name}`),
);

/** Whether a hwcap may hang on one of some doubts: lists of cores and releases as a whole are about none. */
export function touchHwcaps(doubts: readonly Doubt[]): boolean {
  return doubts.some(({ row }) => !APART.has(row) && !/^(?:list|sublevel of|updates of|release) /.test(row));
}

const known = new Map<string, readonly RowInDoubt[]>();

/** The rows whose state at a release is not certain, since no tree between two that differ was read. */
export function doubtsOfRelease(release: Release): readonly Doubt[] {
  return [...releaseDoubts(release), ...rowsInDoubt(release).flatMap(({ doubts }) => doubts)];
}

/** A row whose state at a release is not certain. */
export interface RowInDoubt {
  readonly name: string;
  readonly row: Timed<object>;
  readonly doubts: readonly Doubt[];
}

/**
 * The rows whose state at a release is not certain, with what is not. That is a matter of each row: also of a release whose tables were
 * read, where something else about it was not.
 */
export function rowsInDoubt(release: Release): readonly RowInDoubt[] {
  const key = `${release.series} ${release.text} ${release.holds}`;
  let rows = known.get(key);
  if (!rows) {
    const { lastKnown } = nearestTree(release);
    rows = doubtfulRows().flatMap(({ row, name, midr }) => {
      const doubts = doubtsAt(name, row, release, lastKnown);
      return doubts.length === 0 ? [] : [{ name, row, doubts: doubts.map((doubt) => ({ ...doubt, ...given({ midr }) })) }];
    });
    known.set(key, rows);
  }
  return rows;
}
