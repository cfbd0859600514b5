import { describe, expect, it } from 'vitest';
import { given } from '../../../src/given.ts';
import { boot, guestUnderKvm, setOneReg } from '../../../src/index.ts';
import { bootHost, type KvmGuest, makeVcpu } from '../../../src/linux/kvm/guest-under-kvm.ts';
import type { KvmHost } from '../../../src/linux/kvm/kvm-host.ts';
import { kvmLayers } from '../../../src/linux/kvm/kvm-layers.ts';
import { isListed } from '../../../src/linux/kvm/listed.ts';
import { cacheLevels, stage2Granules } from '../../../src/linux/kvm/made-up.ts';
import { guestReads, openReads } from '../../../src/linux/kvm/reads.ts';
import { hasTrait, mergeVcpus, vcpuWithLayers } from '../../../src/linux/kvm/vcpu.ts';
import type { RegisterFile, SystemRegisterName } from '../../../src/silicon/machine.ts';

/** A core with SVE and a GICv3. */
const HOST = boot(
  { cpus: [{ registers: { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101000121110112n, ID_AA64ISAR0_EL1: 0x20n } }] },
  { release: '7.2' },
  { bootEl: 2 },
);

it('gives a guest what the vCPU is made with, and less without', () => {
  const sve = (features: readonly ('psci_0_2' | 'sve')[]): bigint =>
    ((guestUnderKvm(HOST, { features }).machine?.cpus[0]?.registers.ID_AA64PFR0_EL1 ?? 0n) >> 32n) & 0xfn;
  expect([sve(['psci_0_2']), sve(['psci_0_2', 'sve'])]).toEqual([0n, 1n]);
});

it('says at which step a vCPU is refused', () => {
  expect(guestUnderKvm(HOST, { features: ['psci_0_2', 'has_el2'] })).toMatchObject({ refusal: { row: 'el2', step: 'init', errno: 22 } });
});

// vgic-v3.c: a GICv3 may give guests a GICv2, which no register tells.
it.each([
  ['v3', undefined, 'gicv2'],
  ['v3', true, undefined],
  ['v2', undefined, undefined],
] as const)('gives a guest a GICv2 where the host has one, or a GICv3 that can be one: %s, %s', (gic, gicv2Guests, refused) => {
  expect(guestUnderKvm(HOST, { features: ['psci_0_2'], gic: 'v2' }, given({ gic, gicv2Guests })).refusal?.row).toBe(refused);
});

it('makes up no caches of a host that does not list CTR_EL0', () => {
  const { MIDR_EL1, ID_AA64PFR0_EL1 } = HOST.cpus[0]!.registers as Readonly<Record<string, bigint>>;
  const host = boot(
    { cpus: [{ registers: { MIDR_EL1, ID_AA64PFR0_EL1 } }] } as Parameters<typeof boot>[0],
    { release: '7.2' },
    { bootEl: 2 },
  );
  const { CTR_EL0, CLIDR_EL1 } = guestUnderKvm(host).machine?.cpus[0]?.registers ?? {};
  expect([CTR_EL0, CLIDR_EL1]).toEqual([undefined, undefined]);
  expect(guestUnderKvm(HOST).machine?.cpus[0]?.registers.CTR_EL0).toBeDefined();
});

it('takes a lower value of a field, and refuses a higher one', () => {
  const { guest } = guestUnderKvm(HOST);
  expect(setOneReg(guest!, 'ID_AA64ISAR0_EL1', 0x10n)).toEqual({ stored: 0x10n });
  expect(setOneReg(guest!, 'ID_AA64ISAR0_EL1', 0x30n)).toMatchObject({ errno: 22 });
  expect(setOneReg(guest!, 'NO_SUCH_EL1', 0n)).toMatchObject({ errno: 2 });
});

// Arm ARM, ID_AA64MMFR0_EL1.TGran4_2 and its like: 0 = as at stage 1. Linux nested.c, has_tgran_2().
it.each([
  ['nothing is told of stage 2, and stage 1 has all three', 0x0010_0000n, 12, [2n, 2n, 2n]],
  ['nothing is told of stage 2, and stage 1 has 64 KB alone', 0xf000_0000n, 12, [0n, 0n, 2n]],
  ['stage 2 has 4 KB alone, whatever stage 1 has', 0x211_0010_0000n, 12, [2n, 0n, 0n]],
  ['the host has pages of 64 KB', 0x222_0010_0000n, 16, [1n, 1n, 2n]],
])('a hypervisor in a guest may use pages at stage 2 as the host may: %s', (_, mmfr0, pageShift, expected) => {
  const value = stage2Granules(0n, { sanitised: () => mmfr0, pageShift } as unknown as KvmHost);
  expect([40n, 32n, 36n].map((shift) => (value >> shift) & 15n)).toEqual(expected);
});

