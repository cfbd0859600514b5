import { describe, expect, it } from 'vitest';
import { boot } from '../../../src/linux/boot.ts';
import type { SystemRegisterName } from '../../../src/silicon/machine.ts';
import { bootOf, cpu, sanitised } from '../../support/booted.ts';

/** A CPU that has all that can be overridden. */
const RICH = cpu({
  'ID_AA64PFR0_EL1.SVE': 1,
  'ID_AA64PFR1_EL1.BT': 1,
  'ID_AA64PFR1_EL1.MTE': 3,
  'ID_AA64PFR1_EL1.SME': 1,
  'ID_AA64PFR1_EL1.GCS': 1,
  'ID_AA64ISAR0_EL1.RNDR': 1,
  'ID_AA64ISAR1_EL1.APA': 5,
  'ID_AA64ISAR1_EL1.GPA': 1,
  'ID_AA64ISAR2_EL1.MOPS': 1,
  'ID_AA64ISAR2_EL1.GPA3': 1,
  'ID_AA64MMFR2_EL1.VARange': 1,
  'ID_AA64ZFR0_EL1.SVEver': 1,
  'ID_AA64SMFR0_EL1.FA64': 1,
  'ID_AA64PFR0_EL1.EL0': 2,
});

describe('an override', () => {
  // [release, command line, field, value then]
  it.each([
    ['6.1.192', 'id_aa64pfr1.bt=0', 'ID_AA64PFR1_EL1.BT', 0],
    ['6.1.192', 'id-aa64pfr1.bt=0', 'ID_AA64PFR1_EL1.BT', 0], // - and _ are the same
    ['6.12.117', 'id-aa64pfr1.bt=0', 'ID_AA64PFR1_EL1.BT', 0],
    ['6.1.192', 'id_aa64pfr1.mte=1', 'ID_AA64PFR1_EL1.MTE', 1],
    ['6.1.192', 'id_aa64pfr1.mte=0x2', 'ID_AA64PFR1_EL1.MTE', 2],
    ['6.1.192', 'id_aa64pfr1.mte=02', 'ID_AA64PFR1_EL1.MTE', 2], // octal
    ['6.1.192', 'id_aa64pfr1.mte=16', 'ID_AA64PFR1_EL1.MTE', 0], // cut to the field
    ['6.1.192', 'id_aa64pfr1.mte=-1', 'ID_AA64PFR1_EL1.MTE', 3], // no number
    ['6.1.192', 'id_aa64pfr1.mte=', 'ID_AA64PFR1_EL1.MTE', 3],
    ['6.1.192', 'id_aa64pfr1.mte', 'ID_AA64PFR1_EL1.MTE', 3], // no value
    ['6.12.117', 'id_aa64pfr1.mte=16', 'ID_AA64PFR1_EL1.MTE', 3], // one hexadecimal digit since 6.8
    ['6.12.117', 'id_aa64pfr1.mte=0x1', 'ID_AA64PFR1_EL1.MTE', 1],
    ['6.12.117', 'id_aa64pfr1.mte=0 id_aa64pfr1.mte=2', 'ID_AA64PFR1_EL1.MTE', 2], // the later word wins
    ['6.12.117', 'quiet -- id_aa64pfr1.mte=0', 'ID_AA64PFR1_EL1.MTE', 3], // a lone -- ends the kernel's part
    ['6.12.117', 'id_aa64pfr1.mte=4', 'ID_AA64PFR1_EL1.MTE', 3], // nothing is raised
    ['6.12.117', 'id_aa64pfr1.mte=3', 'ID_AA64PFR1_EL1.MTE', 3], // already so
    ['6.12.117', 'id_aa64isar1.apa=0', 'ID_AA64ISAR1_EL1.APA', 0],
    ['6.12.117', 'id_aa64isar1.apa=5', 'ID_AA64ISAR1_EL1.APA', 5],
    ['6.12.117', 'id_aa64isar1.apa=2', 'ID_AA64ISAR1_EL1.APA', 5], // an exact field takes its safe value only
    ['6.12.117', 'id_aa64isar0.rndr=0', 'ID_AA64ISAR0_EL1.RNDR', 1], // no override exists
    ['6.12.117', 'id_aa64pfr1.nothing=0', 'ID_AA64PFR1_EL1.MTE', 3],
    ['6.12.117', 'id_aa64smfr0.fa64=0', 'ID_AA64SMFR0_EL1.FA64', 0],
    ['6.12.117', 'id_aa64mmfr2.varange=0', 'ID_AA64MMFR2_EL1.VARange', 0],
    ['6.12.117', 'id_aa64mmfr2.varange=1', 'ID_AA64MMFR2_EL1.VARange', 1], // refused by its filter
    ['6.12.117', 'id_aa64pfr0.el0=1', 'ID_AA64PFR0_EL1.EL0', 1],
    ['6.6.63', 'id_aa64pfr0.el0=1', 'ID_AA64PFR0_EL1.EL0', 2], // since 6.10
    ['7.2.13', 'id_aa64pfr1.gcs=0', 'ID_AA64PFR1_EL1.GCS', 0],
    ['6.12.117', 'id_aa64pfr0.sve=0X0', 'ID_AA64PFR0_EL1.SVE', 0],
    ['6.1.192', 'id_aa64pfr0.sve=+0', 'ID_AA64PFR0_EL1.SVE', 0],
    ['6.12.117', 'id_aa64pfr0.sve=+0', 'ID_AA64PFR0_EL1.SVE', 1],
    ['6.1.192', 'id_aa64pfr0.sve=0', 'ID_AA64ZFR0_EL1.SVEver', 0],
    ['6.1.192', 'id_aa64pfr0.sve=0x10', 'ID_AA64PFR0_EL1.SVE', 0],
    ['6.1.192', 'id_aa64pfr0.sve=0x10', 'ID_AA64ZFR0_EL1.SVEver', 1], // the filter sees the whole number
    ['6.1.192', 'id_aa64pfr0.sve=18446744073709551616', 'ID_AA64PFR0_EL1.SVE', 1], // does not fit 64 bits
    ['6.12.117', 'arm64.nosve', 'ID_AA64PFR0_EL1.SVE', 0],
    ['6.12.117', '"arm64.nosve"', 'ID_AA64PFR0_EL1.SVE', 1], // quotes belong to the word
    ['6.12.117', 'foo="x arm64.nosve y"', 'ID_AA64PFR0_EL1.SVE', 0],
    ['6.12.117', 'arm64.nosve=1', 'ID_AA64PFR0_EL1.SVE', 1], // an alias is the whole word
    ['6.12.117', `${'x'.repeat(255)}arm64.nosve`, 'ID_AA64PFR0_EL1.SVE', 0],
  ])('%s %s: %s is %d', (release, cmdline, field, value) => {
    expect(sanitised(bootOf(release, [RICH], { cmdline }), field)).toBe(value);
  });

  it('is one hexadecimal digit since 6.8 and a number before', () => {
    const tagged = cpu({ 'ID_AA64PFR1_EL1.MTE': 11 });
    const mte = (release: string): number => sanitised(bootOf(release, [tagged], { cmdline: 'id_aa64pfr1.mte=a' }), 'ID_AA64PFR1_EL1.MTE');
    expect(mte('6.12.117')).toBe(10);
    expect(mte('6.1.192')).toBe(11);
  });

  it('counts for the system when secondaries are merged', () => {
    const system = bootOf('6.12.117', [RICH, RICH], { cmdline: 'id_aa64pfr1.bt=0' });
    expect(system.hwcaps.names).not.toContain('bti');
    expect(system.tainted).toBe(false);
    expect(system.online).toEqual([0, 1]);
  });
});

