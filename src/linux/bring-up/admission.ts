import { printOnEnabling } from '../log/print-mitigations.ts';
import type { Capability, Scope } from '../release/capability.ts';
import type { HwcapRule } from '../release/kernel-at.ts';
import type { BootState } from './boot-state.ts';
import type { CpuRegisters } from './cpu-registers.ts';
import { evaluate } from './evaluate.ts';
import { hwcapFacts } from './hwcaps.ts';
import { commonLengths, lengthsOf, longestForGuests } from './vector-lengths.ts';

/** Why a CPU does not come up, and whether the whole system stops with it. */
export interface Refusal {
  readonly reason: string;
  readonly panics: boolean;
}

/** The width of address space identifiers, in bits; an encoding that is not known counts as the smaller one, with a warning. */
export function asidBits(state: BootState, cpu: CpuRegisters): number {
  const field = Number((cpu.raw('ID_AA64MMFR0_EL1') >> 4n) & 0xfn);
  if (field !== 0 && field !== 2) state.print('cpufeature', { code: 'unknown-asid-size', field }, cpu);
  return field === 2 ? 16 : 8;
}

/** The first capability of the scopes in which a CPU does not go with the system. */
function conflict(state: BootState, cpu: CpuRegisters, scopes: readonly Scope[]): Refusal | undefined {
  const { capabilities, behaviour } = state.model;
  const facts = state.local(cpu);
  const differs = ({ name, when, optionalForLate, permittedForLate }: Capability): boolean => {
    const cpuHas = evaluate(when, facts).held;
    return state.capabilities.has(name) ? !cpuHas && !optionalForLate : cpuHas && !permittedForLate;
  };
  let found: Capability | undefined;
  for (const capability of capabilities) {
    if (!scopes.includes(capability.scope)) continue;
    if (differs(capability)) {
      found = capability;
      break;
    }
    // What the system has is switched on here, whether this CPU has it or not.
    if (capability.scope !== 'boot' && state.capabilities.has(capability.name)) printOnEnabling(state, capability.name, cpu);
  }
  if (!found) return undefined;
  const has = state.capabilities.has(found.name);
  const described = found.description === undefined ? {} : { description: found.description };
  state.print('cpufeature', { code: 'conflict', number: found.index, ...described, system: has, own: !has }, cpu);
  return {
    reason: `capability ${found.name}${found.description ? ` (${found.description})` : ''}: the system ${has ? 'has' : 'lacks'} it, the CPU ${has ? 'does not' : 'has it'}`,
    panics: found.panicOnConflict && behaviour['strict-boot-panics'] === true,
  };
}

/** What a secondary must fulfil before anything is taken over from it. */
export function checkEarly(state: BootState, cpu: CpuRegisters): Refusal | undefined {
  const own = asidBits(state, cpu);
  if (own < state.asidBits) {
    state.print('cpufeature', { code: 'smaller-asid', own, boot: state.asidBits }, cpu);
    return { reason: `${own}-bit ASIDs, fewer than the boot CPU's ${state.asidBits}`, panics: true };
  }
  return conflict(state, cpu, ['boot']);
}

/** How a late CPU's vector lengths differ from those that the system has settled on. */
function lengthFault(
  state: BootState,
  cpu: CpuRegisters,
  extension: 'SVE' | 'SME',
  early: readonly CpuRegisters[],
): 'shorter' | 'missing' | 'unsupported' | undefined {
  const control = extension === 'SVE' ? 'ZCR_EL1' : 'SMCR_EL1';
  const own = lengthsOf(cpu, extension);
  const common = commonLengths(early, extension);
  // Where the kernel keeps a pseudo register of the longest vector, it looks at that first.
  if (state.registers.has(control) && cpu.tracked(control) < state.sanitised(control)) return 'shorter';
  if (common.some((length) => !own.includes(length))) return 'missing';
  if (extension === 'SME' || !hasKvm(state)) return undefined;
  return Math.min(...own.filter((length) => !common.includes(length))) <= longestForGuests(early) ? 'unsupported' : undefined;
}

/** Whether the kernel can be a hypervisor. */
function hasKvm({ environment, model }: BootState): boolean {
  return environment.bootEl === 2 && model.option('CONFIG_KVM') === 'y';
}