// Arm ARM: CTR_EL0.IDC is bit 28; a CLIDR_EL1 without LoC promises it.
it.each([
  [0xa444c004n, { errno: 22 }],
  [0x9444c004n, { stored: 0n }],
])('takes a CLIDR_EL1 that promises CTR_EL0.IDC only where the host has it: CTR_EL0 %#', (CTR_EL0, outcome) => {
  const host = boot(
    { cpus: [{ registers: { ...HOST.cpus[0]!.registers, CTR_EL0, CLIDR_EL1: 0x0a20_0023n } }] },
    { release: '7.2' },
    { bootEl: 2 },
  );
  expect(setOneReg(guestUnderKvm(host).guest!, 'CLIDR_EL1', 0n)).toMatchObject(outcome);
});

// From 6.12 to before 7.1 the first run takes the GIC's field from a guest without GICv3, and leaves it to one that has it.
it.each([
  ['7.0', 'v3', 1n],
  ['7.0', null, 0n],
  ['7.2', 'v3', 1n],
  ['7.2', null, 0n],
] as const)('Linux %s shows a guest the GIC that it has: %s', (release, gic, field) => {
  const { registers } = HOST.cpus[0]!;
  const host = boot({ cpus: [{ registers }] }, { release }, { bootEl: 2 });
  const pfr0 = guestUnderKvm(host, { features: ['psci_0_2'], gic }).machine?.cpus[0]?.registers.ID_AA64PFR0_EL1 ?? 0n;
  expect((pfr0 >> 24n) & 15n).toBe(field);
});

// Arm ARM, CLIDR_EL1: Ctype1 3 is separate instruction and data caches, 1 instructions alone, 4 one for both; LoUIS, LoC and LoUU stand at 21, 24 and 27.
it.each([
  ['neither IDC nor DIC', 0n, 3n | (1n << 21n) | (1n << 24n) | (1n << 27n)],
  ['IDC alone', 1n << 28n, 1n | (4n << 3n) | (2n << 24n)],
  ['both', (1n << 28n) | (1n << 29n), 4n | (1n << 24n)],
])('makes up as few levels of caches as CTR_EL0 allows: %s', (_, ctr, expected) => {
  expect(cacheLevels(ctr, false)).toBe(expected);
});

it('tells of each field that KVM limits what it was and what became of it', () => {
  const { guest } = guestUnderKvm(HOST);
  const sve = guest!.notes.filter(({ row, register }) => row === 'sve' && register === 'ID_AA64PFR0_EL1');
  expect(sve.map(({ before, after }) => [(before >> 32n) & 15n, (after >> 32n) & 15n])).toEqual([[1n, 0n]]);
});

it('tells of no bit that is not known where all are', () => {
  for (const note of guestUnderKvm(HOST).guest!.notes) expect(note).not.toHaveProperty('openBefore');
});

it('tells a guest that Meltdown does not concern it only where that is so of all CPUs', () => {
  const csv3 = (...pfr0: readonly bigint[]): bigint | undefined => {
    const cpus = pfr0.map((ID_AA64PFR0_EL1) => ({ registers: { ...HOST.cpus[0]!.registers, ID_AA64PFR0_EL1 } }));
    const host = boot({ cpus } as Parameters<typeof boot>[0], { release: '6.1' }, { bootEl: 2 });
    return (guestUnderKvm(host).guest?.registers.get('ID_AA64PFR0_EL1') ?? 0n) >> 60n;
  };
  const [safe, open] = [0x1101000021110112n, 0x0101000021110112n];
  expect([csv3(safe, safe), csv3(safe, open), csv3(open, safe)]).toEqual([1n, 0n, 0n]);
});

// sys_regs.c: PMMIR_EL1 is one of KVM's registers from 7.3 on, of a vCPU with a PMU.
it.each([
  ['7.2', ['pmu_v3'], ['PMCR_EL0']],
  ['7.3', ['pmu_v3'], ['PMCR_EL0', 'PMMIR_EL1']],
  ['7.3', [], []],
] as const)('Linux %s keeps for a vCPU with %j: %j', (release, features, names) => {
  const registers = { ...HOST.cpus[0]!.registers, ID_AA64DFR0_EL1: 0x10305409n };
  const { guest } = guestUnderKvm(boot({ cpus: [{ registers }] }, { release }, { bootEl: 2 }), { features: ['psci_0_2', ...features] });
  expect([...guest!.registers.keys()].filter((name) => name.startsWith('PM'))).toEqual(names);
});

