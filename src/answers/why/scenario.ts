import type { FieldPath } from '../../arch/register.ts';
import type { GuestLayer } from '../../hypervisor/guest-layer.ts';
import { splitWords } from '../../linux/cmdline/words.ts';
import type { Environment } from '../../linux/environment.ts';
import type { Kernel } from '../../linux/kernel.ts';
import { mergeVcpus, VCPU_OPTIONS, type Vcpu } from '../../linux/kvm/vcpu.ts';
import type { Condition } from '../../linux/release/rows.ts';
import type { Machine } from '../../silicon/machine.ts';
import { withField, withOption } from '../with-cause.ts';

/** KVM of a host, and the vCPU that it is asked for. */
export interface KvmScenario {
  readonly kernel: Kernel;
  readonly environment?: Environment;
  readonly vcpu: Vcpu;
}

/** All that decides an answer: silicon, hypervisor, kernel, surroundings. */
export interface Scenario {
  /** The silicon, before any hypervisor. */
  readonly machine: Machine;
  /** KVM between the silicon and what follows; absent: none. */
  readonly kvm?: KvmScenario;
  /** What a hypervisor does to it, the first layer first; with KVM, what is laid over its guest. */
  readonly layers: readonly GuestLayer[];
  readonly kernel: Kernel;
  readonly environment: Environment;
}

/** One thing that could be otherwise. */
export type Change =
  /** Another value of a field on some CPUs: other silicon. `name` is the short name of the value. */
  | { readonly kind: 'field'; readonly field: string; readonly cpus: readonly number[]; readonly value: number; readonly name?: string }
  /** Another value of a Kconfig option; `depends` is what it needs and does not have. */
  | { readonly kind: 'config'; readonly option: string; readonly from: string; readonly to: string; readonly depends?: Condition }
  /** A word less or more on the command line; both if one stands for the other. */
  | { readonly kind: 'cmdline'; readonly drop?: string; readonly add?: string }
  /** Another release; `config` is the named configuration that both have, without which a release was not tried. */
  | {
      readonly kind: 'release';
      readonly from: string;
      readonly to: string;
      readonly direction: 'newer' | 'older';
      readonly sameSeries: boolean;
      readonly config?: string;
    }
  /** A machine without some of its CPUs. */
  | { readonly kind: 'without-cpus'; readonly cpus: readonly number[]; readonly midr?: bigint; readonly core?: string }
  /** A guest without one of the hypervisor's layers. */
  | { readonly kind: 'without-layer'; readonly layer: string }
  /** Something more that the vCPU is made with, by the name of `--vcpu`. */
  | { readonly kind: 'vcpu'; readonly add: string }
  /** Another kernel of the host. */
  | { readonly kind: 'host-release'; readonly from: string; readonly to: string }
  /** Something of the surroundings. */
  | { readonly kind: 'environment'; readonly set: Environment };

function withWord(kernel: Kernel, drop: string | undefined, add: string | undefined): Kernel {
  const words = splitWords(kernel.cmdline ?? '');
  const at = drop === undefined ? -1 : words.indexOf(drop);
  const next = [...(at === -1 ? words : words.toSpliced(at, 1)), ...(add === undefined ? [] : [add])];
  return { ...kernel, cmdline: next.join(' ') };
}

function changedKvm({ kvm }: Scenario, change: (kvm: KvmScenario) => KvmScenario): Pick<Scenario, 'kvm'> {
  return kvm === undefined ? {} : { kvm: change(kvm) };
}

/**
 * The scenario as it would be with one change.
 *
 * @example
 * ```js
 * const scenario = { machine: { cpus: [] }, layers: [], kernel: { release: '6.12' }, environment: {} };
 * applyChange(scenario, { kind: 'cmdline', add: 'arm64.nosve' }).kernel.cmdline // → 'arm64.nosve'
 * ```
 */
export function applyChange(scenario: Scenario, change: Change): Scenario {
  const { machine, kernel, layers, environment } = scenario;
  switch (change.kind) {
    case 'field':
      return { ...scenario, machine: withField(machine, change.field as FieldPath, BigInt(change.value), change.cpus) };
    case 'config':
      return { ...scenario, kernel: withOption(kernel, change.option, change.to) };
    case 'cmdline':
      return { ...scenario, kernel: withWord(kernel, change.drop, change.add) };
    case 'release':
      return { ...scenario, kernel: { ...kernel, release: change.to } };
    case 'without-cpus':
      return { ...scenario, machine: { cpus: machine.cpus.filter((_, index) => !change.cpus.includes(index)) } };
    case 'without-layer':
      return { ...scenario, layers: layers.filter(({ name }) => name !== change.layer) };
    case 'vcpu':
      return { ...scenario, ...changedKvm(scenario, (kvm) => ({ ...kvm, vcpu: mergeVcpus(kvm.vcpu, VCPU_OPTIONS[change.add] ?? {}) })) };
    case 'host-release':
      return { ...scenario, ...changedKvm(scenario, (kvm) => ({ ...kvm, kernel: { ...kvm.kernel, release: change.to } })) };
    case 'environment':
      return { ...scenario, environment: { ...environment, ...change.set } };
  }
}

/**
 * Changes that need each other; CPUs go last, so that the numbers of the others still hold.
 *
 * @example
 * ```js
 * const scenario = { machine: { cpus: [] }, layers: [], kernel: { release: '6.12' }, environment: {} };
 * applyChanges(scenario, [{ kind: 'cmdline', add: 'arm64.nosve' }]).kernel.cmdline // → 'arm64.nosve'
 * ```
 */
export function applyChanges(scenario: Scenario, changes: readonly Change[]): Scenario {
  const last = (change: Change): number => (change.kind === 'without-cpus' ? 1 : 0);
  return [...changes].sort((a, b) => last(a) - last(b)).reduce(applyChange, scenario);
}
