import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { announce } from '../bring-up/detect.ts';
import { evaluate } from '../bring-up/evaluate.ts';
import { commonLengths } from '../bring-up/vector-lengths.ts';
import type { Capability } from '../release/capability.ts';
import { usesDirtyBit } from '../rules/features.ts';
import { runsAtEl2 } from '../rules/virtualisation.ts';

/** CTR_EL0.L1Ip. */
const POLICIES: Readonly<Record<number, string>> = { 2: 'VIPT', 3: 'PIPT' };

/** The line about a CPU's instruction cache. */
export function printCachePolicy(state: BootState, cpu: CpuRegisters): void {
  const l1Ip = Number((cpu.effectiveCtr() >> 14n) & 3n);
  const policy = l1Ip === 0 && state.model.behaviour.vpipt === true ? 'VPIPT' : (POLICIES[l1Ip] ?? 'RESERVED/UNKNOWN');
  state.print('cpuinfo', { code: 'icache-policy', policy }, cpu);
}

/** Whether a CPU has for itself what a capability that each may have alone compares. */
function hasItself(state: BootState, { when, name }: Capability, cpu: CpuRegisters): boolean {
  const held = (): boolean => 'rule' in when && when.of !== undefined && evaluate(when.of, state.local(cpu)).held;
  return name === 'HW_DBM' ? usesDirtyBit({ state, cpu, held }) : held();
}

/** The least size of a line that the kernel assumes if CTR_EL0.CWG does not tell, in bytes. */
const ASSUMED_LINE = 128;

/** The lines that enabling the capabilities brings: which CPUs have what each may have alone, and what is switched off or emulated. */
export function printEnabled(state: BootState, online: readonly CpuRegisters[]): void {
  const { model, capabilities } = state;
  printMitigationsOff(state);
  for (const capability of model.capabilities) {
    if (!capabilities.has(capability.name)) continue;
    const { name, description, perCpu, matchAllEarlyCpus } = capability;
    if (name === 'HAS_AMU_EXTN' && !perCpu) {
      for (const cpu of online) if (hasItself(state, capability, cpu)) state.print('cpufeature', { code: 'detected-amu' }, cpu);
    }
    if (matchAllEarlyCpus) announce(state, capability);
    if (perCpu && description !== undefined) {
      const cpus = online.filter((cpu) => hasItself(state, capability, cpu)).map(({ index }) => index);
      if (cpus.length > 0) state.print('cpufeature', { code: 'detected-on', description, cpus });
    }
  }
  if (model.option('CONFIG_ARM64_SW_TTBR0_PAN') === 'y' && !capabilities.has('HAS_PAN'))
    state.print('cpufeature', { code: 'emulated-pan' });
  if (((state.boot.raw('CTR_EL0') >> 24n) & 0xfn) === 0n)
    state.print('cpufeature', { code: 'no-cache-writeback-granule', assumed: ASSUMED_LINE });
}

/** The lines about mitigations that the command line switches off. */
function printMitigationsOff(state: BootState): void {
  const { model, capabilities, cmdline } = state;
  const allOff = cmdline.value('mitigations') === 'off';
  const v2Off = allOff || cmdline.has('nospectre_v2');
  const print = (mitigation: 'spectre-v2' | 'spectre-v4' | 'spectre-bhb'): void =>
    state.printOnce(mitigation, 'proton-pack', { code: 'mitigation-disabled', mitigation });
  if (capabilities.has('SPECTRE_V2') && v2Off) print('spectre-v2');
  if (capabilities.has('SPECTRE_V4') && (allOff || cmdline.value('ssbd') === 'force-off')) print('spectre-v4');
  if (!capabilities.has('SPECTRE_BHB') || model.option('CONFIG_MITIGATE_SPECTRE_BRANCH_HISTORY') === 'n') return;
  if (model.behaviour['spectre-bhb-off-by-v2'] === true && v2Off) print('spectre-v2');
  if (allOff || cmdline.has('nospectre_bhb')) print('spectre-bhb');
}

/** The vector length that programs get if they ask for none: the longest up to a limit, in bytes. */
function defaultLength(lengths: readonly number[], limit: number): number {
  return Math.max(Math.min(...lengths), ...lengths.filter((length) => length <= limit));
}

/** The lines about vector lengths. */
export function printVectorLengths(state: BootState, online: readonly CpuRegisters[]): void {
  const sve = commonLengths(online, 'SVE');
  if (state.capabilities.has('SVE') && sve.length > 0) {
    state.print('fpsimd', { code: 'maximum-vector-length', extension: 'SVE', bytes: Math.max(...sve) });
    state.print('fpsimd', { code: 'default-vector-length', extension: 'SVE', bytes: defaultLength(sve, 64) });
    const onSome = online.flatMap((cpu) => cpu.sveLengths).filter((length) => !sve.includes(length));
    // A guest's longest vector stays below the first length that only some CPUs have.
    if (Math.min(...onSome) < Math.max(...sve)) state.print('fpsimd', { code: 'unvirtualisable-vector-lengths', extension: 'SVE' });
  }
  const sme = commonLengths(online, 'SME');
  if (state.capabilities.has('SME') && sme.length > 0) {
    state.print('fpsimd', { code: 'minimum-vector-length', extension: 'SME', bytes: Math.min(...sme) });
    state.print('fpsimd', { code: 'maximum-vector-length', extension: 'SME', bytes: Math.max(...sme) });
    state.print('fpsimd', { code: 'default-vector-length', extension: 'SME', bytes: defaultLength(sme, 32) });
  }
}

/** The line about AArch32 programs that only some CPUs can run: printed when the first CPU differs from the boot CPU in that. */
export function printMismatched32BitEl0(state: BootState, online: readonly CpuRegisters[]): void {
  if (!state.model.behaviour['mismatched-32bit-el0'] || !state.cmdline.has('allow_mismatched_32bit_el0')) return;
  const different = online.find((cpu) => cpu.has32BitEl0 !== state.boot.has32BitEl0);
  if (!different) return;
  const pinned = different.has32BitEl0 ? different : state.boot;
  state.print('cpufeature', { code: 'asymmetric-32bit-el0', on: different.index, pinned: pinned.index });
}

/** The line about breakpoints: ID_AA64DFR0_EL1.{BRPs, WRPs} count one less. */
export function printBreakpoints(state: BootState): void {
  const breakpoints = state.sanitisedField('ID_AA64DFR0_EL1', 12) + 1;
  const watchpoints = state.sanitisedField('ID_AA64DFR0_EL1', 20) + 1;
  state.print('hw-breakpoint', { code: 'breakpoints', breakpoints, watchpoints });
}

/** KVM's first line. */
export function printKvm(state: BootState): void {
  if (state.model.option('CONFIG_KVM') !== 'y') return;
  const atEl2 = state.environment.bootEl === 2;
  if (atEl2 && state.cmdline.value('kvm-arm.mode') === 'none') return;
  if (!atEl2) state.print('kvm', { code: 'kvm', mode: 'unavailable' });
  else if (runsAtEl2(state, state.boot)) state.print('kvm', { code: 'kvm', mode: 'vhe' });
  else {
    const hvhe = state.capabilities.has('KVM_HVHE');
    const isProtected = state.capabilities.has('KVM_PROTECTED_MODE');
    state.print('kvm', { code: 'kvm', mode: isProtected ? (hvhe ? 'protected-hvhe' : 'protected') : hvhe ? 'hvhe' : 'nvhe' });
  }
}
