import { describe, expect, it } from 'vitest';
import { fieldKey, fieldSetOf, type PartialWord } from '../../../src/bits/partial-word.ts';
import { boot } from '../../../src/linux/boot.ts';
import type { RegisterOverride } from '../../../src/linux/bring-up/overrides.ts';
import {
  emptyState,
  initialiseRegister,
  mayDifferStrictly,
  openUserBits,
  relaxWeakly,
  updatePartialRegister,
  userView,
} from '../../../src/linux/bring-up/sanitise.ts';
import type { TrackedField, TrackedRegister } from '../../../src/linux/release/kernel-at.ts';
import { bootOf, cpu, sanitised } from '../../support/booted.ts';

describe('a field in which two CPUs differ', () => {
  // [release, field, boot CPU, secondary, sanitised]; the values that are neither stand in the kernel's tables as safe values.
  it.each([
    ['6.12.117', 'ID_AA64ISAR0_EL1.AES', 2, 1, 1],
    ['6.12.117', 'ID_AA64ISAR0_EL1.AES', 1, 2, 1],
    ['6.12.117', 'ID_AA64PFR0_EL1.FP', 0, 15, 15], // signed: 0b1111 is -1, not implemented
    ['6.12.117', 'ID_AA64PFR0_EL1.FP', 15, 1, 15],
    ['6.12.117', 'ID_AA64MMFR0_EL1.TGran4', 0, 15, 15],
    ['6.12.117', 'ID_AA64MMFR0_EL1.TGran16', 2, 15, 2], // unsigned
    ['6.12.117', 'ID_AA64MMFR0_EL1.TGran4_2', 2, 3, 1],
    ['6.12.117', 'ID_AA64DFR0_EL1.PMUVer', 4, 6, 0],
    ['6.12.117', 'CTR_EL0.L1Ip', 3, 1, 2], // VIPT is safe for all
    ['6.12.117', 'CTR_EL0.CWG', 4, 0, 0],
    ['6.12.117', 'CTR_EL0.CWG', 4, 5, 5],
    ['5.2.1', 'CTR_EL0.CWG', 4, 0, 4], // before 5.3, zero was not special
    ['6.12.117', 'DCZID_EL0.DZP', 0, 1, 1],
  ])('%s: %s %d and %d become %d', (release, field, one, other, safe) => {
    const system = bootOf(release, [cpu({ [field]: one }), cpu({ [field]: other })]);
    expect(sanitised(system, field)).toBe(safe);
  });

  it('keeps a value that is not the safe one while all CPUs agree on it', () => {
    const system = bootOf('6.12.117', [cpu({ 'CTR_EL0.L1Ip': 3 }), cpu({ 'CTR_EL0.L1Ip': 3 })]);
    expect(sanitised(system, 'CTR_EL0.L1Ip')).toBe(3);
  });

  it('stays safe once it was safe, though a third CPU agrees with the first', () => {
    const cpus = [3, 2, 3].map((policy) => cpu({ 'CTR_EL0.L1Ip': policy }));
    expect(sanitised(bootOf('6.12.117', cpus), 'CTR_EL0.L1Ip')).toBe(2);
  });
});

// arm64_ftr_value(): a signed field is negative from its top bit on. Of the boot CPU the lowest bit is not known.
it.each([
  ['ID_AA64PFR0_EL1.FP', 16n, 6n, 0n, { value: 0n, open: 0n }],
  ['ID_AA64PFR0_EL1.FP', 16n, 6n, 15n, { value: 15n, open: 0n }],
  ['ID_AA64PFR0_EL1.FP', 16n, 14n, 0n, { value: 14n, open: 1n }],
  ['ID_AA64ISAR0_EL1.AES', 4n, 14n, 0n, { value: 0n, open: 0n }],
  ['ID_AA64ISAR0_EL1.AES', 4n, 6n, 8n, { value: 6n, open: 1n }],
] as const)('%s, bits %s up, that is %s or one more and %s elsewhere comes to %o', (path, lsb, lower, other, safe) => {
  const name = path.split('.')[0] as 'ID_AA64PFR0_EL1';
  const { [name]: own = 0n, ...registers } = cpu().registers;
  const word = (field: bigint): bigint => (own & ~(15n << lsb)) | (field << lsb);
  const first = { registers, partly: { [name]: { value: word(lower), open: 1n << lsb } } };
  const { registers: merged, unknown } = boot(
    { cpus: [first, { registers: { ...registers, [name]: word(other) } }] },
    { release: '6.12.117' },
  );
  const fieldOf = (value: bigint | undefined): bigint => ((value ?? 0n) >> lsb) & 15n;
  const open = fieldOf(unknown?.registers?.get(name)?.value);
  expect({ value: fieldOf(merged.get(name)?.value) & ~open, open }).toEqual(safe);
});

