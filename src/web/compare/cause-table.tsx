import type { VNode } from 'preact';
import type { ComparedCause } from '../../answers/comparison.ts';
import type { Subject } from '../../answers/subject.ts';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { CauseRows } from './cause-rows.tsx';

interface Props {
  readonly caption: string;
  readonly causes: readonly ComparedCause[];
  readonly subjects: readonly Subject[];
}

/** Causes and effects, a column for each subject. */
export function CauseTable({ caption, causes, subjects }: Props): VNode {
  return (
    <ScrollArea label={caption}>
      <table class={`compare${subjects.length === 2 ? ' two' : ''}`}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Cause, and what comes of it</th>
            {subjects.map(({ name, system }, index) => (
              <th key={index} scope="col">
                {name}
                <br />
                <span class="soft">Linux {system.release}</span>
              </th>
            ))}
          </tr>
        </thead>
        {causes.map((cause) => (
          <CauseRows
            key={JSON.stringify(
              'path' in cause.cause ? cause.cause.path : [cause.cause.kind, 'option' in cause.cause ? cause.cause.option : ''],
            )}
            cause={cause}
          />
        ))}
      </table>
    </ScrollArea>
  );
}