// pmu-emul.c and set_pmcr(): as many counters as the host has may be asked for again after fewer.
it('gives a guest as many event counters as the host has, and no more', () => {
  const registers = { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101000121110112n, ID_AA64DFR0_EL1: 0x10305409n };
  const { guest } = guestUnderKvm(boot({ cpus: [{ registers }] }, { release: '7.2' }, { bootEl: 2 }), { features: ['psci_0_2', 'pmu_v3'] });
  const counters = (value: bigint): bigint => (value >> 11n) & 0x1fn;
  const most = guest!.limits.get('PMCR_EL0')! & (0x1fn << 11n);
  const fewer = { ...guest!, registers: new Map([...guest!.registers, ['PMCR_EL0', 1n << 11n]]) } as typeof guest;
  const asked = (value: bigint): bigint => {
    const outcome = setOneReg(fewer!, 'PMCR_EL0', value);
    return 'stored' in outcome ? counters(outcome.stored) : -1n;
  };
  expect(counters(most)).toBeGreaterThan(2n);
  expect(asked(most)).toBe(counters(most));
  expect(asked(2n << 11n)).toBe(2n);
  expect(asked(most + (1n << 11n))).toBe(1n);
});

// sys_regs.c, reset_mpidr(): Aff0 has four bits of the number, Aff1 and Aff2 eight each.
it.each([
  [undefined, 0x8000_0000n],
  [15, 0x8000_000fn],
  [16, 0x8000_0100n],
  [0xfff, 0x8000_ff0fn],
  [0x1000, 0x8001_0000n],
  [0xf_f234, 0x80ff_2304n],
])('the vCPU of number %s has the MPIDR_EL1 %s', (index, mpidr) => {
  expect(guestUnderKvm(HOST, given({ features: ['psci_0_2'] as const, index })).guest?.registers.get('MPIDR_EL1')).toBe(mpidr);
});

// Arm ARM, CLIDR_EL1: Ttype1 is bits 34:33, Ttype2 bits 36:35; 2 is tags and data in one cache.
it.each([
  ['the first', 0n, 2n << 33n],
  ['the second', 1n << 28n, 2n << 35n],
  ['the first', (1n << 28n) | (1n << 29n), 2n << 33n],
])('makes up caches of which %s keeps tags: CTR_EL0 %s', (_, ctr, ttype) => {
  expect(cacheLevels(ctr, true)).toBe(cacheLevels(ctr, false) | ttype);
});

it.each([
  ['pauth', ['ptrauth_address', 'ptrauth_generic'], true],
  ['pauth', ['ptrauth_address'], false],
  ['pauth', ['ptrauth_generic'], false],
  ['pauth-half', ['ptrauth_address', 'ptrauth_generic'], false],
  ['pauth-half', ['ptrauth_address'], true],
  ['pauth-half', [], false],
] as const)('has pointer authentication by both features, or half of it by one: %s, %j', (trait, features, has) => {
  expect(hasTrait({ features }, trait)).toBe(has);
});

// kvm-notes, section 4: before 6.6 only the present value is taken, but for CSV2 and CSV3, and from 6.2 on a lower PMUVer.
it.each([
  ['6.1.192', 'ID_AA64PFR0_EL1', 56n, 0n, true],
  ['6.1.192', 'ID_AA64PFR0_EL1', 56n, 1n, true],
  ['6.1.192', 'ID_AA64PFR0_EL1', 56n, 2n, false],
  ['6.1.192', 'ID_AA64PFR0_EL1', 0n, 0n, false],
  ['6.1.192', 'ID_AA64DFR0_EL1', 8n, 1n, false],
  ['6.4', 'ID_AA64DFR0_EL1', 8n, 1n, true],
  ['6.4', 'ID_AA64DFR0_EL1', 8n, 4n, true],
  ['6.4', 'ID_AA64DFR0_EL1', 8n, 5n, false],
  ['6.4', 'ID_AA64DFR0_EL1', 12n, 4n, false],
] as const)('Linux %s, writes to %s bits %s up: %s is taken: %s', (release, name, shift, field, isTaken) => {
  const registers = { ...HOST.cpus[0]!.registers, ID_AA64DFR0_EL1: 0x10305406n, ID_AA64PFR0_EL1: 0x1101000021110112n };
  const { guest } = guestUnderKvm(boot({ cpus: [{ registers }] }, { release }, { bootEl: 2 }), { features: ['psci_0_2', 'pmu_v3'] });
  const present = guest!.registers.get(name)!;
  expect('stored' in setOneReg(guest!, name, (present & ~(15n << shift)) | (field << shift))).toBe(isTaken);
});

