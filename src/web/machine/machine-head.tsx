import type { VNode } from 'preact';
import { capitalised } from '../../capitalised.ts';
import { later } from '../later.ts';
import { Notice } from '../notice.tsx';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { findingWords, sentence } from '../sentence.ts';

const SHOWN_FINDINGS = 12;

const NOTES = later(async () => (await import('../../silicon/machine-notes.ts')).machineNotes);

/** What a machine is and where its registers come from. */
export function MachineHead({ base }: { readonly base: BaseMachine }): VNode {
  const { known, takenFor, findings } = base;
  const notes = NOTES.use()?.(known?.name ?? '') ?? [];
  const worst = findings.filter(({ severity }) => severity !== 'note');
  return (
    <>
      {known !== undefined && (
        <details class="small about">
          <summary>{known.description}</summary>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
      {takenFor !== undefined && (
        <p class="small soft">
          Taken for {takenFor}.{' '}
          {findings
            .filter(({ severity }) => severity === 'note')
            .slice(0, SHOWN_FINDINGS)
            .map((found) => capitalised(sentence(found.where.startsWith('line ') ? findingWords(found) : found.message)))
            .join(' ')}
        </p>
      )}
      {worst.length > 0 && (
        <Notice>
          {worst.length} {worst.length === 1 ? 'finding' : 'findings'} in the text
          <ul>
            {worst.slice(0, SHOWN_FINDINGS).map((found) => (
              <li key={`${found.where} ${found.message}`}>{findingWords(found)}</li>
            ))}
            {worst.length > SHOWN_FINDINGS && <li>… and {worst.length - SHOWN_FINDINGS} more</li>}
          </ul>
        </Notice>
      )}
    </>
  );
}
