import { formatCoreRange } from '../../formats/condition.ts';
import { coreOfName } from '../../linux/release/core-id.ts';
import { findCoreRow } from '../../silicon/core-row.ts';

/** The core that Linux calls `CORTEX_A76`; its own word where nobody else names it. */
export function affectedCore(midr: string): { readonly name: string; readonly isNamed: boolean; readonly revisions: string } {
  const [word = '', ...rest] = formatCoreRange(midr).split(' ');
  const [implementer, part] = coreOfName(word);
  const name = findCoreRow({ implementer, part })?.name;
  return { name: name ?? word, isNamed: name !== undefined, revisions: rest.join(' ') };
}