it('says which bits of a field would promise more than the host has', () => {
  expect(setOneReg(guestUnderKvm(HOST).guest!, 'ID_AA64ISAR0_EL1', 0x30n)).toMatchObject({ because: expect.stringContaining('bits 7:4 ') });
});

// kvm-notes, section 4: from 6.2 on ID_DFR0.PerfMon may go down from the limit; what counts is the limit, not what was written last.
it('takes a lower PerfMon before Linux 6.6, and the limit again after it', () => {
  const registers = {
    ...HOST.cpus[0]!.registers,
    ID_AA64PFR0_EL1: 0x1101000021110122n,
    ID_AA64DFR0_EL1: 0x10305406n,
    ID_DFR0_EL1: 0x0401_0066n,
  };
  const { guest } = guestUnderKvm(boot({ cpus: [{ registers }] }, { release: '6.4' }, { bootEl: 2 }), { features: ['psci_0_2', 'pmu_v3'] });
  const limit = guest!.limits.get('ID_DFR0_EL1')!;
  const lower = limit - (1n << 24n);
  const lowered = { ...guest!, registers: new Map([...guest!.registers, ['ID_DFR0_EL1', lower]]) } as typeof guest;
  expect((limit >> 24n) & 15n).toBe(4n);
  expect(setOneReg(guest!, 'ID_DFR0_EL1', lower)).toEqual({ stored: lower });
  expect(setOneReg(lowered!, 'ID_DFR0_EL1', limit)).toEqual({ stored: limit });
  expect(setOneReg(guest!, 'ID_DFR0_EL1', limit + (1n << 24n))).toMatchObject({ errno: 22 });
});

// Linux 6.2 to 6.5, set_id_aa64dfr0_el1() and set_id_dfr0_el1(): what is written and whether the vCPU has a PMU must match.
it.each([
  ['ID_AA64DFR0_EL1', 8n, ['pmu_v3'], [1n, 4n], [0n, 15n]],
  ['ID_AA64DFR0_EL1', 8n, [], [0n, 15n], [1n, 4n]],
  ['ID_DFR0_EL1', 24n, ['pmu_v3'], [3n, 4n], [0n, 1n, 2n, 15n]],
  ['ID_DFR0_EL1', 24n, [], [0n, 15n], [1n, 3n, 4n]],
] as const)('Linux 6.4, %s bits %s up, features %s: %s are taken, %s refused', (name, shift, features, taken, refused) => {
  const registers = {
    ...HOST.cpus[0]!.registers,
    ID_AA64PFR0_EL1: 0x1101000021110122n,
    ID_AA64DFR0_EL1: 0x10305406n,
    ID_DFR0_EL1: 0x0401_0066n,
  };
  const { guest } = guestUnderKvm(boot({ cpus: [{ registers }] }, { release: '6.4' }, { bootEl: 2 }), {
    features: ['psci_0_2', ...features],
  });
  const rest = guest!.registers.get(name)! & ~(15n << shift);
  for (const field of taken) expect(setOneReg(guest!, name, rest | (field << shift))).toEqual({ stored: rest | (field << shift) });
  for (const field of refused) expect(setOneReg(guest!, name, rest | (field << shift))).toMatchObject({ errno: 22 });
});

