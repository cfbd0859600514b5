import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { type Lesson, parseLesson } from '../lesson/lesson.ts';
import { LessonSteps } from '../lesson/lesson-steps.tsx';
import { Notice } from '../notice.tsx';
import { linkTo } from '../route.ts';
import type { LoadedView, ViewProps } from '../view.ts';
import '../why/why.css';

/** The lessons that come with the explorer, by file. */
const TEXTS: Readonly<Record<string, string>> = import.meta.glob('../lesson/texts/*.md', { query: '?raw', import: 'default', eager: true });

/** In the order in which they are best taken. */
const ORDER: readonly string[] = ['id-field', 'way-of-a-hwcap', 'big-little', 'erratum', 'guest', 'levels', 'sigill'];

/** The names of all lessons. */
export const LESSON_NAMES: readonly string[] = ORDER;

/** A lesson that comes with the explorer. */
export function lessonNamed(name: string): Lesson | undefined {
  const text = TEXTS[`../lesson/texts/${name}.md`];
  return text === undefined ? undefined : parseLesson(text);
}

/** More than a lesson has, in characters. */
const LONGEST = 200_000;

/** A lesson that a teacher wrote, from a file. */
function OwnLesson({ open }: { open(lesson: Lesson): void }): VNode {
  const [problem, setProblem] = useState<string>();
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > LONGEST) setProblem('This is longer than a lesson.');
    else open(parseLesson(await file.text()));
  };
  return (
    <>
      <h2>One of your own</h2>
      <p>
        A lesson is a Markdown file: a title, a heading <code>##</code> for each step, and in a step a block marked <code>way</code> with
        the address of a machine and a line <code>ask ilrcpc</code>. Its answers are not written down: they are derived while it is read.
      </p>
      <label>
        Open a lesson <input type="file" accept=".md,text/markdown" onChange={({ currentTarget }) => void read(currentTarget.files?.[0])} />
      </label>
      {problem !== undefined && <Notice>{problem}</Notice>}
    </>
  );
}

/** A lesson, or the list of all. */
export function LessonView({ route }: ViewProps): VNode {
  const [own, setOwn] = useState<Lesson>();
  const lesson = route.name === '' ? own : lessonNamed(route.name);
  if (lesson !== undefined) {
    return (
      <>
        <LessonSteps key={lesson.title} lesson={lesson} />
        <p class="no-print">
          <a href={linkTo('lesson')} onClick={() => setOwn(undefined)}>
            All lessons
          </a>
        </p>
      </>
    );
  }
  return (
    <>
      <h1>Lessons</h1>
      {route.name !== '' && <Notice>There is no lesson “{route.name.slice(0, 40)}”; these are all.</Notice>}
      <p class="lead">Say what will happen, see it happen, and change it.</p>
      <ol>
        {ORDER.map((name) => (
          <li key={name}>
            <a href={linkTo('lesson', name)}>{lessonNamed(name)?.title}</a>
          </li>
        ))}
      </ol>
      <OwnLesson open={setOwn} />
    </>
  );
}

/** The view, and what stands in the heads of its pages. */
export const LESSON: LoadedView = {
  View: LessonView,
  head: ({ name }) => ({
    title: lessonNamed(name)?.title ?? 'Lessons',
    description: lessonNamed(name)?.intro[0] ?? 'Guided ways: say what becomes of a bit, see it, and change it.',
  }),
};
