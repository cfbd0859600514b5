import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { findWhySubject, type WhySubject } from '../../answers/why.ts';
import { ArmlensError } from '../../errors.ts';
import { AskBox } from '../machine/ask-box.tsx';
import { Notice } from '../notice.tsx';
import { formatRoute, type Route } from '../route.ts';
import { sentence } from '../sentence.ts';
import type { ViewProps } from '../view.ts';
import { inMode, type Mode, modeOf } from './mode.ts';
import { Picture } from './picture.tsx';
import './present.css';

interface Props extends ViewProps {
  readonly mode: Mode;
  /** What it is about, as the address has it. */
  readonly text: string;
}

/** The same question about another name: on the machine, where one can ask about all. */
function asking({ query }: Route, why: string): Route {
  const kept = query.filter(([key]) => key !== 'why' && key !== 'field');
  return { view: 'machine', name: '', query: [...kept, ['why', why]] };
}

function subjectOf(text: string): WhySubject | { readonly problem: string } {
  try {
    return findWhySubject(text);
  } catch (error) {
    if (error instanceof ArmlensError) return { problem: sentence(error.message) };
    throw error;
  }
}

/** One picture: the way of a bit, the field on which it hangs, and what comes of a change; large, or as a figure of another page. */
export function Presentation(props: Props): VNode {
  const { route, navigate, text } = props;
  const subject = useMemo(() => subjectOf(text), [text]);
  const isFigure = modeOf(route.query) === 'embed';
  const name = 'problem' in subject ? text.slice(0, 60) : subject.name;
  return (
    <div class="stage-view">
      <div class="stage-head">
        <h1>
          The way of <code>{name}</code>
        </h1>
        {!isFigure && <AskBox ask={(asked) => navigate(asking(route, asked))} />}
        <a class="small no-print" href={formatRoute(inMode(route))} {...(isFigure ? { target: '_blank', rel: 'noopener' } : {})}>
          {isFigure ? 'Open in armlens' : 'End'}
        </a>
      </div>
      {'problem' in subject ? (
        <Notice>{subject.problem}</Notice>
      ) : (
        <Picture key={name} route={route} navigate={navigate} subject={subject} />
      )}
    </div>
  );
}