// kvm-notes, section 5: whether CTR_EL0 is trapped, so that what is stored is read; here that has IDC, by CLIDR_EL1, and the CPU's own has not.
describe('CTR_EL0 in a guest', () => {
  const IDC = 1n << 28n;
  const EVT = { ID_AA64MMFR2_EL1: 1n << 56n };
  const registers = { ...HOST.cpus[0]!.registers, CTR_EL0: 0x8444_c004n, CLIDR_EL1: 0n };
  const hostOf = (release: string, ...cpus: readonly RegisterFile[]): KvmHost =>
    bootHost({ cpus: cpus.map((more) => ({ registers: { ...registers, ...more } })) }, { release }, { bootEl: 2, timerHz: 1_000_000 });
  const readOf = (guest: KvmGuest): bigint => guestReads(guest).get('CTR_EL0') as bigint;

  it.each([
    ['5.1', {}, false],
    ['6.1.192', {}, false],
    ['6.4', EVT, true],
    ['6.8', {}, true],
    ['6.8', EVT, false],
    ['6.12', {}, true],
    ['6.12', EVT, false],
  ] as const)('of Linux %s on a CPU with %o is trapped: %s', (release, more, isTrapped) => {
    expect(readOf(makeVcpu(hostOf(release, more), {})) & IDC).toBe(isTrapped ? IDC : 0n);
  });

  it.each(['5.1', '6.1.192', '6.8', '6.12'])('of Linux %s is trapped where CPUs differ in it', (release) => {
    const [smaller, other] = [
      { ...EVT, CTR_EL0: 0x8444_c003n },
      { ...EVT, CTR_EL0: 0x8443_c004n },
    ];
    for (const second of [smaller, other]) expect(readOf(makeVcpu(hostOf(release, EVT, second), {})) & IDC).toBe(IDC);
  });

  // sys_regs.c of Linux 5.1, get_ctr_el0(), and vcpu_reset_hcr(): before, KVM kept what the boot CPU has, and trapped no read of it.
  it.each(['4.8', '4.14.177', '4.19.304', '5.0'])("of Linux %s is the boot CPU's own, and so is what KVM keeps", (release) => {
    const CTR_EL0 = 0x2_8444_c004n;
    const guest = makeVcpu(hostOf(release, { CTR_EL0 }, { CTR_EL0: 0x8443_c003n }), {});
    expect([guest.registers.get('CTR_EL0'), readOf(guest)]).toEqual([CTR_EL0, CTR_EL0]);
  });

  it.each([
    ['6.8', false],
    ['6.12', true],
  ])('of Linux %s is trapped once user space wrote it: %s', (release, isTrapped) => {
    const guest = makeVcpu(hostOf(release, EVT), {});
    const written = 0x8443_c004n;
    const read = readOf({ ...guest, registers: new Map([...guest.registers, ['CTR_EL0', written]]) });
    expect(read).toBe(isTrapped ? written : 0x8444_c004n);
  });

  it('of a protected one is trapped', () => {
    expect(readOf(makeVcpu(hostOf('7.3', EVT), { protected: true })) & IDC).toBe(IDC);
    expect(readOf(makeVcpu(hostOf('7.3', EVT), {})) & IDC).toBe(0n);
  });

  it('is the lower half of the register alone, which KVM keeps', () => {
    expect(readOf(makeVcpu(hostOf('6.12', { ...EVT, CTR_EL0: 0x2_8444_c004n }), {}))).toBe(0x8444_c004n);
  });
});

// What a vCPU feature brings through a limit: hide it, and the guest lacks the field; ask for the feature, and it has it.
it.each([
  ['sve', 'sve'],
  ['el2', undefined],
])('what the limit %s takes is brought by the feature %s', (row, brings) => {
  const { guest } = guestUnderKvm(HOST);
  const layer = kvmLayers(guest!).find(({ name }) => name.endsWith(`, ${row}`));
  expect(layer?.brings).toBe(brings);
});

// kvm-notes, section 3: a guest with EL2 never has MTE, and its E2H0 no option of a person's own brings.
it.each([
  [[], 'mte', 'mte'],
  [['has_el2'], 'mte', undefined],
  [['has_el2'], 'nv-e2h0', undefined],
] as const)('of a vCPU with %j what the limit %s takes is brought by %s', (features, row, brings) => {
  const registers = { ...HOST.cpus[0]!.registers, ID_AA64PFR1_EL1: 0x200n, ID_AA64MMFR1_EL1: 0x100n, ID_AA64MMFR2_EL1: 2n << 24n };
  const host = bootHost({ cpus: [{ registers }] }, { release: '7.2', cmdline: 'kvm-arm.mode=nested', config: { CONFIG_ARM64_MTE: 'y' } });
  const layer = kvmLayers(makeVcpu(host, { features: ['psci_0_2', ...features] })).find(({ name }) => name.endsWith(`, ${row}`));
  expect([layer === undefined, layer?.brings]).toEqual([false, brings]);
});

it('a host gives its guests the vector lengths that all its CPUs have, as far as they are known', () => {
  const lengthsOf = (...all: readonly (readonly number[] | undefined)[]): readonly number[] | undefined =>
    bootHost({ cpus: all.map((sveVl) => ({ registers: HOST.cpus[0]!.registers, ...given({ sveVl }) })) }, { release: '7.2' }).options.sveVl;
  expect(lengthsOf([16, 32, 64], [16, 64])).toEqual([16, 64]);
  expect(lengthsOf([16, 32, 64], undefined)).toEqual([16, 32, 64]);
  expect(lengthsOf(undefined, [16])).toBeUndefined();
});

