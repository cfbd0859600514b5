import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { Notice } from '../notice.tsx';
import { commandLine } from '../scenario/command-line.ts';
import { levelForPrograms } from '../seen/level-for-programs.ts';
import { CpuChoice } from './cpu-choice.tsx';
import { EditBar } from './edit-bar.tsx';
import { changeCount, startQuery } from './machine-model.ts';
import { RegisterList } from './register-list.tsx';
import { ResultLine } from './result-line.tsx';
import { SOFTWARE, SoftwareColumn } from './software-column.tsx';
import { type Desk, type DeskProps, useDesk } from './use-desk.ts';
import { WhySection } from './why-section.tsx';

const NOTHING = { registers: {} };

/** The CPUs of a machine, and the registers of one of them. */
function SiliconColumn({ desk }: { readonly desk: Desk }): VNode {
  const { state, base, query, model, cpu, at, edit, fieldLink, whyLink } = desk;
  const { silicon, guest, effects } = model;
  const opened = useRef({ field: state.field, answers: state.why !== undefined });
  // What an address brings is shown, unless it brings an answer to look at; what is chosen on the page is to be changed.
  const arrival = state.field !== opened.current.field ? 'focus' : opened.current.answers ? 'none' : 'sight';
  return (
    <section class="silicon" aria-labelledby="silicon-title">
      <button type="button" class="skip" onClick={() => document.getElementById(SOFTWARE)?.focus()}>
        Skip to hypervisor, kernel and programs
      </button>
      <h2 id="silicon-title">Silicon</h2>
      {silicon.cpus.length > 1 && (
        <CpuChoice machine={silicon} start={base.machine} without={query.without} cpu={cpu} linkOf={(index) => at({ cpu: index })} />
      )}
      <RegisterList
        key={cpu}
        cpu={silicon.cpus[cpu] ?? NOTHING}
        unlisted={silicon.unlisted}
        start={base.machine.cpus[cpu]}
        guest={guest.machine.cpus[cpu] ?? NOTHING}
        selected={state.field}
        effects={effects}
        release={model.result?.system.release}
        arrival={arrival}
        actions={{ edit, fieldLink, whyLink, closeLink: at({ field: undefined }) }}
      />
    </section>
  );
}

function Why({ desk }: { readonly desk: Desk }): VNode {
  const { state, base, query, model, at, go, whyLink } = desk;
  return (
    <WhySection
      text={state.why}
      scenario={model.scenario}
      ask={(text) => go({ why: text })}
      closeLink={at({ why: undefined })}
      whyLink={whyLink}
      query={query}
      base={base}
      linkOf={(scenario) => at({ scenario })}
    />
  );
}

function Outcome({ desk }: { readonly desk: Desk }): VNode | null {
  const { result } = desk.model;
  if (result === undefined) return null;
  const before = desk.start.result ?? result;
  return <ResultLine system={result.system} start={before.system} level={levelForPrograms(result)} startLevel={levelForPrograms(before)} />;
}

/** The command that shows the same; nothing where it would tell but that the machine cannot be booted. */
function commandOf({ state, base, query, model }: Desk): string | undefined {
  if (model.result === undefined) return undefined;
  return commandLine(query, state.why, typeof base.kernel?.config === 'string' ? base.kernel.config : undefined);
}

/** One machine: silicon on one side, what hypervisor, kernel and programs make of it on the other. */
export function MachinePage(props: DeskProps): VNode {
  const desk = useDesk(props);
  const { state, base, query, model, history, scope, setScope, at } = desk;
  return (
    <>
      <EditBar
        history={history}
        changes={changeCount(query, base)}
        resetLink={at({ scenario: startQuery(query) })}
        currentLink={at({})}
        command={commandOf(desk)}
        route={props.route}
        title={base.title}
        scope={scope}
        hasScopes={model.silicon.cpus.length > 1}
        setScope={setScope}
      />
      {[...state.problems, ...model.problems].map((problem) => (
        <Notice key={problem}>{problem}</Notice>
      ))}
      <Why desk={desk} />
      <div class={`machine${state.why === undefined ? '' : ' with-way'}`}>
        <SiliconColumn desk={desk} />
        <SoftwareColumn desk={desk} />
      </div>
      <Outcome desk={desk} />
    </>
  );
}
