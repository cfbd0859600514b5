import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { FoundSubject } from './use-subjects.ts';

interface Props {
  readonly found: readonly FoundSubject[];
  /** Whether there is something to choose first. */
  readonly isOpen: boolean;
  readonly children: ComponentChildren;
}

/** What is compared, in a line; the forms that change it open below. */
export function SubjectFold({ found, isOpen, children }: Props): VNode {
  const [opened, setOpened] = useState<boolean>();
  return (
    <details class="compared-fold" open={opened ?? isOpen} onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary>
        Change what is compared
        <span class="soft small">
          {' '}
          {found
            .map(({ subject, text }) => (subject === undefined ? text.slice(0, 40) : `${subject.name}, Linux ${subject.kernel.release}`))
            .join(' · ')}
        </span>
      </summary>
      {children}
    </details>
  );
}
