import { describe, expect, it } from 'vitest';
import { touchHwcaps } from '../../../src/linux/release/doubts.ts';
import {
  CPUCAP_NAMES,
  compatDefaultAt,
  cpucapNear,
  cpucapRow,
  cpucapRows,
  errataHiding,
  fieldRows,
  gateOptions,
  hwcapRow,
  isEverVisible,
  optionRow,
  registerRow,
  stateNear,
  tellingErrata,
} from '../../../src/linux/release/history.ts';
import { parseRelease } from '../../../src/linux/release/release.ts';
import type { Timed } from '../../../src/linux/release/rows.ts';
import { SANITISED_ROWS } from '../../../src/linux/release/sanitised-rows.ts';
import { stateAt } from '../../../src/linux/release/timeline.ts';
import { listsJudgedBy } from '../../../src/linux/rules/judge-rule.ts';

// notes, section 8: the complete list of what changes a Features line.
describe('the errata that change a Features line', () => {
  const names = (release?: string) => [
    ...new Set(tellingErrata(release === undefined ? undefined : parseRelease(release)).map(({ name }) => name)),
  ];

  it.each([
    [undefined, ['WORKAROUND_1742098', 'WORKAROUND_2658417', 'WORKAROUND_SPECULATIVE_SSBS']],
    ['6.12.117', ['WORKAROUND_1742098', 'WORKAROUND_2658417', 'WORKAROUND_SPECULATIVE_SSBS']],
    ['6.1.20', ['WORKAROUND_1742098', 'WORKAROUND_2658417']],
    ['5.10.223', ['WORKAROUND_1742098']],
    ['5.4.18', []],
  ])('of %s are %j', (release, expected) => {
    expect(names(release).toSorted()).toEqual(expected);
  });

  it.each([
    ['ID_AA64PFR1_EL1.SSBS', '6.12.117', 1],
    ['ID_AA64PFR1_EL1.SSBS', '5.10.223', 0],
    ['ID_AA64ISAR1_EL1.BF16', '6.12.117', 1],
    ['ID_AA64ISAR1_EL1.BF16', undefined, 1],
    ['ID_AA64ISAR1_EL1.DPB', undefined, 0],
  ])('that take %s from EL0 in %s are %d', (path, release, count) => {
    const found = errataHiding(path, release === undefined ? undefined : parseRelease(release));
    expect(new Set(found.map(({ name }) => name)).size).toBe(count);
  });
});

// notes, section 3.
it.each([
  ['4.14.74', 0x17_b0d6],
  ['5.5-rc5', 0x17_b0d6],
  ['5.6', 0x16_8096],
  ['5.4.286', 0x16_8096],
  ['7.2', 0x16_8096],
])('%s gives AArch32 programs %d without a test', (release, bits) => {
  expect(compatDefaultAt(parseRelease(release))).toBe(bits);
});

// notes, section 6: of ID_AA64MMFR0_EL1 programs see nothing before ECV; MTE with its option.
it.each([
  ['ID_AA64ISAR0_EL1.AES', true],
  ['ID_AA64PFR1_EL1.MTE', true],
  ['ID_AA64MMFR0_EL1.ECV', true],
  ['ID_AA64MMFR0_EL1.TGran4', false],
  ['ID_AA64PFR0_EL1.EL3', false],
])('some kernel shows programs %s: %s', (path, isShown) => {
  expect(isEverVisible(path)).toBe(isShown);
});

it.each([
  ['CTR_EL0.L1Ip', 15, 14],
  ['CTR_EL0.IDC', 28, 28],
  ['CTR_EL0.DminLine', 19, 16],
  ['ID_AA64MMFR0_EL1.TGran4_2', 43, 40],
  ['ID_AA64ISAR1_EL1.API', 11, 8],
])('%s has the rows that share a bit with bits %d to %d, and no others', (path, msb, lsb) => {
  const row = SANITISED_ROWS.find(({ name }) => path.startsWith(`${name}.`))!;
  const bits = (high: number, low: number): bigint => ((1n << BigInt(high - low + 1)) - 1n) << BigInt(low);
  const sharing = row.fields.filter((field) => (bits(field.bits[0], field.bits[1]) & bits(msb, lsb)) !== 0n);
  expect(sharing).not.toEqual([]);
  expect(fieldRows(path)).toEqual(sharing);
});

