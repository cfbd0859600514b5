import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { CpuChoice } from './cpu-choice.tsx';
import { RegisterList } from './register-list.tsx';
import type { Desk } from './use-desk.ts';

const NOTHING = { registers: {} };

/** The CPUs of a machine, and the registers of one of them. */
export function SiliconColumn({ desk }: { readonly desk: Desk }): VNode {
  const { state, base, query, model, cpu, at, edit, fieldLink, whyLink } = desk;
  const { silicon, guest, effects } = model;
  const opened = useRef({ field: state.field, answers: state.why !== undefined });
  // What an address brings is shown, unless it brings an answer to look at; what is chosen on the page is to be changed.
  const arrival = state.field !== opened.current.field ? 'focus' : opened.current.answers ? 'none' : 'sight';
  return (
    <section class="silicon" aria-labelledby="silicon-title">
      <h2 id="silicon-title">Silicon</h2>
      {silicon.cpus.length > 1 && (
        <CpuChoice machine={silicon} start={base.machine} without={query.without} cpu={cpu} linkOf={(index) => at({ cpu: index })} />
      )}
      <RegisterList
        key={cpu}
        cpu={silicon.cpus[cpu] ?? NOTHING}
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
