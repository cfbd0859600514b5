import type { LayeredScenario } from '../../answers/why/boot-layered.ts';
import type { Scenario } from '../../answers/why/scenario.ts';

/** What stands in under-kvm.ts: KVM's rules, which only pages with a guest need. */
type KvmCode = typeof import('./under-kvm.ts');

/** What KVM of a host says of the vCPUs that it can make. */
export interface HostSight {
  /** What it refuses to make a vCPU with, by the names of `--vcpu`. */
  readonly refused: ReadonlySet<string>;
  /** Whether what it does lies between releases that are known exactly. */
  readonly isBounded: boolean;
}

let code: KvmCode | undefined;

/** Fetches the rules of KVM. */
export async function loadKvm(): Promise<void> {
  code ??= await import('./under-kvm.ts');
}

/** The rules of KVM; `undefined` until {@link loadKvm} has fetched them. */
export function kvmCode(): KvmCode | undefined {
  return code;
}

/**
 * The scenario with KVM's limits as layers. What KVM refuses to make is told as the library tells it.
 *
 * @throws {ArmlensError} `bad-value` if KVM refuses the vCPU.
 */
export function layeredOf({ kvm, ...scenario }: Scenario): LayeredScenario {
  if (kvm === undefined) return scenario;
  if (code === undefined) throw new Error('the rules of KVM were not fetched');
  return code.layered({ kvm, ...scenario });
}
