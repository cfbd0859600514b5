import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldBits } from '../../../src/arch/field-bits.ts';
import type { FieldPath } from '../../../src/arch/generated/names.ts';
import { ALL_BITS, insertField, maskOf } from '../../../src/bits/field.ts';
import { fieldKey, fieldSetOf, setMembers } from '../../../src/bits/partial-word.ts';
import { boot } from '../../../src/linux/boot.ts';
import { bootHost, makeVcpu } from '../../../src/linux/kvm/guest-under-kvm.ts';
import { guestUnderKvm, kvmLayers } from '../../../src/linux/kvm/kvm-layers.ts';
import { listedBesides } from '../../../src/linux/kvm/listed.ts';
import { possibleWrite } from '../../../src/linux/kvm/possible-write.ts';
import { guestReads, openReads } from '../../../src/linux/kvm/reads.ts';
import type { Vcpu } from '../../../src/linux/kvm/vcpu.ts';
import { type Cpu, type Machine, registerWord, type SystemRegisterName } from '../../../src/silicon/machine.ts';
import { machine } from '../../support/arbitraries.ts';
import { hiding, knownInPart, knownWhole } from '../../support/partial-knowledge.ts';

const AROUND = { bootEl: 2, timerHz: 24_000_000 } as const;
const VCPUS: readonly Vcpu[] = [
  { features: ['psci_0_2'] },
  { features: ['psci_0_2', 'sve'] },
  { features: ['psci_0_2', 'pmu_v3'] },
  { features: ['psci_0_2', 'ptrauth_address', 'ptrauth_generic'], mte: true },
];

/** The registers of a guest that are said to be otherwise than they are when all is known. */
function falseRegisters(part: Machine, whole: Machine): readonly string[] {
  const names = new Set([part, whole].flatMap(({ cpus }) => [...Object.keys(cpus[0]!.registers), ...Object.keys(cpus[0]!.partly ?? {})]));
  return [...names].filter((name) => {
    const [said, real] = [part, whole].map((one) => registerWord(one, one.cpus[0]!, name as SystemRegisterName) ?? { value: 0n, open: 0n });
    return ((said!.value ^ real!.value) & ~said!.open) !== 0n;
  });
}

/** The machine with AArch64 at EL0 and EL1, without which KVM refuses what its CPUs have. */
function real({ cpus }: Machine): Machine {
  const levels = (value = 0n): bigint => (value & ~0xffn) | 0x11n;
  return {
    cpus: cpus.map(({ registers, ...cpu }) => ({
      ...cpu,
      registers: { ...registers, ID_AA64PFR0_EL1: levels(registers.ID_AA64PFR0_EL1) },
    })),
  };
}

