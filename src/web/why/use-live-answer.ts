import { useMemo, useRef } from 'preact/hooks';
import type { Asked } from '../../answers/why/asked.ts';
import { follow } from '../../answers/why/follow.ts';
import type { Scenario, Why, WhySubject } from '../../answers/why.ts';
import { ArmlensError } from '../../errors.ts';
import { later } from '../later.ts';
import type { Query } from '../route.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { layeredOf } from '../scenario/between-code.ts';
import { buildScenario } from '../scenario/build-scenario.ts';
import { parseScenario, type ScenarioQuery } from '../scenario/scenario-query.ts';
import { useMachine } from '../scenario/use-machine.ts';
import { sentence } from '../sentence.ts';
import { LOSS, needsLoss } from './loss.ts';
import { onMachine, useWayStart } from './way-start.ts';

/** What becomes of a bit in the scenario of a query, as far as it is there. */
export interface LiveAnswer {
  readonly query: ScenarioQuery;
  readonly base?: BaseMachine;
  readonly scenario?: Scenario;
  readonly answer?: Why;
  /** What of the address was not understood, a sentence each. */
  readonly notes: readonly string[];
  /** Why there is no answer. */
  readonly problem?: string;
}

/** What programs make of a bit, by the tables of all of them. */
const PROGRAMS = later(async () => (await import('./with-programs.ts')).withPrograms);

/** Asks for the way of a bit; what the library does not accept is told in its words. */
function answerOf(subject: WhySubject, query: ScenarioQuery, base: BaseMachine, asked: Asked | undefined): Partial<LiveAnswer> {
  try {
    const { scenario, problems } = buildScenario(query, base);
    return { scenario, notes: problems, answer: follow(subject, layeredOf(scenario), asked) };
  } catch (error) {
    if (error instanceof ArmlensError) return { problem: sentence(error.message) };
    throw error;
  }
}

/**
 * The way of a bit on the machine and under the kernel that a query names.
 *
 * @param isWhole - Whether the tables of programs are fetched at once, for a picture at which nobody may ever stir.
 */
export function useLiveAnswer(subject: WhySubject, route: Query, isWhole = false): LiveAnswer {
  const start = useWayStart(subject);
  const key = JSON.stringify([subject, route, start?.machine]);
  const { value: query, problems } = useMemo(() => parseScenario(onMachine(route, start?.machine)), [key]);
  const found = useMachine(start && query);
  const base = found !== undefined && 'base' in found ? found.base : undefined;
  const answered = useMemo(
    (): Partial<LiveAnswer> => (base === undefined || start === undefined ? {} : answerOf(subject, query, base, start.asked)),
    [key, base, start === undefined],
  );
  const withPrograms = PROGRAMS.use(isWhole);
  const isLossy = answered.answer !== undefined && needsLoss(answered.answer);
  const isTellable = LOSS.use(isWhole || isLossy) !== undefined || !isLossy;
  const whole = useMemo(
    () => (answered.answer === undefined ? answered : { ...answered, answer: withPrograms?.(answered.answer) ?? answered.answer }),
    [answered, withPrograms],
  );
  const told = useRef<LiveAnswer>(undefined);
  if (found !== undefined && 'problem' in found) return { query, notes: problems, problem: found.problem };
  if (base === undefined) return { query, notes: problems };
  if (isTellable) told.current = { query, base, ...whole, notes: [...problems, ...(whole.notes ?? [])] };
  // What is chosen in the picture keeps the focus while the words for the next answer are fetched.
  return told.current ?? { query, notes: problems };
}
