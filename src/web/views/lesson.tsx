import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { lazy } from '../lazy.tsx';
import { type LessonOutline, outlineOf } from '../lesson/lesson-outline.ts';
import { inline } from '../lesson/lesson-text.tsx';
import { LESSON_NAMES, textNamed } from '../lesson/texts.ts';
import { Notice } from '../notice.tsx';
import { linkTo, queryValue } from '../route.ts';
import { MAX_PACKED, packText, unpackText } from '../scenario/pack-text.ts';
import type { LoadedView, ViewProps } from '../view.ts';
import '../lesson/lesson.css';

const LessonPage = lazy(async () => (await import('../lesson/lesson-page.tsx')).LessonPage);

/** What stands at the head of a lesson that comes with the explorer. */
function lessonNamed(name: string): LessonOutline | undefined {
  const text = textNamed(name);
  return text === undefined ? undefined : outlineOf(text);
}

/** More than a lesson has, in characters. */
const LONGEST = 200_000;

/** Opens a lesson that a teacher wrote, from a file. */
function OwnLesson({ open }: { open(text: string): void }): VNode {
  const [problem, setProblem] = useState<string>();
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > LONGEST) setProblem('This is longer than a lesson.');
    else open(await file.text());
  };
  return (
    <>
      <h2>One of your own</h2>
      <p>
        A lesson is a Markdown file: a title, a heading for each step, and in a step a block with the address of a machine and a question.
        Its answers are not written down: they are derived while it is read.{' '}
        <a href={linkTo('guide', 'write-a-lesson')}>How to write one</a>
      </p>
      <label>
        Open a lesson <input type="file" accept=".md,text/markdown" onChange={({ currentTarget }) => void read(currentTarget.files?.[0])} />
      </label>
      {problem !== undefined && <Notice>{problem}</Notice>}
    </>
  );
}

/** The text of the lesson that an address names or holds; `undefined` while there is none. */
function useLessonText({ route }: ViewProps, own: string | undefined): string | undefined {
  const code = queryValue(route.query, 'p');
  const [unpacked, setUnpacked] = useState<string>();
  useEffect(() => {
    if (code === undefined) setUnpacked(undefined);
    else void unpackText(code).then((text) => setUnpacked(text ?? ''));
  }, [code]);
  return route.name === '' ? (unpacked ?? own) : textNamed(route.name);
}

function LessonList({ unknown, open }: { readonly unknown: string; open(text: string): void }): VNode {
  return (
    <>
      <h1>Lessons</h1>
      {unknown !== '' && <Notice>There is no lesson “{unknown.slice(0, 40)}”; these are all.</Notice>}
      <p class="lead">Say what will happen, see it happen, and change it.</p>
      <ol class="lesson-list">
        {LESSON_NAMES.map((name) => {
          const lesson = lessonNamed(name);
          return (
            <li key={name}>
              <a href={linkTo('lesson', name)}>{lesson?.title}</a> <span class="soft small">{lesson?.steps.length} steps</span>
              <br />
              <span class="small">{inline(lesson?.intro[0]?.lines[0] ?? '')}</span>
            </li>
          );
        })}
      </ol>
      <OwnLesson open={open} />
    </>
  );
}

/** A lesson, or the list of all. */
export function LessonView(props: ViewProps): VNode {
  const { route, navigate } = props;
  const [own, setOwn] = useState<string>();
  const text = useLessonText(props, own);
  const open = (written: string): void => {
    setOwn(written);
    void packText(written).then((code) => {
      if (code.length <= MAX_PACKED) navigate({ view: 'lesson', name: '', query: [['p', code]] });
    });
  };
  if (text === undefined) return <LessonList unknown={route.name} open={open} />;
  return (
    <LessonPage {...props} text={text}>
      <a href={linkTo('lesson')} onClick={() => setOwn(undefined)}>
        All lessons
      </a>
    </LessonPage>
  );
}

/** The view, and what stands in the heads of its pages. */
export const LESSON: LoadedView = {
  View: LessonView,
  prepare: async ({ name, query }) => {
    if (textNamed(name) !== undefined || queryValue(query, 'p') !== undefined) await LessonPage.load();
  },
  head: ({ name }) => ({
    title: lessonNamed(name)?.title ?? (name === '' ? 'Lessons' : 'No such lesson'),
    description:
      lessonNamed(name)?.intro[0]?.lines[0]?.replaceAll('`', '') ?? 'Guided ways: say what becomes of a bit, see it, and change it.',
  }),
};
