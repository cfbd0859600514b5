import { joinWords, knownWord, type PartialWord, UNKNOWN_WORD } from '../../bits/partial-word.ts';
import type { Truth } from '../../logic/truth.ts';
import type { KernelModel } from '../release/kernel-at.ts';
import type { BootState } from './boot-state.ts';
import { type CpuRegisters, isAArch32 } from './cpu-registers.ts';
import type { RegisterOverride } from './overrides.ts';
import {
  initialiseRegister,
  mayDifferStrictly,
  type RegisterState,
  relax,
  relaxWeakly,
  updatePartialRegister,
  updateRegister,
} from './sanitise.ts';

/** Fields that only matter with AArch32 at EL1: ID_ISAR4_EL1.SMC, and of ID_PFR1_EL1 all but the timer and the GIC. */
const EL1_ONLY: readonly (readonly [string, bigint])[] = [
  ['ID_ISAR4_EL1', 0x0000_f000n],
  ['ID_PFR1_EL1', 0x0ff0_f0ffn],
];

/** Whether the vector lengths of a CPU count: by its own field, or by the sanitised one. */
function hasVectors(state: BootState, cpu: CpuRegisters, name: string, lsb: number): boolean {
  if (state.model.behaviour['vector-length-registers'] === 'sanitised') return state.sanitisedField(name, lsb) !== 0;
  return cpu.field(name, lsb) !== 0;
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
      if (behaviour.gmid !== 'overridden') return cpu.field('ID_AA64PFR1_EL1', 8) >= 2;
      return option('CONFIG_ARM64_MTE') === 'y' && state.localField(cpu, 'ID_AA64PFR1_EL1', 8) >= 2;
    }
    case 'MPAMIDR_EL1': {
      if (behaviour.mpamidr === 'raw') return cpu.field('ID_AA64PFR0_EL1', 40) !== 0;
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

/** What is known of what the kernel compares and merges of a CPU. */
function trackedWord({ isPartial }: BootState, cpu: CpuRegisters, name: string): PartialWord {
  return isPartial ? cpu.trackedWord(name) : knownWord(cpu.tracked(name));
}

/** Takes the boot CPU's registers over, with the overrides of the command line. */
export function initialiseFromBootCpu(state: BootState): void {
  const { boot, model } = state;
  const aarch32 = state.ask(() => model.behaviour['aarch32-registers-initialised'] === 'always' || boot.has32BitEl0);
  for (const register of inOrder(state)) {
    const { name } = register.tracked;
    const tracked = isAArch32(name) ? aarch32 : state.ask(() => isTracked(state, name, boot));
    state.when(tracked, () => initialise(state, register, boot, state.overrides.registers.get(name)));
  }
}

/** Gives a register its first value. */
function initialise(state: BootState, register: RegisterState, cpu: CpuRegisters, override: RegisterOverride | undefined): void {
  const notes = initialiseRegister(register, trackedWord(state, cpu, register.tracked.name), override, state.isWeak);
  for (const note of notes.certain) state.print('cpufeature', { code: 'override', ...note });
  for (const note of notes.open) state.printWeakly('cpufeature', { code: 'override', ...note });
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

/** Which CPU the AArch32 registers are compared with, where that is not the boot CPU. */
export interface AArch32Reference {
  /** The CPU that filled them. */
  cpu: CpuRegisters | undefined;
  /** Whether that is not known for certain. */
  open: boolean;
}

/** How one register of a CPU is merged, given what it is compared with. */
type Merge = (register: RegisterState, boot: PartialWord) => void;

/** Merges a CPU into the AArch32 registers. */
function updateAArch32(state: BootState, cpu: CpuRegisters, reference: AArch32Reference, merge: Merge): void {
  const aarch32 = inOrder(state).filter(({ tracked }) => isAArch32(tracked.name));
  const fills = reference.cpu !== undefined && !reference.open ? false : state.ask(() => fillsAArch32(state));
  state.when(fills === true && reference.open ? undefined : fills, () => {
    for (const register of aarch32) initialise(state, register, cpu, undefined);
    reference.open = state.isWeak;
    reference.cpu = cpu;
  });
  if (state.model.behaviour['relaxed-aarch32-el1']) {
    const relaxes = state.ask(() => state.sanitisedField('ID_AA64PFR0_EL1', 4) !== 2);
    const weak = state.isWeak || relaxes === undefined;
    for (const [name, mask] of EL1_ONLY) if (relaxes !== false) (weak ? relaxWeakly : relax)(state.registers.get(name)!, mask);
  }
  const boot = reference.cpu ?? state.boot;
  for (const register of aarch32) {
    const { name } = register.tracked;
    merge(register, reference.open ? UNKNOWN_WORD : trackedWord(state, boot, name));
  }
}

/** What is known of a register where what is not known of it, or of the same one of a CPU that is alike, counts as zero. */
function likened({ value, open }: PartialWord, other: PartialWord): PartialWord {
  return knownWord(value & ~open & ~other.open);
}

/** Merges what is known of a CPU into a register. */
function mergeInto(state: BootState, register: RegisterState, own: PartialWord): void {
  if (state.isPartial) updatePartialRegister(register, own, state.isWeak);
  else updateRegister(register, own.value);
}

/** Merges a CPU that has come up into the system's registers, and marks the system if it differs where it should not. */
export function updateFromSecondary(state: BootState, cpu: CpuRegisters, reference: AArch32Reference): void {
  let differs: Truth = false;
  const merge: Merge = (register, boot) => {
    const { name } = register.tracked;
    const own = trackedWord(state, cpu, name);
    mergeInto(state, register, own);
    const isLike = state.isPartial && state.areAlike(reference.cpu ?? state.boot, cpu);
    const variation = mayDifferStrictly(
      register,
      ...(isLike ? ([likened(boot, own), likened(own, boot)] as const) : ([boot, own] as const)),
    );
    if (variation === false) return;
    const isKnown = boot.open === 0n && own.open === 0n;
    // A line whose values are not known has no text.
    if (isKnown)
      state.when(variation, () =>
        state.print('cpufeature', { code: 'sanity-check', register: name, boot: boot.value, own: own.value }, cpu),
      );
    differs = variation === true && !state.isWeak ? true : differs || undefined;
  };
  const bootWord = (name: string): PartialWord => {
    const word = trackedWord(state, state.boot, name);
    // What the boot CPU has not filled is not compared, whatever stands here.
    return state.ask(() => isTracked(state, name, state.boot)) ? word : joinWords(word, knownWord(0n));
  };
  for (const register of inOrder(state)) {
    const { name } = register.tracked;
    if (isAArch32(name)) continue;
    if (name === 'ID_AA64MMFR4_EL1' && state.model.behaviour['mmfr4-not-updated']) continue;
    const tracked = state.ask(() => isTracked(state, name, cpu));
    state.when(tracked, () => merge(register, bootWord(name)));
  }
  state.when(
    state.ask(() => updatesAArch32(state, cpu)),
    () => updateAArch32(state, cpu, reference, merge),
  );
  markVariation(state, cpu, differs);
}

/** Marks a system whose CPUs differ where they should not. */
function markVariation(state: BootState, cpu: CpuRegisters, differs: Truth): void {
  state.when(differs, () => {
    state.tell(() => state.printOnce('unsupported variation', 'cpufeature', { code: 'unsupported-variation' }, cpu));
    if (!state.isWeak) state.tainted = true;
    else if (state.tainted === false) state.tainted = undefined;
  });
}