it('of which it is not known whether it is refused leaves open what tests of a CPU find', () => {
  // id_aa64pfr1.mte=3 is refused where the CPU has less.
  const mte = (value: bigint, open: bigint) => {
    const { ID_AA64PFR1_EL1: _, ...registers } = RICH.registers;
    const partly = { ID_AA64PFR1_EL1: { value: value << 8n, open: open << 8n } };
    const kernel = { release: '6.12.117', config: { CONFIG_ARM64_MTE: 'y' }, cmdline: 'id_aa64pfr1.mte=3' };
    const { cpucaps, unknown } = boot({ cpus: [{ registers, partly }] }, kernel);
    return [cpucaps.includes('MTE'), unknown?.cpucaps?.includes('MTE') === true];
  };
  expect(mte(0n, 3n)).toEqual([false, true]);
  expect(mte(2n, 1n)).toEqual([true, false]);
});

describe('an alias', () => {
  it.each([
    ['6.12.117', 'arm64.nobti', 'ID_AA64PFR1_EL1.BT', 0],
    ['6.12.117', 'arm64.nomte', 'ID_AA64PFR1_EL1.MTE', 0],
    ['6.12.117', 'arm64.nopauth', 'ID_AA64ISAR1_EL1.APA', 0],
    ['6.12.117', 'arm64.nopauth', 'ID_AA64ISAR1_EL1.GPA', 0],
    ['6.12.117', 'arm64.nopauth', 'ID_AA64ISAR2_EL1.GPA3', 0],
    ['5.15.167', 'arm64.nopauth', 'ID_AA64ISAR1_EL1.APA', 0],
    ['6.12.117', 'arm64.nomops', 'ID_AA64ISAR2_EL1.MOPS', 0],
    ['6.12.117', 'arm64.nosve', 'ID_AA64PFR0_EL1.SVE', 0],
    ['6.12.117', 'arm64.nosve', 'ID_AA64ZFR0_EL1.SVEver', 0], // SVE takes all of its registers with it
    ['5.15.167', 'arm64.nosve', 'ID_AA64PFR0_EL1.SVE', 1], // since 6.0
    ['7.2.13', 'arm64.nosme', 'ID_AA64PFR1_EL1.SME', 0],
    ['7.2.13', 'arm64.nosme', 'ID_AA64SMFR0_EL1.FA64', 0],
    ['7.2.13', 'arm64.nogcs', 'ID_AA64PFR1_EL1.GCS', 0],
    ['6.12.117', 'arm64.no32bit_el0', 'ID_AA64PFR0_EL1.EL0', 1],
    ['6.12.117', 'arm64.nolva', 'ID_AA64MMFR2_EL1.VARange', 0],
  ])('%s %s: %s is %d', (release, cmdline, field, value) => {
    expect(sanitised(bootOf(release, [RICH], { cmdline }), field)).toBe(value);
  });

  it('keeps the rest of SVE if SVE itself stays', () => {
    expect(sanitised(bootOf('6.12.117', [RICH], { cmdline: 'id_aa64pfr0.sve=1 id_aa64pfr1.sme=1' }), 'ID_AA64ZFR0_EL1.SVEver')).toBe(1);
  });
});

