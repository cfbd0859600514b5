import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Why } from '../../answers/why.ts';
import { Sign } from '../catalogue/sign.tsx';
import { later } from '../later.ts';
import type { Route } from '../route.ts';
import type { LessonQuestion } from './lesson.ts';
import type { LessonText } from './lesson-outline.ts';
import { LessonWords } from './lesson-text.tsx';
import { choicesOf, questionWords } from './question.ts';
import { QuestionSheet } from './question-sheet.tsx';

/** The picture that answers, and what it is held against. */
const PICTURE = later(async () => {
  const [{ Picture }, { answerTo }] = await Promise.all([import('../present/picture.tsx'), import('./answer-to.ts')]);
  return { Picture, answerTo };
});

interface Props {
  readonly question: LessonQuestion;
  readonly after: readonly LessonText[];
  /** Told once, when the reader has answered: whether it was right; `undefined` where nobody knows. */
  onResult(right: boolean | undefined): void;
}

function Verdict({ guess, right }: { readonly guess: string; readonly right: string | undefined }): VNode {
  if (right === undefined) return <strong class="changed"> Nobody knows: a register that decides is not known.</strong>;
  const isRight = guess === right;
  return (
    <strong class={isRight ? 'good' : 'bad'}>
      {' '}
      <Sign character={isRight ? '✓' : '✗'} /> {isRight ? 'As you said.' : 'Not as you said.'}
    </strong>
  );
}

/** What is to be done after the answer, and whether it is. */
function FlipTask({ first, now }: { readonly first: Why; readonly now: Why }): VNode {
  const done = first.present !== now.present;
  return (
    <span class="lesson-flip" role="status">
      {done ? (
        <strong class="good">
          <Sign character="✓" /> {now.present ? 'It arrives.' : 'It is lost.'}
        </strong>
      ) : (
        <strong>Now you: change something in the picture until it {first.present ? 'is lost' : 'arrives'}.</strong>
      )}
    </span>
  );
}

/** The question of a step: the reader says what will happen, then sees it, and may change it. */
export function StepQuestion({ question, after, onResult }: Props): VNode {
  const [guess, setGuess] = useState<string>();
  const [seen, setSeen] = useState<{ readonly first: Why; readonly now: Why }>();
  const [route, setRoute] = useState<Route>({ view: 'home', name: '', query: question.query });
  const shown = PICTURE.use(guess !== undefined);
  const right = seen === undefined ? undefined : shown?.answerTo(question, seen.first);
  const note = (answer: Why): void => {
    if (seen === undefined && guess !== undefined) {
      const first = shown?.answerTo(question, answer);
      onResult(first === undefined ? undefined : first === guess);
    }
    setSeen({ first: seen?.first ?? answer, now: answer });
  };
  const [before, behind] = questionWords(question);
  return (
    <div class={guess === undefined ? 'lesson-asked' : 'lesson-asked answered'}>
      <p class="lesson-question no-print">
        <strong>
          {before}
          <code>{question.subject.name}</code>
          {behind}
        </strong>{' '}
        {choicesOf(question).map(({ value, text }) => (
          <button
            key={value}
            type="button"
            aria-pressed={guess === value}
            disabled={guess !== undefined && guess !== value}
            onClick={() => setGuess((own) => own ?? value)}
          >
            {text}
          </button>
        ))}
        <span role="status">{guess !== undefined && seen !== undefined && <Verdict guess={guess} right={right} />}</span>
        {guess !== undefined && question.flip && seen !== undefined && <FlipTask {...seen} />}
      </p>
      <QuestionSheet question={question} />
      {guess !== undefined && (
        <div class="no-print">
          {shown !== undefined && <shown.Picture subject={question.subject} route={route} navigate={setRoute} onAnswer={note} />}
          <LessonWords texts={after} />
        </div>
      )}
    </div>
  );
}
