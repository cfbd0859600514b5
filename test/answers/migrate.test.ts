import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/answers/migrate.ts';
import type { Machine } from '../../src/silicon/machine.ts';

/** A CPU with SVE alone, of the vector lengths that are given, in bytes. */
function withLengths(...sveVl: readonly number[]): Machine {
  return { cpus: [{ registers: { MIDR_EL1: 0x410fd4f0n, ID_AA64PFR0_EL1: 0x0000_0001_0000_1111n, ID_AA64MMFR0_EL1: 0x5n }, sveVl }] };
}

describe('hosts whose vectors have other lengths', () => {
  const kernel = { release: '6.12.107' };
  const hosts = [
    { name: 'long', machine: withLengths(16, 32, 64, 128), kernel },
    { name: 'short', machine: withLengths(16, 32), kernel },
  ];
  const { moves, common, left } = migrate(hosts, kernel);
  const faults = (of: typeof moves) => of.flatMap(({ faults: found }) => found.map(({ register }) => register));

  it('refuse each other’s guests as they are', () => {
    expect(faults(moves)).toContain('KVM_REG_ARM64_SVE_VLS');
  });

  it('take the common guest, whose lengths are those that all have', () => {
    expect(common?.sveVl).toEqual([16, 32]);
    expect(left).toEqual([]);
  });
});
