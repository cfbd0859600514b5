import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { isWholeBoot } from '../environment.ts';
import { CORE_LISTS } from '../generated/names.ts';
import type { Rule, RuleSituation } from './judge-rule.ts';

/** What the firmware says of a workaround. */
type FirmwareAnswer = 'mitigated' | 'unaffected' | 'vulnerable';

/** The first version whose calls can be asked for. */
const SMCCC_1_1 = 0x10001n;
const RET_UNAFFECTED = 1n;
const RET_NOT_REQUIRED = -2n;

/** What SMCCC_ARCH_FEATURES gives for a workaround, as the kernel reads it: a signed 32-bit result. */
export function firmwareAnswer(
  { environment: { smccc } }: Pick<BootState, 'environment'>,
  workaround: 'workaround1' | 'workaround2' | 'workaround3',
): FirmwareAnswer {
  const raw = smccc?.[workaround];
  if (raw === undefined || smccc!.version < SMCCC_1_1) return 'vulnerable';
  const result = BigInt.asIntN(32, raw);
  if (result === 0n) return 'mitigated';
  if (result === RET_UNAFFECTED) return 'unaffected';
  return workaround === 'workaround2' && result === RET_NOT_REQUIRED ? 'unaffected' : 'vulnerable';
}

/** ID_AA64PFR0_EL1.CSV2: branch history is kept apart too. */
const CSV2_3 = 3;

/** Whether a CPU says itself, or is known, not to be open to Spectre-v2. */
export function isV2Safe(cpu: CpuRegisters): boolean {
  return cpu.field('ID_AA64PFR0_EL1', 56) !== 0 || cpu.isIn('spectre-v2-safe');
}

function isV2Affected({ state, cpu }: RuleSituation): boolean {
  return !isV2Safe(cpu) && firmwareAnswer(state, 'workaround1') !== 'unaffected';
}

/** Whether a CPU is known not to be open to Spectre-v4. */
export function isV4Safe(cpu: CpuRegisters): boolean {
  return cpu.isIn('spectre-v4-safe');
}

function isV4Affected({ state, cpu }: RuleSituation): boolean {
  if (isV4Safe(cpu)) return false;
  if (state.cpuMatches('SSBS', cpu)) return true;
  return firmwareAnswer(state, 'workaround2') !== 'unaffected';
}

/** Whether a CPU is open to Spectre-BHB. */
export function isBhbAffected({ state, cpu }: Pick<RuleSituation, 'state' | 'cpu'>): boolean {
  if (cpu.field('ID_AA64PFR0_EL1', 56) === CSV2_3) return false;
  if (state.model.behaviour['spectre-bhb'] === 'unless-safe') return !cpu.isIn('spectre-bhb-safe');
  if (cpu.field('ID_AA64ISAR2_EL1', 28) !== 0) return true;
  if (cpu.isIn('spectre-bhb-loop')) return true;
  return cpu.isIn('spectre-bhb-firmware') || firmwareAnswer(state, 'workaround3') === 'mitigated';
}

/** Whether the kernel runs at a random address. */
function hasKaslr({ environment, parameters, overrides }: BootState): boolean {
  const off = ['nokaslr', 'disabled'].some((name) => (overrides.software.get(name) ?? 0) !== 0);
  if (off || parameters.noKaslr === true) return false;
  return environment.kaslr ?? isWholeBoot(environment);
}

/** Whether address randomisation asks for separate page tables: not where E0PD does the same job or the workaround forbids it. */
function kaslrNeedsKpti({ state, cpu }: RuleSituation): boolean {
  const { option } = state.model;
  if (option('CONFIG_RANDOMIZE_BASE') !== 'y') return false;
  if (option('CONFIG_ARM64_E0PD') === 'y' && cpu.field('ID_AA64MMFR2_EL1', 60) !== 0) return false;
  return !state.cpuMatches('WORKAROUND_CAVIUM_27456', cpu);
}

