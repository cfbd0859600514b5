import { namesOfLines } from '../answers/infer/line.ts';
import { begins } from './hwcap-list.ts';

/** What a broken row of names goes on with; tools put commas between names. */
const CONTINUED = /^\s*[a-z0-9]{1,20}(?:[\s,]+[a-z][a-z0-9]{0,19}){0,200}(?:\s*(?:\.{2,}|…))?\s*$/;
const NAME_ENDS = /[\s,]+/;

/**
 * Whether a line goes on with a list of names: one at least is known, behind the end of one that was broken. A single word may be one that is
 * not known, unless it is a number or an empty line stands before it: then a name of its own, or the end of the last one, is known.
 */
export function goesOn(first: string, second: string, isApart = false): boolean {
  if (!CONTINUED.test(second)) return false;
  const known = namesOfLines();
  const [word = '', ...rest] = second.trim().split(NAME_ENDS);
  if (known.has(word) || rest.some((one) => known.has(one))) return true;
  const isOpen = !isApart && /[a-z]/.test(word);
  return rest.length === 0 && (isOpen || known.has((first.trimEnd().split(NAME_ENDS).at(-1) ?? '') + word));
}

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
  const before = first.trimEnd().split(NAME_ENDS);
  const after = second.trimStart().split(NAME_ENDS);
  const [head, tail] = [before.at(-1) ?? '', after[0] ?? ''];
  const known = namesOfLines();
  const apart = known.has(head) && known.has(tail);
  const repeated = before.slice(0, -1).includes(head) || after.slice(1).includes(tail);
  const inside = known.has(head + tail) ? !apart || repeated : !known.has(tail) && !known.has(head) && begins(head + tail);
  return `${first.trimEnd()}${inside ? '' : ' '}${second.trimStart()}`;
}
