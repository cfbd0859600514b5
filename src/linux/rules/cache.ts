import { maskWord, type PartialWord } from '../../bits/partial-word.ts';
import type { Truth } from '../../logic/truth.ts';
import { knownCores, type Rule, type RuleSituation } from './rule.ts';

const CTR_IDC = 28;
const LOW_WORD = 0xffff_ffffn;
/** CTR_EL0.{IminLine, DminLine}. */
const LINE_SIZES = 0x000f_000fn;

/** Whether two words differ in the bits of a mask, as far as they are known. */
function mayDiffer(a: PartialWord, b: PartialWord, mask: bigint): Truth {
  const open = a.open | b.open;
  const differing = (a.value ^ b.value) & mask;
  if ((differing & ~open) !== 0n) return true;
  return ((open | differing) & mask) === 0n ? false : undefined;
}

/** Whether a CPU's CTR_EL0 differs from the system's in the bits of a mask, both as read and as effective. */
function differs({ state, cpu }: RuleSituation, mask: bigint): boolean {
  const system = state.sanitisedWord('CTR_EL0');
  // As long as the boot CPU is alone, what is kept of it is what it has, known or not.
  const kept = state.phase === 'boot-cpu' ? state.registers.get('CTR_EL0')!.tracked.covered : 0n;
  return (
    state.reader.decide(mayDiffer(cpu.trackedWord('CTR_EL0'), system, mask & ~kept)) &&
    state.reader.decide(mayDiffer(maskWord(cpu.word('CTR_EL0'), LOW_WORD), system, mask))
  );
}

function strictCtr({ state }: RuleSituation): bigint {
  return state.registers.get('CTR_EL0')!.strictMask & LOW_WORD;
}

/** A rule that a CPU's CTR_EL0 breaks by being different. */
function mismatch(says: string, bits: (situation: RuleSituation) => bigint): Rule {
  return { reads: ['CTR_EL0', 'CLIDR_EL1'], says, judge: (situation) => differs(situation, bits(situation)) };
}

/** Rules about CTR_EL0. */
export const CACHE_RULES: Readonly<Record<string, Rule>> = {
  has_cache_idc: {
    asks: { any: [{ field: 'CTR_EL0.IDC', atLeast: 1 }, { rule: 'no-clean-to-unification' }] },
    judge: ({ state, scope, cpu }) =>
      scope === 'system' ? (state.sanitisedField('CTR_EL0', CTR_IDC) & 1) !== 0 : cpu.ctrField(CTR_IDC, 1) !== 0,
  },
  'no-clean-to-unification': {
    says: 'CLIDR_EL1, which kernels from 4.20 on go by too, says that nothing need be cleaned (LoC = 0, or LoUIS = 0 and LoUU = 0)',
    reads: ['CLIDR_EL1.LoC', 'CLIDR_EL1.LoUIS', 'CLIDR_EL1.LoUU'],
    judge: ({ scope, cpu }) => scope !== 'system' && cpu.ctrField(CTR_IDC, 1) !== 0,
  },
  has_cache_dic: { asks: { field: 'CTR_EL0.DIC', atLeast: 1 } },
  // It speaks of line sizes, and compares the whole register.
  has_mismatched_cache_line_size: mismatch("the CPU's CTR_EL0 differs from the system's", strictCtr),
  // While the line sizes have a capability of their own, one function judges both, by the capability that it is asked for.
  has_mismatched_cache_type_of_lines: mismatch("the CPU's cache lines have another size than the system's", () => LINE_SIZES),
  has_mismatched_cache_type_of_rest: mismatch(
    "the CPU's CTR_EL0 differs from the system's in more than the size of cache lines",
    (situation) => strictCtr(situation) & ~LINE_SIZES,
  ),
  has_mismatched_cache_type: mismatch("the CPU's CTR_EL0 differs from the system's", strictCtr),
  has_neoverse_n1_erratum_1542419: {
    asks: { all: [{ rule: 'erratum-1542419' }, { field: 'CTR_EL0.DIC', atLeast: 1 }] },
  },
  'erratum-1542419': knownCores('erratum-1542419', 'the core is one of those that may fetch changed instructions out of order'),
};
