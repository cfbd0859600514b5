import { findFieldPath } from '../../arch/field-bits.ts';
import { type Query, queryValue, type Route, withQuery } from '../route.ts';
import { parseScenario, type ScenarioQuery, withScenario } from '../scenario/scenario-query.ts';

/** All that the machine view shows, as its address says it. */
export interface MachineState {
  readonly scenario: ScenarioQuery;
  /** The CPU whose registers are shown, by index. */
  readonly cpu: number;
  /** The path of the field that is open. */
  readonly field?: string;
  /** What is asked about: a hwcap, a FEAT_*, a cpucap or a field. */
  readonly why?: string;
  readonly problems: readonly string[];
}

/** The part of a state that an address can be asked to change. */
export type StatePatch = Partial<Pick<MachineState, 'scenario' | 'cpu'>> & {
  readonly field?: string | undefined;
  readonly why?: string | undefined;
};

/** Reads the query of the machine view. */
export function parseMachineState(query: Query): MachineState {
  const { value: scenario, problems } = parseScenario(query);
  const cpuText = queryValue(query, 'cpu') ?? '0';
  const cpu = /^\d{1,4}$/.test(cpuText) ? Number(cpuText) : 0;
  const fieldText = queryValue(query, 'field');
  const found = fieldText === undefined ? undefined : findFieldPath(fieldText);
  const why = queryValue(query, 'why');
  return {
    scenario,
    cpu,
    ...(found === undefined ? {} : { field: found }),
    ...(why === undefined || why === '' ? {} : { why }),
    problems: [
      ...problems,
      ...(String(cpu) === cpuText ? [] : [`cpu=${cpuText.slice(0, 40)} is no CPU; CPU 0 is shown.`]),
      ...(fieldText === undefined || found !== undefined ? [] : [`There is no field ${fieldText.slice(0, 60)}.`]),
    ],
  };
}

/** The address with some things otherwise. */
export function patchedRoute(route: Route, patch: StatePatch): Route {
  let { query } = route;
  if (patch.scenario !== undefined) query = withScenario(query, patch.scenario);
  if (patch.cpu !== undefined) query = withQuery(query, 'cpu', ...(patch.cpu === 0 ? [] : [String(patch.cpu)]));
  if ('field' in patch) query = withQuery(query, 'field', ...(patch.field === undefined ? [] : [patch.field]));
  if ('why' in patch) query = withQuery(query, 'why', ...(patch.why === undefined ? [] : [patch.why]));
  return { view: 'machine', name: '', query };
}
