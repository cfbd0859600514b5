import { describe, expect, it } from 'vitest';
import { bootOf, cpu } from '../../support/booted.ts';

describe('a secondary with narrower ASIDs than the boot CPU', () => {
  it('stops the system', () => {
    const system = bootOf('6.12.117', [cpu(), cpu({ 'ID_AA64MMFR0_EL1.ASIDBits': 0 })]);
    expect(system.panic).toEqual({ cpu: 1, reason: expect.stringContaining('8-bit ASIDs') });
    expect(system.online).toEqual([0]);
  });

  it('does not if its ASIDs are wider', () => {
    expect(bootOf('6.12.117', [cpu({ 'ID_AA64MMFR0_EL1.ASIDBits': 0 }), cpu()]).panic).toBeNull();
  });
});

describe('a secondary that differs in a capability of the boot CPU', () => {
  const mte = (level: number) => cpu({ 'ID_AA64PFR1_EL1.MTE': level });
  const gic = (level: number) => cpu({ 'ID_AA64PFR0_EL1.GIC': level });
  const apa = (level: number) => cpu({ 'ID_AA64ISAR1_EL1.APA': level });
  const vhe = (level: number) => cpu({ 'ID_AA64MMFR1_EL1.VH': level });

  it.each([
    // MTE is strict: the system stops, whichever way they differ. Before 5.10, MTE is not known.
    ['6.12.117', mte(2), mte(1), 'panic'],
    ['6.12.117', mte(0), mte(2), 'panic'],
    ['5.10.223', mte(2), mte(0), 'panic'],
    ['5.9.1', mte(2), mte(0), 'online'],
    // So is the GIC's CPU interface; until 5.6 the CPU alone was parked.
    ['6.12.117', gic(1), gic(0), 'panic'],
    ['5.6.4', gic(1), gic(0), 'refused'],
    ['5.7.14', gic(1), gic(0), 'panic'],
    // Address authentication only refuses the CPU, and wants the very same level.
    ['6.12.117', apa(3), apa(2), 'refused'],
    ['6.12.117', apa(3), apa(4), 'refused'],
    ['6.12.117', apa(3), apa(3), 'online'],
    ['6.12.117', apa(3), apa(0), 'refused'],
    ['6.12.117', apa(0), apa(3), 'online'],
    ['5.10.223', apa(3), apa(2), 'refused'],
    ['5.6.4', apa(3), apa(2), 'online'], // sanitised like any other field
    // VHE only counts for a kernel that was entered at EL2.
    ['6.12.117', vhe(1), vhe(0), 'online'],
  ] as const)('%s: case %#', (release, boot, secondary, outcome) => {
    const system = bootOf(release, [boot, secondary]);
    const got = system.panic ? 'panic' : system.online.includes(1) ? 'online' : 'refused';
    expect(got).toBe(outcome);
  });

  it('stops the system if VHE is in use', () => {
    expect(bootOf('6.12.117', [vhe(1), vhe(0)], { bootEl: 2 }).panic?.cpu).toBe(1);
  });

  it.each([
    [mte(2), mte(0), 'MTE (Memory Tagging Extension): the system has it, the CPU does not'],
    [mte(0), mte(2), 'MTE (Memory Tagging Extension): the system lacks it, the CPU has it'],
  ])('is said to have it or to lack it: case %#', (first, secondary, reason) => {
    expect(bootOf('6.12.117', [first, secondary]).panic?.reason).toContain(reason);
  });

  it('is left out of everything if it was refused', () => {
    const system = bootOf('6.12.117', [cpu({ 'ID_AA64ISAR1_EL1.APA': 3, 'ID_AA64ISAR0_EL1.AES': 2 }), cpu({ 'ID_AA64ISAR1_EL1.APA': 1 })]);
    expect(system.hwcaps.names).toContain('pmull');
    expect(system.tainted).toBe(false);
    expect(system.cpus[1]).toMatchObject({ online: false, refused: expect.stringContaining('HAS_ADDRESS_AUTH') });
  });
});

