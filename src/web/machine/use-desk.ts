import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { given } from '../../given.ts';
import { formatRoute } from '../route.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { withEdit } from '../scenario/register-edit.ts';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';
import type { ViewProps } from '../view.ts';
import { cpusOfScope, type EditScope } from './edit-scope.ts';
import { type MachineModel, machineModel, startQuery } from './machine-model.ts';
import { type MachineState, patchedRoute, type StatePatch } from './machine-state.ts';
import { type EditHistory, type Movement, useEditHistory } from './use-edit-history.ts';

/** What the machine page is given. */
export interface DeskProps extends ViewProps {
  readonly state: MachineState;
  readonly base: BaseMachine;
}

/** A machine that is being worked on: what it is, what became of it, and the ways to change it. */
export interface Desk {
  readonly state: MachineState;
  readonly base: BaseMachine;
  readonly query: ScenarioQuery;
  readonly model: MachineModel;
  /** The same before anything was changed. */
  readonly start: MachineModel;
  /** The CPU that is shown, by its index on the whole machine. */
  readonly cpu: number;
  readonly history: EditHistory;
  readonly movement: { current: Movement };
  readonly scope: EditScope;
  setScope(scope: EditScope): void;
  /** The address with some things otherwise. */
  at(patch: StatePatch): string;
  go(patch: StatePatch): void;
  setQuery(query: ScenarioQuery): void;
  /** Sets a field, or a register as a whole. */
  edit(target: string, value: bigint): void;
  /** The address in which a field is open. The same function as long as the page stands. */
  readonly fieldLink: (path: string) => string;
  whyLink(name: string): string;
}

/** Boots the machine of an address, and gives the ways to another address. */
export function useDesk({ route, navigate, state, base }: DeskProps): Desk {
  const { scenario: query } = state;
  const [scope, setScope] = useState<EditScope>('all');
  const movement = useRef<Movement>('none');
  const history = useEditHistory(route, navigate, movement);
  const key = formatRoute(patchedRoute(route, { cpu: 0, field: undefined, why: undefined }));
  const model = useMemo(() => machineModel(query, base), [key, base]);
  const start = useMemo(() => machineModel(startQuery(query), base), [base]);
  const cpu = Math.min(state.cpu, base.machine.cpus.length - 1);
  const at = (patch: StatePatch): string => formatRoute(patchedRoute(route, patch));
  const go = (patch: StatePatch): void => navigate(patchedRoute(route, patch), movement.current === 'going-on' ? 'replace' : 'push');
  const setQuery = (scenario: ScenarioQuery): void => go({ scenario });
  const edit = (target: string, value: bigint): void => {
    const cpus = cpusOfScope(scope, model.silicon, cpu);
    setQuery({ ...query, edits: withEdit(base.machine, query.edits, { target, value, ...given({ cpus }) }) });
  };
  const latest = useRef(at);
  latest.current = at;
  const fieldLink = useCallback((path: string) => latest.current({ field: path }), []);
  const whyLink = (name: string): string => at({ why: name });
  return { state, base, query, model, start, cpu, history, movement, scope, setScope, at, go, setQuery, edit, fieldLink, whyLink };
}
