import type { ComponentChildren, VNode } from 'preact';
import { useId } from 'preact/hooks';
import { KNOWN_TREES } from '../../linux/release/known-trees.ts';

interface Props {
  readonly label: ComponentChildren;
  readonly release: string;
  /** Takes what was entered; empty: none. */
  choose(release: string): void;
}

/** A field for any kernel release; those that were read are suggested. */
export function ReleaseInput({ label, release, choose }: Props): VNode {
  const list = useId();
  return (
    <>
      <label>
        {label}{' '}
        <input
          key={release}
          class="mono"
          list={list}
          size={12}
          defaultValue={release}
          spellcheck={false}
          autocomplete="off"
          onChange={({ currentTarget }) => choose(currentTarget.value.trim())}
        />
      </label>
      <datalist id={list}>
        {KNOWN_TREES.map(({ release: known }) => (
          <option key={known} value={known} />
        ))}
      </datalist>
    </>
  );
}