describe('how many CPUs come up during boot', () => {
  const three = [cpu({ 'ID_AA64ISAR0_EL1.AES': 2 }), cpu({ 'ID_AA64ISAR0_EL1.AES': 2 }), cpu()];
  it.each([
    ['', [0, 1, 2], false],
    ['nosmp', [0], true],
    ['maxcpus=1', [0], true],
    ['maxcpus=2', [0, 1], true],
    ['maxcpus=0', [0], true],
    ['maxcpus=9', [0, 1, 2], false],
    ['maxcpus=all', [0], true],
    ['nosmp maxcpus=3', [0, 1, 2], false],
    ['nr_cpus=2', [0, 1], true],
    ['nr_cpus=all', [0, 1, 2], false],
  ])('%j: %j', (cmdline, online, hasAes) => {
    const system = bootOf('6.12.117', three, { cmdline });
    expect(system.online).toEqual(online);
    expect(system.hwcaps.names.includes('aes')).toBe(hasAes);
  });

  // The same in all releases, where no CPU is refused.
  it.each(['4.4.302', '5.10.223', '6.1.192', '6.6', '7.2'])('are as many as are asked for: Linux %s', (release) => {
    const online = ['maxcpus=1', 'maxcpus=2', 'maxcpus=3'].map((cmdline) => bootOf(release, three, { cmdline }).online.length);
    expect(online).toEqual([1, 2, 3]);
  });

  it('are no more than the kernel was built for', () => {
    expect(bootOf('6.12.117', three, { config: { CONFIG_NR_CPUS: '2' } }).online).toEqual([0, 1]);
  });

  it('leave late ones out where the kernel was to do with one', () => {
    const machine = [cpu(), cpu({}, {}, { late: true })];
    expect(bootOf('6.12.117', machine, { cmdline: 'maxcpus=1' }).online).toEqual([0, 1]);
    expect(bootOf('6.12.117', machine, { cmdline: 'maxcpus=0' }).online).toEqual([0]);
    expect(bootOf('6.12.117', machine, { cmdline: 'nr_cpus=1' }).online).toEqual([0]);
  });

  // Linux kernel/cpu.c, bringup_nonboot_cpus(): before 6.5 the CPUs online are counted, then the CPUs tried.
  it.each([
    ['5.10.223', [0, 2]],
    ['6.1.192', [0, 2]],
    ['6.12.117', [0]],
  ])('count one that is refused or not: %s', (release, online) => {
    const wide = cpu({ 'ID_AA64ISAR1_EL1.APA': 1 });
    const config = { CONFIG_ARM64_PTR_AUTH: 'y', CONFIG_ARM64_PTR_AUTH_KERNEL: 'y' };
    expect(bootOf(release, [wide, cpu(), wide], { cmdline: 'maxcpus=2', config }).online).toEqual(online);
  });
});

describe('a late CPU', () => {
  const late = (fields: Parameters<typeof cpu>[0], more: Parameters<typeof cpu>[2] = {}) => cpu(fields, {}, { late: true, ...more });
  const aes = { 'ID_AA64ISAR0_EL1.AES': 2 } as const;

  it('comes up if it has all that programs were promised', () => {
    const system = bootOf('6.12.117', [cpu(aes), late({ ...aes, 'ID_AA64ISAR0_EL1.CRC32': 1 })]);
    expect(system.online).toEqual([0, 1]);
    expect(system.hwcaps.names).not.toContain('crc32');
  });

  it('is refused if it lacks a hwcap', () => {
    const system = bootOf('6.12.117', [cpu(aes), late({ 'ID_AA64ISAR0_EL1.AES': 1 })]);
    expect(system.online).toEqual([0]);
    expect(system.cpus[1]?.refused).toContain('pmull');
  });

  it('still lowers what no hwcap needs', () => {
    const system = bootOf('6.12.117', [cpu({ 'ID_AA64MMFR0_EL1.PARange': 5 }), late({ 'ID_AA64MMFR0_EL1.PARange': 2 })]);
    expect(system.online).toEqual([0, 1]);
    expect(Number(system.registers.get('ID_AA64MMFR0_EL1')!.value & 0xfn)).toBe(2);
  });

  it('is refused if it lacks an AArch32 hwcap', () => {
    const el0 = { 'ID_AA64PFR0_EL1.EL0': 2 } as const;
    const system = bootOf('6.12.117', [cpu({ ...el0, 'ID_ISAR5_EL1.CRC32': 1 }), late({ ...el0, 'ID_ISAR5_EL1.CRC32': 0 })]);
    expect(system.online).toEqual([0]);
  });

  it.each([
    ['SVE', { 'ID_AA64PFR0_EL1.SVE': 1 }, 'sveVl'],
    ['SME', { 'ID_AA64PFR1_EL1.SME': 1 }, 'smeVl'],
  ] as const)('is refused if it lacks a length of %s that all early ones have', (_, fields, key) => {
    const early = cpu(fields, {}, { [key]: [16, 32, 64] });
    const boot = (lengths: readonly number[]) => bootOf('7.2.13', [early, late(fields, { [key]: lengths })]).online;
    expect(boot([16, 32, 64])).toEqual([0, 1]);
    expect(boot([16, 32, 64, 128])).toEqual([0, 1]);
    expect(boot([16, 64])).toEqual([0]);
  });

  it('stops the system if it differs in a strict capability', () => {
    expect(bootOf('6.12.117', [cpu({ 'ID_AA64PFR1_EL1.MTE': 2 }), late({})]).panic?.cpu).toBe(1);
  });
});

