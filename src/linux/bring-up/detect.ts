import type { Truth } from '../../logic/truth.ts';
import type { Capability, Scope } from '../release/capability.ts';
import type { KernelModel } from '../release/kernel-at.ts';
import type { BootState } from './boot-state.ts';
import type { CpuRegisters } from './cpu-registers.ts';
import { readyRules } from './evaluate.ts';

const scoped = new WeakMap<KernelModel, Map<string, readonly Capability[]>>();

/** The capabilities that a kernel tests in some scopes, in the order of their numbers. */
function inScopes(model: KernelModel, scopes: readonly Scope[]): readonly Capability[] {
  const lists = scoped.get(model) ?? new Map<string, readonly Capability[]>();
  const key = scopes.join();
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list = model.capabilities.filter(({ scope }) => scopes.includes(scope));
  scoped.set(model, lists.set(key, list));
  return list;
}

/** Sets the capabilities of a scope that a CPU (or, without one, the system) has. */
export function updateCapabilities(state: BootState, scopes: readonly Scope[], cpu?: CpuRegisters): void {
  const onBoot = scopes.includes('boot');
  for (const { rule: capability, judge } of readyRules(inScopes(state.model, scopes))) {
    const { name, matchAllEarlyCpus } = capability;
    const set = state.capabilities.verdict(name);
    const isTold = !cpu && state.capabilities.told.delete(name);
    if (matchAllEarlyCpus ? set === false && !onBoot : set === true && !isTold) continue;
    const matches = isTold || judge(cpu ? state.local(cpu, capability.scope) : state.system);
    const settled = matchAllEarlyCpus && !onBoot ? both(state, set, matches) : either(state, set, matches);
    if (matches !== false && !matchAllEarlyCpus) state.when(matches, () => announce(state, capability, cpu));
    if (settled !== set) state.capabilities.settle(name, settled);
  }
}

/** What a capability comes to that counts if it was set or matches now. */
function either({ isWeak }: BootState, set: Truth, matches: Truth): Truth {
  if (matches === true) return isWeak ? undefined : true;
  return set === undefined || matches === undefined ? undefined : false;
}

/** What a capability comes to that counts if it was set and matches now. */
function both({ isWeak }: BootState, set: Truth, matches: Truth): Truth {
  if (set === false) return false;
  if (matches === false) return isWeak ? undefined : false;
  return set === undefined || matches === undefined ? undefined : true;
}

/** Reports a capability that was found, unless it is reported otherwise or not at all. */
export function announce(state: BootState, { description, perCpu, erratum, name }: Capability, cpu?: CpuRegisters): void {
  if (description === undefined || perCpu || (name === 'HAS_AMU_EXTN' && state.model.behaviour['system-settled'] === 'before-el')) return;
  state.print('cpufeature', { code: 'detected', description, erratum }, cpu);
}
