import { describe, expect, it } from 'vitest';
import { fieldBits, isFieldPath } from '../../../src/arch/field-bits.ts';
import { insertField } from '../../../src/bits/field.ts';
import { watchBoot } from '../../../src/linux/boot.ts';
import type { BootState } from '../../../src/linux/bring-up/boot-state.ts';
import { evaluate } from '../../../src/linux/bring-up/evaluate.ts';
import type { Environment } from '../../../src/linux/environment.ts';
import { CORE_LIST_ROWS } from '../../../src/linux/generated/behaviour.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../../../src/linux/generated/cpucaps.ts';
import { coreOfName } from '../../../src/linux/release/core-id.ts';
import { type KernelModel, kernelAt } from '../../../src/linux/release/kernel-at.ts';
import { KNOWN_TREES } from '../../../src/linux/release/known-trees.ts';
import type { Condition, ConditionLeaf } from '../../../src/linux/release/rows.ts';
import { askedBy, RULES } from '../../../src/linux/rules/judge-rule.ts';
import { leavesOf } from '../../../src/logic/tree.ts';
import type { RegisterFile } from '../../../src/silicon/machine.ts';

/** The leaves of a condition, and of all that its rules and capabilities ask; of lists of cores, those that any release has. */
function allLeaves(condition: Condition, model: KernelModel): readonly ConditionLeaf[] {
  return leavesOf<ConditionLeaf>(condition).flatMap(({ leaf }): readonly ConditionLeaf[] => {
    if ('cpucap' in leaf) return [leaf, ...(model.capabilitiesNamed.get(leaf.cpucap) ?? []).flatMap(({ when }) => allLeaves(when, model))];
    if (!('rule' in leaf)) return [leaf];
    const list = CORE_LIST_ROWS.find(({ name }) => name === RULES[leaf.rule]?.list);
    const asked = list === undefined ? askedBy(leaf) : { midr: list.cores.map(({ midr }) => midr) };
    return [leaf, ...(asked === undefined ? [] : allLeaves(asked, model))];
  });
}

interface Case {
  readonly release: string;
  readonly name: string;
  readonly when: Condition & { readonly rule: string };
}

/** The options that capabilities ask for which a rule decides, and which are off unless somebody sets them. */
const CONFIG = { CONFIG_ARM64_PSEUDO_NMI: 'y' } as const;

/** Every form in which a capability has been decided by a rule, at the first release with it. */
const CASES: readonly Case[] = [
  ...new Map(
    KNOWN_TREES.flatMap(({ release }) =>
      kernelAt({ release, config: CONFIG }).capabilities.flatMap(({ name, when }) =>
        'rule' in when ? [[JSON.stringify(when), { release, name, when }] as const] : [],
      ),
    ).reverse(),
  ).values(),
];

/** A Cortex-A76 r4p1 that has the interface of the GIC, VHE and SME; the least caches. */
const BASE: RegisterFile = {
  MIDR_EL1: 0x414f_d0b1n,
  ID_AA64PFR0_EL1: 0x0000_0000_0100_0011n,
  ID_AA64MMFR1_EL1: 0x0000_0000_0000_0100n,
  CTR_EL0: 0x8444_c004n,
  CLIDR_EL1: 0x0000_0000_c300_0123n,
  ICH_VTR_EL2: 0x0048_0000n,
  MPIDR_EL1: 0x8000_0001n,
};

function midrOf(text: string): bigint {
  const [implementer, part] = coreOfName(text.split(' ')[0]!);
  return BigInt(((implementer << 24) | (0xf << 16) | (part << 4)) >>> 0);
}

/** The registers with each value of each field that the leaves name, on cores of each list that they name. */
function* registersFor(leaves: readonly ConditionLeaf[], more: readonly string[]): Generator<RegisterFile> {
  const midrs = leaves.flatMap((leaf) => ('midr' in leaf ? [...leaf.midr.slice(0, 1), ...leaf.midr.slice(-1)].map(midrOf) : []));
  const paths = [...new Set([...leaves.flatMap((leaf) => ('field' in leaf ? [leaf.field] : [])), ...more])].filter(isFieldPath);
  for (const midr of new Set([BASE.MIDR_EL1!, ...midrs])) {
    const own = { ...BASE, MIDR_EL1: midr };
    yield own;
    for (const path of paths) {
      const { register, ...bits } = fieldBits(path);
      const count = 2n ** BigInt(Math.min(4, bits.msb - bits.lsb + 1));
      for (let value = 0n; value < count; value++) yield { ...own, [register]: insertField(own[register] ?? 0n, bits, value) };
    }
  }
}

