import { describe, expect, it } from 'vitest';
import { boot } from '../../src/linux/boot.ts';
import { hasEl2 } from '../../src/linux/environment.ts';
import type { Truth } from '../../src/logic/truth.ts';
import type { Machine } from '../../src/silicon/machine.ts';

const CPU = { MIDR_EL1: 0x414f_d0b1n, ID_AA64PFR0_EL1: 0x1111n, ID_AA64MMFR1_EL1: 0x100n };
const booted = (pfr0: bigint, environment: object) =>
  boot({ cpus: [{ registers: { ...CPU, ID_AA64PFR0_EL1: pfr0 } }] }, { release: '6.12' }, environment);
const texts = (log: readonly { readonly code: string }[] = []): readonly unknown[] =>
  log.filter(({ code }) => code === 'started-at-el').map((event) => (event as unknown as { el: number }).el);

describe('the exception level at which a kernel is entered', () => {
  it('is 1 where nothing is said, as documented', () => {
    expect(texts(booted(0x1111n, {}).log)).toEqual([1]);
  });

  it('leaves open what hangs on it where it is not known', () => {
    const { log, unknown, cpucaps, hwcaps, environment } = booted(0x1111n, { openBootEl: true });
    expect([texts(log), texts(unknown?.log)]).toEqual([[], [1, 2]]);
    expect(cpucaps).not.toContain('HAS_VIRT_HOST_EXTN');
    expect(unknown?.cpucaps).toEqual(['HAS_VIRT_HOST_EXTN']);
    expect([hwcaps.names, unknown?.hwcaps]).toEqual([booted(0x1111n, {}).hwcaps.names, undefined]);
    expect(environment).toEqual({ openBootEl: true });
  });

  it('is 1 on a boot CPU without EL2', () => {
    const { log, unknown } = booted(0x1011n, { openBootEl: true });
    expect([texts(log), unknown]).toEqual([[1], undefined]);
  });

  it('is what is given, whatever is said to be open', () => {
    const { log, unknown, cpucaps } = booted(0x1111n, { openBootEl: true, bootEl: 2 });
    expect([texts(log), unknown]).toEqual([[2], undefined]);
    expect(cpucaps).toContain('HAS_VIRT_HOST_EXTN');
  });
});

describe('what the firmware answers', () => {
  // A Cortex-A72 without SSBS.
  const A72 = { registers: { MIDR_EL1: 0x410f_d083n, ID_AA64PFR0_EL1: 0x2222n, ID_AA64PFR1_EL1: 0n } };
  const found = (environment: object) => {
    const { cpucaps, unknown } = boot({ cpus: [A72], unlisted: 'unknown' }, { release: '6.12' }, environment);
    return ['SPECTRE_V2', 'SPECTRE_V4'].map((name) =>
      cpucaps.includes(name) ? true : unknown?.cpucaps?.includes(name) ? undefined : false,
    );
  };

  it('is nothing where nothing is said, as documented', () => {
    expect(found({})).toEqual([true, true]);
  });

  it('leaves open what hangs on it where it is not known', () => {
    expect(found({ openSmccc: true })).toEqual([undefined, undefined]);
  });

  it('is what is given, whatever is said to be open', () => {
    expect(found({ openSmccc: true, smccc: { version: 0x10001n, workaround1: 0n, workaround2: 0xffff_fffen } })).toEqual([true, false]);
  });
});

it.each<[string, Partial<Machine>, Truth]>([
  ['is there where the field says so', { cpus: [{ registers: { ...CPU, ID_AA64PFR0_EL1: 0x0111n } }] }, true],
  ['is not where the field is zero', { cpus: [{ registers: { ...CPU, ID_AA64PFR0_EL1: 0x0011n } }] }, false],
  ['is open where the register is not known', { cpus: [{ registers: { MIDR_EL1: CPU.MIDR_EL1 } }], unlisted: 'unknown' }, undefined],
])('EL2 %s', (_, machine, has) => {
  expect(hasEl2(machine as Machine)).toBe(has);
});

describe('CPUs that are alike in what is not known of them', () => {
  const cpu = { registers: CPU };
  const other = { registers: { ...CPU, MIDR_EL1: 0x410f_d050n } };
  const unlisted = 'unknown' as const;

  it('come up together', () => {
    const { online, unknown } = boot({ cpus: [cpu, cpu], unlisted, alike: true }, { release: '6.12' });
    expect([online, unknown?.online, unknown?.panic, unknown?.tainted]).toEqual([[0, 1], undefined, undefined, undefined]);
  });

  it('may differ if nothing says that they are alike, or they are of other cores', () => {
    expect(boot({ cpus: [cpu, cpu], unlisted }, { release: '6.12' }).unknown?.online).toEqual([1]);
    expect(boot({ cpus: [cpu, other], unlisted, alike: true }, { release: '6.12' }).unknown?.online).toEqual([1]);
  });

  it('are told apart by what is known of them', () => {
    const without = { registers: { ...CPU, ID_AA64MMFR1_EL1: 0x0n, ID_AA64ISAR0_EL1: 0x10n } };
    const { log } = boot(
      { cpus: [{ registers: { ...CPU, ID_AA64ISAR0_EL1: 0x20n } }, without], unlisted, alike: true },
      { release: '6.12' },
    );
    expect(log.filter(({ code }) => code === 'sanity-check').map((event) => 'register' in event && event.register)).toEqual([
      'ID_AA64ISAR0_EL1',
      'ID_AA64MMFR1_EL1',
    ]);
  });
});