describe('a register of the boot CPU with overrides, of which not all is known', () => {
  // Two fields of four bits of which the lower value is safe, and one in which CPUs may differ.
  const field = (lsb: number, rest: Partial<TrackedField> = {}): TrackedField => ({
    ...{ lsb, width: 4, mask: 15n << BigInt(lsb), signed: false, safe: 'lower', safeValue: 0n, visible: true, strict: true },
    ...rest,
  });
  const tracked: TrackedRegister = {
    name: 'ID_AA64ISAR0_EL1',
    fields: [field(4), field(8), field(12, { strict: false })],
    covered: 0xfff0n,
    strictMask: 0x0ff0n,
    userMask: 0x0ff0n,
    userValue: 0n,
  };
  const filled = (word: PartialWord, weakly = false, override?: RegisterOverride) => {
    const state = emptyState(tracked);
    const notes = initialiseRegister(state, word, override, weakly);
    return { state, notes };
  };

  it('shows nothing, and differs in nothing, before anybody fills it', () => {
    const state = emptyState(tracked);
    expect([state.initialised, state.value, state.open, userView(state), openUserBits(state)]).toEqual([false, 0n, 0n, 0n, 0n]);
    expect(mayDifferStrictly(state, { value: 0n, open: 0n }, { value: 0xffffn, open: 0n })).toBe(false);
  });

  it('takes back for certain what every value refuses', () => {
    const override = { value: 0x250n, mask: 0xff0n };
    const { notes } = filled({ value: 0x010n, open: 0x100n }, false, override);
    // 5 is asked of a field that is 1, and 2 of one that is 0 or 1: a kernel refuses both.
    expect(override).toEqual({ value: 0n, mask: 0n });
    expect(notes).toEqual({
      certain: [
        { register: 'ID_AA64ISAR0_EL1', msb: 7, lsb: 4, kind: 'ignored', value: 5n },
        { register: 'ID_AA64ISAR0_EL1', msb: 11, lsb: 8, kind: 'ignored', value: 2n },
      ],
      open: [],
    });
  });

  it('leaves open what some values refuse, of each field', () => {
    const override = { value: 0x110n, mask: 0xff0n };
    const { state, notes } = filled({ value: 0n, open: 0x330n }, false, override);
    expect(override).toEqual({ value: 0x110n, mask: 0n, openMask: 0xff0n });
    expect(notes.certain).toEqual([]);
    expect(notes.open.map(({ kind, lsb }) => `${kind} ${lsb}`)).toEqual(
      [4, 8].flatMap((lsb) => ['ignored', 'already-set', 'forced'].map((kind) => `${kind} ${lsb}`)),
    );
    // 0 stays; 1, 2 and 3 become 1.
    expect([state.value, state.open]).toEqual([0n, 0x110n]);
  });

  it('shows nothing for certain, and asks nothing of other CPUs, where it is not known whether it is filled', () => {
    const { state } = filled({ value: 0x0110n, open: 0n }, true);
    expect([state.initialised, userView(state), openUserBits(state)]).toEqual([false, 0n, 0x0110n]);
    expect(mayDifferStrictly(state, { value: 0x0110n, open: 0n }, { value: 0x0010n, open: 0n })).toBeUndefined();
    expect(mayDifferStrictly(state, { value: 0x1110n, open: 0n }, { value: 0x2110n, open: 0n })).toBe(false);
  });

  it('fields that may be relaxed are those alone that were strict', () => {
    const { state } = filled({ value: 0n, open: 0n });
    relaxWeakly(state, 0xf0f0n);
    const differs = (bit: bigint) => mayDifferStrictly(state, { value: 0n, open: 0n }, { value: bit, open: 0n });
    expect([differs(0x0010n), differs(0x0100n), differs(0x1000n)]).toEqual([undefined, true, false]);
  });

  it('keeps what is known of one field while another is merged', () => {
    const { state } = filled({ value: 0n, open: 0x330n });
    const oneOrTwo = { value: 0n, open: 0x030n, sets: new Map([[fieldKey(4, 4), 0b110]]) };
    updatePartialRegister(state, oneOrTwo, false);
    expect(fieldSetOf(state, 4, 4)).toBe(0b111);
    expect(fieldSetOf(state, 8, 4)).toBe(0b1);
    const two = filled({ value: 0n, open: 0x330n, sets: new Map([[fieldKey(4, 4), 0b110]]) });
    updatePartialRegister(two.state, { value: 0x030n, open: 0xf00n }, false);
    expect([fieldSetOf(two.state, 4, 4), fieldSetOf(two.state, 8, 4)]).toEqual([0b110, 0b1111]);
  });
});