// kvm-notes, section 4: of a field that takes one value alone the limit or the table's safe value, which for CTR_EL0.L1Ip is 2; 0 and 1 are refused.
it.each([
  [0n, [2n], [0n, 1n, 3n]],
  [2n, [2n], [0n, 1n, 3n]],
  [3n, [2n, 3n], [0n, 1n]],
])('CTR_EL0.L1Ip of a host that has %s may be %s, not %s', (own, taken, refused) => {
  const ctr = (l1ip: bigint): bigint => 0x8444_0004n | (l1ip << 14n);
  const guest = makeVcpu(bootHost({ cpus: [{ registers: { ...HOST.cpus[0]!.registers, CTR_EL0: ctr(own) } }] }, { release: '7.2' }), {});
  for (const l1ip of taken) expect(setOneReg(guest, 'CTR_EL0', ctr(l1ip))).toEqual({ stored: ctr(l1ip) });
  for (const l1ip of refused) expect(setOneReg(guest, 'CTR_EL0', ctr(l1ip))).toMatchObject({ errno: 22 });
});

it('has a layer for each step that changes something, and none for the others', () => {
  const { guest } = guestUnderKvm(HOST);
  const written = { ...guest!, registers: new Map([...guest!.registers, ['ID_AA64ISAR0_EL1', 0x10n]]) } as KvmGuest;
  const names = (one: KvmGuest): readonly string[] => kvmLayers(one).map(({ name }) => name);
  expect(names(guest!)[0]).toBe('Linux 7.2 of the host');
  expect(names(guest!)).not.toContain('what user space wrote');
  expect(names(written)).toContain('what user space wrote');
  expect(kvmLayers(written).filter(({ changes }) => changes.length === 0)).toEqual([]);
});

describe('PMCR_EL0 of a guest', () => {
  const registers = { ...HOST.cpus[0]!.registers, ID_AA64DFR0_EL1: 0x10305406n };
  const guestOf = (release: string, el0: bigint): KvmGuest => {
    const pfr0 = { ID_AA64PFR0_EL1: 0x1101_0000_2111_0110n | el0 };
    return makeVcpu(bootHost({ cpus: [{ registers: { ...registers, ...pfr0 } }] }, { release }), { features: ['psci_0_2', 'pmu_v3'] });
  };

  // Arm ARM, PMCR_EL0: P and C, bits 1 and 2, read as zero; KVM of old stored them as they were reset.
  it.each(['6.1.192', '7.2'])('of Linux %s has P and C zero when it is read, and the rest as it is stored', (release) => {
    const guest = guestOf(release, 2n);
    expect(guestReads(guest).get('PMCR_EL0')).toBe(guest.registers.get('PMCR_EL0')! & ~6n);
  });

  // set_pmcr(): of what is written the low eight bits and N count; LC, bit 6, is one where there is no AArch32.
  it.each([
    [1n, 0x41n],
    [2n, 1n],
  ])('counts in 64 bits where no AArch32 programs run: EL0 %s', (el0, low) => {
    const guest = guestOf('7.2', el0);
    const n = guest.registers.get('PMCR_EL0')! & (0x1fn << 11n);
    expect(setOneReg(guest, 'PMCR_EL0', 0xffff_0001n | n)).toEqual({ stored: low | n });
  });

  // Which core has how many is nowhere in the ID registers; KVM before 6.12 gives guests who made it, too.
  it.each([
    ['6.1.192', 0xffff_f800n],
    ['7.2', 0xf800n],
  ])('of a core of which nobody tells its event counters leaves open under Linux %s how many there are', (release, open) => {
    const cpus = [{ registers: { ...registers, MIDR_EL1: 0x611f_0221n, ID_AA64PFR0_EL1: 0x1101_0000_2111_0112n } }];
    const guest = makeVcpu(bootHost({ cpus }, { release }), { features: ['psci_0_2', 'pmu_v3'] });
    expect([guest.open.get('PMCR_EL0'), openReads(guest).get('PMCR_EL0')]).toEqual([open, open]);
    expect(guest.registers.get('PMCR_EL0')! & open).toBe(0n);
  });

  it('is zero without a PMU, whichever core it is', () => {
    const cpus = [{ registers: { ...registers, MIDR_EL1: 0x611f_0221n, ID_AA64DFR0_EL1: 0x1030_5006n } }];
    const guest = makeVcpu(bootHost({ cpus }, { release: '5.10.223' }), { features: ['psci_0_2'] });
    expect([guest.registers.get('PMCR_EL0'), guest.open.get('PMCR_EL0')]).toEqual([0n, undefined]);
  });
});

