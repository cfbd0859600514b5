import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { later } from '../later.ts';
import { Notice } from '../notice.tsx';
import type { Lesson, LessonStep } from './lesson.ts';
import { LessonWords } from './lesson-text.tsx';
import { StepQuestion } from './step-question.tsx';

interface StepProps {
  readonly step: LessonStep;
  /** From 1. */
  readonly number: number;
  onResult(right: boolean | undefined): void;
}

/** What the heading of a step has as its id; `0` is the lesson's title. */
export function headingOf(step: number): string {
  return `step-${step}`;
}

/** A step: text, question, and what is told after it. */
export function Step({ step: { title, before, question, after }, number, onResult }: StepProps): VNode {
  return (
    <section class="lesson-step" aria-labelledby={headingOf(number)}>
      <h2 id={headingOf(number)} tabIndex={-1}>
        {number}. {title}
      </h2>
      <div class="lesson-before">
        <LessonWords texts={before} />
      </div>
      {question === undefined ? <LessonWords texts={after} /> : <StepQuestion question={question} after={after} onResult={onResult} />}
    </section>
  );
}

/** What of a lesson's text is not understood, by line. */
export function LessonProblems({ lesson: { problems } }: { readonly lesson: Lesson }): VNode | null {
  if (problems.length === 0) return null;
  return (
    <Notice>
      {problems.length} {problems.length === 1 ? 'line is' : 'lines are'} not understood; the rest is shown.
      <ul>
        {problems.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            Line {line}: {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** The answers, which are on paper only. */
const ANSWERS = later(async () => (await import('./answer-sheet.tsx')).AnswerSheet);

interface Props {
  readonly lesson: Lesson;
  /** Told when the answers for paper are there; absent: nobody waits for them. */
  readonly onWhole?: (() => void) | undefined;
  readonly children: ComponentChildren;
}

/** A lesson as a page: what it is about, what can be done with it, its steps, one below the other; on paper, a sheet with room to write and the answers on the last page. */
export function LessonSteps({ lesson, onWhole, children }: Props): VNode {
  const [results, setResults] = useState<ReadonlyMap<number, boolean | undefined>>(new Map());
  const AnswerSheet = ANSWERS.use(onWhole !== undefined);
  const right = [...results.values()].filter((one) => one === true).length;
  const asked = lesson.steps.filter(({ question }) => question !== undefined).length;
  return (
    <>
      <h1>{lesson.title}</h1>
      <p class="print-only">Name: ______________________________</p>
      <LessonProblems lesson={lesson} />
      <LessonWords texts={lesson.intro} />
      {children}
      {lesson.steps.map((step, index) => (
        <Step
          key={`${index} ${step.title}`}
          step={step}
          number={index + 1}
          onResult={(outcome) => setResults((known) => new Map([...known, [index, outcome]]))}
        />
      ))}
      {asked > 0 && results.size === asked && (
        <p class="no-print" role="status">
          That was the last question: {right} of {asked} came as you said.
        </p>
      )}
      {AnswerSheet !== undefined && <AnswerSheet lesson={lesson} onWhole={onWhole} />}
    </>
  );
}
