import type { ComponentChildren, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { findWhySubject, type WhySubject } from '../../answers/why.ts';
import { ArmlensError } from '../../errors.ts';
import { AskBox } from '../machine/ask-box.tsx';
import { Notice } from '../notice.tsx';
import { formatRoute, type Route, withQuery } from '../route.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { sentence } from '../sentence.ts';
import type { ViewProps } from '../view.ts';
import { onMachine, wayStartNow } from '../why/way-start.ts';
import { inMode, type Mode, modeOf } from './mode.ts';
import { Picture } from './picture.tsx';
import './present.css';

interface Props extends ViewProps {
  readonly mode: Mode;
  /** What it is about, as the address has it. */
  readonly text: string;
  /** The page as it is otherwise: for a name that nobody has, there is no picture. */
  readonly children?: ComponentChildren;
}

/** The same question about another name: on the machine that is shown, where one can ask about all. */
function asking({ query }: Route, shown: string | undefined, why: string): Route {
  const kept = query.filter(([key]) => key !== 'why' && key !== 'field');
  return { view: 'machine', name: '', query: [...onMachine(kept, shown), ['why', why]] };
}

/** A route that names the machine which its page shows without being told; pages of names have one for each name. */
function withOwnMachine(route: Route): Route {
  const { machine } = parseScenario(route.query).value;
  if (route.view !== 'machine' || machine.kind !== 'known') return route;
  return { ...route, query: withQuery(route.query, 'm', machine.name) };
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
  const { route, navigate, text, children } = props;
  const subject = useMemo(() => subjectOf(text), [text]);
  const shown = useMemo(() => withOwnMachine(route), [route]);
  const isFigure = modeOf(route.query) === 'embed';
  const isUnknown = 'problem' in subject;
  const name = isUnknown ? text.slice(0, 60) : subject.name;
  const machine = isUnknown ? undefined : wayStartNow(subject)?.machine;
  const end = (
    <a class="small no-print" href={formatRoute(inMode(route))} {...(isFigure ? { target: '_blank', rel: 'noopener' } : {})}>
      {isFigure ? 'Open in armlens' : 'End'}
    </a>
  );
  if (isUnknown && route.view !== 'machine')
    return (
      <>
        {children}
        {end}
      </>
    );
  return (
    <div class="stage-view">
      <div class="stage-head">
        <h1>
          The way of <code>{name}</code>
        </h1>
        {!isFigure && <AskBox ask={(asked) => navigate(asking(shown, machine, asked))} />}
        {end}
      </div>
      {isUnknown ? (
        <Notice>{subject.problem}</Notice>
      ) : (
        <Picture key={`${subject.kind} ${name}`} route={shown} navigate={navigate} subject={subject} />
      )}
    </div>
  );
}
