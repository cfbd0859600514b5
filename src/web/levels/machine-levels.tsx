import type { VNode } from 'preact';
import type { LevelReading, NextLevel } from '../../answers/level.ts';
import { READING_TITLES } from '../../formats/difference-words.ts';
import { demandNote } from '../../formats/level-words.ts';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';

function Missing({ next: { level, missing } }: { readonly next: NextLevel }): VNode {
  return (
    <p>
      {level}:{' '}
      {missing.length === 0
        ? 'nothing'
        : missing.map((demand) => (
            <span key={demand.archFeature}>
              <ReferenceLink kind="feat" name={demand.archFeature} />
              {demandNote(demand)}{' '}
            </span>
          ))}
    </p>
  );
}

function toldText({ level, shown, notSeen, notDetectable, upTo }: LevelReading): string {
  if (level === undefined) return 'this kernel does not let EL0 read ID registers';
  const told = `${shown.length} of ${shown.length + notSeen.length + notDetectable.length}`;
  return upTo === undefined ? told : `${told}; ${upTo} if all is there that is not given`;
}

/** The level of a machine in the three readings, and what is missing for the next one. */
export function MachineLevels({ readings }: { readonly readings: readonly LevelReading[] }): VNode {
  return (
    <ScrollArea label="The machine’s levels">
      <table class="machine-levels">
        <caption>The level of the machine</caption>
        <thead>
          <tr>
            <th scope="col">Read</th>
            <th scope="col">Level</th>
            <th scope="col">Mandatory FEAT_* shown</th>
            <th scope="col">Missing for the next</th>
          </tr>
        </thead>
        <tbody>
          {readings.map((reading) => (
            <tr key={reading.reading}>
              <th scope="row">{READING_TITLES[reading.reading]}</th>
              <td>
                <strong>{reading.level ?? 'not told'}</strong>
              </td>
              <td>{toldText(reading)}</td>
              <td>
                {reading.next.map((next) => (
                  <Missing key={next.level} next={next} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
