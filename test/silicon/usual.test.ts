import { describe, expect, it } from 'vitest';
import { fieldSetOf } from '../../src/bits/partial-word.ts';
import type { Cpu } from '../../src/silicon/machine.ts';
import { inOneChip } from '../../src/silicon/usual.ts';

describe('cores of one chip', () => {
  it('run, and where each is usually built to authenticate pointers in its own way, it is not known how they do', () => {
    const cpu = (midr: bigint, apa: bigint): Cpu => ({
      registers: { MIDR_EL1: midr, ID_AA64ISAR1_EL1: apa << 4n },
      usual: ['ID_AA64ISAR1_EL1'],
    });
    const { cpus, seen } = inOneChip([cpu(0x410f_d460n, 5n), cpu(0x410f_d470n, 0n)]);
    expect(seen?.map(({ online }) => online)).toEqual([[0, 1]]);
    expect(cpus.map(({ partly }) => fieldSetOf(partly!.ID_AA64ISAR1_EL1!, 4, 4))).toEqual([0b10_0001, 0b10_0001]);
    expect(inOneChip([cpu(0x410f_d460n, 5n), cpu(0x410f_d470n, 5n)]).seen).toBeUndefined();
  });

  it('keep what was read of them', () => {
    const read: Cpu = { registers: { ID_AA64ISAR1_EL1: 0x50n } };
    const { cpus } = inOneChip([read, { registers: { ID_AA64ISAR1_EL1: 0n }, usual: ['ID_AA64ISAR1_EL1'] }]);
    expect(cpus[0]).toBe(read);
    expect(fieldSetOf(cpus[1]!.partly!.ID_AA64ISAR1_EL1!, 4, 4)).toBe(0b10_0001);
  });
});