interface Surroundings {
  readonly cmdline: string;
  readonly environment: Environment;
}

/** What is not in a register and may matter: levels, words, what firmware says. */
function surroundingsFor(words: readonly string[]): readonly Surroundings[] {
  const at = (bootEl: 1 | 2, more: Environment = {}, cmdline = ''): Surroundings => ({ cmdline, environment: { bootEl, ...more } });
  const said = (answer: bigint): Environment => ({
    smccc: { version: 0x10002n, workaround1: answer, workaround2: answer, workaround3: answer },
  });
  return [
    at(1),
    at(2),
    at(2, { nvhe: true }),
    at(1, { kaslr: true }),
    ...[0n, 1n, -1n].map((answer) => at(1, said(BigInt.asUintN(64, answer)))),
    ...words.flatMap((word) => [at(1, {}, word), at(2, { kaslr: true }, word)]),
  ];
}

interface Verdict {
  readonly judged: boolean;
  readonly asked: boolean;
  readonly registers: RegisterFile;
  readonly surroundings: Surroundings;
}

/** What a rule, and what it says it asks, come to in every situation, once a boot has settled. */
function verdictsOf({ release, name, when }: Case): readonly Verdict[] {
  const leaves = allLeaves(when, kernelAt({ release, config: CONFIG }));
  const rules = [RULES[when.rule]!, ...leaves.flatMap((leaf) => ('rule' in leaf ? [RULES[leaf.rule]!] : []))];
  const words = [...new Set(rules.flatMap(({ cmdline = [] }) => cmdline))];
  const found: Verdict[] = [];
  const more = rules.flatMap(({ reads = [] }) => reads);
  for (const registers of registersFor(leaves, more)) {
    for (const surroundings of surroundingsFor(words)) {
      const settled = (state: BootState): void => {
        const { scope } = state.model.capabilitiesNamed.get(name)!.find((one) => JSON.stringify(one.when) === JSON.stringify(when))!;
        const facts = scope === 'system' ? state.system : state.local(state.boot, scope);
        const { held, parts } = state.look(() => evaluate(when, facts));
        if (parts !== undefined) found.push({ judged: held, asked: parts[0]!.held, registers, surroundings });
      };
      const { cmdline, environment } = surroundings;
      watchBoot({ cpus: [{ registers }] }, { release, config: CONFIG, cmdline }, environment, { settled });
    }
  }
  return found;
}

describe.each(CASES.filter(({ when }) => askedBy(when) !== undefined))('$name of Linux $release ($when.rule)', (each) => {
  it('holds exactly where what it says it asks does, over all values of the fields', () => {
    const verdicts = verdictsOf(each);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.filter(({ judged, asked }) => judged !== asked).slice(0, 3)).toEqual([]);
  });
});

it('every rule says what it asks, as a condition or in words; facts with a name of ours in words or by other facts', () => {
  for (const [name, { says, asks, judge }] of Object.entries(RULES)) {
    expect.soft(says !== undefined || asks !== undefined || judge === undefined, name).toBe(true);
    expect.soft(name).toMatch(/[-_]/);
    if (says !== undefined) expect.soft(says).toMatch(/^\S.* .*\S$/);
  }
});

it('every rule that a rule asks is known', () => {
  const asked = Object.values(RULES).flatMap(({ asks }) =>
    asks === undefined ? [] : leavesOf<ConditionLeaf>(asks).map(({ leaf }) => leaf),
  );
  const names = asked.flatMap((leaf) => ('rule' in leaf ? [leaf.rule] : []));
  expect(names.filter((name) => name !== 'own' && RULES[name] === undefined)).toEqual([]);
});

it('what a rule reads are fields or registers', () => {
  const reads = Object.values(RULES).flatMap((rule) => rule.reads ?? []);
  expect(reads.filter((path) => !isFieldPath(path) && !/^[A-Z0-9_]+_EL[0-3]$/.test(path))).toEqual([]);
});

it('every rule by which a capability has been decided is held against what it asks', () => {
  const decided = [...FEATURE_ROWS, ...ERRATUM_ROWS].flatMap((row) => [row, ...(row.changes ?? [])].map(({ when }) => when));
  const names = decided.flatMap((when) => (when && 'rule' in when ? [when.rule] : []));
  expect(new Set(CASES.map(({ when }) => when.rule))).toEqual(new Set(names));
});