/** Settles, once and for all CPUs, whether the kernel's page tables are forced to be separate or not. */
function settleKpti(situation: RuleSituation): void {
  const { state, cpu } = situation;
  const settle = (on: boolean, by: string): void => {
    if (state.kpti.get() === undefined) state.kpti.set({ on, by });
  };
  const { kpti: asked, mitigationsOff } = state.parameters;
  if (asked !== undefined) settle(asked, 'kpti command line option');
  if (state.cpuMatches('WORKAROUND_CAVIUM_27456', cpu)) state.kpti.set({ on: false, by: 'ARM64_WORKAROUND_CAVIUM_27456' });
  if (hasKaslr(state) && kaslrNeedsKpti(situation)) settle(true, 'KASLR');
  if (mitigationsOff === true) settle(false, 'mitigations=off');
}

/** Whether the kernel hides itself from programs' page tables. */
function unmapsKernel(situation: RuleSituation): boolean {
  const { state, cpu, held } = situation;
  const safe = cpu.isIn('meltdown-safe') || held();
  settleKpti(situation);
  if (state.model.option('CONFIG_UNMAP_KERNEL_AT_EL0') === 'n') {
    state.printOnce('kpti', 'cpufeature', { code: 'kpti-not-configured' });
    return false;
  }
  const decided = state.kpti.get();
  if (!decided) return !safe;
  state.printOnce('kpti', 'cpufeature', { code: 'kpti-forced', ...decided });
  return decided.on;
}

/** A rule about branch prediction that another program could train. */
const SPECTRE_V2: Rule = {
  asks: { all: [{ field: 'ID_AA64PFR0_EL1.CSV2', atLeast: 0, atMost: 0 }, { not: { midr: CORE_LISTS['spectre-v2-safe']! } }] },
  besides: 'firmware does not say that the core is not affected',
  judge: isV2Affected,
};

/** Rules about speculation. */
export const SPECTRE_RULES: Readonly<Record<string, Rule>> = {
  unmap_kernel_at_el0: {
    spares: true,
    reads: ['ID_AA64PFR0_EL1.CSV3', 'ID_AA64MMFR2_EL1.E0PD', 'MIDR_EL1'],
    cmdline: ['kpti=on', 'kpti=off', 'mitigations=off', 'nokaslr'],
    besides: 'the core is not among those known to be safe and does not show CSV3, or kpti= or a random address of the kernel asks for it',
    judge: unmapsKernel,
  },
  has_spectre_v2: SPECTRE_V2,
  check_branch_predictor: SPECTRE_V2,
  has_spectre_v3a: { asks: { midr: CORE_LISTS['spectre-v3a-affected']! } },
  has_spectre_v4: {
    asks: { not: { midr: CORE_LISTS['spectre-v4-safe']! } },
    reads: ['ID_AA64PFR1_EL1.SSBS'],
    besides: 'the core has SSBS, or firmware does not say that it is not affected',
    judge: isV4Affected,
  },
  has_ssbd_mitigation: {
    asks: { not: { midr: CORE_LISTS['spectre-v4-safe']! } },
    reads: ['ID_AA64PFR1_EL1.SSBS'],
    besides: 'the core has SSBS, or firmware has the workaround',
    judge: ({ state, cpu }) => !isV4Safe(cpu) && (state.cpuMatches('SSBS', cpu) || firmwareAnswer(state, 'workaround2') === 'mitigated'),
  },
  is_spectre_bhb_affected: {
    asks: { not: { field: 'ID_AA64PFR0_EL1.CSV2', atLeast: CSV2_3, atMost: CSV2_3 } },
    reads: ['ID_AA64ISAR2_EL1.CLRBHB', 'MIDR_EL1'],
    besides: 'the core is one of those known to be affected, has CLRBHB, or firmware has the workaround',
    judge: isBhbAffected,
  },
};
