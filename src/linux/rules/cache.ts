import { isCoreIn } from '../bring-up/evaluate.ts';
import type { Rule, RuleSituation } from './judge-rule.ts';

const CTR_IDC = 1n << 28n;
const CTR_DIC = 1n << 29n;
/** CTR_EL0.{IminLine, DminLine}. */
const LINE_SIZES = 0x000f_000fn;

/** Whether a CPU's CTR_EL0 differs from the system's in the bits of a mask, both as read and as effective. */
function differs({ state, cpu }: RuleSituation, mask: bigint): boolean {
  const system = state.sanitised('CTR_EL0') & mask;
  return (cpu.effectiveCtr() & mask) !== system && (cpu.raw('CTR_EL0') & 0xffff_ffffn & mask) !== system;
}

function strictCtr({ state }: RuleSituation): bigint {
  return (state.registers.get('CTR_EL0')?.strictMask ?? 0n) & 0xffff_ffffn;
}

/** What a mismatch is looked for in: while the line sizes have a capability of their own (4.19, and 4.14 since 4.14.74), that one
 * is about them and the other about the rest. */
function mismatchMask(situation: RuleSituation): bigint {
  const { state, capability } = situation;
  if (!state.model.capabilitiesNamed.has('MISMATCHED_CACHE_LINE_SIZE')) return strictCtr(situation);
  return capability === 'MISMATCHED_CACHE_LINE_SIZE' ? LINE_SIZES : strictCtr(situation) ^ LINE_SIZES;
}

/** Rules about CTR_EL0. */
export const CACHE_RULES: Readonly<Record<string, Rule>> = {
  has_cache_idc: ({ state, scope, cpu }) => ((scope === 'system' ? state.sanitised('CTR_EL0') : cpu.effectiveCtr()) & CTR_IDC) !== 0n,
  has_cache_dic: ({ state, scope, cpu }) => ((scope === 'system' ? state.sanitised('CTR_EL0') : cpu.raw('CTR_EL0')) & CTR_DIC) !== 0n,
  // It names the line sizes, and compares all of the register.
  has_mismatched_cache_line_size: (situation) => differs(situation, strictCtr(situation)),
  has_mismatched_cache_type: (situation) => differs(situation, mismatchMask(situation)),
  has_neoverse_n1_erratum_1542419: ({ cpu }) => isCoreIn(cpu.raw('MIDR_EL1'), 'erratum-1542419') && (cpu.raw('CTR_EL0') & CTR_DIC) !== 0n,
};