function badLengths(state: BootState, cpu: CpuRegisters, extension: 'SVE' | 'SME', early: readonly CpuRegisters[]): Refusal | undefined {
  if (!state.capabilities.has(extension)) return undefined;
  const fault = lengthFault(state, cpu, extension, early);
  if (fault === undefined) return undefined;
  if (fault === 'missing') state.print('fpsimd', { code: 'vector-lengths-missing', extension }, cpu);
  if (fault === 'unsupported') state.print('fpsimd', { code: 'vector-lengths-unsupported', extension }, cpu);
  state.print('cpufeature', { code: 'vector-length-mismatch', extension }, cpu);
  const common = commonLengths(early, extension);
  const own = lengthsOf(cpu, extension);
  const bits = (lengths: readonly number[]): string => lengths.map((length) => length * 8).join(', ');
  const reasons = {
    shorter: `the longest ${extension} vector of ${Math.max(...own) * 8} bits is too short`,
    missing: `${extension} vector lengths ${bits(common.filter((length) => !own.includes(length)))} bits are missing`,
    unsupported: `${extension} vector lengths ${bits(own.filter((length) => !common.includes(length)))} bits are not the system's`,
  };
  return { reason: reasons[fault], panics: false };
}

/** The hwcap that programs were promised and this CPU does not have. */
function missingHwcap(
  state: BootState,
  cpu: CpuRegisters,
  rules: readonly HwcapRule[],
  promised: ReadonlySet<string>,
): Refusal | undefined {
  const { userMask } = hwcapFacts(state);
  const facts = { ...state.local(cpu), ...(userMask ? { userMask } : {}) };
  const missing = rules.find(({ name, when }) => promised.has(name) && !evaluate(when, facts).held);
  if (!missing) return undefined;
  state.print('cpufeature', { code: 'missing-hwcap', constant: missing.constant }, cpu);
  return { reason: `missing hwcap ${missing.name}`, panics: false };
}

/** VMID bits by ID_AA64MMFR1_EL1.VMIDBits: 16 for 2, else 8. */
function vmidBits(mmfr1: bigint): number {
  return ((mmfr1 >> 4n) & 0xfn) === 2n ? 16 : 8;
}

/** What a hypervisor asks of a late CPU: no narrower VMIDs or intermediate addresses than it has settled on. */
function missingForKvm(state: BootState, cpu: CpuRegisters): Refusal | undefined {
  if (!hasKvm(state)) return undefined;
  if (vmidBits(cpu.raw('ID_AA64MMFR1_EL1')) < vmidBits(state.sanitised('ID_AA64MMFR1_EL1'))) {
    state.print('cpufeature', { code: 'narrower-for-kvm', what: 'VMID width' }, cpu);
    return { reason: 'narrower VMIDs than KVM uses', panics: false };
  }
  if (state.model.behaviour['kvm-ipa-check'] !== 'own') return undefined;
  if (Number(cpu.raw('ID_AA64MMFR0_EL1') & 0xfn) < state.sanitisedField('ID_AA64MMFR0_EL1', 0)) {
    state.print('cpufeature', { code: 'narrower-for-kvm', what: 'IPA range' }, cpu);
    return { reason: 'a smaller physical address range than KVM uses', panics: false };
  }
  return undefined;
}

/** What a CPU that comes after the features are settled must fulfil. */
export function checkLate(
  state: BootState,
  cpu: CpuRegisters,
  early: readonly CpuRegisters[],
  promised: { hwcaps: ReadonlySet<string>; compat: ReadonlySet<string> },
): Refusal | undefined {
  return (
    checkEarly(state, cpu) ??
    conflict(state, cpu, ['local', 'system']) ??
    missingHwcap(state, cpu, state.model.hwcaps, promised.hwcaps) ??
    (cpu.has32BitEl0 ? missingHwcap(state, cpu, state.model.compatHwcaps, promised.compat) : undefined) ??
    badLengths(state, cpu, 'SVE', early) ??
    badLengths(state, cpu, 'SME', early) ??
    missingForKvm(state, cpu)
  );
}
