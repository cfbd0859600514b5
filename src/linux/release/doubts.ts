import { given } from '../../given.ts';
import { BEHAVIOUR_ROWS } from '../generated/behaviour.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../generated/cpucaps.ts';
import { COMPAT_HWCAP_ROWS, HWCAP_ROWS } from '../generated/hwcaps.ts';
import { OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../generated/overrides.ts';
import { SANITISED_ROWS } from '../generated/sanitised.ts';
import type { Doubt } from '../system.ts';
import { nearestTree, treesAround } from './known-trees.ts';
import { type Release, updateName } from './release.ts';
import type { Timed } from './rows.ts';
import { doubtsAt } from './timeline.ts';

/** Every row that changes an answer, with a name to call it by. */
function* namedRows(): Iterable<readonly [string, Timed<object>, string?]> {
  for (const row of HWCAP_ROWS) yield [`hwcap ${row.name}`, row];
  for (const row of COMPAT_HWCAP_ROWS) yield [`AArch32 hwcap ${row.name}`, row];
  for (const register of SANITISED_ROWS) {
    yield [`register ${register.name}`, register];
    for (const field of register.fields) yield [`field ${register.name}.${field.name ?? `[${field.bits.join(':')}]`}`, field];
  }
  for (const row of FEATURE_ROWS) yield [`cpucap ${row.name}`, row];
  for (const row of ERRATUM_ROWS) {
    yield [`erratum ${row.name}`, row];
    for (const affected of row.affected ?? []) yield [`erratum ${row.name} on ${affected.midr}`, affected, affected.midr];
  }
  for (const { name, fields } of OVERRIDE_REGISTER_ROWS) for (const field of fields) yield [`override ${name}.${field.name}`, field];
  for (const row of OVERRIDE_ALIAS_ROWS) yield [`override ${row.name}`, row];
  for (const row of BEHAVIOUR_ROWS) yield [`rule ${row.name}`, row];
}

/** What is in doubt as a whole, because no tree stands for the release. */
function releaseDoubts(release: Release): readonly Doubt[] {
  const { text, series, sublevel, build } = release;
  const { certain, lastKnown } = nearestTree(release);
  if (certain) return [];
  if (build !== undefined) return [{ row: `sublevel of ${text}`, since: sublevel === undefined ? series : updateName(series, sublevel) }];
  if (lastKnown >= 0 && sublevel !== undefined && sublevel > lastKnown) {
    return [{ row: `updates of ${series} after the last one read`, notIn: updateName(series, lastKnown), since: text }];
  }
  const { before, after } = treesAround(release);
  return [{ row: `release ${text}`, ...given({ notIn: before }), since: after ?? text }];
}

const known = new Map<string, readonly Doubt[]>();

/** The rows whose state at a release is not certain, since no tree between two that differ was read. */
export function doubtsOfRelease(release: Release): readonly Doubt[] {
  const key = `${release.series} ${release.text}`;
  let doubts = known.get(key);
  if (!doubts) {
    const { lastKnown, isTree } = nearestTree(release);
    if (isTree) return [];
    const ofRows = [...namedRows()].flatMap(([name, row, midr]) =>
      doubtsAt(name, row, release, lastKnown).map((doubt) => (midr === undefined ? doubt : { ...doubt, midr })),
    );
    doubts = [...releaseDoubts(release), ...ofRows];
    known.set(key, doubts);
  }
  return doubts;
}