describe('AArch32 programs with allow_mismatched_32bit_el0', () => {
  const only64 = cpu();
  const both = (more: Parameters<typeof cpu>[2] = {}) => cpu({ 'ID_AA64PFR0_EL1.EL0': 2, 'ID_ISAR5_EL1.CRC32': 1 }, {}, more);
  const compat = (release: string, cpus: readonly ReturnType<typeof cpu>[], cmdline: string) =>
    bootOf(release, cpus, { cmdline }).compat.names;

  it('get the hwcaps of the CPUs that run them', () => {
    expect(compat('6.12.117', [only64, both()], 'allow_mismatched_32bit_el0')).toContain('crc32');
    expect(compat('6.12.117', [only64, both()], '')).not.toContain('crc32');
    expect(compat('5.10.223', [only64, both()], 'allow_mismatched_32bit_el0')).not.toContain('crc32');
  });

  // The override lowers what the system promises, not what the CPUs are: they do not differ, so nothing is settled anew.
  it('get none where an override takes AArch32 from CPUs that are alike', () => {
    const words = 'arm64.no32bit_el0 allow_mismatched_32bit_el0';
    expect(compat('6.12.117', [both(), both()], words)).not.toContain('crc32');
    expect(compat('6.12.117', [both(), only64], words)).toContain('crc32');
  });

  it('are told of after the breakpoints, once', () => {
    const { log } = bootOf('6.12.117', [only64, both(), both()], { cmdline: 'allow_mismatched_32bit_el0' });
    const told = log.filter(({ code }) => code === 'asymmetric-32bit-el0' || code === 'breakpoints');
    expect(told).toMatchObject([{ code: 'breakpoints' }, { code: 'asymmetric-32bit-el0', on: 1, pinned: 1 }]);
  });

  it('get them when the first such CPU comes late', () => {
    expect(compat('6.12.117', [only64, both({ late: true })], 'allow_mismatched_32bit_el0')).toContain('crc32');
  });
});

// A late CPU may stand before an early one in the machine; /proc/cpuinfo lists CPUs by number all the same.
it('lists the CPUs that are online by number', () => {
  expect(bootOf('6.12.117', [cpu(), cpu({}, {}, { late: true }), cpu()]).online).toEqual([0, 1, 2]);
});

describe('a late CPU on a system with KVM', () => {
  const config = { CONFIG_KVM: 'y' } as const;
  const early = cpu({ 'ID_AA64MMFR0_EL1.PARange': 5, 'ID_AA64MMFR1_EL1.VMIDBits': 2 });
  it.each([
    [{ 'ID_AA64MMFR0_EL1.PARange': 5, 'ID_AA64MMFR1_EL1.VMIDBits': 2 }, 2, [0, 1]],
    [{ 'ID_AA64MMFR0_EL1.PARange': 5, 'ID_AA64MMFR1_EL1.VMIDBits': 0 }, 2, [0]], // narrower VMIDs
    [{ 'ID_AA64MMFR0_EL1.PARange': 2, 'ID_AA64MMFR1_EL1.VMIDBits': 2 }, 2, [0]], // fewer address bits
    [{ 'ID_AA64MMFR0_EL1.PARange': 2, 'ID_AA64MMFR1_EL1.VMIDBits': 0 }, 1, [0, 1]], // no hypervisor at EL1
  ] as const)('%j, entered at EL%d: online %j', (fields, bootEl, online) => {
    expect(bootOf('6.1.192', [early, cpu(fields, {}, { late: true })], { bootEl, config }).online).toEqual(online);
  });

  // Linux 6.12.43, verify_hyp_capabilities(): the range that is checked is the sanitised one.
  it('may have fewer address bits than KVM uses on newer kernels', () => {
    const narrow = cpu({ 'ID_AA64MMFR0_EL1.PARange': 2, 'ID_AA64MMFR1_EL1.VMIDBits': 2 }, {}, { late: true });
    expect(bootOf('6.12.117', [early, narrow], { bootEl: 2, config }).online).toEqual([0, 1]);
  });

  const sve = (sveVl: readonly number[], more: object = {}) => cpu({ 'ID_AA64PFR0_EL1.SVE': 1 }, {}, { sveVl, ...more });
  const withSve = { ...config, CONFIG_ARM64_SVE: 'y' } as const;
  // Linux fpsimd.c, vec_verify_vq_map(): a length that guests have found to be absent must not turn up.
  it.each([
    [[16, 32, 64], 2, [0, 1, 2]],
    [[16, 32, 48, 64], 2, [0, 1]],
    [[16, 32, 48, 64], 1, [0, 1, 2]],
    [[16, 32, 64, 128], 2, [0, 1, 2]],
  ] as const)('with vector lengths %j, entered at EL%d: online %j', (lengths, bootEl, online) => {
    const system = bootOf('6.12.117', [sve([16, 32, 64]), sve([16, 32, 64]), sve(lengths, { late: true })], { bootEl, config: withSve });
    expect(system.online).toEqual(online);
    expect(system.log.some(({ code }) => code === 'vector-lengths-unsupported')).toBe(!online.includes(2 as never));
  });

  it('may have a length beyond the longest of guests that only some early CPUs have', () => {
    const machine = [sve([16, 32, 64]), sve([16, 64]), sve([16, 48, 64], { late: true })];
    expect(bootOf('6.12.117', machine, { bootEl: 2, config: withSve }).online).toEqual([0, 1, 2]);
  });
});