describe('the taint', () => {
  it('comes from a strict field', () => {
    expect(bootOf('6.12.117', [cpu({ 'ID_AA64ISAR0_EL1.AES': 2 }), cpu({ 'ID_AA64ISAR0_EL1.AES': 1 })]).tainted).toBe(true);
  });

  it('does not come from a field in which CPUs may differ', () => {
    expect(bootOf('6.12.117', [cpu({ 'ID_AA64PFR0_EL1.EL0': 2 }), cpu({ 'ID_AA64PFR0_EL1.EL0': 1 })]).tainted).toBe(false);
  });

  it('comes from bits that no field covers, which read as zero all the same', () => {
    const system = bootOf('6.12.117', [cpu(), cpu({}, { ID_AA64ISAR0_EL1: 0xfn })]);
    expect(system.tainted).toBe(true);
    expect(system.registers.get('ID_AA64ISAR0_EL1')?.value).toBe(0n);
  });

  it('does not come from fields that only matter with AArch32 at EL1, from 5.8 on and where EL1 runs AArch64 only', () => {
    const only64 = { 'ID_AA64PFR0_EL1.EL0': 2, 'ID_AA64PFR0_EL1.EL1': 1 } as const;
    const cpus = [cpu({ ...only64, 'ID_PFR1_EL1.Security': 1 }), cpu({ ...only64, 'ID_PFR1_EL1.Security': 0 })];
    const { tainted, unknown } = bootOf('6.1.192', cpus);
    expect([tainted, unknown]).toEqual([false, undefined]);
    expect(bootOf('5.4.18', cpus).tainted).toBe(true);
    // Of one that may run AArch32 at EL1 it is open.
    const open = cpus.map(({ registers: { ID_AA64PFR0_EL1: _, ...registers } }) => ({
      registers,
      partly: { ID_AA64PFR0_EL1: { value: 0x2n, open: 0x30n } },
    }));
    expect(boot({ cpus: open }, { release: '6.1.192' })).toMatchObject({ tainted: false, unknown: { tainted: true } });
  });
});

describe('ID_AA64MMFR4_EL1', () => {
  it.each([
    ['6.12.117', 2], // the boot CPU fills it, secondaries are forgotten
    ['7.2.13', 1],
  ])('in %s is %d on CPUs that have E2H0 2 and 1', (release, value) => {
    const system = bootOf(release, [cpu({ 'ID_AA64MMFR4_EL1.E2H0': 2 }), cpu({ 'ID_AA64MMFR4_EL1.E2H0': 1 })]);
    expect(sanitised(system, 'ID_AA64MMFR4_EL1.E2H0')).toBe(value);
  });
});

describe('registers that the kernel follows only under conditions', () => {
  it.each([
    ['6.1.192', 2, 4n],
    ['6.1.192', 1, 0n], // without allocation tags GMID_EL1 may not be read
  ])('%s: GMID_EL1 with MTE %d is %d', (release, mte, value) => {
    expect(bootOf(release, [cpu({ 'ID_AA64PFR1_EL1.MTE': mte }, { GMID_EL1: 4n })]).registers.get('GMID_EL1')?.value).toBe(value);
  });

  it('7.2 follows GMID_EL1 only with CONFIG_ARM64_MTE and if the command line leaves MTE', () => {
    const cpus = [cpu({ 'ID_AA64PFR1_EL1.MTE': 2 }, { GMID_EL1: 4n })];
    const gmid = (options: Parameters<typeof bootOf>[2]): bigint | undefined =>
      bootOf('7.2.13', cpus, options).registers.get('GMID_EL1')?.value;
    expect(gmid({})).toBe(4n);
    expect(gmid({ cmdline: 'arm64.nomte' })).toBe(0n);
    expect(gmid({ config: { CONFIG_ARM64_MTE: 'n' } })).toBe(0n);
  });

  it('follows the longest vectors of SVE in ZCR_EL1 until 6.6, in quadwords less one', () => {
    const cpus = [16, 64].map((longest) => cpu({ 'ID_AA64PFR0_EL1.SVE': 1 }, {}, { sveVl: longest === 16 ? [16] : [16, 32, 64] }));
    const system = bootOf('5.10.223', [...cpus].reverse());
    expect(system.registers.get('ZCR_EL1' as never)?.value).toBe(0n);
    expect(bootOf('5.10.223', [cpus[1]!]).registers.get('ZCR_EL1' as never)?.value).toBe(3n);
    expect(system.tainted).toBe(false); // recorded: different lengths bring no warning
    expect(bootOf('6.12.117', cpus).registers.has('ZCR_EL1' as never)).toBe(false);
  });

  it.each([
    ['6.14', { 'ID_AA64PFR0_EL1.MPAM': 1 }, 0x1fn],
    ['6.14', {}, 0n],
    ['6.18', { 'ID_AA64PFR0_EL1.MPAM': 1 }, 0x1fn],
    ['6.18', { 'ID_AA64PFR1_EL1.MPAM_frac': 1 }, 0n],
    ['7.2.13', { 'ID_AA64PFR1_EL1.MPAM_frac': 1 }, 0x1fn],
  ])('%s with %j reads MPAMIDR_EL1 as %d', (release, fields, value) => {
    expect(bootOf(release, [cpu(fields, { MPAMIDR_EL1: 0x1fn })]).registers.get('MPAMIDR_EL1')?.value).toBe(value);
  });
});

