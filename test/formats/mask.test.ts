import { expect, it } from 'vitest';
import { formatMask, formatMaskJson, parseFieldSetting, parseMask } from '../../src/formats/mask.ts';

it('reads a setting a line, with comments', () => {
  const { value, diagnostics } = parseMask(
    '# no SVE\nID_AA64PFR0_EL1.SVE = NI\nid_aa64isar1[47:44] = 0b0000 ; no BF16\nID_AA64ZFR0_EL1 = 0\n',
    'm.txt',
  );
  expect(diagnostics).toEqual([]);
  expect(value).toEqual({
    name: 'm.txt',
    kind: 'mask',
    changes: [
      { register: 'ID_AA64PFR0_EL1', mask: 0xf_0000_0000n, value: 0n },
      { register: 'ID_AA64ISAR1_EL1', mask: 0xf000_0000_0000n, value: 0n },
      { register: 'ID_AA64ZFR0_EL1', mask: 0xffff_ffff_ffff_ffffn, value: 0n },
    ],
  });
});

it('reads the same as JSON, with the bits in place', () => {
  const text = '[{"register": "ID_AA64PFR0_EL1", "mask": "0xf00000000", "value": "0x100000000"}]';
  expect(parseMask(text).value.changes).toEqual([{ register: 'ID_AA64PFR0_EL1', mask: 0xf_0000_0000n, value: 0x1_0000_0000n }]);
  expect(parseMask(`{"changes": ${text}}`).value.changes).toHaveLength(1);
});

it.each([
  // ID_AA64PFR0_EL1.FP is signed: 0b1111 is "not implemented".
  ['ID_AA64PFR0_EL1.FP=NI', 0xf_0000n, 0xf_0000n],
  ['ID_AA64PFR0_EL1.FP=-1', 0xf_0000n, 0xf_0000n],
  ['ID_AA64PFR0_EL1.FP=15', 0xf_0000n, 0xf_0000n],
  ['id_aa64pfr1.mte=MTE2', 0xf00n, 0x200n],
  ['ID_AA64PFR0_EL1[35]=1', 1n << 35n, 1n << 35n],
])('reads the setting %s', (text, mask, value) => {
  const parsed = parseFieldSetting(text);
  expect(parsed.diagnostics).toEqual([]);
  expect(parsed.value.changes).toMatchObject([{ mask, value }]);
});

it.each([
  ['ID_AA64PFR0_EL1.SVF=0', 'did you mean ID_AA64PFR0_EL1.SVE?'],
  ['ID_AA64PRF0_EL1.SVE=0', 'did you mean ID_AA64PFR0_EL1?'],
  ['ID_AA64PRF0_EL1=0', 'did you mean ID_AA64PFR0_EL1?'],
  ['ID_AA64PFR0_EL1.SVE=16', 'expected NI (0), IMP (1) or another number of 4 bits'],
  ['ID_AA64PFR0_EL1.SVE', 'expected REGISTER.FIELD = VALUE'],
  ['ID_AA64PFR0_EL1[3:7]=0', 'no range'],
  ['ID_AA64PFR0_EL1[64:0]=0', 'no range'],
  ['ID_AA64PFR0_EL1[3:0]=0x10', 'a number of 4 bits'],
])('says what is wrong with %s', (text, message) => {
  const { value, diagnostics } = parseFieldSetting(text);
  expect(value.changes).toEqual([]);
  expect(diagnostics[0]?.message).toContain(message);
});

it.each([
  ['ID_AA64PFR0_EL1.SVE = 0\nrubbish\n', 'line 2', 1],
  ['[{"register": "ID_AA64PFR0_EL1", "mask": "0xf", "value": "0x10"}]', 'changes[0].value', 1],
  ['[{"register": "nothing", "mask": "0xf", "value": "0x0"}]', 'changes[0].register', 0],
  ['[{"register": "MIDR_EL1"}]', 'changes[0].mask', 0],
  ['{"changes": 1}', 'changes', 0],
  ['{', 'file', 0],
  ['[3]', 'changes[0]', 0],
])('keeps what it can of %j', (text, where, kept) => {
  const { value, diagnostics } = parseMask(text);
  expect(diagnostics[0]?.where).toBe(where);
  expect(value.changes).toHaveLength(kept);
});

it('writes a line for each run of bits', () => {
  const layer = { name: 'x', kind: 'mask', changes: [{ register: 'MIDR_EL1', mask: 0xf00fn, value: 0xa005n }] } as const;
  expect(formatMask(layer)).toBe('MIDR_EL1[15:12] = 0xa\nMIDR_EL1[3:0] = 0x5\n');
  expect(JSON.parse(formatMaskJson(layer)).changes).toEqual([
    { register: 'MIDR_EL1', mask: '0x000000000000f00f', value: '0x000000000000a005' },
  ]);
});
