import type { VNode } from 'preact';
import type { Comparison } from '../../answers/comparison.ts';
import type { Subject } from '../../answers/subject.ts';
import { READING_TITLES } from '../../formats/difference-words.ts';
import { ScrollArea } from '../catalogue/scroll-area.tsx';

/** The architecture level of each subject, in the three readings. */
export function LevelTable({ levels, subjects }: Pick<Comparison, 'levels'> & { readonly subjects: readonly Subject[] }): VNode {
  return (
    <ScrollArea label="Levels">
      <table class="compare">
        <caption>Architecture level</caption>
        <thead>
          <tr>
            <th scope="col">Read</th>
            {subjects.map(({ name }, index) => (
              <th key={index} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {levels.map(({ reading, levels: own }) => (
            <tr key={reading}>
              <th scope="row">{READING_TITLES[reading]}</th>
              {own.map((level, index) => (
                <td key={index}>{level ?? 'not told'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
