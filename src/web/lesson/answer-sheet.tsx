import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatVerdict } from '../../formats/verdict.ts';
import { onPage } from '../sentence.ts';
import { useLiveAnswer } from '../why/use-live-answer.ts';
import { answerTo } from './answer-to.ts';
import type { Lesson, LessonQuestion } from './lesson.ts';
import { LessonWords } from './lesson-text.tsx';
import { choicesOf } from './question.ts';

interface AnswerProps {
  readonly question: LessonQuestion;
  readonly title: string;
  /** Told when it stands there. */
  onThere(): void;
}

function Answer({ question, title, onThere }: AnswerProps): VNode {
  const { answer, problem } = useLiveAnswer(question.subject, question.query, true);
  const right = answer === undefined ? undefined : answerTo(question, answer);
  const text = choicesOf(question).find(({ value }) => value === right)?.text ?? 'Not known';
  const isThere = answer !== undefined || problem !== undefined;
  useEffect(() => {
    if (isThere) onThere();
  }, [isThere]);
  return (
    <p>
      <strong>{title}</strong>: {answer === undefined ? problem : `${text}. ${onPage(formatVerdict(answer))}`}
    </p>
  );
}

interface Props {
  readonly lesson: Lesson;
  /** Told when all answers stand there; absent: nobody waits for them. */
  readonly onWhole?: (() => void) | undefined;
}

/** The answers on the last page: derived, like those on the screen. */
export function AnswerSheet({ lesson, onWhole }: Props): VNode {
  const [there, setThere] = useState(0);
  const isWhole = there === lesson.steps.filter(({ question }) => question !== undefined).length;
  useEffect(() => {
    if (isWhole) onWhole?.();
  }, [isWhole, onWhole]);
  return (
    <section class="answer-sheet print-only">
      <h2>Answers: {lesson.title}</h2>
      {lesson.steps.map(({ title, question, after }, index) => (
        <div key={index}>
          {question !== undefined && (
            <Answer question={question} title={`${index + 1}. ${title}`} onThere={() => setThere((count) => count + 1)} />
          )}
          {question !== undefined && <LessonWords texts={after} />}
        </div>
      ))}
    </section>
  );
}
