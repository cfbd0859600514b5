import { mayLeaveCpusOff } from '../../linux/cmdline/boot-parameters.ts';
import { cpuKey, firstOfEach } from '../../silicon/cpu-key.ts';
import { isPartial } from '../../silicon/machine.ts';
import type { Change, Scenario } from './scenario.ts';

/** How many CPUs a machine may have before a search looks at a sample of them: one known in part takes longer for each. */
const WHOLE = 16;
const WHOLE_IN_PART = 2;

/** How many of equal CPUs stand for all of them. */
const SAMPLED = 2;

/** A scenario with fewer CPUs that gives the same answers, for trying many things on it. */
export interface Sample {
  readonly scenario: Scenario;
  /** A change of the whole machine as one of the sample; `undefined` if the sample has none of its CPUs. */
  ofSample(change: Change): Change | undefined;
}

/**
 * Takes of equal CPUs only the first ones: a further one changes nothing, since merging it again gives what is there already. Words that
 * count CPUs forbid it.
 */
export function sampleScenario(scenario: Scenario): Sample | undefined {
  const { cpus } = scenario.machine;
  const counts = mayLeaveCpusOff(scenario.kernel.cmdline ?? '');
  if (cpus.length <= (isPartial(scenario.machine) ? WHOLE_IN_PART : WHOLE) || counts) return undefined;
  const kept = firstOfEach([...cpus.keys()], (index) => cpuKey(cpus[index]!), SAMPLED);
  return {
    scenario: { ...scenario, machine: { ...scenario.machine, cpus: kept.map((index) => cpus[index]!) } },
    ofSample(change) {
      if (!('cpus' in change)) return change;
      const chosen = new Set(change.cpus);
      const positions = kept.flatMap((index, position) => (chosen.has(index) ? [position] : []));
      return positions.length === 0 ? undefined : { ...change, cpus: positions };
    },
  };
}
