import type { VNode } from 'preact';
import { MAINLINE_RELEASES, seriesTitle } from '../../linux/release/known-trees.ts';
import type { SeriesState } from '../../linux/release/row-timeline.ts';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { Sign, type SignCharacter } from '../catalogue/sign.tsx';

type Standing = 'present' | 'update' | 'went' | 'unknown' | 'absent';

const SIGNS: Readonly<Record<Standing, SignCharacter>> = { present: '●', update: '◐', went: '◌', unknown: '?', absent: '·' };
/** What each sign says of a release. */
export type TimelineWords = Readonly<Record<Standing, string>>;

const HAS_IT: TimelineWords = {
  present: 'has it',
  update: 'has it from an update on',
  went: 'lost it with an update',
  unknown: 'not known',
  absent: 'has it not',
};

function standingOf({ atFirst, updates }: SeriesState): Standing {
  const last = updates.at(-1);
  if (last !== undefined) return last.present ? 'update' : 'went';
  return atFirst;
}

function updateText({ series, updates }: SeriesState, { present: has }: TimelineWords): string {
  const name = seriesTitle(series);
  return updates
    .map(({ since, notIn, present }) => {
      const before = notIn === undefined ? ' or earlier' : ` (not yet in ${notIn})`;
      return `${name} ${has} ${present ? '' : 'no more '}from ${since}${before}`;
    })
    .join('; ');
}

const MAJORS: readonly string[] = [...new Set(MAINLINE_RELEASES.map((release) => release.replace(/\..*/, '')))];
const MINORS: readonly number[] = Array.from({ length: 21 }, (_, minor) => minor);

function Cell({ state, words }: { readonly state: SeriesState | undefined; readonly words: TimelineWords }): VNode {
  if (state === undefined) return <td />;
  const standing = standingOf(state);
  const title = `Linux ${state.series}${state.updates.length > 0 ? `: ${updateText(state, words)}` : ` ${words[standing]}`}`;
  return (
    <td class={standing} title={title}>
      <Sign character={SIGNS[standing]} label={words[standing]} />
    </td>
  );
}

/** The mainline releases with which something began and ended, in words. */
function spanText(timeline: readonly SeriesState[]): string {
  const mainline = timeline.filter(({ series }) => MAINLINE_RELEASES.includes(series));
  const steps = mainline.flatMap(({ series, atFirst }, index): readonly string[] => {
    const before = mainline[index - 1]?.atFirst;
    if (atFirst === 'present' && before !== 'present')
      return [before === undefined ? `since ${series} or earlier` : `since Linux ${series}`];
    return before === 'present' && atFirst !== 'present' ? [`no more from Linux ${series} on`] : [];
  });
  const unknown = mainline.filter(({ atFirst }) => atFirst === 'unknown').map(({ series }) => series);
  const doubt = unknown.length === 0 ? '' : `; of ${unknown.join(', ')} it is not known`;
  return steps.length === 0 ? `In no mainline release${doubt}.` : `In mainline ${steps.join(', ')}${doubt}.`;
}

function TimelineTable({ timeline, words }: { readonly timeline: readonly SeriesState[]; readonly words: TimelineWords }): VNode {
  const states = new Map(timeline.map((state) => [state.series, state]));
  return (
    <table class="timeline">
      <caption>Linux releases by major (rows) and minor number (columns), where each begins</caption>
      <thead>
        <tr>
          <th scope="col">Linux</th>
          {MINORS.map((minor) => (
            <th key={minor} scope="col">
              {minor}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {MAJORS.map((major) => (
          <tr key={major}>
            <th scope="row">{major}.x</th>
            {MINORS.map((minor) => (
              <Cell key={minor} state={states.get(`${major}.${minor}`)} words={words} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** In which kernels something is there: a row for each major release, a column for each minor one, and what updates brought in words. */
export function ReleaseTimeline({
  timeline,
  name,
  words = HAS_IT,
}: {
  readonly timeline: readonly SeriesState[];
  readonly name: string;
  readonly words?: TimelineWords;
}): VNode {
  const updated = timeline.filter(({ updates }) => updates.length > 0);
  const shown = [...new Set(timeline.map(standingOf))];
  const standings = (Object.keys(SIGNS) as Standing[]).filter((standing) => shown.includes(standing));
  return (
    <>
      <p>{spanText(timeline)}</p>
      {updated.length > 0 && (
        <ul>
          {updated.map((state) => (
            <li key={state.series}>{updateText(state, words)}</li>
          ))}
        </ul>
      )}
      <ScrollArea label={`Releases that have ${name}`}>
        <TimelineTable timeline={timeline} words={words} />
      </ScrollArea>
      <ul class="legend">
        {standings.map((standing) => (
          <li key={standing}>
            <Sign character={SIGNS[standing]} /> {words[standing]}
          </li>
        ))}
        <li>empty: no such release</li>
      </ul>
    </>
  );
}
