import type { VNode } from 'preact';
import { KvmChoice } from '../kvm/kvm-choice.tsx';
import { MachinePicker } from '../machine/machine-picker.tsx';
import { PastePanel } from '../machine/paste-panel.tsx';
import { Notice } from '../notice.tsx';
import { linkTo, withQuery } from '../route.ts';
import { parseScenario, withScenario } from '../scenario/scenario-query.ts';
import { SubjectChanges } from './subject-changes.tsx';
import { SubjectKernel } from './subject-kernel.tsx';
import { formatSubject, parseSubject } from './subject-text.ts';
import type { FoundSubject } from './use-subjects.ts';

interface Props {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly found: FoundSubject | undefined;
  /** Whether it may be taken away. */
  readonly removable: boolean;
  change(text: string): void;
  remove(): void;
}

/** One side of a comparison: machine, kernel, and how to leave it out. Another machine keeps the release, nothing else. */
export function SubjectForm({ number, text, found, removable, change, remove }: Props): VNode {
  const query = parseSubject(text);
  const release = query.filter(([key]) => key === 'k');
  return (
    <fieldset class="subject">
      <legend>
        <span class="unseen">Machine </span>
        {number}
      </legend>
      <MachinePicker machine={parseScenario(query).value.machine} choose={(name) => change(formatSubject([['m', name], ...release]))} />
      <PastePanel choose={(code) => change(formatSubject([...release, ['p', code]]))} />
      <SubjectKernel
        query={query}
        found={found}
        set={(key, value) => change(formatSubject(withQuery(query, key, ...(value === '' ? [] : [value]))))}
      />
      {found?.base !== undefined && (
        <KvmChoice
          query={parseScenario(query).value}
          base={found.base}
          release={found.subject?.kernel.release ?? ''}
          set={(next) => change(formatSubject(withScenario(query, next)))}
        />
      )}
      <SubjectChanges query={query} />
      <p class="small">
        <a href={linkTo('machine', '', query)}>Open this machine</a>{' '}
        {removable && (
          <button type="button" onClick={remove}>
            Leave out <span class="unseen">number {number}</span>
          </button>
        )}
      </p>
      {found?.problems.map((problem) => (
        <Notice key={problem} kind={found.subject === undefined ? 'error' : 'note'}>
          {problem}
        </Notice>
      ))}
    </fieldset>
  );
}
