import { describe, expect, it } from 'vitest';
import { parseWindowsRegistry } from '../../src/formats/windows-registry.ts';

/** As owners of Windows machines wrote them down: https://github.com/Dr-Noob/cpufetch/issues/226. */
const NUMBERS = [
  ['4000', 'MIDR_EL1'],
  ['4020', 'ID_AA64PFR0_EL1'],
  ['4021', 'ID_AA64PFR1_EL1'],
  ['4028', 'ID_AA64DFR0_EL1'],
  ['4029', 'ID_AA64DFR1_EL1'],
  ['402C', 'ID_AA64AFR0_EL1'],
  ['402D', 'ID_AA64AFR1_EL1'],
  ['4030', 'ID_AA64ISAR0_EL1'],
  ['4031', 'ID_AA64ISAR1_EL1'],
  ['4038', 'ID_AA64MMFR0_EL1'],
  ['4039', 'ID_AA64MMFR1_EL1'],
  ['403A', 'ID_AA64MMFR2_EL1'],
  // FEX-Emu, Source/Windows/Common/CPUFeatures.cpp.
  ['5801', 'CTR_EL0'],
  ['4024', 'ID_AA64ZFR0_EL1'],
  ['4032', 'ID_AA64ISAR2_EL1'],
] as const;

const KEY = '[HKEY_LOCAL_MACHINE\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0]';

describe('the number of a register', () => {
  it.each(NUMBERS)('CP %s is %s', (number, name) => {
    const { value } = parseWindowsRegistry(`${KEY}\r\n"CP ${number}"=hex(b):ef,cd,ab,89,67,45,23,01\r\n`);
    expect(value.machine?.cpus).toEqual([{ registers: { [name]: 0x0123_4567_89ab_cdefn } }]);
  });
});

it('a number of PowerShell is signed: -1 has all bits set', () => {
  const { value } = parseWindowsRegistry('CP 4038 : -1\nPSChildName : 0\n');
  expect(value.machine?.cpus[0]?.registers.ID_AA64MMFR0_EL1).toBe(0xffff_ffff_ffff_ffffn);
});

it('blocks of PowerShell belong to the CPU that they name at their end', () => {
  const { value } = parseWindowsRegistry('CP 4000 : 2\nPSChildName : 1\n\nCP 4000 : 1\nPSChildName : 0\n');
  expect(value.machine?.cpus.map(({ registers }) => registers.MIDR_EL1)).toEqual([1n, 2n]);
});

it("Wine's own file holds what a program reads on Linux", () => {
  const text =
    'WINE REGISTRY Version 2\n\n[Hardware\\\\Description\\\\System\\\\CentralProcessor\\\\0] 1700000000\n"CP 4000"=hex(b):b0,d4,\\\n  0f,41,00,00,00,00\n';
  const { value, lines } = parseWindowsRegistry(text);
  expect(value).toMatchObject({ registersAs: 'el0', machine: { cpus: [{ registers: { MIDR_EL1: 0x410f_d4b0n } }] } });
  expect(lines.unread).toBe(0);
});

it('values of other keys are no registers', () => {
  const { value } = parseWindowsRegistry('[HKEY_LOCAL_MACHINE\\SOFTWARE\\Mine]\n"CP 4000"=hex(b):01,00,00,00,00,00,00,00\n');
  expect(value.machine).toBeUndefined();
});

it.each([
  ['too few bytes', '"CP 4000"=hex(b):01,02', 'line 2, column 1'],
  ['no value at all', 'CP 4000', 'line 2, column 1'],
])('%s: the finding says where', (_, line, where) => {
  const { diagnostics, lines } = parseWindowsRegistry(`${KEY}\n${line}\n`);
  expect(diagnostics).toMatchObject([{ severity: 'error', where }]);
  expect(lines.unread).toBe(1);
});

it('a PC with an Intel CPU is told apart', () => {
  const { diagnostics } = parseWindowsRegistry(`${KEY}\n"VendorIdentifier"="GenuineIntel"\n`);
  expect(diagnostics).toMatchObject([{ code: 'not-arm', severity: 'error' }]);
});
