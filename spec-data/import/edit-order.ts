import { capabilityOrderAt } from '../../src/linux/release/capability.ts';
import type { Json } from './docs.ts';
import { insertStep } from './edit-row.ts';
import type { Case, Proposal } from './propose.ts';

/** The longest common order of two lists. */
function common(a: readonly string[], b: readonly string[]): ReadonlySet<string> {
  const lengths = Array.from({ length: a.length + 1 }, () => new Int32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const kept = new Set<string>();
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      kept.add(a[i]!);
      i++;
      j++;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  }
  return kept;
}

/** An edit of the list of capabilities that leads from one order to another. */
export function orderEdit(from: readonly string[], to: readonly string[]): Json {
  const kept = common(from, to);
  const remove = from.filter((name) => !to.includes(name));
  const add = to.flatMap((name, i) => (kept.has(name) ? [] : [{ name, ...(i === 0 ? {} : { after: to[i - 1] }) }]));
  return { ...(remove.length > 0 ? { remove } : {}), ...(add.length > 0 ? { add } : {}) };
}

/** Puts the edit among those of the same kind. */
export function editOrder({ docs, rows, tree, role }: Case): Proposal {
  const doc = docs.read('linux/cpucap-order.json');
  const to = tree.flat['capability-order'].map(({ key }) => key);
  const edit = orderEdit(capabilityOrderAt(role.release, rows.order), to);
  const step = {
    ...(role.series === undefined ? {} : { series: role.series }),
    since: role.since,
    ...(role.notIn ? { notIn: role.notIn } : {}),
    ...edit,
  };
  const list: Json[] = role.series === undefined ? doc.changes : doc.backports;
  const same = list.find((other) => other.series === step.series && other.since === step.since);
  if (same) {
    return {
      table: 'capability-order',
      key: role.release.text,
      kind: 'by hand',
      why: 'there is an edit for this release already',
      row: step,
    };
  }
  insertStep(list, step);
  return { table: 'capability-order', key: role.release.text, kind: 'changes', file: 'linux/cpucap-order.json', row: step };
}