// fpsimd.c, vec_verify_vq_map(): a late CPU must have all lengths that the system has.
it('says which vector lengths a late CPU lacks', () => {
  const sve = (sveVl: readonly number[], more: object = {}) => cpu({ 'ID_AA64PFR0_EL1.SVE': 1 }, {}, { sveVl, ...more });
  const machine = [sve([16, 32, 64]), sve([16, 64], { late: true })];
  const { cpus } = bootOf('6.12.117', machine, { config: { CONFIG_ARM64_SVE: 'y' } });
  expect(cpus[1]?.refused).toMatch(/\b256 bits are missing$/);
});

it('says which vector lengths a late CPU has that guests have found to be absent', () => {
  const sve = (sveVl: readonly number[], more: object = {}) => cpu({ 'ID_AA64PFR0_EL1.SVE': 1 }, {}, { sveVl, ...more });
  const machine = [sve([16, 32, 64]), sve([16, 32, 48, 64], { late: true })];
  const { cpus } = bootOf('6.12.117', machine, { bootEl: 2, config: { CONFIG_KVM: 'y', CONFIG_ARM64_SVE: 'y' } });
  expect(cpus[1]?.refused).toMatch(/lengths 384 bits are not/);
});

// Arm ARM, ID_AA64MMFR0_EL1.ASIDBits: 0 is 8 bits, 2 is 16.
it('says how wide the address space identifiers are that are too narrow', () => {
  const { log } = bootOf('6.12.117', [cpu(), cpu({ 'ID_AA64MMFR0_EL1.ASIDBits': 0 })]);
  expect(log.find(({ code }) => code === 'smaller-asid')).toMatchObject({ own: 8, boot: 16 });
});

it('of a late CPU whose vector lengths are not known it is open whether it is refused', () => {
  const early = cpu({ 'ID_AA64PFR0_EL1.SVE': 1 }, {}, { sveVl: [16, 32], smeVl: [] });
  const { registers } = early;
  const partly = { AIDR_EL1: { value: 0n, open: 1n } };
  const late = { registers, partly, smeVl: [], late: true };
  const { online, unknown } = bootOf('6.12.117', [early, late], { bootEl: 2, config: { CONFIG_KVM: 'y', CONFIG_ARM64_SVE: 'y' } });
  expect([online, unknown?.online]).toEqual([[0], [1]]);
});

describe('of secondaries that are equal and may all be refused', () => {
  const { ID_AA64ISAR1_EL1: _, ...others } = cpu().registers;
  // A CPU comes up only if it signs addresses as the boot CPU does.
  const maybe = { registers: others, partly: { ID_AA64ISAR1_EL1: { value: 0n, open: 0xf0n } } };
  const boot = cpu({ 'ID_AA64ISAR1_EL1.APA': 1 });
  const config = { CONFIG_ARM64_PTR_AUTH: 'y', CONFIG_ARM64_PTR_AUTH_KERNEL: 'y' };

  it('none is certain, the last as the first', () => {
    const { online, unknown } = bootOf('6.12.117', [boot, maybe, maybe, maybe, maybe], { config });
    expect([online, unknown?.online]).toEqual([[0], [1, 2, 3, 4]]);
  });

  // kernel/cpu.c, bringup_nonboot_cpus(), before 6.5: maxcpus counts the CPUs that are online.
  it('there may be room for one more', () => {
    const { online, unknown } = bootOf('6.1.192', [boot, maybe, boot], { config, cmdline: 'maxcpus=2' });
    expect([online, unknown?.online]).toEqual([[0], [1, 2]]);
  });
});
