import type { VNode } from 'preact';
import { formatVerdict } from '../../formats/verdict.ts';
import { KNOWN_MACHINES } from '../../silicon/known-machine.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { onPage } from '../sentence.ts';
import { useLiveAnswer } from '../why/use-live-answer.ts';
import type { Lesson, LessonQuestion } from './lesson.ts';
import { LessonWords } from './lesson-text.tsx';
import { answerTo, choicesOf, questionWords } from './question.ts';

/** The machine and the kernel of a question, in words for paper. */
function setting({ query }: LessonQuestion): string {
  const { machine, release, edits, settings, options, cmdline } = parseScenario(query).value;
  const title = machine.kind === 'known' ? (KNOWN_MACHINES.find(({ name }) => name === machine.name)?.title ?? machine.name) : '';
  return [
    title,
    release === undefined ? '' : `Linux ${release}`,
    ...edits.map(({ target, value, cpus }) => `${target} = ${value}${cpus === undefined ? '' : ` on CPU ${cpus.join(', ')}`}`),
    ...settings.map((one) => `the hypervisor makes ${one.replace('=', ' = ')}`),
    ...options.map(([name, value]) => `${name}=${value}`),
    cmdline === undefined ? '' : `command line: ${cmdline}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A question on paper: what it is about, the answers to tick, and room for a reason. */
export function QuestionSheet({ question }: { readonly question: LessonQuestion }): VNode {
  const [before, behind] = questionWords(question);
  return (
    <div class="question-sheet print-only">
      <p>{setting(question)}</p>
      <p>
        <strong>
          {before}
          <code>{question.subject.name}</code>
          {behind}
        </strong>
      </p>
      <p>
        {choicesOf(question).map(({ value, text }) => (
          <span key={value} class="tick">
            {text}
          </span>
        ))}
      </p>
      <p class="room">Because</p>
      <p class="room" />
      <p class="room" />
    </div>
  );
}

function Answer({ question, title }: { readonly question: LessonQuestion; readonly title: string }): VNode {
  const { answer, problem } = useLiveAnswer(question.subject, question.query);
  const right = answer === undefined ? undefined : answerTo(question, answer);
  const text = choicesOf(question).find(({ value }) => value === right)?.text ?? 'Not known';
  return (
    <p>
      <strong>{title}</strong>: {answer === undefined ? problem : `${text}. ${onPage(formatVerdict(answer))}`}
    </p>
  );
}

/** The answers on the last page: derived, like those on the screen. */
export function AnswerSheet({ lesson }: { readonly lesson: Lesson }): VNode {
  return (
    <section class="answer-sheet print-only">
      <h2>Answers: {lesson.title}</h2>
      {lesson.steps.map(({ title, question, after }, index) => (
        <div key={index}>
          {question !== undefined && <Answer question={question} title={`${index + 1}. ${title}`} />}
          {question !== undefined && <LessonWords texts={after} />}
        </div>
      ))}
    </section>
  );
}
