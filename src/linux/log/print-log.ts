import { setMembers } from '../../bits/partial-word.ts';
import { allOf, type Truth } from '../../logic/truth.ts';
import { cpuKey, firstOfEach } from '../../silicon/cpu-key.ts';
import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { announce } from '../bring-up/detect.ts';
import { verdictOn } from '../bring-up/evaluate.ts';
import { commonLengths, longestForGuests } from '../bring-up/vector-lengths.ts';
import type { Capability } from '../release/capability.ts';
import { usesDirtyBit } from '../rules/features.ts';
import { kvmMode, runsAtEl2 } from '../rules/virtualisation.ts';
import { printMitigationsOff, printOnEnabling } from './print-mitigations.ts';

/** CTR_EL0.L1Ip. */
const POLICIES: Readonly<Record<number, string>> = { 2: 'VIPT', 3: 'PIPT' };

/** The line about a CPU's instruction cache. */
export function printCachePolicy(state: BootState, cpu: CpuRegisters): void {
  const l1Ip = cpu.ctrField(14, 2);
  const policy = l1Ip === 0 && state.model.behaviour.vpipt === true ? 'VPIPT' : (POLICIES[l1Ip] ?? 'RESERVED/UNKNOWN');
  state.print('cpuinfo', { code: 'icache-policy', policy }, cpu);
}

/** Whether a CPU has for itself what a capability that each may have alone compares. */
function hasItself(state: BootState, { when, name }: Capability, cpu: CpuRegisters): boolean {
  const held = (): boolean => 'rule' in when && when.of !== undefined && state.reader.decide(verdictOn(when.of, state.local(cpu)));
  return name === 'HW_DBM' ? usesDirtyBit({ cpu, held }) : held();
}

/** The least size of a line that the kernel assumes if CTR_EL0.CWG does not tell, in bytes. */
const ASSUMED_LINE = 128;

/** A CPU that came up, or of which that is not known. */
export interface CameUp {
  readonly cpu: CpuRegisters;
  readonly admitted: Truth;
}

/** What equal CPUs that came alike have in common. */
const kindOf = ({ cpu, admitted }: CameUp): string => `${admitted} ${cpuKey(cpu.cpu)}`;

/** How many CPUs of a kind say what is said once. */
const SAYING = 2;

/** The lines that enabling the capabilities brings: which CPUs have what each may have alone, and what is switched off or emulated. */
export function printEnabled(state: BootState, came: readonly CameUp[]): void {
  const { model, capabilities } = state;
  const isTold = model.behaviour['mitigations-off-reported'] === 'where-needed';
  for (const { cpu, admitted } of isTold ? (state.isPartial ? firstOfEach(came, kindOf, SAYING) : came) : []) {
    state.when(admitted, () => {
      for (const { name, scope } of model.capabilities) if (scope !== 'boot') printOnEnabling(state, name, cpu);
    });
  }
  for (const capability of model.capabilities) {
    const verdict = capabilities.verdict(capability.name);
    if (verdict !== false) state.when(verdict, () => printOneEnabled(state, capability, came));
  }
  state.explore(() => {
    if (model.option('CONFIG_ARM64_SW_TTBR0_PAN') === 'y' && !capabilities.has('HAS_PAN'))
      state.print('cpufeature', { code: 'emulated-pan' });
  });
  state.explore(() => printMitigationsOff(state));
  state.explore(() => {
    if (state.boot.field('CTR_EL0', 24) === 0) state.print('cpufeature', { code: 'no-cache-writeback-granule', assumed: ASSUMED_LINE });
  });
}

/** The lines that enabling one capability brings. */
function printOneEnabled(state: BootState, capability: Capability, came: readonly CameUp[]): void {
  const { name, description, perCpu, matchAllEarlyCpus } = capability;
  if (name === 'HAS_AMU_EXTN' && !perCpu) {
    for (const { cpu, admitted } of came) {
      state.when(allOf([admitted, state.ask(() => hasItself(state, capability, cpu))]), () =>
        state.print('cpufeature', { code: 'detected-amu' }, cpu),
      );
    }
  }
  if (matchAllEarlyCpus) announce(state, capability);
  if (perCpu && description !== undefined) {
    const kinds = kindsOf(state, came);
    const open = kinds.filter(
      ([first]) => allOf([first!.admitted, state.ask(() => hasItself(state, capability, first!.cpu))]) === undefined,
    );
    // Which of many CPUs it names is not told by any few texts.
    if (open.length > MOST_OPEN) return;
    state.explore(() => {
      const having = kinds.filter(([first]) => isOnline(state, first!) && hasItself(state, capability, first!.cpu));
      const cpus = having.flatMap((kind) => kind.map(({ cpu }) => cpu.index)).sort((a, b) => a - b);
      const line = { code: 'detected-on', description, cpus } as const;
      if (cpus.length > 0 && state.isUncounted) state.printWeakly('cpufeature', line);
      else if (cpus.length > 0) state.print('cpufeature', line);
    });
  }
}

