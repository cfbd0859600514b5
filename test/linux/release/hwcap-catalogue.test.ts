import { expect, it } from 'vitest';
import { findHwcap, listHwcaps } from '../../../src/linux/release/hwcap-catalogue.ts';

it('lists the hwcaps that follow from registers, each with a place of its own; evtstrm and cpuid follow from none', () => {
  const rows = listHwcaps();
  const places = rows.map(({ vector, bit }) => `${vector}.${bit}`);
  expect(new Set(places).size).toBe(places.length);
  expect(rows.some(({ name }) => name === 'evtstrm' || name === 'cpuid')).toBe(false);
});

it('knows ilrcpc: bit 26 of AT_HWCAP, from LRCPC 2, since 4.17 and in the 4.14 series', () => {
  expect(findHwcap('ilrcpc')).toMatchObject({
    vector: 'AT_HWCAP',
    bit: 26,
    since: '4.17',
    when: { field: 'ID_AA64ISAR1_EL1.LRCPC', atLeast: 2 },
    backports: expect.arrayContaining([expect.objectContaining({ series: '4.14' })]),
  });
});

it('names the option of a hwcap that is compiled in only with it', () => {
  expect(findHwcap('bti')?.config).toBe('CONFIG_ARM64_BTI');
  expect(findHwcap('aes')?.config).toBeUndefined();
});

it('knows no name that no kernel prints', () => {
  expect(findHwcap('avx')).toBeUndefined();
});
