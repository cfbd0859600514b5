import { namesOfLines } from '../answers/infer/line.ts';
import { begins } from './hwcap-list.ts';

/** Names of some hundred hwcaps, and as much again. */
const LONGEST = 8_000;

/**
 * Joins two lines of a list of names that a terminal or a mail program broke, maybe inside a name: `fp` and `hp` are `fphp`.
 *
 * A break is inside a name where only the joined word is one. Where both readings have names only, the names stay apart, unless they
 * stood there before: a kernel prints each once.
 */
export function joinWrapped(first: string, second: string): string {
  // No kernel has as many names: what follows is no list of them.
  if (first.length > LONGEST) return first;
  const before = first.trimEnd().split(/[\s,]+/);
  const after = second.trimStart().split(/[\s,]+/);
  const [head, tail] = [before.at(-1) ?? '', after[0] ?? ''];
  const known = namesOfLines();
  const apart = known.has(head) && known.has(tail);
  const repeated = before.slice(0, -1).includes(head) || after.slice(1).includes(tail);
  const inside = known.has(head + tail) ? !apart || repeated : !known.has(tail) && !known.has(head) && begins(head + tail);
  return `${first.trimEnd()}${inside ? '' : ' '}${second.trimStart()}`;
}
