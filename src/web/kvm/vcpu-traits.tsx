import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { ArmlensError } from '../../errors.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { type HostSight, kvmCode } from '../scenario/between-code.ts';
import { buildScenario } from '../scenario/build-scenario.ts';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';
import type { KvmChoiceProps } from './kvm-choice.tsx';

/** What can be chosen of a vCPU on a page, by the names of `--vcpu`; an address takes them all. */
const FEATURES: readonly (readonly [trait: string, words: string])[] = [
  ['sve', 'SVE'],
  ['pauth', 'pointer authentication'],
  ['pmu', 'PMU'],
  ['mte', 'memory tags'],
  ['el2', 'EL2 (nested)'],
  ['aarch32', '32-bit EL1'],
];
const TRAITS = FEATURES.map(([trait]) => trait);

/** What the host's KVM says; nothing where its kernel is not known. */
function sightOf(query: ScenarioQuery, base: BaseMachine): HostSight | undefined {
  try {
    return kvmCode()?.hostSight(buildScenario(query, base).scenario, TRAITS);
  } catch (error) {
    if (error instanceof ArmlensError) return undefined;
    throw error;
  }
}

/** What the vCPU of a host is made with; the host says what it refuses. */
export function VcpuTraits({ query, base, set }: Omit<KvmChoiceProps, 'release'>): VNode | null {
  const sight = useMemo(() => sightOf(query, base), [query, base]);
  const { kvm } = query;
  if (kvm === undefined) return null;
  const toggle = (trait: string): void => {
    const vcpu = kvm.vcpu.includes(trait) ? kvm.vcpu.filter((one) => one !== trait) : [...kvm.vcpu, trait];
    set({ ...query, kvm: { ...kvm, vcpu } });
  };
  return (
    <fieldset class="vcpu">
      <legend>Its vCPU is made with</legend>
      {FEATURES.map(([trait, words]) => {
        const isChosen = kvm.vcpu.includes(trait);
        const isRefused = sight?.refused.has(trait) === true;
        return (
          <label key={trait}>
            <input type="checkbox" checked={isChosen} disabled={isRefused && !isChosen} onChange={() => toggle(trait)} /> {words}
            {isRefused && <span class="soft">, refused</span>}
          </label>
        );
      })}
      {sight?.isBounded === true && <p class="soft">Linux {kvm.kernel.release} lies between releases whose KVM is known exactly.</p>}
    </fieldset>
  );
}
