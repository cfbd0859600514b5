import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { findWhySubject, type Why, type WhySubject } from '../../answers/why.ts';
import { ArmlensError } from '../../errors.ts';
import { given } from '../../given.ts';
import { AskBox } from '../machine/ask-box.tsx';
import { startQuery } from '../machine/machine-model.ts';
import { HwcapChanges } from '../machine/result-line.tsx';
import { Notice } from '../notice.tsx';
import { formatRoute, queryValue, type Route, withQuery } from '../route.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { buildScenario, tryBoot } from '../scenario/build-scenario.ts';
import { withEdit } from '../scenario/register-edit.ts';
import { type ScenarioQuery, withScenario } from '../scenario/scenario-query.ts';
import { sentence } from '../sentence.ts';
import type { ViewProps } from '../view.ts';
import { Track, Verdict } from '../why/track.tsx';
import { useLiveAnswer } from '../why/use-live-answer.ts';
import { HidingChoice, MachineChoice, ReleaseSlider } from '../why/way-choices.tsx';
import { FieldStage, shownStation } from './field-stage.tsx';
import { inMode, type Mode, modeOf } from './mode.ts';
import '../why/why.css';
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

/** What came and went since the machine was as it is known. */
function Outcome({
  answer,
  query,
  base,
}: {
  readonly answer: Why;
  readonly query: ScenarioQuery;
  readonly base: BaseMachine;
}): VNode | null {
  const start = useMemo(() => tryBoot(buildScenario(startQuery(query), base).scenario), [base]);
  if (!('system' in start)) return null;
  return (
    <p class="stage-outcome">
      Programs see {answer.system.hwcaps.names.length} hwcaps
      <HwcapChanges now={answer.system.hwcaps.names} before={start.system.hwcaps.names} />
    </p>
  );
}

function Picture({ route, navigate, subject }: Props & { readonly subject: WhySubject }): VNode {
  const { query, base, answer, problem } = useLiveAnswer(subject, route.query);
  const at = (path: string): Route => ({ ...route, query: withQuery(route.query, 'field', path) });
  const set = (next: ScenarioQuery): void => navigate({ ...route, query: withScenario(route.query, next) }, 'replace');
  if (problem !== undefined) return <Notice kind="error">{problem}</Notice>;
  if (answer === undefined || base === undefined) return <p role="status" class="soft" />;
  const choice = { query, base, answer, set };
  const chosen = queryValue(route.query, 'field');
  const edit = (target: string, value: bigint, cpus?: readonly number[]): void =>
    set({ ...query, edits: withEdit(base.machine, query.edits, { target, value, ...given({ cpus }) }) });
  return (
    <>
      <Verdict why={answer} />
      <Track
        why={answer}
        choices={{
          silicon: <MachineChoice {...choice} />,
          hypervisor: <HidingChoice {...choice} chosen={shownStation(answer, chosen)?.field} />,
          kernel: <ReleaseSlider {...choice} />,
        }}
      />
      <FieldStage answer={answer} chosen={chosen} linkOf={(path) => formatRoute(at(path))} edit={edit} />
      <Outcome answer={answer} query={query} base={base} />
    </>
  );
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
export function Stage(props: Props): VNode {
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
      {'problem' in subject ? <Notice>{subject.problem}</Notice> : <Picture key={name} {...props} subject={subject} />}
    </div>
  );
}
