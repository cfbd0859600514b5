import { describe, expect, it } from 'vitest';
import { evaluate, type Facts, fieldPlace, isMidrIn } from '../../../src/linux/bring-up/evaluate.ts';
import type { Condition } from '../../../src/linux/release/rows.ts';

const facts: Facts = {
  register: (name) => ({ ID_AA64PFR0_EL1: 0x0ff0_0000n, MIDR_EL1: 0x411f_d460n, REVIDR_EL1: 0x200_0000n })[name] ?? 0n,
  signedComparison: false,
  option: (name) => (name === 'CONFIG_ARM64_SVE' ? 'y' : 'n'),
  cpucap: (name) => name === 'SVE',
  rule: (name, of) => name === 'yes' && of === undefined,
};

const yes: Condition = { rule: 'yes' };
const no: Condition = { rule: 'no' };

describe('a condition', () => {
  it.each<[Condition, boolean]>([
    [{ field: 'ID_AA64PFR0_EL1.AdvSIMD', atLeast: 1 }, true],
    [{ field: 'ID_AA64PFR0_EL1.AdvSIMD', atLeast: 0, sign: 'signed' }, false],
    [{ field: 'ID_AA64PFR0_EL1.AdvSIMD', atLeast: -1, sign: 'signed' }, true],
    [{ field: 'ID_AA64PFR0_EL1.AdvSIMD', atLeast: 1, atMost: 14 }, false],
    [{ field: 'ID_AA64PFR0_EL1.AdvSIMD', atLeast: 1, atMost: 15 }, true],
    [{ config: 'CONFIG_ARM64_SVE' }, true],
    [{ config: 'CONFIG_ARM64_SME' }, false],
    [{ cpucap: 'SVE' }, true],
    [{ cpucap: 'SME' }, false],
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ all: [] }, true],
    [{ any: [no, yes] }, true],
    [{ any: [no, no] }, false],
    [{ any: [] }, false],
    [{ not: yes }, false],
    [{ not: no }, true],
    [{ midr: ['CORTEX_A510'] }, true],
    [{ midr: ['CORTEX_A510 r1p1..r1p2'] }, false],
    [{ midr: ['CORTEX_A72', 'CORTEX_A510 r0p0..r1p1'] }, true],
    [{ midr: ['CORTEX_A510'], fixed: [{ variant: 1, revision: 0, revidrMask: 0x200_0000 }] }, false],
    [{ midr: ['CORTEX_A510'], fixed: [{ variant: 1, revision: 1, revidrMask: 0x200_0000 }] }, true],
    [{ midr: ['CORTEX_A510'], fixed: [{ variant: 1, revision: 0, revidrMask: 1 }] }, true],
  ])('%j: %s', (condition, held) => {
    expect(evaluate(condition, facts).held).toBe(held);
  });

  it('says what it found', () => {
    expect(evaluate({ field: 'ID_AA64PFR0_EL1.AdvSIMD', atLeast: 0, sign: 'signed' }, facts).found).toBe(-1);
  });

  it('judges all parts, so that an explanation can show each', () => {
    expect(evaluate({ any: [yes, no] }, facts).parts?.map(({ held }) => held)).toEqual([true, false]);
    expect(evaluate({ all: [no, yes] }, facts).parts?.map(({ held }) => held)).toEqual([false, true]);
  });
});

describe('a core', () => {
  it.each([
    [0x410f_d070n, 'CORTEX_A57 r0p0..r0p0', true],
    [0x410f_d071n, 'CORTEX_A57 r0p0..r0p0', false],
    [0x411f_d070n, 'CORTEX_A57 r0p1..r1p15', true],
    [0x420f_d070n, 'CORTEX_A57', false], // another implementer
    [0x410f_d080n, 'CORTEX_A57', false], // another part
    [0xffff_ffff_410f_d070n, 'CORTEX_A57', true], // the upper half does not matter
  ])('%d is among %s: %s', (midr, name, listed) => {
    expect(isMidrIn(midr, [name])).toBe(listed);
  });
});

it('refuses a field that no ID register has', () => {
  expect(() => fieldPlace('ID_AA64PFR0_EL1.Nothing')).toThrow(expect.objectContaining({ code: 'unknown-name' }));
});

it.each<[string, string, Partial<Facts>, true | undefined]>([
  ['it would hold if EL0 saw it', 'AdvSIMD', { userMask: () => 0n }, true],
  ['it would hold if EL0 saw it, the lowest bits of its register', 'EL0', { userMask: () => 0n, register: () => 1n }, true],
  ['EL0 sees it', 'AdvSIMD', { userMask: () => ~0n }, undefined],
  ['it is too low anyway', 'SVE', { userMask: () => 0n }, undefined],
  ['it is too low, and what EL0 sees does not count', 'SVE', {}, undefined],
])('a field is what EL0 does not see where that decides: %s', (_, name, more, hidden) => {
  const field = `ID_AA64PFR0_EL1.${name}`;
  expect(evaluate({ field, atLeast: 1 } as Condition, { ...facts, ...more }).hidden).toBe(hidden);
});

it('does not hold while what decides it is open', () => {
  const word = (): { readonly value: bigint; readonly open: bigint } => ({ value: 0n, open: 0xf0n });
  const condition = { field: 'ID_AA64ISAR0_EL1.AES', atLeast: 1 } as const;
  expect(evaluate(condition, { ...facts, word })).toMatchObject({ held: false, open: true });
  expect(evaluate({ not: condition }, { ...facts, word })).toMatchObject({ held: false, open: true });
});
