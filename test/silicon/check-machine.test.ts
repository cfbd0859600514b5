import { expect, it } from 'vitest';
import { ArmlensError } from '../../src/errors.ts';
import { boot } from '../../src/linux/boot.ts';

/** What a caller in JavaScript, whom no compiler stops, is told of a machine. */
function complaint(machine: unknown): unknown {
  try {
    boot(machine as Parameters<typeof boot>[0], { release: '6.12' });
    return 'none';
  } catch (error) {
    return error instanceof ArmlensError ? [error.code, error.message] : error;
  }
}

const withRegisters = (registers: unknown) => ({ cpus: [{ registers: { MIDR_EL1: 0x410f_d0c0n } }, { registers }] });

it.each([
  [undefined, 'bad-machine', 'a machine needs at least one CPU'],
  [{}, 'bad-machine', 'a machine needs at least one CPU'],
  [{ cpus: [] }, 'bad-machine', 'a machine needs at least one CPU'],
  [{ cpus: [null] }, 'bad-machine', 'cpus[0].registers: an object of register values by name is expected, not undefined'],
  [withRegisters({ MIDR_EL1: 5 }), 'bad-machine', 'cpus[1].registers.MIDR_EL1: a bigint such as 0x410fd0c0n is expected, not the number 5'],
  [
    withRegisters({ MIDR_EL1: '0x5' }),
    'bad-machine',
    'cpus[1].registers.MIDR_EL1: a bigint such as 0x410fd0c0n is expected, not the string "0x5"',
  ],
  [withRegisters({ MIDR_EL1: -1n }), 'bad-machine', 'cpus[1].registers.MIDR_EL1: 0 to 2^64 - 1 is expected, not -1'],
  [
    withRegisters({ MIDR_EL1: 1n << 64n }),
    'bad-machine',
    'cpus[1].registers.MIDR_EL1: 0 to 2^64 - 1 is expected, not 18446744073709551616',
  ],
  [
    withRegisters({ ID_AA64PRF0_EL1: 0n }),
    'unknown-register',
    'cpus[1].registers: no register "ID_AA64PRF0_EL1"; did you mean ID_AA64PFR0_EL1?',
  ],
  [withRegisters({ __proto__x: 0n }), 'unknown-register', 'cpus[1].registers: no register "__proto__x"'],
])('boot() of case %#', (machine, code, message) => {
  expect(complaint(machine)).toEqual([code, message]);
});

it('a register that is given as undefined is not known', () => {
  expect(complaint(withRegisters({ MIDR_EL1: undefined }))).toBe('none');
});