// kvm-notes, section 4: identification registers are written only with KVM_CAP_ARM_WRITABLE_IMP_ID_REGS, and of MIDR_EL1 the lower half.
it.each([
  [false, 'MIDR_EL1', 1n, false],
  [false, 'MIDR_EL1', 0n, true],
  [true, 'MIDR_EL1', 1n, true],
  [true, 'MIDR_EL1', 1n << 31n, true],
  [true, 'MIDR_EL1', 1n << 32n, false],
  [true, 'REVIDR_EL1', 1n << 63n, true],
  [true, 'AIDR_EL1', 1n, true],
])('with writable identification %s, %s that differs in %s is taken: %s', (writableImpId, name, differs, isTaken) => {
  const guest = makeVcpu(bootHost({ cpus: [{ registers: HOST.cpus[0]!.registers }] }, { release: '7.2' }), { writableImpId });
  expect('stored' in setOneReg(guest, name, guest.registers.get(name)! ^ differs)).toBe(isTaken);
});

// Linux 5.2 to 5.9, sve_id_visibility(): ID_AA64ZFR0_EL1 is listed for a vCPU with SVE only; kvm.ts has where else.
it.each([
  ['5.9.1', [], false],
  ['5.9.1', ['sve'], true],
  ['5.1.15', [], true],
  ['7.2', [], true],
] as const)('Linux %s lists ID_AA64ZFR0_EL1 of a vCPU with %j: %s', (release, features, isThere) => {
  const guest = makeVcpu(bootHost({ cpus: [{ registers: HOST.cpus[0]!.registers }] }, { release }), { features });
  expect(isListed(guest, 'ID_AA64ZFR0_EL1')).toBe(isThere);
  expect(isListed(guest, 'ID_AA64PFR0_EL1')).toBe(true);
});

// Until 4.14 KVM listed what it kept as the host's alone, and the AArch32 registers of Armv8.0.
it.each([
  ['4.14.74', 'MIDR_EL1', true],
  ['4.14.74', 'ID_PFR0_EL1', true],
  ['4.14.74', 'MVFR0_EL1', false],
  ['4.14.74', 'ID_MMFR4_EL1', false],
  ['4.14.74', 'ID_AA64PFR0_EL1', false],
  ['4.16.13', 'ID_AA64PFR0_EL1', true],
  ['4.16.13', 'MVFR0_EL1', true],
])('Linux %s lists %s: %s', (release, name, isThere) => {
  expect(isListed(makeVcpu(bootHost({ cpus: [{ registers: HOST.cpus[0]!.registers }] }, { release }), {}), name)).toBe(isThere);
});

it('a layer has what its own limit changed, and nothing of others', () => {
  const { guest } = guestUnderKvm(HOST);
  for (const row of new Set(guest!.notes.map((note) => note.row))) {
    const layer = kvmLayers(guest!).find(({ name }) => name.endsWith(`, ${row}`));
    const own = guest!.notes.filter((note) => note.row === row).map(({ register }) => register);
    expect(layer?.changes.map(({ register }) => register) ?? own, row).toEqual(own);
  }
});

// kvm-notes, section 2: registers that KVM gave no guest for a while, though its host's kernel tracked them.
it.each([
  ['ID_AA64FPFR0_EL1', '6.10.0', 0n],
  ['ID_AA64FPFR0_EL1', '6.12.0', 1n << 31n],
  ['ID_AA64PFR2_EL1', '6.10.0', 0n],
  ['ID_AA64PFR2_EL1', '6.12.0', 1n << 32n],
  ['ID_AA64ISAR3_EL1', '6.12.0', 0n],
  ['ID_AA64ISAR3_EL1', '6.14.0', 1n << 4n],
] as const)('of %s Linux %s gives a guest %s', (name, release, given_) => {
  const all = { ID_AA64FPFR0_EL1: 1n << 31n, ID_AA64PFR2_EL1: 1n << 32n, ID_AA64ISAR3_EL1: 1n << 4n };
  const host = bootHost({ cpus: [{ registers: { ...HOST.cpus[0]!.registers, ...all } }] }, { release });
  expect([host.sanitised(name), makeVcpu(host, {}).registers.get(name)]).toEqual([all[name], given_]);
});

