import { expect, it } from 'vitest';
import { allHwcaps, findHwcap, hwcapNamesOf, inPrintOrder, listHwcaps } from '../../../src/linux/release/hwcap-catalogue.ts';

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

// uapi/asm/hwcap.h.
it('names bits of the words, those that no kernel names by their place', () => {
  expect(hwcapNamesOf([0b1001n, 1n << 1n, 1n << 63n])).toEqual(['fp', 'aes', 'sve2', 'AT_HWCAP3 bit 63']);
  expect(hwcapNamesOf([1n << 63n])).toEqual(['AT_HWCAP bit 63']);
  expect(hwcapNamesOf([])).toEqual([]);
});

it('puts names in the order of their bits, and those that are not known last', () => {
  expect(inPrintOrder(['sve2', 'nosuch', 'aes', 'fp', 'cpuid', 'evtstrm'])).toEqual(['fp', 'evtstrm', 'aes', 'cpuid', 'sve2', 'nosuch']);
});

it.each(['aes', 'AES', 'HWCAP_AES', 'KERNEL_HWCAP_AES', 'hwcap_aes'])('knows aes as %s', (name) => {
  expect(findHwcap(name)?.name).toBe('aes');
});

it('knows sve2 by the constant of its own word', () => {
  expect([findHwcap('HWCAP2_SVE2')?.name, findHwcap('HWCAP_')]).toEqual(['sve2', undefined]);
});

// uapi/asm/hwcap.h: HWCAP2_SME_I16I64 is smei16i64 in /proc/cpuinfo.
it('knows each hwcap by its name and by its constant, also where the two differ', () => {
  expect(findHwcap('HWCAP2_SME_I16I64')?.name).toBe('smei16i64');
  for (const { name, constant } of allHwcaps()) expect([findHwcap(name)?.name, findHwcap(constant)?.name], name).toEqual([name, name]);
});
