import { describe, expect, it } from 'vitest';
import { parseEncoding, registerAt } from '../../src/arch/encoding.ts';
import { ALL_REGISTERS } from '../../src/arch/register.ts';
import { ALL_BITS } from '../../src/bits/field.ts';
import { boot } from '../../src/linux/boot.ts';
import { openAtEl0, readAtEl0 } from '../../src/process/mrs.ts';
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
    ['RNDR', {}, 'SIGILL'],
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

it('may be there or not on a CPU that is known in part', () => {
  const machine = { unlisted: 'unknown' as const, cpus: [{ registers: { MIDR_EL1: 0x410f_d0c1n, ID_AA64PFR1_EL1: 0x10n } }] };
  const system = boot(machine, { release: '6.12.117' });
  const reads = (name: string) => [readAtEl0(system, encodingOf(name)), openAtEl0(system, encodingOf(name))];
  expect(reads('RNDR')).toEqual([undefined, ALL_BITS]);
  expect(reads('SSBS')).toEqual(['SIGILL', 0n]);
  expect(reads('FPCR')).toEqual([undefined, 0n]);
});

// Linux arch_counter_set_user_access() leaves programs the virtual counter; SCTLR_EL1.UMA and PMUSERENR_EL0 are zero; CurrentEL is for EL1.
it('is kept from programs where it is the physical counter, a counter of the PMU, DAIF or CurrentEL', () => {
  const kept = PROGRAM_REGISTERS.filter(({ readable }) => !readable).map(({ name }) => name);
  expect(kept.toSorted()).toEqual(['CNTPCTSS_EL0', 'CNTPCT_EL0', 'CurrentEL', 'DAIF', 'PMCCNTR_EL0', 'PMEVCNTR0_EL0']);
});
