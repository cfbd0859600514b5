import type { VNode } from 'preact';
import { MAINLINE_RELEASES, mainlineOf } from '../../linux/release/known-trees.ts';
import { ReleaseInput } from '../catalogue/release-input.tsx';
import type { Movement } from '../machine/use-edit-history.ts';

interface Props {
  readonly release: string;
  /** Tells where the movement of the slider stands, which counts as one step. */
  readonly movement: { current: Movement };
  choose(release: string): void;
}

/** The kernel's release: a slider over the mainline releases, and a field for any other. */
export function ReleaseChoice({ release, movement, choose }: Props): VNode {
  const place = MAINLINE_RELEASES.indexOf(mainlineOf(release) ?? '');
  return (
    <div class="release">
      <label>
        Release
        <input
          type="range"
          min={0}
          max={MAINLINE_RELEASES.length - 1}
          value={place === -1 ? MAINLINE_RELEASES.length - 1 : place}
          aria-valuetext={`Linux ${release}`}
          onInput={({ currentTarget }) => {
            movement.current = movement.current === 'none' ? 'begun' : 'going-on';
            choose(MAINLINE_RELEASES[Number(currentTarget.value)] ?? release);
          }}
          onChange={() => {
            movement.current = 'none';
          }}
        />
      </label>
      <ReleaseInput
        label={
          <>
            <span class="unseen">Release, exactly: </span>Linux
          </>
        }
        release={release}
        choose={choose}
      />
    </div>
  );
}
