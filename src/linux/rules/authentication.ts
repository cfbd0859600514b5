import { fieldPlace } from '../bring-up/evaluate.ts';
import type { Condition, FieldCondition } from '../release/rows.ts';
import type { Rule, RuleSituation } from './rule.ts';

/** The algorithms of address and generic authentication, as far as a release tells them apart. */
const ADDRESS_AUTH = ['HAS_ADDRESS_AUTH_ARCH', 'HAS_ADDRESS_AUTH_ARCH_QARMA5', 'HAS_ADDRESS_AUTH_ARCH_QARMA3', 'HAS_ADDRESS_AUTH_IMP_DEF'];
const GENERIC_AUTH = ['HAS_GENERIC_AUTH_ARCH', 'HAS_GENERIC_AUTH_ARCH_QARMA5', 'HAS_GENERIC_AUTH_ARCH_QARMA3', 'HAS_GENERIC_AUTH_IMP_DEF'];

/**
 * Whether a CPU has an algorithm as the system does: the boot CPU by its value, every other one by having exactly the boot CPU's.
 * (Until 5.17 a CPU that lacks it just like the boot CPU counts as having it; as the capability permits that, nothing follows.)
 */
function hasAlgorithm({ state, cpu }: RuleSituation, of: Condition | undefined): boolean {
  const { field, atLeast } = of as FieldCondition;
  const { register, lsb } = fieldPlace(field);
  const isEnough = (value: number): boolean => value >= atLeast;
  const settled = state.possible(register, lsb);
  if (cpu === state.boot) return state.reader.holds(settled, isEnough);
  return state.reader.equal(settled, state.possible(register, lsb, cpu), isEnough);
}

/** Any of the algorithms that this kernel knows. */
function hasAnyAlgorithm(situation: RuleSituation): boolean {
  const { capabilitiesNamed } = situation.state.model;
  return ADDRESS_AUTH.some((name) => capabilitiesNamed.get(name)?.some(({ when }) => 'rule' in when && hasAlgorithm(situation, when.of)));
}

function anyCpucap(names: readonly string[]): Condition {
  return { any: names.map((cpucap) => ({ cpucap })) };
}

/** Rules about pointer authentication, which every CPU must do alike. */
export const AUTHENTICATION_RULES: Readonly<Record<string, Rule>> = {
  has_address_auth_cpucap: {
    asks: { rule: 'signs-as-boot-cpu' },
    asBoot: true,
    judge: (situation) => hasAlgorithm(situation, situation.of),
  },
  has_address_auth_metacap: {
    asks: { all: [anyCpucap(ADDRESS_AUTH), { rule: 'signs-as-boot-cpu' }] },
    judge: hasAnyAlgorithm,
  },
  has_address_auth: {
    asks: anyCpucap(ADDRESS_AUTH),
    judge: ({ state }) => ADDRESS_AUTH.some((name) => state.systemMatches(name)),
  },
  has_generic_auth: {
    asks: anyCpucap(GENERIC_AUTH),
    judge: ({ state }) => GENERIC_AUTH.some((name) => state.systemMatches(name)),
  },
  'signs-as-boot-cpu': {
    says: 'the CPU signs addresses with the same algorithm as the boot CPU',
    judge: (situation) => {
      const { cpu, state, of } = situation;
      return cpu === state.boot || (of === undefined ? hasAnyAlgorithm(situation) : hasAlgorithm(situation, of));
    },
  },
};
