import { capabilityOrderAt } from '../../src/linux/release/capability.ts';
import { compareMainline, parseRelease, type Release } from '../../src/linux/release/release.ts';
import type { Difference } from './compare.ts';
import type { Json } from './docs.ts';
import { atRelease } from './flatten.ts';
import type { Case, Proposal } from './propose.ts';
import { rawRow } from './raw-rows.ts';
import { compareReleases } from './role.ts';

/** A bound of a step in whose gap the tree lies, as spec-data has it. */
interface Bound {
  /** The object that holds both, and their names in it. */
  readonly step: Json;
  readonly from: 'since' | 'until';
  readonly notIn: 'notIn' | 'untilNotIn';
}

/** Whether a release lies behind one that is known to lack a step and before the first that is known to have it. */
function isInside(step: Json, from: string, notIn: string, { release, series }: Case['role']): boolean {
  const [since, before] = [step[from], step[notIn]];
  if (since === undefined || before === undefined) return false;
  const [high, low] = [parseRelease(since), parseRelease(before)];
  if (step.series !== undefined)
    return step.series === (series ?? release.series) && compareReleases(low, release) < 0 && compareReleases(release, high) < 0;
  return compareMainline(release, high) < 0 && compareReleases(low, release) < 0;
}

function boundsIn(row: Json, role: Case['role']): readonly Bound[] {
  const steps = [row, ...(row.changes ?? []), ...(row.backports ?? [])];
  const bounds: Bound[] = steps
    .filter((step) => isInside(step, 'since', 'notIn', role))
    .map((step) => ({ step, from: 'since', notIn: 'notIn' }));
  if (isInside(row, 'until', 'untilNotIn', role)) bounds.push({ step: row, from: 'until', notIn: 'untilNotIn' });
  return bounds;
}

/** A release as a step of mainline names it. */
function nameFor(step: Json, { text, mainline: [major, minor] }: Release): string {
  return step.series === undefined ? `${major}.${minor}` : text;
}

function told(isThere: boolean, { text }: Release): string {
  return isThere ? `what came by the later release is in ${text} already` : `what came by the later release is not in ${text} yet`;
}

/** Narrows the bounds of the edits of the list of capabilities. */
function* settleOrder({ role, rows, docs, tree }: Case): Iterable<Proposal> {
  const doc = docs.read('linux/cpucap-order.json');
  const edits: readonly Json[] = [...doc.changes, ...doc.backports];
  const inTree = tree.flat['capability-order'].map(({ key }) => key).join();
  for (const edit of edits.filter((each) => isInside(each, 'since', 'notIn', role))) {
    const without = edits.filter((each) => each !== edit);
    const withIt = [...without, { ...edit, since: nameFor(edit, role.release), notIn: undefined }];
    const inOrder = (list: readonly Json[]): string => capabilityOrderAt(role.release, sorted(list)).join();
    const isThere = inOrder(withIt) === inTree;
    if (!isThere && capabilityOrderAt(role.release, rows.order).join() !== inTree) continue;
    const was = structuredClone(edit);
    if (isThere) edit.since = nameFor(edit, role.release);
    else edit.notIn = role.release.text;
    yield {
      table: 'capability-order',
      key: role.release.text,
      kind: 'settles',
      file: 'linux/cpucap-order.json',
      was,
      row: edit,
      why: told(isThere, role.release),
    };
  }
}

/** Mainline's edits in the order of their releases, then those of the series. */
function sorted(edits: readonly Json[]): readonly Json[] {
  const isSeries = (edit: Json): number => (edit.series === undefined ? 0 : 1);
  return [...edits].sort((a, b) => isSeries(a) - isSeries(b) || compareReleases(parseRelease(a.since), parseRelease(b.since)));
}

/** Narrows the bounds in whose gap the tree lies: the tree has what came, or has not. */
export function settle(it: Case, differences: readonly Difference[]): readonly Proposal[] {
  const { role, rows, docs, tree } = it;
  const proposals: Proposal[] = [];
  const plain = atRelease(rows, role.release);
  for (const history of it.history) {
    const raw = rawRow(docs, history.table, history.key, role.release);
    const nested: { readonly raw: Json; readonly typed: object }[] = raw ? [{ raw: raw.row, typed: history.row }] : [];
    const cpus = (row: Json): readonly Json[] => row.affected ?? row.cores ?? [];
    if (raw) nested.push(...cpus(history.row).map((typed, i) => ({ raw: cpus(raw.row)[i], typed })));
    const open = nested.flatMap((each) => boundsIn(each.raw, role).map((bound) => ({ ...each, bound })));
    if (!raw || open.length === 0) continue;
    const inTree = tree.flat[history.table].find(({ key }) => key === history.key)?.line;
    const without = history.at(plain)?.line;
    const flipped = new Set(open.map(({ typed }) => typed));
    const withIt = history.at({ ...plain, release: { ...role.release, flipped } })?.line;
    if (without === withIt || (inTree !== without && inTree !== withIt)) continue;
    const was = structuredClone(raw.row);
    for (const { bound } of open) {
      if (inTree === withIt) {
        bound.step[bound.from] = nameFor(bound.step, role.release);
        if (bound.step.series === undefined && role.notIn === undefined && role.series === undefined) delete bound.step[bound.notIn];
      } else bound.step[bound.notIn] = role.release.text;
    }
    const difference = differences.find(({ table, key }) => table === history.table && key === history.key);
    proposals.push({
      table: history.table,
      key: history.key,
      kind: 'settles',
      file: raw.file,
      ...(difference?.ours ? { ours: difference.ours.line } : {}),
      ...(difference?.tree ? { tree: difference.tree.line } : {}),
      was,
      row: raw.row,
      why: told(inTree === withIt, role.release),
    });
  }
  proposals.push(...settleOrder(it));
  return proposals;
}
