import type { VNode } from 'preact';
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { KernelPanel } from '../kernel/kernel-panel.tsx';
import { Notice } from '../notice.tsx';
import { formatRoute } from '../route.ts';
import { changedQuery } from '../scenario/apply-to-query.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { withEdit } from '../scenario/register-edit.ts';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';
import { SeenPanel } from '../seen/seen-panel.tsx';
import type { ViewProps } from '../view.ts';
import { CpuChoice } from './cpu-choice.tsx';
import { EditBar } from './edit-bar.tsx';
import { cpusOfScope, type EditScope } from './edit-scope.ts';
import { HypervisorPanel } from './hypervisor-panel.tsx';
import { changeCount, machineModel, startQuery } from './machine-model.ts';
import { type MachineState, patchedRoute, type StatePatch } from './machine-state.ts';
import { RegisterList } from './register-list.tsx';
import { ResultLine } from './result-line.tsx';
import { type Movement, useEditHistory } from './use-edit-history.ts';
import { WhySection } from './why-section.tsx';

interface Props extends ViewProps {
  readonly state: MachineState;
  readonly base: BaseMachine;
}

/** One machine: silicon on one side, what hypervisor, kernel and programs make of it on the other. */
export function MachinePage({ route, navigate, state, base }: Props): VNode {
  const { scenario: query, field, why } = state;
  const [scope, setScope] = useState<EditScope>('all');
  const movement = useRef<Movement>('none');
  const history = useEditHistory(route, navigate, movement);
  const opened = useRef(field);
  const key = formatRoute(patchedRoute(route, { cpu: 0, field: undefined, why: undefined }));
  const model = useMemo(() => machineModel(query, base), [key, base]);
  const start = useMemo(() => machineModel(startQuery(query), base), [base]);
  const cpu = Math.min(state.cpu, base.machine.cpus.length - 1);
  const at = (patch: StatePatch): string => formatRoute(patchedRoute(route, patch));
  const go = (patch: StatePatch): void => navigate(patchedRoute(route, patch), movement.current === 'going-on' ? 'replace' : 'push');
  const setQuery = (scenario: ScenarioQuery): void => go({ scenario });
  const edit = (target: string, value: bigint): void => {
    const cpus = cpusOfScope(scope, model.silicon, cpu);
    setQuery({ ...query, edits: withEdit(base.machine, query.edits, { target, value, ...(cpus === undefined ? {} : { cpus }) }) });
  };
  const latest = useRef(at);
  latest.current = at;
  const fieldLink = useCallback((path: string) => latest.current({ field: path }), []);
  const whyLink = (name: string): string => at({ why: name });
  const { result, silicon, guest } = model;
  const startResult = start.result ?? result;
  const systemCpu = [...silicon.cpus.keys()].filter((index) => !query.without.includes(index)).indexOf(cpu);
  return (
    <>
      <EditBar
        history={history}
        changes={changeCount(query, base)}
        resetLink={at({ scenario: startQuery(query) })}
        scope={scope}
        hasScopes={silicon.cpus.length > 1}
        setScope={setScope}
      />
      {[...state.problems, ...model.problems].map((problem) => (
        <Notice key={problem}>{problem}</Notice>
      ))}
      <WhySection
        text={why}
        scenario={model.scenario}
        ask={(text) => go({ why: text })}
        closeLink={at({ why: undefined })}
        whyLink={whyLink}
        suggestionLink={({ changes }) =>
          at({ scenario: changes.reduce((found, change) => changedQuery(found, change, model.scenario, base), query) })
        }
      />
      <div class="machine">
        <section class="silicon" aria-labelledby="silicon-title">
          <h2 id="silicon-title">Silicon</h2>
          {silicon.cpus.length > 1 && (
            <CpuChoice machine={silicon} start={base.machine} without={query.without} cpu={cpu} linkOf={(index) => at({ cpu: index })} />
          )}
          <RegisterList
            key={cpu}
            cpu={silicon.cpus[cpu] ?? { registers: {} }}
            start={base.machine.cpus[cpu]}
            guest={guest.machine.cpus[cpu] ?? { registers: {} }}
            selected={field}
            effects={model.effects}
            takesFocus={field !== opened.current}
            actions={{ edit, fieldLink, whyLink, closeLink: at({ field: undefined }) }}
          />
        </section>
        <div class="software">
          <details class="panel" open={model.scenario.layers.length > 0}>
            <summary>
              <h2 class="inline">Hypervisor</h2>{' '}
              <span class="soft small">
                {guest.effects.length === 0 ? 'nothing in between' : `changes ${guest.effects.length} registers`}
              </span>
            </summary>
            <HypervisorPanel query={query} effects={guest.effects} set={setQuery} />
          </details>
          <section class="panel" aria-labelledby="kernel-title">
            <h2 id="kernel-title">Kernel</h2>
            <KernelPanel
              query={query}
              kernel={model.scenario.kernel}
              bootEl={model.scenario.environment.bootEl ?? 1}
              movement={movement}
              set={setQuery}
            />
          </section>
          <section class="panel" aria-labelledby="seen-title">
            <h2 id="seen-title">What software sees</h2>
            {result !== undefined && startResult !== undefined && (
              <SeenPanel
                system={result.system}
                start={startResult.system}
                levels={result.levels}
                startLevels={startResult.levels}
                cpu={Math.max(0, systemCpu)}
                why={why}
                whyLink={whyLink}
              />
            )}
          </section>
        </div>
      </div>
      {result !== undefined && startResult !== undefined && (
        <ResultLine
          system={result.system}
          start={startResult.system}
          level={result.levels[1]?.level}
          startLevel={startResult.levels[1]?.level}
        />
      )}
    </>
  );
}
