import type { BootState } from '../bring-up/boot-state.ts';
import { parseFlag } from '../bring-up/cmdline.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { isCoreIn } from '../bring-up/evaluate.ts';
import { isWholeBoot } from '../environment.ts';
import type { Rule, RuleSituation } from './judge-rule.ts';

/** What the firmware says of a workaround. */
type FirmwareAnswer = 'mitigated' | 'unaffected' | 'vulnerable';

const RET_UNAFFECTED = 1n;
const RET_NOT_REQUIRED = -2n;

/** What SMCCC_ARCH_FEATURES gives for a workaround, as the kernel reads it: a signed 32-bit result. */
function firmwareAnswer({ environment }: BootState, workaround: 'workaround1' | 'workaround2' | 'workaround3'): FirmwareAnswer {
  const raw = environment.smccc?.[workaround];
  if (raw === undefined) return 'vulnerable';
  const result = BigInt.asIntN(32, raw);
  if (result === 0n) return 'mitigated';
  if (result === RET_UNAFFECTED) return 'unaffected';
  return workaround === 'workaround2' && result === RET_NOT_REQUIRED ? 'unaffected' : 'vulnerable';
}

/** ID_AA64PFR0_EL1.CSV2: branch history is kept apart too. */
const CSV2_3 = 3;

function inList(cpu: CpuRegisters, list: string): boolean {
  return isCoreIn(cpu.raw('MIDR_EL1'), list);
}

function field(cpu: CpuRegisters, register: string, lsb: number): number {
  return Number((cpu.raw(register) >> BigInt(lsb)) & 0xfn);
}

function isV2Affected({ state, cpu }: RuleSituation): boolean {
  if (field(cpu, 'ID_AA64PFR0_EL1', 56) !== 0 || inList(cpu, 'spectre-v2-safe')) return false;
  return firmwareAnswer(state, 'workaround1') !== 'unaffected';
}

function isV4Affected({ state, cpu }: RuleSituation): boolean {
  if (inList(cpu, 'spectre-v4-safe')) return false;
  if (state.cpuMatches('SSBS', cpu)) return true;
  return firmwareAnswer(state, 'workaround2') !== 'unaffected';
}

function isBhbAffected({ state, cpu }: RuleSituation): boolean {
  if (field(cpu, 'ID_AA64PFR0_EL1', 56) === CSV2_3) return false;
  if (state.model.behaviour['spectre-bhb'] === 'unless-safe') return !inList(cpu, 'spectre-bhb-safe');
  if (field(cpu, 'ID_AA64ISAR2_EL1', 28) !== 0) return true;
  if (inList(cpu, 'spectre-bhb-loop')) return true;
  return inList(cpu, 'spectre-bhb-firmware') || firmwareAnswer(state, 'workaround3') === 'mitigated';
}

/** Whether the kernel runs at a random address. */
function hasKaslr({ environment, cmdline, overrides }: BootState): boolean {
  if (cmdline.has('nokaslr') || overrides.software.get('nokaslr') === 1) return false;
  return environment.kaslr ?? isWholeBoot(environment);
}

/** Whether address randomisation asks for separate page tables: not where E0PD does the same job or the workaround forbids it. */
function kaslrNeedsKpti({ state, cpu }: RuleSituation): boolean {
  const { option } = state.model;
  if (option('CONFIG_RANDOMIZE_BASE') !== 'y') return false;
  if (option('CONFIG_ARM64_E0PD') === 'y' && field(cpu, 'ID_AA64MMFR2_EL1', 60) !== 0) return false;
  return !state.cpuMatches('WORKAROUND_CAVIUM_27456', cpu);
}

/** Settles, once and for all CPUs, whether the kernel's page tables are forced to be separate or not. */
function settleKpti(situation: RuleSituation): void {
  const { state, cpu } = situation;
  const asked = parseFlag(state.cmdline.value('kpti'));
  if (asked !== undefined) state.kpti ??= { on: asked, by: 'kpti command line option' };
  if (state.cpuMatches('WORKAROUND_CAVIUM_27456', cpu)) state.kpti = { on: false, by: 'ARM64_WORKAROUND_CAVIUM_27456' };
  if (hasKaslr(state) && kaslrNeedsKpti(situation)) state.kpti ??= { on: true, by: 'KASLR' };
  if (state.cmdline.value('mitigations') === 'off') state.kpti ??= { on: false, by: 'mitigations=off' };
}

/** Whether the kernel hides itself from programs' page tables. */
function unmapsKernel(situation: RuleSituation): boolean {
  const { state, cpu, held } = situation;
  const safe = inList(cpu, 'meltdown-safe') || held();
  settleKpti(situation);
  if (state.model.option('CONFIG_UNMAP_KERNEL_AT_EL0') === 'n') {
    state.printOnce('kpti', 'cpufeature', { code: 'kpti-not-configured' });
    return false;
  }
  if (!state.kpti) return !safe;
  state.printOnce('kpti', 'cpufeature', { code: 'kpti-forced', ...state.kpti });
  return state.kpti.on;
}

/** Rules about speculation. */
export const SPECTRE_RULES: Readonly<Record<string, Rule>> = {
  unmap_kernel_at_el0: unmapsKernel,
  has_spectre_v2: isV2Affected,
  check_branch_predictor: isV2Affected,
  has_spectre_v3a: ({ cpu }) => inList(cpu, 'spectre-v3a-affected'),
  has_spectre_v4: isV4Affected,
  has_ssbd_mitigation: ({ state, cpu }) =>
    !inList(cpu, 'spectre-v4-safe') && (state.cpuMatches('SSBS', cpu) || firmwareAnswer(state, 'workaround2') === 'mitigated'),
  is_spectre_bhb_affected: isBhbAffected,
};
