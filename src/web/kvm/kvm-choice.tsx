import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { ArmlensError } from '../../errors.ts';
import { MAINLINE_RELEASES } from '../../linux/release/known-trees.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { type HostSight, kvmCode, loadKvm } from '../scenario/between-code.ts';
import { buildScenario } from '../scenario/build-scenario.ts';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';

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

/** What the choice is given. */
export interface KvmChoiceProps {
  readonly query: ScenarioQuery;
  readonly base: BaseMachine;
  /** The release that is booted now: a host's and a guest's kernel to begin with. */
  readonly release: string;
  set(query: ScenarioQuery): void;
}

/** The same machine with KVM of a release in between, or without: the guest goes on with the kernel that is shown. */
function underKvm(query: ScenarioQuery, host: string, guest: string): ScenarioQuery {
  const { kvm, ...bare } = query;
  if (host === '') return bare;
  return { ...query, release: guest, kvm: { kernel: { ...kvm?.kernel, release: host }, vcpu: kvm?.vcpu ?? [] } };
}

/** What the host's KVM says; nothing where its kernel is not known. */
function sightOf(query: ScenarioQuery, base: BaseMachine): HostSight | undefined {
  try {
    return kvmCode()?.hostSight(buildScenario(query, base).scenario, TRAITS);
  } catch (error) {
    if (error instanceof ArmlensError) return undefined;
    throw error;
  }
}

/** What the vCPU of a host is made with; nothing without KVM. */
export function VcpuChoice({ query, base, set }: Omit<KvmChoiceProps, 'release'>): VNode | null {
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

/** Whether KVM stands in between, and of which host's kernel. */
export function HostChoice({ query, release, set }: Omit<KvmChoiceProps, 'base'>): VNode {
  const host = query.kvm?.kernel.release ?? '';
  const choose = (value: string): void => {
    const show = (): void => set(underKvm(query, value, release));
    // The page stands as it is until the rules are there; whoever cannot fetch them tells so.
    if (value === '') show();
    else void loadKvm().then(show, show);
  };
  const isListed = host === '' || MAINLINE_RELEASES.includes(host);
  return (
    <label>
      Guest of{' '}
      <select value={host} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">no KVM</option>
        {!isListed && <option value={host}>KVM of Linux {host}</option>}
        {MAINLINE_RELEASES.toReversed().map((one) => (
          <option key={one} value={one}>
            KVM of Linux {one}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Whether KVM stands in between, of which host's kernel, and what its vCPU is made with. */
export function KvmChoice(props: KvmChoiceProps): VNode {
  return (
    <>
      <HostChoice {...props} />
      <VcpuChoice {...props} />
    </>
  );
}
