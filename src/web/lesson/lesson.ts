import { coresOfName } from '../../answers/core-machine.ts';
import { findWhySubject, type WhySubject } from '../../answers/why.ts';
import { ArmlensError } from '../../errors.ts';
import { given } from '../../given.ts';
import { findMachine } from '../../silicon/known-machine.ts';
import { parseRoute, type Query, queryValue } from '../route.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { sentence } from '../sentence.ts';
import { type LessonLine, type LessonText, lessonTexts, outlineOf } from './lesson-outline.ts';

/**
 * What a step asks before it shows anything: does a name arrive at programs (`ask`), where is it lost (`where`), or which value of a field
 * does the kernel keep (`keep`). `flip` asks, after the answer, to change something until the outcome is the other one.
 */
export interface LessonQuestion {
  readonly kind: QuestionKind;
  readonly subject: WhySubject;
  /** The machine and the kernel, as an address has them. */
  readonly query: Query;
  readonly flip: boolean;
}

/** The kinds of questions, by their words. */
export const QUESTION_KINDS = ['ask', 'where', 'keep'] as const;

/** One of {@link QUESTION_KINDS}. */
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** A step of a lesson: what is told, a question that the reader answers first, and what is told after the answer. */
export interface LessonStep {
  readonly title: string;
  readonly before: readonly LessonText[];
  readonly question?: LessonQuestion;
  readonly after: readonly LessonText[];
}

/** What of a text is not understood. */
export interface LessonProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** A guided way. The answers do not stand in it: the library gives them. */
export interface Lesson {
  readonly title: string;
  readonly intro: readonly LessonText[];
  readonly steps: readonly LessonStep[];
  readonly problems: readonly LessonProblem[];
}

type Tell = (line: number, message: string) => void;

/** What the library makes of a name; what it does not accept is told with its line. */
function told<T>(line: number, tell: Tell, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ArmlensError)) throw error;
    tell(line, error.message);
    return undefined;
  }
}

/** Reads the address of a question: a machine that is known, and a kernel. */
function readAddress({ text, number }: LessonLine, tell: Tell): Query {
  const { route, problems } = parseRoute(text);
  const { problems: wrong } = parseScenario(route.query);
  for (const message of [...problems, ...wrong]) tell(number, message);
  const name = queryValue(route.query, 'm');
  if (route.view !== 'machine') tell(number, `“${text}” is no address of a machine; expected one such as machine/rk3588/?k=6.12`);
  else if (name !== undefined) told(number, tell, () => findMachine(name) ?? coresOfName(name));
  return route.query;
}

function readSubject(name: string, kind: QuestionKind, number: number, tell: Tell): WhySubject | undefined {
  const subject = told(number, tell, () => findWhySubject(name));
  if (subject === undefined || kind !== 'keep' || subject.kind === 'field') return subject;
  tell(number, `“keep” asks of a field, such as ID_AA64ISAR0_EL1.Atomic; ${subject.name} is none`);
  return undefined;
}

/** Reads a block marked `way`: an address, a question, and `flip` if the reader is to change the outcome. */
function readWay(lines: readonly LessonLine[], at: number, tell: Tell): LessonQuestion | undefined {
  const [address, ...words] = lines.filter(({ text }) => text.trim() !== '').map(({ text, number }) => ({ text: text.trim(), number }));
  if (address === undefined) {
    tell(at, 'the way is empty; expected the address of a machine and a line such as “ask ilrcpc”');
    return undefined;
  }
  const query = readAddress(address, tell);
  let asked: { readonly kind: QuestionKind; readonly subject: WhySubject } | undefined;
  let [flip, isAsked] = [false, false];
  for (const { text, number } of words) {
    const [word = '', name] = text.split(/\s+/, 2);
    const kind = QUESTION_KINDS.find((one) => one === word);
    if (word === 'flip') flip = true;
    else if (kind === undefined) tell(number, `“${word}” is no word of a way; expected ${QUESTION_KINDS.join(', ')} or flip`);
    else if (isAsked) tell(number, 'a way asks one question; this is the second');
    else if (name === undefined) tell(number, `“${word}” of what? Expected a name behind it, such as ${word} ilrcpc`);
    else {
      const subject = readSubject(name, kind, number, tell);
      if (subject !== undefined) asked = { kind, subject };
    }
    isAsked ||= kind !== undefined;
  }
  if (words.every(({ text }) => text === 'flip')) tell(address.number, 'the way asks nothing; expected a line such as “ask ilrcpc”');
  return asked === undefined ? undefined : { ...asked, query, flip };
}

function readStep(title: string, lines: readonly LessonLine[], tell: Tell): LessonStep {
  const isFence = ({ text }: LessonLine): boolean => /^```way\s*$/.test(text);
  const start = lines.findIndex(isFence);
  if (start === -1) return { title, before: lessonTexts(lines), after: [] };
  const { number } = lines[start]!;
  const length = lines.slice(start + 1).findIndex(({ text }) => /^```\s*$/.test(text));
  if (length === -1) tell(number, 'the way does not end; expected a line of three backticks');
  const end = length === -1 ? lines.length : start + 1 + length;
  const question = readWay(lines.slice(start + 1, end), number, tell);
  const after = lines.slice(end + 1);
  const second = after.find(isFence);
  if (second !== undefined) tell(second.number, 'a step has one way; this is the second');
  return { title, before: lessonTexts(lines.slice(0, start)), after: lessonTexts(after), ...given({ question }) };
}

/**
 * Reads a lesson: Markdown with a title (`#`), a step for each heading (`##`), and in a step a block marked `way` with the address of a
 * machine and a question. It never fails; what is not understood is told with its line, and the rest is kept.
 */
export function parseLesson(text: string): Lesson {
  const problems: LessonProblem[] = [];
  const tell: Tell = (line, message) => void problems.push({ line, message: sentence(message) });
  const { title, intro, steps, end } = outlineOf(text);
  if (title === undefined) tell(1, 'the lesson has no title; expected a line such as “# What is an ID field?”');
  if (steps.length === 0) tell(end, 'there is no step in it; a step begins with “## ” and its title');
  return {
    title: title ?? 'A lesson',
    intro,
    steps: steps.map((step) => readStep(step.title, step.lines, tell)),
    problems: problems.toSorted((a, b) => a.line - b.line),
  };
}
