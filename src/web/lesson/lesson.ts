import { parseRoute, type Query, type Route } from '../route.ts';

/** A step of a lesson: what is told, a question that the reader answers first, and what is told after the answer. */
export interface LessonStep {
  readonly title: string;
  readonly before: readonly string[];
  /** The machine and the kernel of the question. */
  readonly route?: Route;
  /** What is asked about: does it arrive? */
  readonly ask?: string;
  readonly after: readonly string[];
}

/** A guided way. The answers do not stand in it: the library gives them. */
export interface Lesson {
  readonly title: string;
  readonly intro: readonly string[];
  readonly steps: readonly LessonStep[];
  /** What of the text is not understood, a sentence each. */
  readonly problems: readonly string[];
}

const FENCE = /^```way\n([\s\S]*?)\n```$/m;

function paragraphs(text: string): readonly string[] {
  return text
    .split(/\n{2,}/)
    .map((part) => part.trim().replaceAll('\n', ' '))
    .filter(Boolean);
}

function stepOf(text: string, problems: string[]): LessonStep {
  const [title = '', ...rest] = text.split('\n');
  const body = rest.join('\n');
  const fence = FENCE.exec(body);
  if (fence === null) return { title, before: paragraphs(body), after: [] };
  const [address = '', ...more] = fence[1]!.split('\n').map((line) => line.trim());
  const ask = more.find((line) => line.startsWith('ask '))?.slice(4);
  const parsed = parseRoute(address);
  problems.push(...parsed.problems.map((problem) => `Step “${title}”: ${problem}`));
  if (ask === undefined) problems.push(`Step “${title}”: the way asks nothing; expected a line such as “ask ilrcpc”.`);
  return {
    title,
    before: paragraphs(body.slice(0, fence.index)),
    route: parsed.route,
    ...(ask === undefined ? {} : { ask }),
    after: paragraphs(body.slice(fence.index + fence[0].length)),
  };
}

/**
 * Reads a lesson: Markdown with a title (`#`), a step for each heading (`##`), and in a step a block marked `way` with the address of a
 * machine and a line `ask NAME`. It never fails.
 */
export function parseLesson(text: string): Lesson {
  const problems: string[] = [];
  const [head = '', ...steps] = text.replaceAll('\r\n', '\n').split(/^## /m);
  const [, title = 'A lesson', intro = ''] = /^# ([^\n]*)\n([\s\S]*)$/.exec(head.trim()) ?? [];
  if (steps.length === 0) problems.push('There is no step in it; a step begins with “## ”.');
  return { title, intro: paragraphs(intro), steps: steps.map((step) => stepOf(step.trim(), problems)), problems };
}

/** The query of a step, for the picture. */
export function queryOf({ route }: LessonStep): Query {
  return route?.query ?? [];
}