describe('a guest under KVM of a host that is known in part', () => {
  it('is said to have nothing that it has not, nor to lack what it has', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        machine({ maxCpus: 2 }),
        hiding(),
        fc.constantFrom('5.10.223', '6.1.192', '6.12.117', '7.2.13'),
        fc.constantFrom(...VCPUS),
        (all, hide, release, vcpu) => {
          const [part, whole] = [knownInPart(all, hide), knownWhole(all)].map((one) => boot(one, { release }, AROUND));
          if (whole!.panic !== null || part!.panic !== null) return;
          const [guest, real] = [part!, whole!].map((host) => guestUnderKvm(host, vcpu).machine);
          if (guest === undefined || real === undefined) return;
          compared++;
          expect(falseRegisters(guest, real)).toEqual([]);
          const [told, true_] = [guest, real].map((one) => boot(one, { release }, { bootEl: 1 }));
          if (told!.panic !== null || true_!.panic !== null) return;
          const may = new Set([...told!.hwcaps.names, ...(told!.unknown?.hwcaps ?? [])]);
          expect(told!.hwcaps.names.filter((name) => !true_!.hwcaps.names.includes(name))).toEqual([]);
          expect(true_!.hwcaps.names.filter((name) => !may.has(name))).toEqual([]);
          expect(real.cpus.every(({ partly }) => partly === undefined)).toBe(true);
          expect(real.unlisted).toBeUndefined();
        },
      ),
      { numRuns: 120, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(10);
  });

  it('reads nothing that is open where all of the host is known', () => {
    fc.assert(
      fc.property(
        machine({ maxCpus: 2 }),
        fc.constantFrom('6.12.117', '7.2.13'),
        fc.constantFrom(...VCPUS),
        fc.boolean(),
        (all, release, vcpu, more) => {
          const guest = makeVcpu(bootHost(knownWhole(all), { release }, AROUND), { ...vcpu, protected: more });
          // How many counters a core has is in no register that is listed.
          expect([...openReads(guest).keys()].filter((name) => name !== 'PMCR_EL0')).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is said to take a write, or not to, only where that is so', () => {
    let [told, open] = [0, 0];
    const path = fc.constantFrom<FieldPath>(
      'ID_AA64PFR0_EL1.SVE',
      'ID_AA64PFR0_EL1.CSV2',
      'ID_AA64ISAR1_EL1.DPB',
      'ID_AA64MMFR0_EL1.TGran4',
    );
    const releases = fc.constantFrom('6.1.192', '6.12.117', '7.2.13');
    fc.assert(
      fc.property(machine({ maxCpus: 1 }), hiding(), releases, path, fc.bigInt(0n, 3n), (all, hide, release, field, value) => {
        const [said, is] = [knownInPart(real(all), hide), knownWhole(real(all))].map((one) => {
          const guest = makeVcpu(bootHost(one, { release }, AROUND), { features: ['psci_0_2'] });
          const { register, ...range } = fieldBits(field);
          const asked = insertField(guest.registers.get(register)!, range, value);
          return { outcome: possibleWrite(guest, register, asked, maskOf(range)), left: (guest.open.get(register) ?? 0n) & ~maskOf(range) };
        });
        if (said!.outcome === undefined) open++;
        else told++;
        const certain = ({ outcome }: typeof said & object) =>
          outcome === undefined || 'errno' in outcome ? outcome : { stored: outcome.stored & ~said!.left };
        if (said!.outcome !== undefined) expect(certain(said!)).toEqual(certain(is!));
      }),
      { numRuns: 150 },
    );
    expect(Math.min(told, open)).toBeGreaterThan(5);
  });

  it('has open what hangs on it, and what KVM sets is known', () => {
    const registers = { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n };
    const host = boot({ cpus: [{ registers }], unlisted: 'unknown' }, { release: '7.2' }, AROUND);
    const { machine: guest } = guestUnderKvm(host);
    const word = (name: SystemRegisterName) => registerWord(guest!, guest!.cpus[0]!, name)!;
    // ID_AA64ISAR0_EL1.AES is the host's; ID_AA64PFR0_EL1.SVE is taken from a vCPU that was made without.
    expect((word('ID_AA64ISAR0_EL1').open >> 4n) & 0xfn).toBe(0xfn);
    expect((word('ID_AA64PFR0_EL1').open >> 32n) & 0xfn).toBe(0n);
    expect(boot(guest!, { release: '6.12' }, { bootEl: 1 }).unknown?.hwcaps).toContain('aes');
  });

  it('keeps what fields may be where KVM leaves them, and nothing of those that KVM sets', () => {
    // Of the host DPB, APA and FRINTTS are known to be one of two values; a vCPU without ptrauth has no APA.
    const sets = new Map([
      [fieldKey(0, 4), 0b110],
      [fieldKey(4, 4), 0b11],
      [fieldKey(32, 4), 0b110],
    ]);
    const registers = { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n };
    const partly = { ID_AA64ISAR1_EL1: { value: 0n, open: 0xf_0000_00ffn, sets } };
    const host = boot({ cpus: [{ registers, partly }] }, { release: '7.2' }, AROUND);
    const { machine: guest } = guestUnderKvm(host);
    const word = registerWord(guest!, guest!.cpus[0]!, 'ID_AA64ISAR1_EL1')!;
    expect(word.open).toBe(0xf_0000_000fn);
    expect(word.sets).toEqual(new Map([...sets].filter(([key]) => key !== fieldKey(4, 4))));
  });

  it('keeps what the lowest field of a register may be, of which KVM takes nothing', () => {
    // Of PARange two sizes are possible.
    const sets = new Map([[fieldKey(0, 4), 0b100100]]);
    const registers = { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n };
    const partly = { ID_AA64MMFR0_EL1: { value: 0x20n, open: 7n, sets } };
    const { machine: guest } = guestUnderKvm(boot({ cpus: [{ registers, partly }] }, { release: '7.2' }, AROUND));
    expect(registerWord(guest!, guest!.cpus[0]!, 'ID_AA64MMFR0_EL1')?.sets).toEqual(sets);
  });

  it('keeps what fields may be beside those of other registers that the first run of a vCPU settles', () => {
    // Where ID_AA64PFR0_EL1 has GIC and RAS, and ID_PFR1_EL1 GIC, ID_AA64ISAR0_EL1 has RDM.
    const sets = new Map([[fieldKey(28, 4), 0b110]]);
    const registers = { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n };
    const partly = { ID_AA64ISAR0_EL1: { value: 0n, open: 0xfn << 28n, sets } };
    const { machine: guest } = guestUnderKvm(boot({ cpus: [{ registers, partly }] }, { release: '7.2' }, AROUND));
    expect(registerWord(guest!, guest!.cpus[0]!, 'ID_AA64ISAR0_EL1')?.sets).toEqual(sets);
  });

  it('may lack an interface of the interrupt controller that the host has, where nobody says which it is made with', () => {
    const sets = new Map([[fieldKey(28, 4), 0b1010]]);
    const registers = { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n };
    const partly = {
      ID_AA64PFR0_EL1: { value: 0x1101_0000_1011_0112n, open: 0xfn << 24n },
      ID_PFR1_EL1: { value: 0n, open: 0xfn << 28n, sets },
    };
    const { machine: guest } = guestUnderKvm(boot({ cpus: [{ registers, partly }] }, { release: '7.2' }, AROUND));
    expect(setMembers(fieldSetOf(registerWord(guest!, guest!.cpus[0]!, 'ID_PFR1_EL1')!, 28, 4))).toContain(0);
  });

  it('that may have guests itself has pages for them of which the host does not tell so much', () => {
    // Linux nested.c: what TGran16_2 says there hangs on other fields of the host, too.
    const sets = new Map([[fieldKey(32, 4), 0b110]]);
    const registers = {
      MIDR_EL1: 0x411fd402n,
      CTR_EL0: 0xb444c004n,
      ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n,
      ID_AA64MMFR1_EL1: 0x100n,
      ID_AA64MMFR2_EL1: 2n << 24n,
    };
    const partly = { ID_AA64MMFR0_EL1: { value: 0x10_0000n, open: 0xfffn << 32n, sets } };
    const { system } = bootHost({ cpus: [{ registers, partly }] }, { release: '7.2', cmdline: 'kvm-arm.mode=nested' }, AROUND);
    const { machine: guest } = guestUnderKvm(system, { features: ['psci_0_2', 'has_el2'] });
    expect(registerWord(guest!, guest!.cpus[0]!, 'ID_AA64MMFR0_EL1')?.sets).toBeUndefined();
  });

  it('may have a value that the host cannot, where KVM lowers a field of which two values are possible', () => {
    // PMUv3 for Armv8.1 or for Armv8.9; KVM gives no guest more than that for Armv8.5, which is 6.
    const partly = { ID_AA64DFR0_EL1: { value: 0n, open: 0xf00n, sets: new Map([[fieldKey(8, 4), (1 << 4) | (1 << 9)]]) } };
    const registers = { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n };
    const host = boot({ cpus: [{ registers, partly }] }, { release: '7.2' }, AROUND);
    const { machine: guest } = guestUnderKvm(host, { features: ['psci_0_2', 'pmu_v3'] });
    const word = registerWord(guest!, guest!.cpus[0]!, 'ID_AA64DFR0_EL1')!;
    expect(setMembers(fieldSetOf(word, 8, 4))).toEqual(expect.arrayContaining([4, 6]));
  });

  it.each([
    ['there', { registers: { ID_AA64ISAR0_EL1: 1n << 60n } }, 'random', undefined],
    ['not there', { registers: { ID_AA64ISAR0_EL1: 0n } }, 'undef', undefined],
    ['open', { partly: { ID_AA64ISAR0_EL1: { value: 0n, open: 0xfn << 60n } } }, 'undef', ALL_BITS],
  ])('reads RNDR as it is on the host: %s', (_, { registers, partly = {} }: Partial<Cpu>, read, open) => {
    const plain = { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n };
    const host = bootHost({ cpus: [{ registers: { ...plain, ...registers }, partly }] }, { release: '7.2' }, AROUND);
    const guest = makeVcpu(host, { features: ['psci_0_2'] });
    expect([guestReads(guest).get('S3_3_C2_C4_0'), openReads(guest).get('S3_3_C2_C4_0')]).toEqual([read, open]);
  });

  it.each([
    ['runs AArch32 programs', 2n, 0n, 1n, 0n],
    ['runs none', 1n, 0n, 0n, 0n],
    ['may run some', 0n, 3n, 0n, 0xfn],
  ])('with a GICv3 has its AArch32 interface where the host %s', (_, el0, open, gic, openGic) => {
    const pfr0 = { value: 0x1101_0000_1111_0110n | el0, open };
    const plain = { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n };
    const one: Cpu =
      open === 0n ? { registers: { ...plain, ID_AA64PFR0_EL1: pfr0.value } } : { registers: plain, partly: { ID_AA64PFR0_EL1: pfr0 } };
    const guest = makeVcpu(bootHost({ cpus: [one] }, { release: '7.2' }, AROUND), { features: ['psci_0_2'], gic: 'v3' });
    const [read, unread] = [guestReads(guest).get('ID_PFR1_EL1') as bigint, openReads(guest).get('ID_PFR1_EL1') ?? 0n];
    expect([read >> 28n, (unread >> 28n) & 0xfn]).toEqual([gic, openGic]);
  });

  it('has open what of its host a protected one is shown, and knows what it is not', () => {
    const registers = { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n };
    const host = bootHost({ cpus: [{ registers }], unlisted: 'unknown' }, { release: '7.2' }, AROUND);
    const open = openReads(makeVcpu(host, { features: ['psci_0_2'], protected: true }));
    // ID_AA64ISAR0_EL1.AES and ID_AA64PFR1_EL1.BT are the host's; of the PMU a protected guest sees nothing.
    const field = (name: string, lsb: bigint) => ((open.get(name) ?? 0n) >> lsb) & 0xfn;
    expect([field('ID_AA64ISAR0_EL1', 4n), field('ID_AA64PFR1_EL1', 0n), field('ID_AA64DFR0_EL1', 8n)]).toEqual([0xfn, 0xfn, 0n]);
    // Nor of AArch32 and SVE.
    expect(['ID_ISAR5_EL1', 'ID_AA64ZFR0_EL1', 'ID_AA64SMFR0_EL1'].map((name) => open.has(name))).toEqual([false, false, false]);
  });

  const PLAIN = { MIDR_EL1: 0x411f_d402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n };

  // kvm-notes, section 2: CLIDR_EL1 is made up from CTR_EL0.IDC and DIC, bits 28 and 29.
  it.each([
    [0, 0n],
    [16, 0n],
    [27, 0n],
    [28, ALL_BITS],
    [29, ALL_BITS],
    [30, 0n],
  ])('has open levels of caches where bit %d of CTR_EL0 decides on them', (bit, open) => {
    const { CTR_EL0, ...others } = PLAIN;
    const registers = { ...others, CLIDR_EL1: 0x0a20_0023n };
    const mask = 1n << BigInt(bit);
    const host = bootHost(
      { cpus: [{ registers, partly: { CTR_EL0: { value: CTR_EL0 & ~mask, open: mask } } }] },
      { release: '7.2' },
      AROUND,
    );
    expect(makeVcpu(host, {}).open.get('CLIDR_EL1') ?? 0n).toBe(open);
  });

  // Linux nested.c: of TGran16_2, TGran64_2 and TGran4_2, bits 43 to 32, a hypervisor in a guest sees what the host has, by bits 31 to 20 where they say no more.
  it.each([
    [0, false],
    [16, false],
    [20, true],
    [31, true],
    [32, true],
    [43, true],
    [44, false],
  ])('has open pages of its own guests where bit %d of ID_AA64MMFR0_EL1 decides on them: %s', (bit, isOpen) => {
    const mask = 1n << BigInt(bit);
    const registers = { ...PLAIN, ID_AA64MMFR1_EL1: 0x100n, ID_AA64MMFR2_EL1: 2n << 24n };
    const partly = { ID_AA64MMFR0_EL1: { value: 0x10_0000n & ~mask, open: mask } };
    const host = bootHost({ cpus: [{ registers, partly }] }, { release: '7.2', cmdline: 'kvm-arm.mode=nested' }, AROUND);
    const open = makeVcpu(host, { features: ['psci_0_2', 'has_el2'] }).open.get('ID_AA64MMFR0_EL1') ?? 0n;
    expect((open >> 32n) & 0xfffn).toBe(isOpen ? 0xfffn : 0n);
  });

  it.each([
    ['asks for version 3', 'v3', 1n, 0n],
    ['asks for none', null, 0n, 0n],
    ['does not say which', undefined, 0n, 0xfn],
  ] as const)('of a host whose interrupt controller is not known has one that is known, unless it %s', (_, gic, value, open) => {
    const { ID_AA64PFR0_EL1, ...registers } = PLAIN;
    const partly = { ID_AA64PFR0_EL1: { value: ID_AA64PFR0_EL1 & ~(0xfn << 24n), open: 0xfn << 24n } };
    const guest = makeVcpu(bootHost({ cpus: [{ registers, partly }] }, { release: '7.2' }, AROUND), gic === undefined ? {} : { gic });
    // The host runs AArch32 programs, so that ID_PFR1_EL1.GIC is the same.
    for (const [name, lsb] of [
      ['ID_AA64PFR0_EL1', 24n],
      ['ID_PFR1_EL1', 28n],
    ] as const) {
      const [read, unread] = [guestReads(guest).get(name) as bigint, openReads(guest).get(name) ?? 0n];
      expect([(read >> lsb) & 0xfn, (unread >> lsb) & 0xfn]).toEqual([value, open]);
    }
  });

  it('keeps what fields may be of a register of which KVM leaves some fields alone', () => {
    // kvm-notes, section 2: of ID_AA64MMFR3_EL1, from 6.12 on, only TCRX, S1PIE, S1POE and later SCTLRX; bits 3:0, 11:8, 19:16, 7:4.
    const [tcrx, s2pie, s1pie] = [fieldKey(0, 4), fieldKey(12, 4), fieldKey(8, 4)];
    const sets = new Map([tcrx, s2pie, s1pie].map((key) => [key, 0b101]));
    const partly = { ID_AA64MMFR3_EL1: { value: 0n, open: 0x2202n, sets } };
    const { machine: guest } = guestUnderKvm(boot({ cpus: [{ registers: PLAIN, partly }] }, { release: '7.2' }, AROUND));
    expect(registerWord(guest!, guest!.cpus[0]!, 'ID_AA64MMFR3_EL1')).toEqual({
      value: 0n,
      open: 0x202n,
      sets: new Map([tcrx, s1pie].map((key) => [key, 0b101])),
    });
  });

  it('has no more of what its interrupt controller may be than KVM leaves', () => {
    const { ID_AA64PFR0_EL1, ...registers } = PLAIN;
    const sets = new Map([fieldKey(20, 4), fieldKey(24, 4)].map((key) => [key, 0b1001]));
    const partly = { ID_AA64PFR0_EL1: { value: ID_AA64PFR0_EL1 & ~0x330_0000n, open: 0x330_0000n, sets } };
    const { machine: guest } = guestUnderKvm(boot({ cpus: [{ registers, partly }] }, { release: '7.2' }, AROUND), { gic: 'v3' });
    const word = registerWord(guest!, guest!.cpus[0]!, 'ID_AA64PFR0_EL1')!;
    expect([word.sets, (word.value >> 24n) & 0xfn]).toEqual([new Map([[fieldKey(20, 4), 0b1001]]), 1n]);
  });

  it.each([
    [7, []],
    [8, ['PMCR_EL0']],
    [11, ['PMCR_EL0']],
    [12, []],
    [0, []],
  ])('has counters of events that hang on whether bit %d of ID_AA64DFR0_EL1 is known: %j', (bit, names) => {
    const mask = 1n << BigInt(bit);
    const partly = { ID_AA64DFR0_EL1: { value: 0x606n & ~mask, open: mask } };
    const guest = makeVcpu(bootHost({ cpus: [{ registers: PLAIN, partly }] }, { release: '7.2' }, AROUND), { features: ['pmu_v3'] });
    expect([...guest.open.keys()].filter((name) => name.startsWith('PM'))).toEqual(names);
  });

  // sys_regs.c, tcr2_visibility() and s1pie_visibility(): bits 3:0 and 11:8 of the guest's ID_AA64MMFR3_EL1.
  it.each([
    ['has both', 0x101n, 0n, [true, true]],
    ['has neither', 0n, 0n, [false, false]],
    ['has one, and of the other it is not known', 0x100n, 1n, [undefined, true]],
  ])('lists TCR2_EL1 and PIR_EL1 where its host %s', (_, value, open, listed) => {
    const whole = { ...PLAIN, ...(open === 0n ? { ID_AA64MMFR3_EL1: value } : {}) };
    const partly = open === 0n ? { AIDR_EL1: { value: 0n, open: 1n } } : { ID_AA64MMFR3_EL1: { value, open } };
    const guest = makeVcpu(bootHost({ cpus: [{ registers: whole, partly }] }, { release: '7.2' }, AROUND), {});
    const names = listedBesides(guest);
    expect(['TCR2_EL1', 'PIR_EL1'].map((name) => names.get(name))).toEqual(listed);
  });

  it('has what KVM keeps of CTR_EL0, the lower half, and knows that the upper one is zero', () => {
    const host = boot({ cpus: [{ registers: { MIDR_EL1: 0x411f_d402n } }], unlisted: 'unknown' }, { release: '7.2' }, AROUND);
    const { machine: guest } = guestUnderKvm(host);
    const { value, open } = registerWord(guest!, guest!.cpus[0]!, 'CTR_EL0')!;
    expect([value, open >> 32n, open === 0n]).toEqual([0n, 0n, false]);
  });

  it('is told in layers what is open of the host, and what a limit makes known of it', () => {
    const host = bootHost({ cpus: [{ registers: { MIDR_EL1: 0x411f_d402n } }], unlisted: 'unknown' }, { release: '7.2' }, AROUND);
    const layers = kvmLayers(makeVcpu(host, {}));
    const sve = (name: string): bigint | undefined => {
      const change = layers.find((layer) => layer.name.endsWith(name))?.changes.find(({ register }) => register === 'ID_AA64PFR0_EL1');
      return change && ((change.open ?? 0n) >> 32n) & 0xfn;
    };
    expect([sve(' of the host'), sve(', sve')]).toEqual([0xfn, 0n]);
  });

  // Arm ARM, ID_AA64MMFR2_EL1.IDS: with which class an undefined read of the ID space is reported.
  it.each([
    [{ ID_AA64MMFR2_EL1: 1n << 36n }, 'undef-ec18', undefined],
    [{ ID_AA64MMFR2_EL1: 0n }, 'undef', undefined],
    [{}, 'undef', ALL_BITS],
  ])('has a read that is undefined by a class that is open where IDS is not known: %o', (more, read, open) => {
    const host = bootHost({ cpus: [{ registers: { ...PLAIN, ...more } }], unlisted: 'unknown' }, { release: '7.2' }, AROUND);
    const guest = makeVcpu(host, {});
    const name = 'S3_0_C0_C0_1';
    expect([guestReads(guest).get(name), openReads(guest).get(name)]).toEqual([read, open]);
  });

  // The class is the hardware's without FEAT_CCIDX, and KVM's with it.
  it('has an undefined CCSIDR2_EL1 whose class is open where CCIDX and IDS are not known', () => {
    const host = bootHost({ cpus: [{ registers: PLAIN }], unlisted: 'unknown' }, { release: '6.12.107' }, AROUND);
    expect(openReads(makeVcpu(host, {})).get('CCSIDR2_EL1')).toBe(ALL_BITS);
  });

  it('has counters of events that hang on the core, and on whether there are any', () => {
    const registers = { ID_AA64PFR0_EL1: 0x1101_0000_1111_0112n, CTR_EL0: 0xb444c004n, PMMIR_EL1: 0n };
    const open = (more: Machine['cpus'][0]['registers']): readonly string[] => {
      const host = bootHost({ cpus: [{ registers: { ...registers, ...more } }], unlisted: 'unknown' }, { release: '7.2' }, AROUND);
      return [...makeVcpu(host, { features: ['psci_0_2', 'pmu_v3'] }).open.keys()].filter((name) => name.startsWith('PM'));
    };
    expect(open({ MIDR_EL1: 0x411f_d402n, ID_AA64DFR0_EL1: 0x606n })).toEqual([]);
    expect(open({ MIDR_EL1: 0x411f_d402n })).toEqual(['PMCR_EL0']);
    expect(open({ ID_AA64DFR0_EL1: 0x606n })).toEqual(['PMCR_EL0']);
  });

  it('has the interrupt controller that is asked for, and of another it is not known', () => {
    const host = bootHost({ cpus: [{ registers: { MIDR_EL1: 0x410f_d034n } }], unlisted: 'unknown' }, { release: '7.2' }, AROUND);
    expect(host.givesGicv3({ gic: 'v3' })).toBe(true);
    expect(host.givesGicv3({ gic: 'v2' })).toBe(false);
    expect(host.givesGicv3({})).toBeUndefined();
  });
});
