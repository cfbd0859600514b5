import { describe, expect, it } from 'vitest';
import { parseEncoding, registerAt } from '../../src/arch/encoding.ts';
import { ALL_REGISTERS } from '../../src/arch/register.ts';
import { readAtEl0 } from '../../src/process/mrs.ts';
import { findProgramRegister, PROGRAM_REGISTERS } from '../../src/process/program-register.ts';
import { bootOf, cpu } from '../support/booted.ts';

const encodingOf = (name: string) => parseEncoding(findProgramRegister(name)!.encoding)!;

describe('a register that programs read', () => {
  it('stands at an encoding of its own, which no ID register has', () => {
    expect(new Set(PROGRAM_REGISTERS.map(({ encoding }) => encoding)).size).toBe(PROGRAM_REGISTERS.length);
    expect(PROGRAM_REGISTERS.filter(({ encoding }) => registerAt(parseEncoding(encoding)!) !== undefined)).toEqual([]);
  });

  it.each(PROGRAM_REGISTERS.flatMap(({ name, needs }) => (needs === undefined ? [] : [[name, needs] as const])))(
    '%s needs a field that exists and that tells of its feature',
    (_, { register, lsb, atLeast, feature }) => {
      const field = ALL_REGISTERS.find(({ name }) => name === register)?.fields.find((one) => one.lsb === lsb);
      const told = Object.entries(field?.implements ?? {}).filter(([, names]) => (names as readonly string[]).includes(feature));
      expect(told.map(([value]) => Number(value))).toContain(atLeast);
    },
  );

  it.each([
    ['RNDR', { 'ID_AA64ISAR0_EL1.AES': 1 }, 'SIGILL'],
    ['RNDR', {}, undefined],
    ['rndr', { 'ID_AA64ISAR0_EL1.RNDR': 1 }, undefined],
    ['SSBS', { 'ID_AA64PFR1_EL1.SSBS': 1 }, 'SIGILL'],
    ['SSBS', { 'ID_AA64PFR1_EL1.SSBS': 2 }, undefined],
    ['FPCR', {}, undefined],
    ['CNTVCT_EL0', {}, undefined],
    ['CNTPCT_EL0', {}, 'SIGILL'],
    ['DAIF', {}, 'SIGILL'],
  ] as const)('%s with %j gives %s', (name, fields, gives) => {
    expect(readAtEl0(bootOf('6.12.117', [cpu(fields)]), encodingOf(name))).toBe(gives);
  });
});

// Linux arch_counter_set_user_access() leaves programs the virtual counter; SCTLR_EL1.UMA and PMUSERENR_EL0 are zero; CurrentEL is for EL1.
it('is kept from programs where it is the physical counter, a counter of the PMU, DAIF or CurrentEL', () => {
  const kept = PROGRAM_REGISTERS.filter(({ readable }) => !readable).map(({ name }) => name);
  expect(kept.toSorted()).toEqual(['CNTPCTSS_EL0', 'CNTPCT_EL0', 'CurrentEL', 'DAIF', 'PMCCNTR_EL0', 'PMEVCNTR0_EL0']);
});
