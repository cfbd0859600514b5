import { useEffect, useState } from 'preact/hooks';
import type { Subject } from '../../answers/subject.ts';
import { type BaseMachine, fetchMachine } from '../scenario/base-machine.ts';
import { buildScenario, tryBoot } from '../scenario/build-scenario.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { sentence } from '../sentence.ts';
import { parseSubject } from './subject-text.ts';

/** A subject of the comparison, as far as it could be made. */
export interface FoundSubject {
  readonly text: string;
  /** Absent if there is no such machine. */
  readonly base?: BaseMachine;
  /** Absent if there is no such machine, or no such kernel. */
  readonly subject?: Subject;
  readonly problems: readonly string[];
}

/** Makes a subject of its text. It never fails. */
export async function findSubject(text: string): Promise<FoundSubject> {
  const { value: query, problems } = parseScenario(parseSubject(text));
  const found = await fetchMachine(query.machine, query);
  if ('problem' in found) return { text, problems: [...problems, found.problem] };
  const built = buildScenario(query, found.base);
  const { scenario } = built;
  const all = [...problems, ...built.problems];
  const booted = tryBoot(scenario);
  if ('problem' in booted) return { text, base: found.base, problems: [...all, sentence(booted.problem)] };
  const isBare = scenario.layers.length === 0 && scenario.kvm === undefined;
  return {
    text,
    base: found.base,
    subject: {
      name: query.kvm === undefined ? found.base.title : `${found.base.title} under KVM of Linux ${query.kvm.kernel.release}`,
      kernel: scenario.kernel,
      system: booted.system,
      ...(isBare ? { machine: scenario.machine } : {}),
    },
    problems: all,
  };
}

/** The subjects of several texts; until they are there, those before. */
export function useSubjects(texts: readonly string[]): readonly FoundSubject[] {
  const [found, setFound] = useState<readonly FoundSubject[]>([]);
  const key = texts.join('\n');
  useEffect(() => {
    let wanted = true;
    void Promise.all(texts.map(findSubject)).then((all) => {
      if (wanted) setFound(all);
    });
    return () => {
      wanted = false;
    };
  }, [key]);
  return found;
}
