import type { Asked } from '../../answers/why/asked.ts';
import type { WhySubject } from '../../answers/why.ts';
import type { Query } from '../route.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { prepareMachine } from '../scenario/use-machine.ts';
import { onMachineFor } from './first-machine.ts';

/** Fetches the machine on which the way of a bit is shown first. */
export async function prepareWay(subject: WhySubject, query: Query, asked?: Asked, elsewhere?: string): Promise<void> {
  await prepareMachine(parseScenario(onMachineFor(subject, query, asked, elsewhere)).value);
}
