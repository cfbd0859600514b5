import type { VNode } from 'preact';
import type { Fate, Station } from '../../answers/why.ts';
import { PLACE_NAMES, stationLines } from '../../formats/station-words.ts';
import { Sign, type SignCharacter } from '../catalogue/sign.tsx';
import { SignedText } from '../catalogue/signed-text.tsx';
import { byStage, type Stage } from './stages.ts';

const MARKS: Readonly<Record<Fate, SignCharacter>> = { passed: '✓', lost: '✗', partly: '~', noted: '·' };
const FATES: Readonly<Record<Fate, string>> = { passed: 'passes', lost: 'lost here', partly: 'lost on some CPUs', noted: '' };
const TITLES: Readonly<Record<Stage, string>> = {
  silicon: 'Silicon',
  hypervisor: 'Hypervisor',
  kernel: 'Kernel',
  process: 'Process',
  runtime: 'Runtimes',
};

interface Props {
  readonly chain: readonly Station[];
  readonly present: boolean;
  /** How many CPUs the machine has. */
  readonly count: number;
}

function StationItem({ station, count }: { readonly station: Station; readonly count: number }): VNode {
  const { fate, place } = station;
  return (
    <li class={`station ${fate}`}>
      <p class="station-head">
        <span class="fate-mark">
          <Sign character={MARKS[fate]} />
        </span>{' '}
        {PLACE_NAMES[place]}
        {FATES[fate] !== '' && <strong class="fate"> {FATES[fate]}</strong>}
      </p>
      {stationLines(station, count).map((line) => (
        <p key={line} class="station-line">
          <SignedText text={line} />
        </p>
      ))}
    </li>
  );
}

/** How far the bit comes: the first part of the way in which it was lost, if any. */
function lostAt(stages: ReadonlyMap<Stage, readonly Station[]>): Stage | undefined {
  return [...stages].find(([stage, stations]) => stage !== 'runtime' && stations.some(({ fate }) => fate === 'lost'))?.[0];
}

/** The way of a bit from silicon to the runtimes, with what happened to it at each station. */
export function WayOfBit({ chain, present, count }: Props): VNode {
  const stages = byStage(chain);
  const lost = present ? undefined : lostAt(stages);
  let gone = false;
  return (
    <ol class="way" aria-label="The way of the bit">
      {[...stages]
        .filter(([stage, stations]) => stage !== 'runtime' || stations.length > 0)
        .map(([stage, stations]) => {
          const before = gone;
          gone ||= stage === lost;
          const state = stage === lost ? 'lost' : before ? 'after' : 'before';
          return (
            <li key={stage} class={`stage ${state}`}>
              <h3>
                {TITLES[stage]}
                {stage === lost && (
                  <span class="bad">
                    {' '}
                    <Sign character="✗" /> lost here
                  </span>
                )}
                {before && <span class="unseen"> (does not arrive)</span>}
              </h3>
              {stations.length === 0 ? (
                stage !== 'process' && <p class="soft">Nothing happens to it here.</p>
              ) : (
                <ul>
                  {stations.map((station, i) => (
                    <StationItem key={`${station.place} ${i}`} station={station} count={count} />
                  ))}
                </ul>
              )}
              {stage === 'process' && (
                <p class={`arrival ${present ? 'good' : 'bad'}`}>
                  <Sign character={present ? '✓' : '✗'} /> {present ? 'It arrives.' : 'It does not arrive.'}
                </p>
              )}
            </li>
          );
        })}
    </ol>
  );
}
