import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Why, WhySubject } from '../../answers/why.ts';
import { given } from '../../given.ts';
import { VcpuChoice } from '../kvm/kvm-choice.tsx';
import { startQuery } from '../machine/machine-model.ts';
import { HwcapChanges } from '../machine/result-line.tsx';
import { Notice } from '../notice.tsx';
import { queryValue, withQuery } from '../route.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { buildScenario, tryBoot } from '../scenario/build-scenario.ts';
import { withEdit } from '../scenario/register-edit.ts';
import { type ScenarioQuery, withScenario } from '../scenario/scenario-query.ts';
import type { ViewProps } from '../view.ts';
import { Track, Verdict } from '../why/track.tsx';
import { useLiveAnswer } from '../why/use-live-answer.ts';
import { HypervisorChoice, MachineOfWay, ReleaseSlider, type SetScenario } from '../why/way-choices.tsx';
import { FieldStage, shownStation } from './field-stage.tsx';
import '../why/why.css';
import './present.css';

interface Props extends ViewProps {
  readonly subject: WhySubject;
  /** Told of each answer that is shown. */
  onAnswer?(answer: Why): void;
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
      <HwcapChanges now={answer.system.hwcaps.names} before={start.system.hwcaps.names} open={answer.system.unknown?.hwcaps} />
    </p>
  );
}

/** The way of a bit and the switches of the field on which it hangs, in one picture; all in it can be changed. */
export function Picture({ route, navigate, subject, onAnswer }: Props): VNode {
  const { query, base, answer, notes, problem } = useLiveAnswer(subject, route.query, true);
  useEffect(() => {
    if (answer !== undefined) onAnswer?.(answer);
  }, [answer]);
  const choose = (path: string): void => navigate({ ...route, query: withQuery(route.query, 'field', path) });
  const set: SetScenario = (next, how) => navigate({ ...route, query: withScenario(route.query, next) }, how);
  if (problem !== undefined) return <Notice kind="error">{problem}</Notice>;
  if (answer === undefined || base === undefined) return <p role="status" class="soft" />;
  const choice = { query, base, answer, set };
  const chosen = queryValue(route.query, 'field');
  const edit = (target: string, value: bigint, cpus?: readonly number[]): void =>
    set({ ...query, edits: withEdit(base.machine, query.edits, { target, value, ...given({ cpus }) }) });
  return (
    <div class="stage-picture">
      {notes.map((note) => (
        <Notice key={note}>{note}</Notice>
      ))}
      <Verdict why={answer} />
      <Track
        why={answer}
        host={query.kvm?.kernel.release}
        choices={{
          silicon: <MachineOfWay {...choice} />,
          hypervisor: <HypervisorChoice {...choice} chosen={shownStation(answer, chosen)?.field} isHostAlone />,
          kernel: <ReleaseSlider {...choice} />,
        }}
      />
      <VcpuChoice {...choice} />
      <FieldStage answer={answer} chosen={chosen} choose={choose} edit={edit}>
        <Outcome answer={answer} query={query} base={base} />
      </FieldStage>
    </div>
  );
}
