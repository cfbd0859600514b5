import { describe, expect, it } from 'vitest';
import { kernelAt } from '../../../src/linux/release/kernel-at.ts';
import type { Condition, ConditionLeaf } from '../../../src/linux/release/rows.ts';
import { CACHE_RULES } from '../../../src/linux/rules/cache.ts';
import { GIC_RULES } from '../../../src/linux/rules/gic.ts';
import { askedBy } from '../../../src/linux/rules/judge-rule.ts';
import { KPTI_RULES } from '../../../src/linux/rules/kpti.ts';
import type { RuleSituation } from '../../../src/linux/rules/rule.ts';
import { VIRTUALISATION_RULES } from '../../../src/linux/rules/virtualisation.ts';
import { leavesOf } from '../../../src/logic/tree.ts';

const judgedOf = (rule: { readonly judge?: unknown }, situation: object): unknown =>
  (rule.judge as (situation: RuleSituation) => unknown)(situation as RuleSituation);

// Rules that others ask, which tell why the others hold.
describe('a part of a rule', () => {
  // Arm ARM, ICH_VTR_EL2: TDS is bit 19, nV4 20, A3V 21, SEIS 22, IDbits 25 to 23.
  it.each([
    ['traps-deactivation', 19],
    ['virtual-serror', 22],
  ] as const)('%s is bit %d of ICH_VTR_EL2 alone', (name, bit) => {
    const cpuWith = (vtr: bigint) => ({
      field: (register: string, lsb: number, width: number) =>
        register === 'ICH_VTR_EL2' ? Number(BigInt.asUintN(width, vtr >> BigInt(lsb))) : 0,
    });
    expect(judgedOf(GIC_RULES[name]!, { cpu: cpuWith(1n << BigInt(bit)) })).toBe(true);
    expect(judgedOf(GIC_RULES[name]!, { cpu: cpuWith(0xffff_ffffn ^ (1n << BigInt(bit))) })).toBe(false);
  });

  // A CPU's own CTR_EL0 counts CLIDR_EL1 in; of the system the kernel asks the sanitised register.
  it.each([
    ['local', 1, true],
    ['local', 0, false],
    ['system', 1, false],
  ] as const)('a CLIDR_EL1 without levels to clean counts for a CPU, not for the system: %s, IDC %d', (scope, idc, holds) => {
    const cpu = { ctrField: (lsb: number) => (lsb === 28 ? idc : 1 - idc) };
    expect(judgedOf(CACHE_RULES['no-clean-to-unification']!, { scope, cpu })).toBe(holds);
  });

  // The same kernels in which the erratum of a ThunderX is looked for too late (kpti.test.ts).
  it.each([
    ['5.10', false],
    ['5.14.2', true],
    ['5.14.8', true],
    ['5.14.9', false],
    ['5.15', false],
  ])('Linux %s decides on page tables of its own before it looks for the erratum: %s', (release, isFirst) => {
    expect(judgedOf(KPTI_RULES['kpti-asked-first']!, { state: { model: kernelAt({ release }) } })).toBe(isFirst);
  });

  // What no register and no recording tells; the rules say that it is taken as not given.
  it.each([
    ['test_has_gicv5_legacy', GIC_RULES],
    ['hyp_offset_low', VIRTUALISATION_RULES],
  ] as const)('%s is taken as not given', (name, rules) => {
    expect(rules[name]!.says).toMatch(/takes as not given/);
    expect(judgedOf(rules[name]!, {})).toBe(false);
  });

  it.each([
    ['kpti-asked', { kpti: true }, true],
    ['kpti-asked', { kpti: false }, false],
    ['kpti-asked', {}, false],
    ['kpti-refused', { kpti: false }, true],
    ['kpti-refused', { kpti: true }, false],
    ['kpti-refused', {}, false],
    ['mitigations-off', { mitigationsOff: true }, true],
    ['mitigations-off', {}, false],
  ] as const)('%s of %j: %s', (name, parameters, holds) => {
    expect(judgedOf(KPTI_RULES[name]!, { state: { parameters } })).toBe(holds);
  });
});

// cpufeature.c, has_address_auth_cpucap(): a CPU is held against the boot CPU by the field of the capability that is tested.
describe('what a rule asks of a capability', () => {
  const APA: Condition = { field: 'ID_AA64ISAR1_EL1.APA', atLeast: 1 };

  it('is asked of that capability by the facts on which the rule hangs, too', () => {
    expect(askedBy({ rule: 'has_address_auth_cpucap', of: APA })).toEqual({ all: [{ rule: 'signs-as-boot-cpu', of: APA }, APA] });
    expect(askedBy({ rule: 'has_address_auth_cpucap' })).toEqual({ rule: 'signs-as-boot-cpu' });
  });

  // has_nv1(): the field that a capability carries stands in its own place; lists of cores are the kernel's, and cpucaps have their own.
  it('stands where the rule has a place for it, and nowhere else', () => {
    const of: Condition = { field: 'ID_AA64MMFR4_EL1.E2H0', atLeast: 15, atMost: 15 };
    expect(askedBy({ rule: 'has_nv1', of })).toEqual({ all: [{ cpucap: 'HAS_NESTED_VIRT' }, { not: of }, { not: { rule: 'no-nv1' } }] });
  });

  // has_ssbd_mitigation(): cores of the list that the capability carries are safe; before there was one, it was empty.
  it.each([
    [['CORTEX_A53'], true],
    [[], false],
  ])('is a list of cores only where it has any: %j', (midr, stands) => {
    const leaves = leavesOf<ConditionLeaf>(askedBy({ rule: 'has_ssbd_mitigation', of: { midr } })!).map(({ leaf }) => leaf);
    expect(leaves.some((leaf) => 'midr' in leaf)).toBe(stands);
  });
});
