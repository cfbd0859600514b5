import type { ComponentChildren, VNode } from 'preact';
import type { ComparedCause, ComparedEffect } from '../../answers/comparison.ts';
import type { Subject } from '../../answers/subject.ts';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { CauseRows, EffectRow, hwcapsAmong } from './cause-rows.tsx';

interface TableProps {
  readonly caption: string;
  readonly head: string;
  readonly subjects: readonly Subject[];
  readonly children: ComponentChildren;
}

/** A column for each subject. */
function SubjectTable({ caption, head, subjects, children }: TableProps): VNode {
  return (
    <ScrollArea label={caption}>
      <table class={`compare${subjects.length === 2 ? ' two' : ''}`}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {subjects.map(({ name, system }, index) => (
              <th key={index} scope="col">
                {name}
                <br />
                <span class="soft">Linux {system.release}</span>
              </th>
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </ScrollArea>
  );
}

type Props = Omit<TableProps, 'head' | 'children'>;

/** Causes and effects. */
export function CauseTable({ causes, ...props }: Props & { readonly causes: readonly ComparedCause[] }): VNode {
  return (
    <SubjectTable {...props} head="Cause, and what comes of it">
      {causes.map((cause) => (
        <CauseRows
          key={JSON.stringify(
            'path' in cause.cause ? cause.cause.path : [cause.cause.kind, 'option' in cause.cause ? cause.cause.option : ''],
          )}
          cause={cause}
        />
      ))}
    </SubjectTable>
  );
}

/** What is not known of all subjects. */
export function OpenTable({ effects, ...props }: Props & { readonly effects: readonly ComparedEffect[] }): VNode {
  const hwcaps = hwcapsAmong(effects);
  return (
    <SubjectTable {...props} head="Name">
      <tbody>
        {effects.map((effect) => (
          <EffectRow key={`${effect.kind} ${effect.name}`} effect={effect} hwcaps={hwcaps} />
        ))}
      </tbody>
    </SubjectTable>
  );
}
