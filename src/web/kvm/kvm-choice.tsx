import type { VNode } from 'preact';
import { MAINLINE_RELEASES } from '../../linux/release/known-trees.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { kvmCode, loadKvm } from '../scenario/between-code.ts';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';

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

/** What the vCPU of a host is made with; nothing without KVM. */
export function VcpuChoice(props: Omit<KvmChoiceProps, 'release'>): VNode | null {
  const Choice = props.query.kvm && kvmCode()?.VcpuTraits;
  return Choice === undefined ? null : <Choice {...props} />;
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
