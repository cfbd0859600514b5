import type { VNode } from 'preact';
import { KNOWN_MACHINES } from '../../silicon/known-machine.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import type { LessonQuestion } from './lesson.ts';
import { choicesOf, questionWords } from './question.ts';

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
