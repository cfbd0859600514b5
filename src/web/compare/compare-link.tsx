import type { VNode } from 'preact';
import { belowRoot, linkTo, parseRoute } from '../route.ts';
import { formatSubject } from './subject-text.ts';

/** What the machine view shows besides the machine and its kernel. */
const OF_THE_VIEW: ReadonlySet<string> = new Set(['cpu', 'field', 'why']);

function subjectOf(address: string): string {
  return formatSubject(parseRoute(belowRoot(address)).route.query.filter(([key]) => !OF_THE_VIEW.has(key)));
}

interface Props {
  /** The address of the machine as it was. */
  readonly start: string;
  /** The address of the machine as it is now. */
  readonly current: string;
}

/** The way from the machine view to a comparison: of what was changed with the start, or of the machine with another. */
export function CompareLink({ start, current }: Props): VNode {
  const subjects = [...new Set([subjectOf(start), subjectOf(current)])];
  return (
    <a
      href={linkTo(
        'compare',
        '',
        subjects.map((text) => ['s', text] as const),
      )}
    >
      {subjects.length > 1 ? 'Compare with the start' : 'Compare with another'}
    </a>
  );
}
