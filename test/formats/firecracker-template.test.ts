import { expect, it } from 'vitest';
import { formatFirecrackerTemplate, parseFirecrackerTemplate } from '../../src/formats/firecracker-template.ts';

/** A template of our own, in Firecracker's form: no SVE, no BF16, another part number, and a register that is no ID register. */
const TEMPLATE = `{
  "reg_modifiers": [
    { "addr": "0x603000000013c020", "bitmap": "0bxxxxxxxxxxxxxxxxxxxxxxxxxxxx0000xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" },
    { "addr": "0x603000000013c031", "bitmap": "0b0000xxxx_xxxxxxxx_xxxxxxxx_xxxxxxxx_xxxxxxxx_xxxx" },
    { "addr": "0x603000000013c000", "bitmap": "0b110100001100xxxx" },
    { "addr": "0x6030000000100042", "bitmap": "0b1" }
  ],
  "vcpu_features": [{ "index": 0, "bitmap": "0b1xx" }]
}`;

it('reads KVM register ids and bitmaps, the top bits that are left out included', () => {
  const { value } = parseFirecrackerTemplate(TEMPLATE, 'ours.json');
  expect(value).toEqual({
    name: 'ours.json',
    kind: 'template',
    changes: [
      { register: 'ID_AA64PFR0_EL1', mask: 0xf_0000_0000n, value: 0n },
      { register: 'ID_AA64ISAR1_EL1', mask: 0xf00_0000_0000n, value: 0n },
      { register: 'MIDR_EL1', mask: 0xfff0n, value: 0xd0c0n },
    ],
    vcpu: { on: ['psci_0_2'], off: [] },
  });
});

it('reports what it cannot model, and keeps the rest', () => {
  const { diagnostics } = parseFirecrackerTemplate(TEMPLATE);
  expect(diagnostics.map(({ code, severity, where }) => [code, severity, where])).toEqual([
    ['not-modelled', 'warning', 'reg_modifiers[3].addr'],
  ]);
  expect(diagnostics[0]!.message).toContain('a core register');
});

it.each([
  ['{', 'the text is no JSON'],
  ['[]', 'expected an object'],
  ['{"reg_modifiers": 1}', 'expected an array'],
  ['{"reg_modifiers": [1]}', 'expected an object'],
  ['{"reg_modifiers": [{"addr": "x", "bitmap": "0b1"}]}', '"0x…"'],
  ['{"reg_modifiers": [{"addr": "0x603000000013c020", "bitmap": "0b2"}]}', '0, 1 and x'],
  [`{"reg_modifiers": [{"addr": "0x603000000013c020", "bitmap": "0b${'x'.repeat(65)}"}]}`, 'at most 64 digits'],
])('says what is wrong with %s', (text, message) => {
  const { value, diagnostics } = parseFirecrackerTemplate(text);
  expect(value.changes).toEqual([]);
  expect(diagnostics[0]).toMatchObject({ severity: 'error', message: expect.stringContaining(message) });
});

it.each([
  // Linux Documentation/virt/kvm/api.rst: arm64 system registers are 0x6030 0000 0013 <op0:2> <op1:3> <crn:4> <crm:4> <op2:3>.
  ['ID_AA64PFR0_EL1', '0x603000000013c020'],
  ['ID_AA64ZFR0_EL1', '0x603000000013c024'],
  ['CTR_EL0', '0x603000000013d801'],
  ['CNTFRQ_EL0', '0x603000000013df00'],
] as const)('knows the KVM id of %s', (register, id) => {
  const text = formatFirecrackerTemplate({ name: 'x', kind: 'template', changes: [{ register, mask: 1n, value: 0n }] });
  expect(JSON.parse(text).reg_modifiers[0].addr).toBe(id);
  expect(parseFirecrackerTemplate(text).value.changes[0]?.register).toBe(register);
});

it('writes a template that names every bit', () => {
  const text = formatFirecrackerTemplate({ name: 'x', kind: 'template', changes: [{ register: 'MIDR_EL1', mask: 0x3n, value: 0x2n }] });
  expect(JSON.parse(text)).toEqual({ reg_modifiers: [{ addr: '0x603000000013c000', bitmap: `0b${'x'.repeat(62)}10` }] });
});

it('asks for SVE and pointer authentication as Firecracker documents it, and reads them back', () => {
  const text = formatFirecrackerTemplate({ name: 'n', kind: 'template', changes: [] }, [
    'psci_0_2',
    'ptrauth_address',
    'ptrauth_generic',
    'sve',
  ]);
  expect(JSON.parse(text)).toEqual({
    kvm_capabilities: ['171', '172', '170'],
    vcpu_features: [{ index: 0, bitmap: '0b111xxxx' }],
    reg_modifiers: [],
  });
  expect(parseFirecrackerTemplate(text).value.vcpu).toEqual({ on: ['sve', 'ptrauth_address', 'ptrauth_generic'], off: [] });
});