it('a hwcap has a row unless it follows from no ID register', () => {
  expect([hwcapRow('aes')?.bit, hwcapRow('cpuid')]).toEqual([3, undefined]);
  expect([optionRow('CONFIG_ARM64_SVE')?.name, optionRow('CONFIG_NO_SUCH')]).toEqual(['CONFIG_ARM64_SVE', undefined]);
  expect(registerRow('ID_AA64ISAR0_EL1.AES')).toBe(SANITISED_ROWS.find(({ name }) => name === 'ID_AA64ISAR0_EL1'));
});

it('a gate asks for the options that must be on, from left to right', () => {
  const gate = {
    all: [{ config: 'CONFIG_A' }, { not: { config: 'CONFIG_B' } }, { any: [{ config: 'CONFIG_C' }, { config: 'CONFIG_D' }] }],
  };
  expect(gateOptions(gate)).toEqual(['CONFIG_A', 'CONFIG_C', 'CONFIG_D']);
  expect(gateOptions(undefined)).toEqual([]);
});

describe('what a row says nearest to a release', () => {
  const row: Timed<{ readonly value: number }> = { since: '5.4', value: 1, changes: [{ since: '5.10', value: 2 }], until: '6.1' };
  it.each([
    ['5.3', 1],
    ['5.4', 1],
    ['5.12', 2],
    ['6.6', 1],
  ])('%s is %d: what it says there, or what it said first', (release, value) => {
    expect(stateNear<{ readonly value: number }>(row, parseRelease(release))?.value).toBe(value);
  });

  it('is what a series took, of a row that mainline never had', () => {
    const taken: Timed<{ readonly value: number }> = { value: 3, backports: [{ series: '5.10', since: '5.10.20', value: 4 }] };
    expect(stateNear<{ readonly value: number }>(taken, parseRelease('6.6'))?.value).toBe(4);
  });

  it('is that of the row of a cpucap', () => {
    expect(cpucapNear('HAS_LSUI', parseRelease('5.4.18'))).toBeDefined();
    expect(cpucapNear('NO_SUCH_CPUCAP', parseRelease('5.4.18'))).toBeUndefined();
  });
});

it.each([
  [{ rule: 'has_hw_dbm' }, ['broken-dirty-bit']],
  [{ rule: 'has_bbml2_noabort' }, ['bbml2-noabort']],
  [{ rule: 'impdef-pmuv3' }, ['impdef-pmuv3']],
  [{ all: [{ rule: 'has_no_hw_prefetch' }, { not: { rule: 'has_bbml2_noabort' } }] }, ['no-hardware-prefetch', 'bbml2-noabort']],
  [{ rule: 'is_kryo_midr' }, []],
  [{ config: 'CONFIG_KVM' }, []],
])('%j is judged by the lists %j', (condition, lists) => {
  expect(listsJudgedBy(condition)).toEqual(lists);
});

it.each(['4.9.115', '4.14.177', '6.12.117'])('of several errata of one name the row is one that Linux %s has', (text) => {
  const release = parseRelease(text);
  for (const name of CPUCAP_NAMES) {
    const rows = cpucapRows(name);
    const row = cpucapRow(name, release)!;
    expect(rows, name).toContain(row);
    const has = (one: (typeof rows)[number]): boolean => stateAt(one, release) !== undefined;
    expect(has(row), name).toBe(rows.some(has));
    if (!has(row)) expect(row, name).toBe(rows[0]);
  }
});

// Rules reach hwcaps only through the words of a command line; of the others the doubts are about what else is shown.
it.each([
  ['hwcap dit', true],
  ['field ID_AA64PFR0_EL1.DIT', true],
  ['erratum WORKAROUND_1742098', true],
  ['rule evtstrm-parameter', true],
  ['rule mrs-emulation-from-crm', false],
  ['list meltdown-safe with CORTEX_A53', false],
  ['release 6.15', false],
  ['updates of 5.10 after the last one read', false],
  ['sublevel of 5.15.0-97', false],
])('a hwcap may hang on a doubt about "%s": %s', (row, may) => {
  expect(touchHwcaps([{ row, since: '6.15' }])).toBe(may);
});
