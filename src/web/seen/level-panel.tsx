import type { VNode } from 'preact';
import { includesLevel, type LevelReading } from '../../answers/level.ts';
import type { LevelReadingName } from '../../answers/level-reading.ts';
import { linkTo } from '../route.ts';

const TITLES: Readonly<Record<LevelReadingName, string>> = {
  registers: 'by the letter of its registers',
  el0: 'as programs read them at EL0',
  hwcaps: 'by its hwcaps alone',
};

/** A level beside what it was: a higher one came, of a lower one the rest is gone. */
function LevelNow({ level, before }: { readonly level: LevelReading['level']; readonly before: LevelReading['level'] }): VNode {
  if (level === before) return <span>{level ?? 'unknown'}</span>;
  if (before === undefined || (level !== undefined && includesLevel(level, before))) return <span class="came">{level ?? 'unknown'}</span>;
  return (
    <span class="changed">
      {level ?? 'unknown'} <span class="soft">(was {before})</span>
    </span>
  );
}

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
                <LevelNow level={level} before={start[i]?.level} />
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
