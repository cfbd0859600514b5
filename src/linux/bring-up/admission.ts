import type { Capability, Scope } from '../release/capability.ts';
import type { HwcapRule } from '../release/kernel-at.ts';
import type { BootState } from './boot-state.ts';
import type { CpuRegisters } from './cpu-registers.ts';
import { evaluate } from './evaluate.ts';
import { hwcapFacts } from './hwcaps.ts';
import { commonLengths, lengthsOf } from './vector-lengths.ts';

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
  const found = capabilities.find((capability) => scopes.includes(capability.scope) && differs(capability));
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

function missingLength(state: BootState, cpu: CpuRegisters, extension: 'SVE' | 'SME', early: readonly CpuRegisters[]): Refusal | undefined {
  if (!state.capabilities.has(extension)) return undefined;
  const own = lengthsOf(cpu, extension);
  const missing = commonLengths(early, extension).filter((length) => !own.includes(length));
  if (missing.length === 0) return undefined;
  state.print('fpsimd', { code: 'vector-lengths-missing', extension }, cpu);
  state.print('cpufeature', { code: 'vector-length-mismatch', extension }, cpu);
  return { reason: `${extension} vector lengths ${missing.map((length) => length * 8).join(', ')} bits are missing`, panics: false };
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
  if (state.environment.bootEl !== 2 || state.model.option('CONFIG_KVM') !== 'y') return undefined;
  if (vmidBits(cpu.raw('ID_AA64MMFR1_EL1')) < vmidBits(state.sanitised('ID_AA64MMFR1_EL1'))) {
    state.print('cpufeature', { code: 'narrower-for-kvm', what: 'VMID width' }, cpu);
    return { reason: 'narrower VMIDs than KVM uses', panics: false };
  }
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
    missingLength(state, cpu, 'SVE', early) ??
    missingLength(state, cpu, 'SME', early) ??
    missingForKvm(state, cpu)
  );
}