describe('id_aa64mmfr2.varange=0', () => {
  const lpa2 = (page: '4K' | '16K' | '64K', fields: Parameters<typeof cpu>[0], release = '6.12.117'): bigint => {
    const config = {
      CONFIG_ARM64_LPA2: page === '64K' ? 'n' : 'y',
      ...Object.fromEntries(['4K', '16K', '64K'].map((size) => [`CONFIG_ARM64_${size}_PAGES`, size === page ? 'y' : 'n'])),
    };
    return bootOf(release, [cpu(fields)], { config, cmdline: 'id_aa64mmfr2.varange=0' }).registers.get(
      'ID_AA64MMFR0_EL1' as SystemRegisterName,
    )!.value;
  };

  it('takes 52-bit addresses from granule and range too, where the kernel has them with its granule', () => {
    expect(lpa2('4K', { 'ID_AA64MMFR0_EL1.TGran4': 1, 'ID_AA64MMFR0_EL1.PARange': 6 }) & 0xf000_000fn).toBe(0x5n);
    expect(lpa2('16K', { 'ID_AA64MMFR0_EL1.TGran16': 2, 'ID_AA64MMFR0_EL1.PARange': 6 }) & 0xf0_000fn).toBe(0x10_0005n);
  });

  it.each([
    ['6.9', 6n],
    ['6.12.13', 6n],
    ['6.12.14', 5n],
    ['6.13.2', 6n],
    ['6.13.3', 5n],
    ['6.14', 5n],
  ])('leaves the range as it is until the update that heeds it: %s', (release, range) => {
    expect(lpa2('4K', { 'ID_AA64MMFR0_EL1.TGran4': 1, 'ID_AA64MMFR0_EL1.PARange': 6 }, release) & 0xf000_000fn).toBe(range);
  });

  it('leaves them on a CPU without them, and with 64 KiB pages', () => {
    expect(lpa2('4K', { 'ID_AA64MMFR0_EL1.TGran4': 0, 'ID_AA64MMFR0_EL1.PARange': 6 }) & 0xf000_000fn).toBe(0x6n);
    expect(lpa2('64K', { 'ID_AA64MMFR0_EL1.TGran4': 1, 'ID_AA64MMFR0_EL1.PARange': 6 }) & 0xf000_000fn).toBe(0x1000_0006n);
  });
});

