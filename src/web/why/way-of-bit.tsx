import type { VNode } from 'preact';
import type { Fate, Station, Why } from '../../answers/why.ts';
import { capitalised } from '../../capitalised.ts';
import { PLACE_NAMES, stationLines } from '../../formats/station-words.ts';
import { Sign, type SignCharacter } from '../catalogue/sign.tsx';
import { SignedText } from '../catalogue/signed-text.tsx';
import { type StageState, stagesOf } from './stages.ts';

const MARKS: Readonly<Record<Fate, SignCharacter>> = { passed: '✓', lost: '✗', partly: '~', noted: '·' };
const FATES: Readonly<Record<Fate, string>> = { passed: 'passes', lost: 'lost here', partly: 'lost on some CPUs', noted: '' };
interface ItemProps {
  readonly station: Station;
  readonly count: number;
  readonly state: StageState;
}

function StationItem({ station, count, state }: ItemProps): VNode {
  const { place } = station;
  // What never came here does not pass, and a runtime loses none of it.
  const isAfter = state === 'after' && (place === 'runtime' || station.fate === 'passed');
  // Nor is it known to be lost where a guest alone read it.
  const fate: Fate = isAfter || (state === 'open' && station.fate === 'lost') ? 'noted' : station.fate;
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

/** What happened to a bit at each station of its way. */
export function WayOfBit({ why, host }: { readonly why: Why; readonly host?: string | undefined }): VNode {
  const count = why.system.cpus.length;
  return (
    <ol class="way" aria-label="Station by station">
      {stagesOf(why, host).map(({ stage, title, stations, state, said, words }) => (
        <li key={stage} class={`stage ${state}`}>
          <h3>
            {title}
            {(state === 'after' || (state === 'lost' && stations.length === 0)) && <span class="stop-state soft"> {said}</span>}
          </h3>
          {stations.length === 0 ? (
            <p class="soft">{state === 'lost' ? `${capitalised(words)}.` : 'Nothing happens to it here.'}</p>
          ) : (
            <ul>
              {stations.map((station, i) => (
                <StationItem key={`${station.place} ${i}`} station={station} count={count} state={state} />
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
