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

describe('hosts of which less is known than a register', () => {
  const kernel = { release: '6.12.107' };
  const REVISION = 0x00f0_000fn;
  /** A host whose core is known without its revision, as a name tells it, and of which one field of ISAR0 is not known. */
  const named = (midr: bigint): Machine => ({
    cpus: [
      {
        registers: { ID_AA64PFR0_EL1: 0x1111n, ID_AA64MMFR0_EL1: 0x5n },
        partly: { MIDR_EL1: { value: midr, open: REVISION }, ID_AA64ISAR0_EL1: { value: 0n, open: 0xf0n } },
      },
    ],
  });
  const between = (a: bigint, b: bigint) =>
    migrate(
      [a, b].map((midr, i) => ({ name: `host ${i}`, machine: named(midr), kernel })),
      kernel,
    );

  it('refuse each other’s guests where what is known differs, whatever the rest is', () => {
    const { moves, common } = between(0x410f_d400n, 0x410f_d4f0n);
    const midr = { kind: 'refused', register: 'MIDR_EL1', fields: ['PartNum'], open: REVISION };
    expect(moves.map(({ faults }) => faults.find(({ register }) => register === 'MIDR_EL1'))).toMatchObject([midr, midr]);
    expect(common?.conflicts).toMatchObject([
      { register: 'MIDR_EL1', fields: ['PartNum'], values: [0x410f_d400n, 0x410f_d4f0n], open: REVISION },
    ]);
  });

  it('are told with the bits that are not known of a register, also where the target does not list it', () => {
    const host = named(0x410f_d400n);
    const [move] = migrate(
      [
        { name: 'new', machine: host, kernel },
        { name: 'old', machine: host, kernel: { release: '4.14.177' } },
      ],
      kernel,
    ).moves;
    // CSV3 hangs on MIDR_EL1.
    expect(move?.faults.find(({ register }) => register === 'ID_AA64PFR0_EL1')).toEqual({
      kind: 'missing',
      register: 'ID_AA64PFR0_EL1',
      value: 0x1111n,
      open: 1n << 60n,
      fields: [],
    });
  });

  it('are not said to refuse them where the rest decides', () => {
    const { moves, common } = between(0x410f_d400n, 0x410f_d400n);
    expect(moves.flatMap(({ faults }) => faults)).toEqual([]);
    expect(moves.map(({ open }) => open)).toEqual([expect.arrayContaining(['MIDR_EL1']), expect.arrayContaining(['MIDR_EL1'])]);
    expect(common?.conflicts).toEqual([]);
  });
});

describe('a host of which a field is not known is not said to be unlike the other', () => {
  const kernel = { release: '6.12.107' };
  const REGISTERS = {
    MIDR_EL1: 0x411f_d402n,
    ID_AA64PFR0_EL1: 0x0301_1112n,
    ID_AA64MMFR0_EL1: 0x5n,
    ID_AA64DFR0_EL1: 0x1030_5408n,
    CTR_EL0: 0x8444_c004n,
  };
  const whole: Machine = { cpus: [{ registers: REGISTERS }] };
  /** The same but for a field, of which nothing is known, or which has another value. */
  const but = (register: keyof typeof REGISTERS, field: bigint, value?: bigint): Machine => {
    const { [register]: own, ...registers } = REGISTERS;
    const rest = own & ~field;
    if (value !== undefined) return { cpus: [{ registers: { ...registers, [register]: rest | value } }] };
    return { cpus: [{ registers, partly: { [register]: { value: rest, open: field } } }] };
  };
  const between = (other: Machine) =>
    migrate(
      [whole, other].map((machine, i) => ({ name: `host ${i}`, machine, kernel, environment: { bootEl: 2 as const } })),
      kernel,
    );
  const faultsIn = (other: Machine, register: string) =>
    between(other).moves.flatMap(({ faults }) => faults.filter((fault) => fault.register === register).map(({ kind }) => kind));

  // reset_pmcr() sets PMCR_EL0.LC where the host runs no AArch32 programs.
  it('in PMCR_EL0.LC, which hangs on AArch32 at EL0', () => {
    expect(faultsIn(but('ID_AA64PFR0_EL1', 0xfn, 1n), 'PMCR_EL0')).not.toEqual([]);
    expect(faultsIn(but('ID_AA64PFR0_EL1', 0xfn), 'PMCR_EL0')).toEqual([]);
  });

  // set_id_reg() and the AArch32 registers, which read as unknown and ignore writes without AArch32 at EL0.
  it('in registers of AArch32, of which it is not known whether writes count', () => {
    expect(faultsIn(but('ID_AA64PFR0_EL1', 0xfn), 'ID_MMFR0_EL1')).toEqual([]);
  });

  // KvmHost.hasOpen32BitEl0: of a text without ID_AA64PFR0_EL1, too, nobody has told AArch32.
  it('in PMCR_EL0.LC and registers of AArch32, where it has no ID_AA64PFR0_EL1 at all', () => {
    const { ID_AA64PFR0_EL1: _, ...rest } = REGISTERS;
    const untold: Machine = { cpus: [{ registers: { ...rest, ID_MMFR0_EL1: 0x1020_1105n } }], unlisted: 'unknown' };
    for (const register of ['PMCR_EL0', 'ID_MMFR0_EL1']) expect(faultsIn(untold, register)).toEqual([]);
  });

  // __activate_traps() sets HCR_EL2.TID2 where the host has no FEAT_EVT: ID_AA64MMFR2_EL1.EVT, of which nothing is known here.
  it('in CTR_EL0, which is named among what is open where it is not known whether reads of it trap', () => {
    const smaller = { ...REGISTERS, CTR_EL0: 0x8444_c003n };
    const evt = (open: bigint): Machine => ({ cpus: [{ registers: smaller, partly: { ID_AA64MMFR2_EL1: { value: 0n, open } } }] });
    const openOf = (machine: Machine) => between(machine).moves.map(({ open }) => open?.includes('CTR_EL0') ?? false);
    expect(openOf(evt(0n))).toEqual([false, false]);
    expect(openOf(evt(0xfn << 56n))).toContain(true);
    expect(faultsIn(evt(0xfn << 56n), 'CTR_EL0')).not.toContain('reads-otherwise');
  });

  // Which core has how many event counters no register tells; two of the same core have as many.
  it.each([
    ['of the same core', 0x410f_d4f0n, false],
    ['of another', 0x411f_d402n, true],
  ])('in PMCR_EL0.N of a core of which nobody tells it: hosts %s', (_, midr, isOpen) => {
    const hosts = [0x410f_d4f0n, midr].map((MIDR_EL1, i) => ({
      name: `host ${i}`,
      machine: { cpus: [{ registers: { ...REGISTERS, MIDR_EL1 } }] },
      kernel,
      environment: { bootEl: 2 as const },
    }));
    const { moves } = migrate(hosts, kernel);
    expect(moves.map(({ open }) => open?.includes('PMCR_EL0') ?? false)).toEqual([isOpen, isOpen]);
    expect(moves.flatMap(({ faults }) => faults.filter(({ register }) => register === 'PMCR_EL0'))).toEqual([]);
  });
});
