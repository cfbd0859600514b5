import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { formatRoute, queryValue, type Route, withQuery } from '../route.ts';
import type { ViewProps } from '../view.ts';
import type { Lesson } from './lesson.ts';
import { headingOf, LessonProblems, Step } from './lesson-steps.tsx';
import { LessonWords } from './lesson-text.tsx';

/** Keys that a remote control sends, and those of a keyboard. */
const FORWARD: readonly string[] = ['PageDown', 'ArrowRight'];
const BACK: readonly string[] = ['PageUp', 'ArrowLeft'];

/** Turns pages by keys, unless they do something where the focus is. */
function useTurning(turn: (by: number) => void): void {
  const latest = useRef(turn);
  latest.current = turn;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { key, target } = event;
      if (target instanceof HTMLElement && target.matches('input, select, textarea') && key.startsWith('Arrow')) return;
      const by = FORWARD.includes(key) ? 1 : BACK.includes(key) ? -1 : 0;
      if (by === 0) return;
      // The page that is turned to is not scrolled besides.
      event.preventDefault();
      latest.current(by);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** Arrives at each step that is turned to as at a page: at its top, with the focus on what it is called. */
function useStepArrival(step: number): void {
  const at = useRef(step);
  useLayoutEffect(() => {
    if (at.current === step) return;
    at.current = step;
    scrollTo(0, 0);
    document.getElementById(headingOf(step))?.focus({ preventScroll: true });
  }, [step]);
}

/** A lesson for a projector or a figure: one step at a time. `step=0` is its title. */
export function LessonSlides({ lesson, route, navigate }: ViewProps & { readonly lesson: Lesson }): VNode {
  const wanted = Number(queryValue(route.query, 'step') ?? 0);
  const step = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 0), lesson.steps.length) : 0;
  const at = (number: number): Route => ({ ...route, query: withQuery(route.query, 'step', String(number)) });
  useTurning((by) => {
    const next = step + by;
    if (next >= 0 && next <= lesson.steps.length) navigate(at(next));
  });
  useStepArrival(step);
  const own = lesson.steps[step - 1];
  return (
    <>
      {own === undefined ? (
        <>
          <h1 id={headingOf(0)} tabIndex={-1}>
            {lesson.title}
          </h1>
          <LessonProblems lesson={lesson} />
          <LessonWords texts={lesson.intro} />
        </>
      ) : (
        <>
          <h1 class="unseen">{lesson.title}</h1>
          <Step key={step} step={own} number={step} onResult={() => undefined} />
        </>
      )}
      <nav class="row no-print slide-turn" aria-label="Steps">
        {step > 0 && <a href={formatRoute(at(step - 1))}>Back</a>}
        <span class="soft small">
          {step} of {lesson.steps.length}
        </span>
        {step < lesson.steps.length && <a href={formatRoute(at(step + 1))}>{step === 0 ? 'Begin' : 'Next'}</a>}
      </nav>
    </>
  );
}
