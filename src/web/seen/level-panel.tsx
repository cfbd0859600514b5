import type { VNode } from 'preact';
import { includesLevel, type LevelReading } from '../../answers/level.ts';
import type { LevelReadingName } from '../../answers/level-reading.ts';
import { demandNote, leastLevel } from '../../formats/level-words.ts';
import { linkTo } from '../route.ts';

const TITLES: Readonly<Record<LevelReadingName, string>> = {
  registers: 'by the letter of its registers',
  el0: 'as programs read them at EL0',
  hwcaps: 'by its hwcaps alone',
};

interface LevelNowProps {
  readonly level: LevelReading['level'];
  readonly before: LevelReading['level'];
  /** The level as it is told. */
  readonly words: string;
}

/** A level beside what it was: a higher one came, of a lower one the rest is gone. */
function LevelNow({ level, before, words }: LevelNowProps): VNode {
  if (level === before) return <span>{words}</span>;
  if (before === undefined || (level !== undefined && includesLevel(level, before))) return <span class="came">{words}</span>;
  return (
    <span class="changed">
      {words} <span class="soft">(was {before})</span>
    </span>
  );
}

/** The architecture level in three readings, and what is missing for the next one. */
export function LevelPanel({
  readings,
  start,
  isPartial,
}: {
  readonly readings: readonly LevelReading[];
  readonly start: readonly LevelReading[];
  /** Whether something is not known of the system. */
  readonly isPartial: boolean;
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
          {readings.map(({ reading, level, upTo, next }, i) => (
            <tr key={reading}>
              <th scope="row">{TITLES[reading]}</th>
              <td class="level">
                <LevelNow level={level} before={start[i]?.level} words={leastLevel({ level, upTo }, isPartial)} />
              </td>
              <td>
                {next.map(({ level: above, missing }) => (
                  <div key={above}>
                    {above}:{' '}
                    {missing.slice(0, 6).map((demand) => (
                      <span key={demand.archFeature}>
                        <a href={linkTo('feat', demand.archFeature)}>
                          <code>{demand.archFeature}</code>
                        </a>
                        {demandNote(demand)}{' '}
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
