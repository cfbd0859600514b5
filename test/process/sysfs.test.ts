import { describe, expect, it } from 'vitest';
import { boot } from '../../src/linux/boot.ts';
import { sysfsView } from '../../src/process/sysfs.ts';
import { bootOf, cpu } from '../support/booted.ts';
import { bootedCpu, handmadeSystem } from '../support/system.ts';

const ROOT = '/sys/devices/system/cpu';
/** A view without the folder that all paths share. */
const files = (system: Parameters<typeof sysfsView>[0]): Readonly<Record<string, string>> =>
  Object.fromEntries([...sysfsView(system)].map(([path, text]) => [path.slice(ROOT.length + 1), text]));
const names = (system: Parameters<typeof sysfsView>[0]): readonly string[] => Object.keys(files(system));

const SME = { 'ID_AA64PFR0_EL1.SVE': 1, 'ID_AA64PFR1_EL1.SME': 1 } as const;

describe('regs/identification', () => {
  const registers = { MIDR_EL1: 0x410f_d083n, REVIDR_EL1: 0x80n, AIDR_EL1: 0x7n };
  const of = (release: string) => files(handmadeSystem({ kernel: { release }, cpus: [bootedCpu(0, registers)] }));

  // linux:arch/arm64/kernel/cpuinfo.c, CPUREGS_ATTR_RO: "0x%016llx\n"
  it('has 16 digits and a line feed, from Linux 4.8 on', () => {
    expect(of('6.12')).toMatchObject({
      'cpu0/regs/identification/midr_el1': '0x00000000410fd083\n',
      'cpu0/regs/identification/revidr_el1': '0x0000000000000080\n',
    });
    expect(Object.keys(of('4.8')).some((name) => name.includes('regs'))).toBe(true);
    expect(Object.keys(of('4.7')).some((name) => name.includes('regs'))).toBe(false);
  });

  it('has aidr_el1 from a release after 6.14 on, at the latest 6.18', () => {
    expect(of('6.14')).not.toHaveProperty(['cpu0/regs/identification/aidr_el1']);
    expect(of('6.18')).toMatchObject({ 'cpu0/regs/identification/aidr_el1': '0x0000000000000007\n' });
  });

  it('has smidr_el1 without the bit SMPS on systems with SME, from Linux 6.0 on', () => {
    const boot = (release: string) => bootOf(release, [cpu(SME, { SMIDR_EL1: 0x41_0000_8001n })], { config: { CONFIG_ARM64_SME: 'y' } });
    expect(files(boot('6.6'))).toMatchObject({ 'cpu0/regs/identification/smidr_el1': '0x0000004100000001\n' });
    expect(boot('5.19').cpucaps).toContain('SME');
    expect(names(boot('5.19')).some((name) => name.includes('smidr'))).toBe(false);
    expect(names(bootOf('6.6', [cpu()])).some((name) => name.includes('smidr'))).toBe(false);
  });

  it('has zero as smidr_el1 of a CPU without SME in a system that has it', () => {
    const own = { MIDR_EL1: 0x410f_d083n, SMIDR_EL1: 0x1n };
    const view = files(handmadeSystem({ cpucaps: ['SME'], cpus: [bootedCpu(0, own)] }));
    expect(view['cpu0/regs/identification/smidr_el1']).toBe('0x0000000000000000\n');
  });

  it('is empty where MIDR_EL1 is zero', () => {
    expect(files(handmadeSystem({ cpus: [bootedCpu(0, {})] }))['cpu0/regs/identification/midr_el1']).toBe('');
  });

  it('tells what is known of a CPU that is known in part, and zero of what a known one does not have', () => {
    const of = (more: object) => files(handmadeSystem({ cpus: [bootedCpu(0, { MIDR_EL1: 0x410f_d083n }, more)] }));
    const shown = (view: Readonly<Record<string, string>>) =>
      ['midr_el1', 'revidr_el1'].map((name) => view[`cpu0/regs/identification/${name}`]);
    expect(shown(of({ partial: {} }))).toEqual(['0x00000000410fd083\n', '']);
    expect(shown(of({}))).toEqual(['0x00000000410fd083\n', '0x0000000000000000\n']);
  });

  it('is there for CPUs that are online only', () => {
    const system = bootOf('6.12', [cpu(), cpu(), cpu()], { cmdline: 'maxcpus=2' });
    expect(names(system).filter((name) => name.endsWith('midr_el1'))).toEqual([
      'cpu0/regs/identification/midr_el1',
      'cpu1/regs/identification/midr_el1',
    ]);
  });
});

