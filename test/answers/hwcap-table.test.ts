import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { readSpec } from '../../spec-data/build/spec-file.ts';
import { type HwcapTable, type HwcapTableRow, hwcapTable } from '../../src/answers/hwcap-table.ts';
import { allHwcaps } from '../../src/linux/release/hwcap-catalogue.ts';
import { run } from '../support/fake-io.ts';

const shipped = JSON.parse(readFileSync(new URL('../../spec-data/exports/hwcaps.json', import.meta.url), 'utf8')) as HwcapTable;
const row = (name: string): HwcapTableRow => shipped.hwcaps.find((one) => one.name === name)!;

it('follows its schema', () => {
  const validate = new Ajv2020({ allErrors: true, strict: true }).compile(readSpec<object>('schemas/hwcap-table.schema.json'));
  validate(shipped);
  expect(validate.errors ?? []).toEqual([]);
});

it('is shipped with that schema', () => {
  const beside = readFileSync(new URL(shipped.$schema, new URL('../../spec-data/exports/', import.meta.url)), 'utf8');
  expect(JSON.parse(beside)).toEqual(readSpec('schemas/hwcap-table.schema.json'));
});

it('is what list hwcaps --json prints, and the same each time', async () => {
  const { out } = await run(['list', 'hwcaps', '--json']);
  expect(JSON.parse(out).items).toEqual(shipped.hwcaps);
  expect(JSON.stringify(hwcapTable())).toBe(JSON.stringify(shipped));
});

it('has every hwcap that is known once: a bit, a release, and a field or the reason why not', () => {
  expect(shipped.hwcaps.map(({ name }) => name)).toEqual(allHwcaps().map(({ name }) => name));
  expect(new Set(shipped.hwcaps.map(({ vector, bit }) => `${vector} ${bit}`)).size).toBe(shipped.hwcaps.length);
  for (const { since, fields, reason } of shipped.hwcaps) {
    expect(since).toMatch(/^\d+\.\d+/);
    expect(fields.length > 0).toBe(reason === undefined);
  }
});

it('tells all of ilrcpc: Linux 4.17 has it for LRCPC 2, 4.14 took it later', () => {
  expect(row('ilrcpc')).toMatchObject({
    constant: 'HWCAP_ILRCPC',
    vector: 'AT_HWCAP',
    bit: 26,
    since: '4.17',
    fields: [{ register: 'ID_AA64ISAR1_EL1', field: 'LRCPC', msb: 23, lsb: 20, sign: 'unsigned', atLeast: 2 }],
    archFeatures: [{ name: 'FEAT_LRCPC2', level: 'Armv8.4-A' }],
    names: { rust: ['rcpc2'], gcc: ['rcpc2'], freebsd: 'HWCAP_ILRCPC', macos: ['hw.optional.arm.FEAT_LRCPC2'] },
  });
  expect(row('ilrcpc').backports).toContainEqual({ series: '4.14', since: '4.14.177', notIn: '4.14.74' });
});

// The macros of uapi/asm/hwcap.h are not always the name in capitals.
it.each([
  ['svef16mm', 'HWCAP_SVE_F16MM'],
  ['smei16i64', 'HWCAP2_SME_I16I64'],
  ['sve2', 'HWCAP2_SVE2'],
  ['asimddp', 'HWCAP_ASIMDDP'],
  ['mtestoreonly', 'HWCAP3_MTE_STORE_ONLY'],
])('%s is the bit %s', (name, constant) => {
  expect(row(name).constant).toBe(constant);
});

it('names the errata that withdraw ssbs', () => {
  expect(row('ssbs').errata.map(({ name }) => name)).toContain('WORKAROUND_SPECULATIVE_SSBS');
});

it('knows the number of a processor feature of Windows', () => {
  // winnt.h: #define PF_ARM_V82_DP_INSTRUCTIONS_AVAILABLE 43
  expect(row('asimddp').names.windows).toEqual([{ name: 'PF_ARM_V82_DP_INSTRUCTIONS_AVAILABLE', number: 43 }]);
});
