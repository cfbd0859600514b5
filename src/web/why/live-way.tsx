import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Why, WhySubject } from '../../answers/why.ts';
import { lazy } from '../lazy.tsx';
import { Notice } from '../notice.tsx';
import { formatRoute, linkTo, type Query } from '../route.ts';
import { type ScenarioQuery, withScenario } from '../scenario/scenario-query.ts';
import { ShareMenu } from '../share/share-menu.tsx';
import type { ViewProps } from '../view.ts';
import { Track, Verdict } from './track.tsx';
import { useLiveAnswer } from './use-live-answer.ts';
import { MachineOfWay, type SetScenario, wayChoices } from './way-choices.tsx';

const KvmRemedies = lazy(async () => (await import('../kvm/kvm-remedies.tsx')).KvmRemedies);

/** Whether a bit that silicon has does not come through KVM. */
function isLostAtKvm({ chain, present }: Why, { kvm }: ScenarioQuery): boolean {
  return kvm !== undefined && !present && chain.some(({ place, fate }) => place === 'hypervisor' && fate === 'lost');
}

/** What a way is about. */
export interface LiveWayProps extends ViewProps {
  readonly subject: WhySubject;
  /** Whether the address is that of the picture, so that it can be shared. */
  readonly isShared?: boolean;
  /** Told of each answer that is shown. */
  onAnswer?(answer: Why): void;
}

/** The address of the machine view that shows the same. */
function machineLink(route: Query, query: ScenarioQuery, name: string): string {
  const known = route.filter(([key]) => key !== 'q');
  return linkTo('machine', '', [...withScenario(known, query), ['why', name]]);
}

/** The way of a bit on one machine under one kernel, each of which can be changed in the picture. */
export function LiveWay({ subject, route, navigate, isShared = true, onAnswer }: LiveWayProps): VNode {
  const { query, base, scenario, answer, notes, problem } = useLiveAnswer(subject, route.query);
  useEffect(() => {
    if (answer !== undefined) onAnswer?.(answer);
  }, [answer]);
  const at = (next: ScenarioQuery): string => formatRoute({ ...route, query: withScenario(route.query, next) });
  const set: SetScenario = (next, how) => navigate({ ...route, query: withScenario(route.query, next) }, how);
  return (
    <section class="live-way" aria-label={`The way of ${subject.name}`}>
      {notes.map((note) => (
        <Notice key={note}>{note}</Notice>
      ))}
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
      {problem !== undefined && base === undefined && <MachineOfWay query={query} set={set} />}
      {answer !== undefined && base !== undefined && (
        <>
          <Verdict why={answer} />
          <Track why={answer} host={query.kvm?.kernel.release} choices={wayChoices({ query, base, answer, set })} />
          {isLostAtKvm(answer, query) && scenario !== undefined && (
            <KvmRemedies subject={subject} scenario={scenario} query={query} base={base} linkOf={at} />
          )}
          <div class="row small no-print">
            <a href={machineLink(route.query, query, subject.name)}>Station by station, and what would change it</a>
            {isShared && <ShareMenu route={route} title={`The way of ${subject.name}`} />}
          </div>
        </>
      )}
    </section>
  );
}
