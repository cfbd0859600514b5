import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { findMachine } from '../../silicon/known-machine.ts';
import { MachineHead } from '../machine/machine-head.tsx';
import { MachinePage } from '../machine/machine-page.tsx';
import { MachinePicker } from '../machine/machine-picker.tsx';
import { parseMachineState, patchedRoute } from '../machine/machine-state.ts';
import { PastePanel } from '../machine/paste-panel.tsx';
import { Notice } from '../notice.tsx';
import type { Route } from '../route.ts';
import type { FoundMachine } from '../scenario/base-machine.ts';
import type { MachineRef } from '../scenario/scenario-query.ts';
import { machineNow, prepareMachine, useMachine } from '../scenario/use-machine.ts';
import { REGISTERS } from '../use-field-values.ts';
import type { LoadedView, PageHead, ViewProps } from '../view.ts';
import '../machine/machine.css';
import '../machine/registers.css';
import '../seen/seen.css';
import '../why/why.css';

/** What a machine is called, as far as it is there. */
function titleOfMachine(ref: MachineRef, found: FoundMachine | undefined): string {
  if (found !== undefined && 'base' in found) return found.base.title;
  if (found?.isUnknown) return 'No such machine';
  return ref.kind === 'known' ? (findMachine(ref.name)?.title ?? 'Machine') : 'Pasted text';
}

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
      <h1>{titleOfMachine(machine, found)}</h1>
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
  const { scenario } = parseMachineState(query);
  const { machine, release } = scenario;
  const title = titleOfMachine(machine, machineNow(scenario));
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
