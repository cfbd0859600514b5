import { describe, expect, it } from 'vitest';
import { ArmlensError } from '../../../src/errors.ts';
import type { KernelConfig } from '../../../src/linux/kernel.ts';
import { CONFIG_NAMES, configKey, configUnder, isKnownConfig, optionsOf } from '../../../src/linux/release/config.ts';
import { OPTION_NAMES } from '../../../src/linux/release/history.ts';
import { parseRelease } from '../../../src/linux/release/release.ts';
import { MAINLINE_RELEASES } from '../../support/linux-releases.ts';

function option(name: string, release: string, config?: string | KernelConfig): string {
  return optionsOf(config, parseRelease(release))(name);
}

/** The mainline releases at which defconfig has an option. */
function releasesWith(name: string): readonly string[] {
  return MAINLINE_RELEASES.filter((release) => optionsOf(undefined, release)(name) === 'y').map(({ text }) => text);
}

function messageOf(config: string | KernelConfig, release: string): string {
  try {
    optionsOf(config, parseRelease(release));
  } catch (error) {
    if (error instanceof ArmlensError) return `${error.code}: ${error.message}`;
  }
  return 'nothing thrown';
}

describe('defconfig', () => {
  // The default of each option, and since when Kconfig has it.
  it.each([
    ['CONFIG_COMPAT', '4.4'],
    ['CONFIG_ARM64_SVE', '4.15'],
    ['CONFIG_ARM64_PTR_AUTH', '5.0'],
    ['CONFIG_ARM64_BTI', '5.8'],
    ['CONFIG_ARM64_MTE', '5.10'],
    ['CONFIG_ARM64_POE', '6.12'],
    ['CONFIG_ARM64_GCS', '6.13'],
  ])('has %s from %s on', (name, since) => {
    const all = MAINLINE_RELEASES.map(({ text }) => text);
    expect(releasesWith(name)).toEqual(all.slice(all.indexOf(since)));
  });

  // "depends on BROKEN" came with 6.11 and went after 6.14; stable 6.1 and 6.6 took it.
  it('has no SME while it depended on BROKEN', () => {
    const releases = [
      '5.18',
      '5.19',
      '6.1',
      '6.1.20',
      '6.1.192',
      '6.6.31',
      '6.6.63',
      '6.10',
      '6.11.7',
      '6.11.8',
      '6.12',
      '6.14',
      '6.18',
      '7.2',
    ];
    const sme = releases.map((release) => option('CONFIG_ARM64_SME', release));
    expect(sme).toEqual(['n', 'y', 'y', 'y', 'n', 'y', 'n', 'y', 'y', 'n', 'n', 'n', 'y', 'y']);
  });

  it('has no option that neither it nor Kconfig names', () => {
    expect(option('CONFIG_EXPERT', '6.12')).toBe('n');
    expect(option('toString', '6.12')).toBe('n');
    expect(option('__proto__', '6.12')).toBe('n');
  });

  it('reads numbers and modules as they are set', () => {
    expect(option('CONFIG_HZ', '6.12')).toBe('250');
    expect(option('CONFIG_CORESIGHT_TRBE', '6.12')).toBe('m');
  });

  // In 5.16 the TRBE errata of Cortex-A510 depended on COMPILE_TEST.
  it('has the TRBE errata of Cortex-A510 only when their driver was ready', () => {
    expect(option('CONFIG_ARM64_ERRATUM_2064142', '5.17')).toBe('n');
    expect(option('CONFIG_ARM64_ERRATUM_2064142', '5.18')).toBe('y');
  });

  it('has what a set option selects', () => {
    expect(option('CONFIG_ARM64_WORKAROUND_SPECULATIVE_AT', '6.12')).toBe('y');
    const none: KernelConfig = { CONFIG_ARM64_ERRATUM_1165522: 'n', CONFIG_ARM64_ERRATUM_1319367: 'n', CONFIG_ARM64_ERRATUM_1530923: 'n' };
    expect(option('CONFIG_ARM64_WORKAROUND_SPECULATIVE_AT', '6.12', none)).toBe('n');
  });
});

describe('options given one by one', () => {
  it('stand over defconfig, which is the base if none is named', () => {
    expect(option('CONFIG_ARM64_SVE', '7.2', { CONFIG_ARM64_SVE: 'n' })).toBe('n');
    expect(option('CONFIG_ARM64_MTE', '7.2', { CONFIG_ARM64_SVE: 'n' })).toBe('y');
  });

  it('change what depends on them', () => {
    expect(option('CONFIG_ARM64_SME', '7.2', { CONFIG_ARM64_SVE: 'n' })).toBe('n');
    expect(option('CONFIG_ARM64_SME', '6.12', { CONFIG_BROKEN: 'y' })).toBe('y');
  });

  it('stand over the base that they name', () => {
    // Debian 13 leaves the workaround for erratum 1542419 out.
    expect(option('CONFIG_ARM64_ERRATUM_1542419', '6.12', { base: 'debian', CONFIG_HZ: '1000' })).toBe('n');
    expect(option('CONFIG_HZ', '6.12', { base: 'debian', CONFIG_HZ: '1000' })).toBe('1000');
    expect(option('CONFIG_ARM64_ERRATUM_1542419', '6.12', { base: 'debian', CONFIG_ARM64_ERRATUM_1542419: 'y' })).toBe('y');
  });
});