describe('the AArch32 registers', () => {
  const with32 = (fields = {}) => cpu({ 'ID_AA64PFR0_EL1.EL0': 2, ...fields }, { ID_ISAR5_EL1: 0x0001_1121n, MVFR0_EL1: 0x1011_0222n });
  const without32 = cpu();
  const isar5 = (release: string, cpus: readonly ReturnType<typeof cpu>[], cmdline = ''): bigint | undefined =>
    bootOf(release, cpus, { cmdline }).registers.get('ID_ISAR5_EL1')?.value;

  it('stay zero if the boot CPU runs no AArch32 programs', () => {
    expect(isar5('6.12.117', [without32, with32()])).toBe(0n);
  });

  // boot-notes, section 4: nobody filled them, so that their strict mask is zero.
  it('that nobody filled are no reason to warn of a secondary that has them', () => {
    const { tainted, log, unknown } = bootOf('4.9.115', [cpu(), cpu({ 'ID_AA64PFR0_EL1.EL0': 2 }, { ID_PFR0_EL1: 0x131n })]);
    const named = log.flatMap((line) => (line.code === 'sanity-check' ? [line.register] : []));
    expect([tainted, named, unknown]).toEqual([true, ['ID_AA64PFR0_EL1'], undefined]);
  });

  it('are read of every CPU by 4.4', () => {
    expect(isar5('4.4.155', [cpu({}, { ID_ISAR5_EL1: 0x1_1121n })])).toBe(0x1_1121n);
  });

  it("keep the boot CPU's values if others run no AArch32 programs", () => {
    expect(isar5('6.12.117', [with32(), without32])).toBe(0x0001_1121n);
  });

  it('come from the first CPU that has them with allow_mismatched_32bit_el0, from 5.14 on', () => {
    const cpus = [without32, with32({ 'ID_ISAR5_EL1.AES': 1 }), with32()];
    expect(isar5('6.12.117', cpus, 'allow_mismatched_32bit_el0')).toBe(0x0001_1111n);
    expect(isar5('5.10.223', cpus, 'allow_mismatched_32bit_el0')).toBe(0n);
  });

  it('5.8 to 5.12 merge the zeros of a CPU whose EL0 field is 3, which counts as without AArch32', () => {
    expect(isar5('5.10.223', [with32(), cpu({ 'ID_AA64PFR0_EL1.EL0': 3 }, { ID_ISAR5_EL1: 0x1_1121n })])).toBe(0n);
    expect(isar5('6.12.117', [with32(), cpu({ 'ID_AA64PFR0_EL1.EL0': 3 }, { ID_ISAR5_EL1: 0x1_1121n })])).toBe(0x1_1121n);
  });

  it('so of a CPU whose own AArch32 registers are not known, since it has none to read', () => {
    const { registers: own } = cpu({ 'ID_AA64PFR0_EL1.EL0': 3 });
    const partly = { ID_ISAR5_EL1: { value: 0n, open: 0xffff_ffffn } };
    const { registers, unknown } = bootOf('5.10.223', [
      cpu({ 'ID_AA64PFR0_EL1.EL0': 2 }, { ID_ISAR5_EL1: 0x1_1120n }),
      { registers: own, partly },
    ]);
    expect([registers.get('ID_ISAR5_EL1')?.value, unknown?.registers?.get('ID_ISAR5_EL1')]).toEqual([0n, undefined]);
  });

  it('4.7 and 4.12 leave out CPUs without AArch32', () => {
    for (const release of ['4.7.4', '4.12.0']) expect(isar5(release, [with32(), without32])).toBe(0x0001_1121n);
  });
});

// arm64_ftr_safe_value(): an EXACT field that differs takes its safe value, 6 for ID_AA64DFR0_EL1.DebugVer. Of neither CPU it is known whether it is 0 or 1.
it('a field that is compared exactly may come to its safe value where both CPUs leave open the same values', () => {
  const { ID_AA64DFR0_EL1: own = 0n, ...registers } = cpu().registers;
  const half = { registers, partly: { ID_AA64DFR0_EL1: { value: own & ~15n, open: 1n } } };
  const { unknown } = boot({ cpus: [half, half] }, { release: '6.12.117' });
  expect((unknown?.registers?.get('ID_AA64DFR0_EL1')?.value ?? 0n) & 15n).toBe(7n);
});