// kvm-notes, section 5: a protected guest sees of each field at most so much, and of what is not named nothing.
it.each<readonly [string, SystemRegisterName, bigint, bigint]>([
  ['EL0', 'ID_AA64PFR0_EL1', 2n, 1n],
  ['FP', 'ID_AA64PFR0_EL1', 1n << 16n, 1n << 16n],
  ['FP', 'ID_AA64PFR0_EL1', 15n << 16n, 15n << 16n],
  ['AdvSIMD', 'ID_AA64PFR0_EL1', 15n << 20n, 15n << 20n],
  ['RAS', 'ID_AA64PFR0_EL1', 15n << 28n, 1n << 28n],
  ['RAS', 'ID_AA64PFR0_EL1', 0n, 0n],
  ['SVE', 'ID_AA64PFR0_EL1', 1n << 32n, 0n],
  ['CSV2', 'ID_AA64PFR0_EL1', 3n << 56n, 1n << 56n],
  ['BT', 'ID_AA64PFR1_EL1', 1n, 1n],
  ['SSBS', 'ID_AA64PFR1_EL1', 2n << 4n, 2n << 4n],
  ['MTE', 'ID_AA64PFR1_EL1', 3n << 8n, 0n],
  ['AES', 'ID_AA64ISAR0_EL1', 2n << 4n, 2n << 4n],
  ['RNDR', 'ID_AA64ISAR0_EL1', 1n << 60n, 1n << 60n],
  ['DPB', 'ID_AA64ISAR1_EL1', 2n, 2n],
  ['LRCPC', 'ID_AA64ISAR1_EL1', 3n << 20n, 3n << 20n],
  ['PARange', 'ID_AA64MMFR0_EL1', 6n, 2n],
  ['ASIDBits', 'ID_AA64MMFR0_EL1', 2n << 4n, 2n << 4n],
  ['PAN', 'ID_AA64MMFR1_EL1', 3n << 20n, 3n << 20n],
  ['VH', 'ID_AA64MMFR1_EL1', 1n << 8n, 0n],
  ['E0PD', 'ID_AA64MMFR2_EL1', 1n << 60n, 1n << 60n],
  ['NV', 'ID_AA64MMFR2_EL1', 2n << 24n, 0n],
  ['AES', 'ID_ISAR5_EL1', 2n << 4n, 0n],
])('a protected guest sees of %s', (_, name, own, seen) => {
  const registers = { ...HOST.cpus[0]!.registers, ID_AA64PFR0_EL1: 0x12n, [name]: own };
  const guest = makeVcpu(bootHost({ cpus: [{ registers }] }, { release: '7.2' }), { protected: true });
  // The field of the interrupt controller is settled for itself.
  expect((guestReads(guest).get(name) as bigint) & ~(0xfn << 24n)).toBe(seen);
});

it('a vCPU with layers over its guest asks for more and for less, in the order of the features', () => {
  const vcpu = { features: ['sve', 'psci_0_2'], mte: true } as const;
  expect(vcpuWithLayers(vcpu, [])).toEqual({ features: ['psci_0_2', 'sve'], mte: true });
  expect(vcpuWithLayers(vcpu, [{ vcpu: { on: ['pmu_v3'], off: ['sve'] } }, {}])).toEqual({ features: ['psci_0_2', 'pmu_v3'], mte: true });
  expect(vcpuWithLayers(vcpu, [{ vcpu: { on: [], off: ['sve'] } }, { vcpu: { on: ['sve'], off: [] } }]).features).toEqual([
    'psci_0_2',
    'sve',
  ]);
  expect(mergeVcpus(vcpu, { features: ['sve', 'pmu_v3'], gic: 'v2' })).toEqual({
    features: ['sve', 'psci_0_2', 'pmu_v3'],
    mte: true,
    gic: 'v2',
  });
});

// kvm-notes, section 4: the AArch32 registers of a host without AArch32 programs take zero alone before 6.1, then anything, which changes nothing.
it.each([
  ['5.15.85', 1n, 0n, { stored: 0n }],
  ['5.15.85', 1n, 0x131n, { errno: 22 }],
  ['6.1.192', 1n, 0x131n, { stored: 0n }],
  ['7.2', 1n, 0x131n, { stored: 0n }],
  ['6.1.192', 2n, 0x131n, { stored: 0x131n }],
  ['6.1.192', 2n, 0x130n, { errno: 22 }],
])('Linux %s on a host whose EL0 field is %s: ID_PFR0_EL1 takes %s', (release, el0, asked, outcome) => {
  const registers = { ...HOST.cpus[0]!.registers, ID_AA64PFR0_EL1: 0x1101_0000_2111_0110n | el0, ID_PFR0_EL1: 0x131n };
  expect(setOneReg(makeVcpu(bootHost({ cpus: [{ registers }] }, { release }), {}), 'ID_PFR0_EL1', asked)).toMatchObject(outcome);
});