/** How many kinds of CPUs may be open at once for a line to have a text. */
const MOST_OPEN = 8;

/** CPUs of which the same is so where it is not known: equal ones, if those of a core are alike; else each is its own kind. */
function kindsOf({ isAlike }: BootState, came: readonly CameUp[]): readonly (readonly CameUp[])[] {
  if (!isAlike) return came.map((one) => [one]);
  const kinds = new Map<string, CameUp[]>();
  for (const one of came) {
    const key = kindOf(one);
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, [one]);
    else kind.push(one);
  }
  return [...kinds.values()];
}

function isOnline({ reader }: BootState, { cpu, admitted }: CameUp): boolean {
  return reader.decide(admitted, `${cpu.index} online`);
}

/** The lines about vector lengths, which those CPUs have in common that run. */
export function printVectorLengths(state: BootState, came: readonly CameUp[]): void {
  const kinds = kindsOf(state, came);
  if (kinds.filter(([first]) => first!.admitted === undefined).length > MOST_OPEN) return;
  const online = kinds.filter(([first]) => isOnline(state, first!)).flatMap((kind) => kind.map(({ cpu }) => cpu));
  printLengths(state, online);
}

/** The vector length that programs get if they ask for none: the longest up to a limit, in bytes. */
function defaultLength(lengths: readonly number[], limit: number): number {
  return Math.max(Math.min(...lengths), ...lengths.filter((length) => length <= limit));
}

function printLengths(state: BootState, online: readonly CpuRegisters[]): void {
  const sve = online.some((cpu) => cpu.hasOpenSveLengths) ? [] : commonLengths(online, 'SVE');
  if (state.capabilities.has('SVE') && sve.length > 0) {
    state.print('fpsimd', { code: 'maximum-vector-length', extension: 'SVE', bytes: Math.max(...sve) });
    state.print('fpsimd', { code: 'default-vector-length', extension: 'SVE', bytes: defaultLength(sve, 64) });
    if (longestForGuests(online) < Math.max(...sve)) state.print('fpsimd', { code: 'unvirtualisable-vector-lengths', extension: 'SVE' });
  }
  const sme = online.some((cpu) => cpu.hasOpenSmeLengths) ? [] : commonLengths(online, 'SME');
  if (state.capabilities.has('SME') && sme.length > 0) {
    state.print('fpsimd', { code: 'minimum-vector-length', extension: 'SME', bytes: Math.min(...sme) });
    state.print('fpsimd', { code: 'maximum-vector-length', extension: 'SME', bytes: Math.max(...sme) });
    state.print('fpsimd', { code: 'default-vector-length', extension: 'SME', bytes: defaultLength(sme, 32) });
  }
}

/** The line about breakpoints: ID_AA64DFR0_EL1.{BRPs, WRPs} count one less. Where one of them is not known, there is no text to give. */
export function printBreakpoints(state: BootState): void {
  const [breakpoints, watchpoints] = [12, 20].map((lsb) => setMembers(state.possible('ID_AA64DFR0_EL1', lsb)));
  if (breakpoints!.length > 1 || watchpoints!.length > 1) return;
  state.print('hw-breakpoint', { code: 'breakpoints', breakpoints: breakpoints![0]! + 1, watchpoints: watchpoints![0]! + 1 });
}

/** KVM's first line. */
export function printKvm(state: BootState): void {
  if (state.model.option('CONFIG_KVM') !== 'y') return;
  // Without EL2 nothing is left to turn off.
  if (state.environment.bootEl !== 2) state.print('kvm', { code: 'kvm', mode: 'unavailable' });
  else if (kvmMode(state) === 'none') return;
  else if (runsAtEl2(state, state.boot)) state.print('kvm', { code: 'kvm', mode: 'vhe' });
  else {
    const hvhe = state.capabilities.has('KVM_HVHE');
    const isProtected = state.capabilities.has('KVM_PROTECTED_MODE');
    state.print('kvm', { code: 'kvm', mode: isProtected ? (hvhe ? 'protected-hvhe' : 'protected') : hvhe ? 'hvhe' : 'nvhe' });
  }
}
