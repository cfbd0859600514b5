import { useMemo } from 'preact/hooks';
import { NEWEST_PROGRAM_VERSIONS } from '../../answers/conclusions.ts';
import { follow } from '../../answers/why/follow.ts';
import { hwcapsOfSubject } from '../../answers/why/runtime-stations.ts';
import type { Scenario, Why, WhySubject } from '../../answers/why.ts';
import { ArmlensError } from '../../errors.ts';
import type { Query } from '../route.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { layeredOf } from '../scenario/between-code.ts';
import { buildScenario } from '../scenario/build-scenario.ts';
import { parseScenario, type ScenarioQuery } from '../scenario/scenario-query.ts';
import { useMachine } from '../scenario/use-machine.ts';
import { sentence } from '../sentence.ts';

/** What becomes of a bit in the scenario of a query, as far as it is there. */
export interface LiveAnswer {
  readonly query: ScenarioQuery;
  readonly base?: BaseMachine;
  readonly scenario?: Scenario;
  readonly answer?: Why;
  readonly problem?: string;
}

/** Asks for the way of a bit; what the library does not accept is told in its words. */
function answerOf(subject: WhySubject, query: ScenarioQuery, base: BaseMachine): Omit<LiveAnswer, 'query' | 'base'> {
  try {
    const { scenario } = buildScenario(query, base);
    const programs = hwcapsOfSubject(subject).length === 0 ? [] : NEWEST_PROGRAM_VERSIONS;
    return { scenario, answer: follow(subject, layeredOf(scenario), programs) };
  } catch (error) {
    if (error instanceof ArmlensError) return { problem: sentence(error.message) };
    throw error;
  }
}

/** The way of a bit on the machine and under the kernel that a query names. */
export function useLiveAnswer(subject: WhySubject, route: Query): LiveAnswer {
  const key = JSON.stringify([subject, route]);
  const query = useMemo(() => parseScenario(route).value, [key]);
  const found = useMachine(query);
  const base = found !== undefined && 'base' in found ? found.base : undefined;
  const answered = useMemo(() => (base === undefined ? {} : answerOf(subject, query, base)), [key, base]);
  if (found !== undefined && 'problem' in found) return { query, problem: found.problem };
  return base === undefined ? { query } : { query, base, ...answered };
}
