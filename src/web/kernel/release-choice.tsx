import type { VNode } from 'preact';
import { KNOWN_TREES } from '../../linux/release/known-trees.ts';
import { MAINLINE_RELEASES, mainlineIndex } from './mainline-releases.ts';

interface Props {
  readonly release: string;
  /** Set while the slider is being moved, so that the movement counts as one step. */
  readonly merging: { current: boolean };
  choose(release: string): void;
}

/** The kernel's release: a slider over the mainline releases, and a field for any other. */
export function ReleaseChoice({ release, merging, choose }: Props): VNode {
  return (
    <div class="release">
      <label>
        Release
        <input
          type="range"
          min={0}
          max={MAINLINE_RELEASES.length - 1}
          value={mainlineIndex(release)}
          aria-valuetext={`Linux ${release}`}
          onInput={({ currentTarget }) => {
            choose(MAINLINE_RELEASES[Number(currentTarget.value)] ?? release);
            merging.current = true;
          }}
          onChange={() => {
            merging.current = false;
          }}
        />
      </label>
      <label>
        <span class="unseen">Release, exactly: </span>Linux{' '}
        <input
          key={release}
          class="mono"
          list="known-releases"
          size={12}
          defaultValue={release}
          spellcheck={false}
          autocomplete="off"
          onChange={({ currentTarget }) => choose(currentTarget.value.trim())}
        />
      </label>
      <datalist id="known-releases">
        {KNOWN_TREES.map(({ release: known }) => (
          <option key={known} value={known} />
        ))}
      </datalist>
    </div>
  );
}
