import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { findWhySubject, type Why, type WhySubject } from '../../answers/why.ts';
import { ArmlensError } from '../../errors.ts';
import { Sign } from '../catalogue/sign.tsx';
import { Notice } from '../notice.tsx';
import type { Route } from '../route.ts';
import { LiveWay } from '../why/live-way.tsx';
import { type Lesson, type LessonStep, queryOf } from './lesson.ts';

/** A paragraph in which names in backticks are code. */
function Words({ text }: { readonly text: string }): VNode {
  return <p>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</p>;
}

function subjectOf(ask: string | undefined): WhySubject | undefined {
  try {
    return ask === undefined ? undefined : findWhySubject(ask);
  } catch (error) {
    if (error instanceof ArmlensError) return undefined;
    throw error;
  }
}

/** The question of a step: the reader says what will happen, then sees it, and may change it. */
function Question({ step, subject }: { readonly step: LessonStep; readonly subject: WhySubject }): VNode {
  const [guess, setGuess] = useState<boolean>();
  const [outcome, setOutcome] = useState<boolean>();
  const [route, setRoute] = useState<Route>({ view: 'home', name: '', query: queryOf(step) });
  const note = (answer: Why): void => setOutcome((known) => known ?? answer.present);
  return (
    <>
      <p class="question">
        Does <code>{subject.name}</code> arrive?{' '}
        {[true, false].map((own) => (
          <button key={String(own)} type="button" aria-pressed={guess === own} disabled={guess !== undefined} onClick={() => setGuess(own)}>
            {own ? 'Yes' : 'No'}
          </button>
        ))}
        <span role="status">
          {guess !== undefined && outcome !== undefined && (
            <strong class={guess === outcome ? 'good' : 'bad'}>
              {' '}
              <Sign character={guess === outcome ? '✓' : '✗'} /> {guess === outcome ? 'As you said.' : 'Not as you said.'}
            </strong>
          )}
        </span>
      </p>
      {guess !== undefined && (
        <>
          <LiveWay subject={subject} route={route} navigate={setRoute} onAnswer={note} />
          {step.after.map((text) => (
            <Words key={text} text={text} />
          ))}
        </>
      )}
    </>
  );
}

/** A lesson: its steps, one below the other. */
export function LessonSteps({ lesson }: { readonly lesson: Lesson }): VNode {
  return (
    <>
      <h1>{lesson.title}</h1>
      {lesson.problems.map((problem) => (
        <Notice key={problem}>{problem}</Notice>
      ))}
      {lesson.intro.map((text) => (
        <Words key={text} text={text} />
      ))}
      {lesson.steps.map((step, index) => {
        const subject = subjectOf(step.ask);
        return (
          <section key={step.title} class="lesson-step">
            <h2>
              {index + 1}. {step.title}
            </h2>
            {step.before.map((text) => (
              <Words key={text} text={text} />
            ))}
            {step.ask !== undefined && subject === undefined && <Notice>Nothing is called “{step.ask}”.</Notice>}
            {subject !== undefined && <Question step={step} subject={subject} />}
            {subject === undefined && step.after.map((text) => <Words key={text} text={text} />)}
          </section>
        );
      })}
    </>
  );
}
