import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import type { Condition } from '../release/rows.ts';
import { knownCores, OWN, type Rule, type RuleSituation } from './rule.ts';

/** What the firmware may say of a workaround. */
const ANSWERS = ['mitigated', 'unaffected', 'vulnerable'] as const;
type FirmwareAnswer = (typeof ANSWERS)[number];

/** The first version whose calls can be asked for. */
const SMCCC_1_1 = 0x10001n;
const RET_UNAFFECTED = 1n;
const RET_NOT_REQUIRED = -2n;

/** What SMCCC_ARCH_FEATURES gives for a workaround, as the kernel reads it: a signed 32-bit result. */
export function firmwareAnswer(
  { environment: { smccc, openSmccc }, isPartial, reader }: Pick<BootState, 'environment' | 'isPartial' | 'reader'>,
  workaround: 'workaround1' | 'workaround2' | 'workaround3',
): FirmwareAnswer {
  if (smccc === undefined && openSmccc && isPartial) return ANSWERS[reader.paths.choose(ANSWERS.length, workaround)]!;
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

/** A rule about branch prediction that another program could train. Old kernels carry the list of safe cores with the capability. */
const SPECTRE_V2: Rule = {
  asks: {
    all: [
      { field: 'ID_AA64PFR0_EL1.CSV2', atLeast: 0, atMost: 0 },
      { not: { rule: 'spectre-v2-safe' } },
      { not: { rule: 'firmware-clears-v2' } },
      { not: OWN },
    ],
  },
  judge: isV2Affected,
};

/** What is asked of a CPU that may be open to Spectre-v4, and of its firmware. */
function spectreV4(safe: Condition, firmware: Condition): Condition {
  return { all: [{ not: safe }, { any: [{ cpucap: 'SSBS' }, firmware] }] };
}

/** Rules about speculation. */
export const SPECTRE_RULES: Readonly<Record<string, Rule>> = {
  has_spectre_v2: SPECTRE_V2,
  check_branch_predictor: SPECTRE_V2,
  has_spectre_v3a: { asks: { rule: 'spectre-v3a-affected' } },
  has_spectre_v4: {
    asks: spectreV4({ rule: 'spectre-v4-safe' }, { not: { rule: 'firmware-clears-v4' } }),
    reads: ['ID_AA64PFR1_EL1.SSBS'],
    judge: isV4Affected,
  },
  // It carries the list of safe cores with the capability, once there is one.
  has_ssbd_mitigation: {
    asks: spectreV4(OWN, { rule: 'firmware-mitigates-v4' }),
    reads: ['ID_AA64PFR1_EL1.SSBS'],
    judge: ({ state, cpu, of, held }) =>
      !(of !== undefined && held()) && (state.cpuMatches('SSBS', cpu) || firmwareAnswer(state, 'workaround2') === 'mitigated'),
  },
  is_spectre_bhb_affected: {
    asks: {
      all: [
        { not: { field: 'ID_AA64PFR0_EL1.CSV2', atLeast: CSV2_3, atMost: CSV2_3 } },
        {
          any: [
            { all: [{ rule: 'bhb-unless-safe' }, { not: { rule: 'spectre-bhb-safe' } }] },
            {
              all: [
                { not: { rule: 'bhb-unless-safe' } },
                {
                  any: [
                    { rule: 'spectre-bhb-loop' },
                    { rule: 'spectre-bhb-firmware' },
                    { field: 'ID_AA64ISAR2_EL1.CLRBHB', atLeast: 1 },
                    { rule: 'firmware-mitigates-bhb' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    judge: isBhbAffected,
  },
  'spectre-v2-safe': knownCores('spectre-v2-safe', 'the core is one of those whose branch predictor no other program can train'),
  'spectre-v3a-affected': knownCores('spectre-v3a-affected', 'the core is one of those known to be open to Spectre-v3a'),
  'spectre-v4-safe': knownCores('spectre-v4-safe', 'the core is one of those known to bypass no stores'),
  'spectre-bhb-safe': knownCores('spectre-bhb-safe', 'the core is one of those known to be safe from Spectre-BHB'),
  'spectre-bhb-loop': knownCores('spectre-bhb-loop', 'the core is one of those open to Spectre-BHB whose branch history a loop overwrites'),
  'spectre-bhb-firmware': knownCores(
    'spectre-bhb-firmware',
    'the core is one of those open to Spectre-BHB whose branch history only firmware clears',
  ),
  'bhb-unless-safe': {
    says: 'this kernel takes every core for open to Spectre-BHB that is not known to be safe',
    judge: ({ state }) => state.model.behaviour['spectre-bhb'] === 'unless-safe',
  },
  'firmware-clears-v2': {
    says: 'firmware says that the core is not open to Spectre-v2 (SMCCC_ARCH_WORKAROUND_1)',
    judge: ({ state }) => firmwareAnswer(state, 'workaround1') === 'unaffected',
  },
  'firmware-clears-v4': {
    says: 'firmware says that the core is not open to Spectre-v4 (SMCCC_ARCH_WORKAROUND_2)',
    judge: ({ state }) => firmwareAnswer(state, 'workaround2') === 'unaffected',
  },
  'firmware-mitigates-v4': {
    says: 'firmware can keep the core from bypassing stores (SMCCC_ARCH_WORKAROUND_2)',
    judge: ({ state }) => firmwareAnswer(state, 'workaround2') === 'mitigated',
  },
  'firmware-mitigates-bhb': {
    says: 'firmware clears the branch history (SMCCC_ARCH_WORKAROUND_3)',
    judge: ({ state }) => firmwareAnswer(state, 'workaround3') === 'mitigated',
  },
};
