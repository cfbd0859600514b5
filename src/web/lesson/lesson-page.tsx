import type { ComponentChildren, VNode } from 'preact';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { inMode, modeOf } from '../present/mode.ts';
import { formatRoute } from '../route.ts';
import { CopyButton } from '../seen/copy-button.tsx';
import { ShareMenu } from '../share/share-menu.tsx';
import type { ViewProps } from '../view.ts';
import { parseLesson } from './lesson.ts';
import { LessonSlides } from './lesson-slides.tsx';
import { LessonSteps } from './lesson-steps.tsx';

interface Props extends ViewProps {
  readonly text: string;
  /** Where else one can go. */
  readonly children: ComponentChildren;
}

/** A lesson: its steps one below the other, or as slides. */
export function LessonPage({ text, children, ...props }: Props): VNode {
  const { route } = props;
  const lesson = useMemo(() => parseLesson(text), [text]);
  const [isPrinting, setPrinting] = useState(false);
  const printSheet = useCallback(() => {
    setPrinting(false);
    print();
  }, []);
  if (modeOf(route.query) !== undefined) return <LessonSlides {...props} lesson={lesson} />;
  return (
    <LessonSteps key={text} lesson={lesson} onWhole={isPrinting ? printSheet : undefined}>
      <div class="row small no-print">
        {children}
        <a href={formatRoute(inMode(route, 'present'))}>Present</a>
        <button type="button" onClick={() => setPrinting(true)}>
          Print as a sheet
        </button>
        <CopyButton text={text} of="as Markdown" label="Copy as Markdown" />
        <ShareMenu route={route} title={lesson.title} />
      </div>
    </LessonSteps>
  );
}
