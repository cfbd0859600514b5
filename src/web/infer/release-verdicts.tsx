import type { VNode } from 'preact';
import type { ReleaseVerdict } from '../../answers/infer.ts';
import { seriesOf, seriesTitle } from '../../linux/release/known-trees.ts';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { Sign, type SignCharacter } from '../catalogue/sign.tsx';

const SIGNS: Readonly<Record<ReleaseVerdict['prints'], SignCharacter>> = { yes: '●', 'with-options': '○', no: '·' };
const WORDS: Readonly<Record<ReleaseVerdict['prints'], string>> = {
  yes: 'prints it as usually built',
  'with-options': 'only with options off or a workaround left out',
  no: 'cannot print it',
};

/** The series of releases, oldest first, each with the releases of it that were tried. */
function bySeries(releases: readonly ReleaseVerdict[]): readonly (readonly [string, readonly ReleaseVerdict[]])[] {
  const series = new Map<string, ReleaseVerdict[]>();
  for (const verdict of releases) {
    const name = seriesOf(verdict.release);
    series.set(name, [...(series.get(name) ?? []), verdict]);
  }
  return [...series];
}

function SeriesRow({ series, verdicts }: { readonly series: string; readonly verdicts: readonly ReleaseVerdict[] }): VNode {
  return (
    <tr>
      <th scope="row">{seriesTitle(series)}</th>
      <td>
        {verdicts.map(({ release, certain, prints }) => (
          <span key={release} class={`tried ${prints}`}>
            <Sign character={SIGNS[prints]} label={WORDS[prints]} /> {certain ? release : `(${release})`}{' '}
          </span>
        ))}
      </td>
    </tr>
  );
}

/** Every release that was tried, and whether it can print the line. */
export function ReleaseVerdicts({ releases }: { readonly releases: readonly ReleaseVerdict[] }): VNode {
  return (
    <details>
      <summary>Every release that was tried ({releases.length})</summary>
      <ul class="legend">
        {(Object.keys(SIGNS) as ReleaseVerdict['prints'][]).map((prints) => (
          <li key={prints}>
            <Sign character={SIGNS[prints]} /> {WORDS[prints]}
          </li>
        ))}
        <li>in brackets: not read, it lies between two that were</li>
      </ul>
      <ScrollArea label="Releases">
        <table>
          <caption class="unseen">Releases that were tried, by series</caption>
          <thead>
            <tr>
              <th scope="col">Series</th>
              <th scope="col">Releases</th>
            </tr>
          </thead>
          <tbody>
            {bySeries(releases).map(([series, verdicts]) => (
              <SeriesRow key={series} series={series} verdicts={verdicts} />
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </details>
  );
}
