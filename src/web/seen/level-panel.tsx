import type { VNode } from 'preact';
import type { LevelReading } from '../../answers/level.ts';
import type { LevelReadingName } from '../../answers/level-reading.ts';
import { linkTo } from '../route.ts';

const TITLES: Readonly<Record<LevelReadingName, string>> = {
  registers: 'by the letter of its registers',
  el0: 'as programs read them at EL0',
  hwcaps: 'by its hwcaps alone',
};

/** The architecture level in three readings, and what is missing for the next one. */
export function LevelPanel({
  readings,
  start,
}: {
  readonly readings: readonly LevelReading[];
  readonly start: readonly LevelReading[];
}): VNode {
  return (
    <div class="scroll">
      <table>
        <caption>Architecture level</caption>
        <thead>
          <tr>
            <th scope="col">Reading</th>
            <th scope="col">Level</th>
            <th scope="col">Missing for the next</th>
          </tr>
        </thead>
        <tbody>
          {readings.map(({ reading, level, next }, i) => (
            <tr key={reading}>
              <th scope="row">{TITLES[reading]}</th>
              <td class="level">
                <span class={level === start[i]?.level ? undefined : 'came'}>{level ?? 'unknown'}</span>
              </td>
              <td>
                {next.map(({ level: above, missing }) => (
                  <div key={above}>
                    {above}:{' '}
                    {missing.slice(0, 6).map(({ archFeature }) => (
                      <span key={archFeature}>
                        <a href={linkTo('feat', archFeature)}>
                          <code>{archFeature}</code>
                        </a>{' '}
                      </span>
                    ))}
                    {missing.length > 6 && `and ${missing.length - 6} more`}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
