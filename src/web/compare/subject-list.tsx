import type { VNode } from 'preact';
import { SubjectForm } from './subject-form.tsx';
import type { FoundSubject } from './use-subjects.ts';

/** How many machines are compared at most. */
export const MOST_SUBJECTS = 4;

interface Props {
  readonly texts: readonly string[];
  readonly found: readonly FoundSubject[];
  /** Shows other subjects. */
  show(texts: readonly string[]): void;
}

/** The sides of a comparison, and the way to one more. */
export function SubjectList({ texts, found, show }: Props): VNode {
  return (
    <>
      <div class="subjects">
        {texts.map((text, index) => (
          <SubjectForm
            key={index}
            number={index + 1}
            text={text}
            found={found[index]?.text === text ? found[index] : undefined}
            removable={texts.length > 2}
            change={(next) => show(texts.with(index, next))}
            remove={() => show(texts.toSpliced(index, 1))}
          />
        ))}
      </div>
      {texts.length < MOST_SUBJECTS && (
        <p class="no-print">
          <button type="button" onClick={() => show([...texts, texts.at(-1)!])}>
            Add one
          </button>
        </p>
      )}
    </>
  );
}