describe('the lists of CPUs', () => {
  const lists = (system: Parameters<typeof sysfsView>[0]) => {
    const { possible, present, online, offline } = files(system);
    return [possible, present, online, offline].map((text) => text!.trimEnd());
  };

  it('are the same on a system where all came up', () => {
    expect(lists(bootOf('6.12', [cpu(), cpu(), cpu()]))).toEqual(['0-2', '0-2', '0-2', '']);
    expect(files(bootOf('6.12', [cpu()])).offline).toBe('\n');
  });

  // linux:arch/arm64/kernel/smp.c, cpu_die_early(): a CPU that is refused is marked absent
  it('do not count a refused CPU as present', () => {
    const signing = cpu({ 'ID_AA64ISAR1_EL1.APA': 1 });
    const system = bootOf('6.12', [signing, cpu(), signing]);
    expect(system.cpus[1]!.refused).toMatch(/HAS_ADDRESS_AUTH/);
    expect(lists(system)).toEqual(['0-2', '0,2', '0,2', '1']);
  });

  it('keep those present that maxcpus= leaves for later', () => {
    expect(lists(bootOf('6.12', [cpu(), cpu(), cpu()], { cmdline: 'maxcpus=2' }))).toEqual(['0-2', '0-2', '0-1', '2']);
  });

  // linux:arch/arm64/kernel/smp.c, smp_prepare_cpus(): with nosmp no secondary is set present
  it.each(['nosmp', 'maxcpus=0'])('know the boot CPU alone with %s', (cmdline) => {
    expect(lists(bootOf('6.12', [cpu(), cpu()], { cmdline }))).toEqual(['0-1', '0', '0', '1']);
  });

  it.each(['nosmp', 'maxcpus=0'])('know no other possible CPU with %s from Linux 7.2 on', (cmdline) => {
    expect(lists(bootOf('7.2', [cpu(), cpu(), cpu()], { cmdline }))).toEqual(['0', '0', '0', '']);
  });

  it('have kernel_max where the configuration is known to say it: Debian has 512 CPUs in 6.12, 256 in 6.1', () => {
    expect(files(bootOf('6.12.107', [cpu()], { config: 'debian' })).kernel_max).toBe('511\n');
    expect(files(bootOf('6.1.192', [cpu()], { config: 'debian' })).kernel_max).toBe('255\n');
    expect(names(bootOf('6.12.107', [cpu()]))).not.toContain('kernel_max');
  });
});

describe('aarch32_el0', () => {
  const with32 = cpu({ 'ID_AA64PFR0_EL1.EL0': 2 });
  const allow = { cmdline: 'allow_mismatched_32bit_el0' };

  it('lists the CPUs that run AArch32 programs, if the command line allows for a difference', () => {
    expect(files(bootOf('6.12', [cpu(), with32, with32, cpu()], allow)).aarch32_el0).toBe('1-2\n');
    expect(files(bootOf('6.12', [with32, cpu()], allow)).aarch32_el0).toBe('0\n');
    expect(names(bootOf('6.12', [with32, with32]))).not.toContain('aarch32_el0');
  });

  it('came with Linux 5.14', () => {
    expect(names(bootOf('5.12', [cpu(), with32], allow))).not.toContain('aarch32_el0');
    expect(files(bootOf('5.14', [cpu(), with32], allow)).aarch32_el0).toBe('1\n');
  });

  // linux:arch/arm64/kernel/cpufeature.c, system_32bit_el0_cpumask(): with no such CPU nothing is told apart, and all are named
  it('lists every CPU where none runs AArch32 programs', () => {
    expect(files(bootOf('6.12', [cpu(), cpu()], allow)).aarch32_el0).toBe('0-1\n');
  });

  // Of what is not known a file is empty, without a line.
  it('is not known where nobody tells of a CPU whether it runs AArch32 programs', () => {
    const known = with32.registers;
    const machine = { unlisted: 'unknown' as const, cpus: [{ registers: known }, { registers: { MIDR_EL1: known.MIDR_EL1! } }] };
    const { aarch32_el0, online } = files(boot(machine, { release: '6.12', ...allow }));
    expect([aarch32_el0, online]).toEqual(['', '']);
  });

  it('is empty where the kernel has no AArch32 at all', () => {
    const system = { ...bootOf('6.12', [cpu()], allow), cpucaps: [] };
    expect(files(system).aarch32_el0).toBe('\n');
  });
});

it('lists of CPUs are no longer than the kernel was built for, and kernel_max is the number of the last', () => {
  const system = bootOf('6.12', [cpu(), cpu(), cpu()], { config: { CONFIG_NR_CPUS: '2' } });
  expect(files(system)).toMatchObject({ possible: '0-1\n', present: '0-1\n', online: '0-1\n', offline: '\n', kernel_max: '1\n' });
});
