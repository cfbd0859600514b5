import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { MachineHead } from '../machine/machine-head.tsx';
import { MachinePage } from '../machine/machine-page.tsx';
import { MachinePicker } from '../machine/machine-picker.tsx';
import { parseMachineState, patchedRoute } from '../machine/machine-state.ts';
import { PastePanel } from '../machine/paste-panel.tsx';
import { Notice } from '../notice.tsx';
import type { MachineRef } from '../scenario/scenario-query.ts';
import { useMachine } from '../scenario/use-machine.ts';
import type { ViewProps } from '../view.ts';
import '../machine/machine.css';
import '../machine/registers.css';
import '../seen/seen.css';
import '../why/why.css';

/** A machine that one can change, and what software sees of it. */
export function MachineView({ route, navigate }: ViewProps): VNode {
  const state = useMemo(() => parseMachineState(route.query), [route]);
  const { machine, release } = state.scenario;
  const found = useMachine(machine);
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
