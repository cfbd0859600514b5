import type { KernelModel } from '../release/kernel-at.ts';
import type { BootState } from './boot-state.ts';
import { type CpuRegisters, isAArch32 } from './cpu-registers.ts';
import { differsStrictly, initialiseRegister, type RegisterState, relax, updateRegister } from './sanitise.ts';

/** Fields that only matter with AArch32 at EL1: ID_ISAR4_EL1.SMC, and of ID_PFR1_EL1 all but the timer and the GIC. */
const EL1_ONLY: readonly (readonly [string, bigint])[] = [
  ['ID_ISAR4_EL1', 0x0000_f000n],
  ['ID_PFR1_EL1', 0x0ff0_f0ffn],
];

/** Whether the vector lengths of a CPU count: by its own field, or by the sanitised one. */
function hasVectors(state: BootState, cpu: CpuRegisters, name: string, lsb: number): boolean {
  if (state.model.behaviour['vector-length-registers'] === 'sanitised') return state.sanitisedField(name, lsb) !== 0;
  return ((cpu.raw(name) >> BigInt(lsb)) & 0xfn) !== 0n;
}

/** Whether a register is there to be read, and so taken over, on this CPU. */
function isTracked(state: BootState, name: string, cpu: CpuRegisters): boolean {
  const { option, behaviour } = state.model;
  switch (name) {
    case 'ZCR_EL1':
      return option('CONFIG_ARM64_SVE') === 'y' && hasVectors(state, cpu, 'ID_AA64PFR0_EL1', 32);
    case 'SMCR_EL1':
      return option('CONFIG_ARM64_SME') === 'y' && hasVectors(state, cpu, 'ID_AA64PFR1_EL1', 24);
    case 'GMID_EL1': {
      if (behaviour.gmid !== 'overridden') return ((cpu.raw('ID_AA64PFR1_EL1') >> 8n) & 0xfn) >= 2n;
      return (
        option('CONFIG_ARM64_MTE') === 'y' &&
        ((cpu.local('ID_AA64PFR1_EL1', state.overrides.registers.get('ID_AA64PFR1_EL1')) >> 8n) & 0xfn) >= 2n
      );
    }
    case 'MPAMIDR_EL1': {
      if (behaviour.mpamidr === 'raw') return ((cpu.raw('ID_AA64PFR0_EL1') >> 40n) & 0xfn) !== 0n;
      if (state.sanitisedField('ID_AA64PFR0_EL1', 40) !== 0) return true;
      return behaviour.mpamidr === 'sanitised-or-frac' && state.sanitisedField('ID_AA64PFR1_EL1', 16) !== 0;
    }
    default:
      return true;
  }
}

/** The order in which registers are taken over and compared; those that depend on others come last. */
const REGISTER_ORDER = [
  /^CTR_EL0$/,
  /^DCZID_EL0$/,
  /^CNTFRQ_EL0$/,
  /^ID_AA64DFR/,
  /^ID_AA64ISAR/,
  /^ID_AA64MMFR/,
  /^ID_AA64PFR/,
  /^ID_AA64ZFR/,
  /^ID_AA64SMFR/,
  /^ID_AA64FPFR/,
  /^ID_DFR/,
  /^ID_ISAR/,
  /^ID_MMFR/,
  /^ID_PFR/,
  /^MVFR/,
  /^ZCR_EL1$/,
  /^SMCR_EL1$/,
  /^MPAMIDR_EL1$/,
  /^GMID_EL1$/,
];

const ordered = new WeakMap<KernelModel, readonly string[]>();

/** The tracked registers in the order in which the kernel goes through them. */
function inOrder({ model, registers }: BootState): readonly RegisterState[] {
  let names = ordered.get(model);
  if (!names) {
    const place = (name: string): number => REGISTER_ORDER.findIndex((pattern) => pattern.test(name));
    names = [...registers.keys()].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
    ordered.set(model, names);
  }
  return names.map((name) => registers.get(name)!);
}

/** Takes the boot CPU's registers over, with the overrides of the command line. */
export function initialiseFromBootCpu(state: BootState): void {
  const { boot, model } = state;
  const aarch32 = model.behaviour['aarch32-registers-initialised'] === 'always' || boot.has32BitEl0;
  for (const register of inOrder(state)) {
    const { name } = register.tracked;
    if ((isAArch32(name) && !aarch32) || !isTracked(state, name, boot)) continue;
    const notes = initialiseRegister(register, boot.tracked(name), state.overrides.registers.get(name));
    for (const note of notes) state.print('cpufeature', { code: 'override', ...note });
  }
}

/** Whether a secondary is merged into the AArch32 registers. */
function updatesAArch32(state: BootState, cpu: CpuRegisters): boolean {
  const systemHas = state.sanitisedField('ID_AA64PFR0_EL1', 0) === 2;
  switch (state.model.behaviour['aarch32-registers-updated']) {
    case 'always':
      return true;
    case 'cpu-el0':
      return cpu.has32BitEl0;
    case 'cpu-and-system-el0':
      return cpu.has32BitEl0 && systemHas;
    case 'system-el0':
      return systemHas;
  }
}

/** Whether this CPU gives the AArch32 registers their first values, as the boot CPU could not. */
function fillsAArch32({ parameters, boot }: BootState): boolean {
  return parameters.mismatched32BitEl0 === true && !boot.has32BitEl0;
}

/** Merges a CPU into the AArch32 registers. */
function updateAArch32(
  state: BootState,
  cpu: CpuRegisters,
  reference: { aarch32: CpuRegisters | undefined },
  merge: (register: RegisterState, boot: bigint) => void,
): void {
  const aarch32 = inOrder(state).filter(({ tracked }) => isAArch32(tracked.name));
  if (fillsAArch32(state) && reference.aarch32 === undefined) {
    for (const register of aarch32) initialiseRegister(register, cpu.tracked(register.tracked.name), undefined);
    reference.aarch32 = cpu;
  }
  if (state.model.behaviour['relaxed-aarch32-el1'] && state.sanitisedField('ID_AA64PFR0_EL1', 4) !== 2) {
    for (const [name, mask] of EL1_ONLY) relax(state.registers.get(name)!, mask);
  }
  const boot = reference.aarch32 ?? state.boot;
  for (const register of aarch32) merge(register, boot.tracked(register.tracked.name));
}

/** Merges a CPU that has come up into the system's registers, and marks the system if it differs where it should not. */
export function updateFromSecondary(state: BootState, cpu: CpuRegisters, reference: { aarch32: CpuRegisters | undefined }): void {
  const merge = (register: RegisterState, boot: bigint): void => {
    const raw = cpu.tracked(register.tracked.name);
    updateRegister(register, raw);
    if (!differsStrictly(register, boot, raw)) return;
    state.print('cpufeature', { code: 'sanity-check', register: register.tracked.name, boot, own: raw }, cpu);
    differs = true;
  };
  let differs = false;
  const registers = inOrder(state);
  for (const register of registers) {
    const { name } = register.tracked;
    if (isAArch32(name) || !isTracked(state, name, cpu)) continue;
    if (name === 'ID_AA64MMFR4_EL1' && state.model.behaviour['mmfr4-not-updated']) continue;
    merge(register, isTracked(state, name, state.boot) ? state.boot.tracked(name) : 0n);
  }
  if (updatesAArch32(state, cpu)) updateAArch32(state, cpu, reference, merge);
  if (!differs) return;
  state.printOnce('unsupported variation', 'cpufeature', { code: 'unsupported-variation' }, cpu);
  state.tainted = true;
}
