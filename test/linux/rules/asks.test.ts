import { describe, expect, it } from 'vitest';
import { fieldBits, isFieldPath } from '../../../src/arch/field-bits.ts';
import { insertField } from '../../../src/bits/field.ts';
import { boot } from '../../../src/linux/boot.ts';
import type { BootState } from '../../../src/linux/bring-up/boot-state.ts';
import { evaluate } from '../../../src/linux/bring-up/evaluate.ts';
import { kernelAt } from '../../../src/linux/release/kernel-at.ts';
import { KNOWN_TREES } from '../../../src/linux/release/known-trees.ts';
import type { ConditionLeaf } from '../../../src/linux/release/rows.ts';
import { RULES } from '../../../src/linux/rules/judge-rule.ts';
import { leavesOf } from '../../../src/logic/tree.ts';
import type { RegisterFile } from '../../../src/silicon/machine.ts';

/** The rules that have a function; of the others `asks` is all. */
const JUDGED = Object.entries(RULES).filter(([, rule]) => rule.judge !== undefined);

function fieldsOf(name: string): readonly string[] {
  const { asks = { all: [] }, reads = [] } = RULES[name]!;
  const asked = leavesOf<ConditionLeaf>(asks).flatMap(({ leaf }) => ('field' in leaf ? [leaf.field] : []));
  return [...new Set([...asked, ...reads.filter(isFieldPath)])];
}

function rulesOf(release: string): readonly string[] {
  return kernelAt({ release }).capabilities.flatMap(({ when }) => ('rule' in when ? [when.rule] : []));
}

/** As few releases as have every rule. */
const RELEASES = KNOWN_TREES.map(({ release }) => release).filter(
  ((seen) => (release: string) => {
    const more = rulesOf(release).filter((rule) => !seen.has(rule));
    for (const rule of more) seen.add(rule);
    return more.length > 0;
  })(new Set<string>()),
);

interface Verdict {
  readonly release: string;
  readonly judged: boolean;
  readonly asked: boolean;
}

/** What a rule, and what it says it asks, come to for every capability that it decides, once a boot has settled. */
function verdictsOf(state: BootState, rule: string, release: string): readonly Verdict[] {
  const { asks, ofSystem } = RULES[rule]!;
  return state.model.capabilities.flatMap(({ when, scope }) => {
    if (!('rule' in when) || when.rule !== rule) return [];
    const facts = scope === 'system' ? state.system : state.local(state.boot, scope);
    const asked = asks === undefined || evaluate(asks, ofSystem ? state.system : facts).held;
    return [{ release, judged: evaluate(when, facts).held, asked }];
  });
}

/** A Cortex-A76 r4p1 that has the interface of the GIC, VHE and SME; the least caches. */
const BASE: RegisterFile = {
  MIDR_EL1: 0x414f_d0b1n,
  ID_AA64PFR0_EL1: 0x0000_0000_0100_0011n,
  ID_AA64MMFR1_EL1: 0x0000_0000_0000_0100n,
  CTR_EL0: 0x8444_c004n,
  CLIDR_EL1: 0x0000_0000_c300_0123n,
};

/** What fields do in some surroundings: the level at which the kernel starts, and the words that the rule heeds. */
function verdictsFor(rule: string): readonly Verdict[] {
  const words = ['', ...(RULES[rule]!.cmdline ?? [])];
  const found: Verdict[] = [];
  for (const release of RELEASES.filter((one) => rulesOf(one).includes(rule))) {
    for (const path of fieldsOf(rule).filter(isFieldPath)) {
      const { register, ...bits } = fieldBits(path);
      for (let value = 0n; value < 2n ** BigInt(Math.min(4, bits.msb - bits.lsb + 1)); value++) {
        const registers = { ...BASE, [register]: insertField(BASE[register] ?? 0n, bits, value) };
        for (const bootEl of [1, 2] as const) {
          for (const cmdline of words) {
            const settled = (state: BootState): number => found.push(...verdictsOf(state, rule, release));
            boot({ cpus: [{ registers }] }, { release, cmdline }, { bootEl }, { settled });
          }
        }
      }
    }
  }
  return found;
}

describe.each(JUDGED.filter(([name]) => fieldsOf(name).length > 0).map(([name]) => name))('the rule %s', (name) => {
  it('never holds where what it says it asks of fields does not', () => {
    const verdicts = verdictsFor(name);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.filter(({ judged, asked }) => judged && !asked)).toEqual([]);
  });
});

it('every rule that asks for more than a condition can say, says it in words', () => {
  for (const [, { besides }] of JUDGED) expect(besides).toMatch(/^\S.* .*\S$/);
});

it('what a rule reads are fields or registers', () => {
  const unknown = JUDGED.flatMap(([, { reads = [] }]) => reads.filter((path) => !isFieldPath(path) && !/^[A-Z0-9_]+_EL[0-3]$/.test(path)));
  expect(unknown).toEqual([]);
});