describe('an override that no ID register has', () => {
  const vhe = cpu({ 'ID_AA64MMFR1_EL1.VH': 1 });

  it('is taken from EL2 with VHE only: arm64_sw.hvhe', () => {
    expect(bootOf('6.12.117', [vhe], { cmdline: 'arm64_sw.hvhe=1', bootEl: 2 }).cpucaps).toContain('KVM_HVHE');
    expect(bootOf('6.12.117', [vhe], { cmdline: 'arm64_sw.hvhe=1', bootEl: 1 }).cpucaps).not.toContain('KVM_HVHE');
    expect(bootOf('6.12.117', [cpu()], { cmdline: 'arm64_sw.hvhe=1', bootEl: 2 }).cpucaps).not.toContain('KVM_HVHE');
  });

  it('may take VHE away: id_aa64mmfr1.vh', () => {
    expect(bootOf('6.12.117', [vhe], { bootEl: 2 }).cpucaps).toContain('HAS_VIRT_HOST_EXTN');
    expect(bootOf('6.12.117', [vhe], { cmdline: 'id_aa64mmfr1.vh=0', bootEl: 2 }).cpucaps).not.toContain('HAS_VIRT_HOST_EXTN');
  });
});

describe('the command line', () => {
  const bti = (cmdline: string | undefined, config: Record<`CONFIG_${string}`, string>): boolean =>
    bootOf('6.12.117', [RICH], { ...(cmdline === undefined ? {} : { cmdline }), config }).hwcaps.names.includes('bti');

  it("is the kernel's own if the boot loader passes none", () => {
    expect(bti(undefined, { CONFIG_CMDLINE: '"arm64.nobti"' })).toBe(false);
    expect(bti('quiet', { CONFIG_CMDLINE: '"arm64.nobti"' })).toBe(true);
  });

  it("is the kernel's own in any case if it is forced", () => {
    expect(bti('quiet', { CONFIG_CMDLINE: 'arm64.nobti', CONFIG_CMDLINE_FORCE: 'y' })).toBe(false);
    expect(bti('arm64.nobti', { CONFIG_CMDLINE: 'quiet', CONFIG_CMDLINE_FORCE: 'y' })).toBe(true);
  });
});

describe('a switch that no register has', () => {
  const vhe = cpu({ 'ID_AA64MMFR1_EL1.VH': 1 });
  const has = (name: string, release: string, cmdline: string, options: object): boolean =>
    bootOf(release, [vhe], { cmdline, ...options }).cpucaps.includes(name);

  it.each([
    ['arm64_sw.hvhe=1', true],
    ['arm64-sw.hvhe=1', true],
    ['arm64_sw.hvhe=2', false],
    ['arm64_sw.hvhe=1 arm64_sw.hvhe=0', false], // a value that is refused takes back the one before
  ])('%j: %s', (cmdline, set) => {
    expect(has('KVM_HVHE', '6.12.117', cmdline, { bootEl: 2, config: { CONFIG_KVM: 'y' } })).toBe(set);
  });

  // Kernels before 5.12 look for the text, later ones for the whole word.
  it.each([
    ['5.10.223', 'nokaslr', false],
    ['5.10.223', 'nokaslr=1', false],
    ['6.1.192', '', true],
    ['6.1.192', 'nokaslr', false],
    ['6.1.192', 'nokaslr=1', true],
    ['6.1.192', 'kaslr.disabled=1', false],
    ['6.12.117', 'nokaslr', false],
    ['6.12.117', 'nokaslr=1', true],
    ['6.12.117', 'arm64_sw.nokaslr=2', false],
    ['6.12.117', 'kaslr.disabled=1', true],
  ])('%s %j: kernel page tables apart for KASLR: %s', (release, cmdline, apart) => {
    const config = { CONFIG_RANDOMIZE_BASE: 'y', CONFIG_UNMAP_KERNEL_AT_EL0: 'y', CONFIG_ARM64_E0PD: 'y' };
    const safe = cpu({ 'ID_AA64PFR0_EL1.CSV3': 1 });
    expect(bootOf(release, [safe], { cmdline, config, kaslr: true }).cpucaps.includes('UNMAP_KERNEL_AT_EL0')).toBe(apart);
  });
});
