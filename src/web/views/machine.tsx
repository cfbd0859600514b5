import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { KNOWN_MACHINES } from '../../silicon/known-machine.ts';
import { MachineHead } from '../machine/machine-head.tsx';
import { MachinePage } from '../machine/machine-page.tsx';
import { MachinePicker } from '../machine/machine-picker.tsx';
import { parseMachineState, patchedRoute } from '../machine/machine-state.ts';
import { PastePanel } from '../machine/paste-panel.tsx';
import { Notice } from '../notice.tsx';
import type { Route } from '../route.ts';
import type { MachineRef } from '../scenario/scenario-query.ts';
import { prepareMachine, useMachine } from '../scenario/use-machine.ts';
import { REGISTERS } from '../use-field-values.ts';
import type { LoadedView, PageHead, ViewProps } from '../view.ts';
import '../machine/machine.css';
import '../machine/registers.css';
import '../seen/seen.css';
import '../why/why.css';

/** A machine that one can change, and what software sees of it. */
export function MachineView({ route, navigate }: ViewProps): VNode {
  const state = useMemo(() => parseMachineState(route.query), [route]);
  const { machine, release } = state.scenario;
  const found = useMachine(state.scenario);
  const base = found !== undefined && 'base' in found ? found.base : undefined;
  const choose = (ref: MachineRef): void => {
    const scenario = { machine: ref, edits: [], without: [], settings: [], options: [], environment: {} };
    const kept = release === undefined ? scenario : { ...scenario, release };
    navigate(patchedRoute(route, { scenario: kept, cpu: 0, field: undefined }));
  };
  return (
    <>
      <h1>{base?.title ?? 'Machine'}</h1>
      <div class="row choose no-print">
        <MachinePicker machine={machine} choose={(name) => choose({ kind: 'known', name })} />
        <PastePanel choose={(code) => choose({ kind: 'pasted', code })} />
      </div>
      {found !== undefined && 'problem' in found && <Notice kind="error">{found.problem}</Notice>}
      {base !== undefined && (
        <>
          <MachineHead base={base} />
          <MachinePage route={route} navigate={navigate} state={state} base={base} />
        </>
      )}
    </>
  );
}

/** The title of a machine's page: its name and its kernel, once it is there. */
function machineHead({ query }: Route): PageHead {
  const { machine, release } = parseMachineState(query).scenario;
  const row = machine.kind === 'known' ? KNOWN_MACHINES.find(({ name }) => name === machine.name) : undefined;
  const title = row?.title ?? (machine.kind === 'pasted' ? 'Pasted text' : machine.name);
  const under = release === undefined ? '' : ` under Linux ${release}`;
  return {
    title: `${title}${under}`,
    description: `${title}: its ID registers, what a hypervisor and a Linux kernel make of them, and what programs see: hwcaps, /proc/cpuinfo, level, log.`,
  };
}

/** The view, and what stands in the heads of its pages. */
export const MACHINE: LoadedView = {
  View: MachineView,
  prepare: ({ query }) => {
    const { scenario, field } = parseMachineState(query);
    return Promise.all([prepareMachine(scenario), field === undefined ? undefined : REGISTERS.load()]);
  },
  head: machineHead,
};
