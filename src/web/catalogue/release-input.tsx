import type { ComponentChildren, VNode } from 'preact';
import { useId } from 'preact/hooks';
import { KNOWN_TREES } from '../../linux/release/known-trees.ts';
import { releaseProblem } from '../scenario/scenario-query.ts';
import { EntryInput } from './entry-input.tsx';

interface Props {
  readonly label: ComponentChildren;
  readonly release: string;
  /** Takes a release that is known; empty: none was entered. */
  choose(release: string): void;
}

/** A field for any kernel release that is known, with the kernel's name before it or without; those that were read are suggested. */
export function ReleaseInput({ label, release, choose }: Props): VNode {
  const list = useId();
  const enter = (text: string): string | undefined => {
    const entered = text.replace(/^linux(?:\s+version)?\s*/i, '');
    const problem = entered === '' ? undefined : releaseProblem(entered);
    if (problem === undefined) choose(entered);
    return problem;
  };
  return (
    <>
      <EntryInput label={label} class="mono" list={list} size={12} text={release} enter={enter} />
      <datalist id={list}>
        {KNOWN_TREES.map(({ release: known }) => (
          <option key={known} value={known} />
        ))}
      </datalist>
    </>
  );
}
