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

/** Rules about CTR_EL0. */
export const CACHE_RULES: Readonly<Record<string, Rule>> = {
  has_cache_idc: ({ state, scope, cpu }) => ((scope === 'system' ? state.sanitised('CTR_EL0') : cpu.effectiveCtr()) & CTR_IDC) !== 0n,
  has_cache_dic: ({ state, scope, cpu }) => ((scope === 'system' ? state.sanitised('CTR_EL0') : cpu.raw('CTR_EL0')) & CTR_DIC) !== 0n,
  // It speaks of line sizes, and compares the whole register.
  has_mismatched_cache_line_size: (situation) => differs(situation, strictCtr(situation)),
  // While the line sizes have a capability of their own, one function judges both, by the capability that it is asked for.
  has_mismatched_cache_type_of_lines: (situation) => differs(situation, LINE_SIZES),
  has_mismatched_cache_type_of_rest: (situation) => differs(situation, strictCtr(situation) & ~LINE_SIZES),
  has_mismatched_cache_type: (situation) => differs(situation, strictCtr(situation)),
  has_neoverse_n1_erratum_1542419: ({ cpu }) => isCoreIn(cpu.raw('MIDR_EL1'), 'erratum-1542419') && (cpu.raw('CTR_EL0') & CTR_DIC) !== 0n,
};