describe('named configurations', () => {
  it('are those of Debian and defconfig', () => {
    expect([...CONFIG_NAMES].sort()).toEqual(['debian', 'debian-16k', 'debian-cloud', 'debian-rt', 'defconfig']);
  });

  it.each([
    ['defconfig', '5.4.18', true],
    ['debian', '6.12.117', true],
    ['debian', '6.6.63', false],
    ['debian-16k', '5.10.223', false],
    ['nosuch', '6.12.117', false],
    ['defconfig', 'nonsense', false],
  ])('%s is known for %s: %s', (name, release, isKnown) => {
    expect(isKnownConfig(name, release)).toBe(isKnown);
  });

  // From the linux-config packages of the four releases.
  it.each([
    ['debian', '5.10.223', 'CONFIG_ARM64_4K_PAGES', 'y'],
    ['debian', '6.1.192', 'CONFIG_ARM64_SME', 'n'],
    ['debian', '6.12.117', 'CONFIG_ARM64_GCS', 'n'],
    ['debian', '7.2.13', 'CONFIG_ARM64_GCS', 'y'],
    ['debian', '7.2.13', 'CONFIG_ARM64_SME', 'y'],
    ['debian-16k', '6.12.117', 'CONFIG_ARM64_16K_PAGES', 'y'],
    ['debian-16k', '6.12.117', 'CONFIG_ARM64_4K_PAGES', 'n'],
  ])('%s of %s has %s=%s', (config, release, name, value) => {
    expect(option(name, release, config)).toBe(value);
  });

  it('are refused under a wrong name, with the nearest one', () => {
    expect(messageOf('debain', '6.12')).toMatch(
      /^bad-config: there is no configuration named "debain"; known are .*; did you mean debian\?$/,
    );
    expect(messageOf({ base: 'defconfg' }, '6.12')).toMatch(/did you mean defconfig\?$/);
    expect(messageOf('__proto__', '6.12')).toMatch(/^bad-config: /);
  });

  it('are refused for a series that was not recorded', () => {
    expect(messageOf('debian', '6.6.31')).toBe(
      'bad-config: the configuration debian is known for 5.10, 6.1, 6.12, 7.2, not for 6.6.31; use defconfig or give the options',
    );
    expect(messageOf({ base: 'debian-16k' }, '6.1.192')).toMatch(
      /^bad-config: the configuration debian-16k is known for 6\.12, 7\.2, not for 6\.1\.192/,
    );
  });
});

it('kernels of equal configuration have equal keys', () => {
  const release = '6.12';
  expect(configKey({ release })).toBe(configKey({ release, config: 'defconfig' }));
  expect(configKey({ release, config: { CONFIG_ARM64_SVE: 'n' } })).toBe(configKey({ release, config: { CONFIG_ARM64_SVE: 'n' } }));
  expect(configKey({ release, config: { CONFIG_ARM64_SVE: 'n' } })).not.toBe(configKey({ release, config: { CONFIG_ARM64_SVE: 'y' } }));
  expect(configKey({ release, config: 'debian' })).not.toBe(configKey({ release }));
});

describe('the configuration of a kernel that is booted as another release', () => {
  const options = { CONFIG_ARM64_SVE: 'n' } as const;
  it.each([
    [{ release: '6.12', config: 'debian' }, '6.12', 'debian'],
    [{ release: '6.12', config: 'debian' }, '6.1', undefined],
    [{ config: 'debian' }, '6.1', 'debian'],
    [{ release: '6.12', config: options }, '6.1', options],
    [{ config: options }, '6.1', options],
    [{ release: '6.12', config: { base: 'debian', ...options } }, '6.12', { base: 'debian', ...options }],
    [{ release: '6.12', config: { base: 'debian', ...options } }, '5.15', options],
    [{ release: '6.12' }, '5.15', undefined],
  ])('%j as %s: %j', (kernel, release, config) => {
    expect(configUnder(kernel, release)).toEqual(config);
  });
});

// Kconfig refuses recursive dependencies.
it.each(['4.4.155', '5.10.223', '6.12.117', '7.2.13'])('no option of Linux %s hangs on itself, whether it is on or not', (release) => {
  for (const config of ['defconfig', { base: 'defconfig', CONFIG_EXPERT: 'y', CONFIG_KVM: 'n' }] as const) {
    const read = optionsOf(config, parseRelease(release));
    for (const name of OPTION_NAMES) expect(read(name)).toMatch(/./);
  }
});
