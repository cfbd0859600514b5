import type { WhySubject } from '../../answers/why.ts';
import type { Query } from '../route.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { prepareMachine } from '../scenario/use-machine.ts';
import { loadWayStart, onMachine } from './way-start.ts';

/** Fetches what the way of a bit is followed with, and the machine on which it is shown first. */
export async function prepareWay(subject: WhySubject, query: Query): Promise<void> {
  const { machine } = await loadWayStart(subject);
  await prepareMachine(parseScenario(onMachine(query, machine)).value);
}
