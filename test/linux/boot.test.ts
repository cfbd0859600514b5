import { describe, expect, it } from 'vitest';
import { boot, bootAdmittingAll, watchBoot } from '../../src/linux/boot.ts';
import { kernelVariants } from '../../src/linux/release/kernel-at.ts';
import { el0View } from '../../src/process/mrs.ts';
import { bootOf, cpu } from '../support/booted.ts';

it('needs a CPU', () => {
  expect(() => boot({ cpus: [] }, { release: '6.12' })).toThrow(expect.objectContaining({ code: 'bad-machine' }));
});

describe('registers that are not known', () => {
  it('read as zero, and the result says which', () => {
    const { diagnostics, hwcaps } = boot({ cpus: [{ registers: { ID_AA64ISAR0_EL1: 0x20n } }] }, { release: '6.12' });
    expect(hwcaps.names).toContain('pmull');
    const assumed = diagnostics.filter(({ code }) => code === 'assumed-zero').map(({ where }) => where);
    expect(assumed).toContain('ID_AA64ISAR1_EL1');
    expect(assumed).not.toContain('ID_AA64ISAR0_EL1');
    expect(diagnostics.every(({ severity }) => severity === 'note')).toBe(true);
  });

  it('are told once, whichever CPU lacks them', () => {
    const { diagnostics } = bootOf('6.12', [cpu(), cpu()]);
    const where = diagnostics.map((diagnostic) => diagnostic.where);
    expect(new Set(where).size).toBe(where.length);
  });
});

describe('MRS at EL0', () => {
  const view = (release: string): ReadonlyMap<string, unknown> =>
    el0View(bootOf(release, [cpu({ 'ID_AA64PFR0_EL1.EL0': 2, 'ID_AA64ISAR0_EL1.AES': 1 }, { ID_ISAR5_EL1: 0x1_0000n })]));

  it.each([
    ['4.10.1', 'SIGILL', 'SIGILL'],
    ['4.11.0', 0x10n, 'SIGILL'],
    ['6.0', 0x10n, 'SIGILL'],
    ['6.1.192', 0x10n, 0x1_0000n],
    ['5.4.286', 0x10n, 0x1_0000n], // taken from 6.1
    ['5.10.223', 0x10n, 'SIGILL'],
  ])('in %s gives ID_AA64ISAR0_EL1 %s and ID_ISAR5_EL1 %s', (release, isar0, isar5) => {
    expect(view(release).get('S3_0_C0_C6_0')).toBe(isar0);
    expect(view(release).get('S3_0_C0_C2_5')).toBe(isar5);
    expect(view(release).get('S3_0_C0_C1_0')).toBe('SIGILL');
    expect(view(release).get('S3_0_C0_C8_0')).toBe('SIGILL');
  });

  it.each([
    ['S3_0_C0_C4_0', 0x11n], // EL0 and EL1: AArch64 only, the safe value
    ['S3_0_C0_C5_0', 0x6n], // debug architecture 8.0
    ['S3_0_C0_C7_0', 0x111_ff00_0000n], // no granule is promised
    ['S3_0_C0_C0_5', 0x8000_0000n],
    ['S3_0_C0_C0_6', 0n],
    ['S3_0_C0_C0_0', 0x611f_0221n],
  ])('gives %s the same value on every machine: %d', (name, value) => {
    expect(view('6.12.117').get(name)).toBe(value);
  });
});

describe('loops per jiffy', () => {
  it.each([
    [{ timerHz: 24_000_000 }, 96_000],
    [{ timerHz: 24_000_000, cmdline: 'lpj=5000' }, 5000],
    [{ timerHz: 24_000_000, cmdline: 'lpj=1' }, 1],
    [{ timerHz: 24_000_000, cmdline: 'lpj=0' }, 96_000],
    [{ timerHz: 24_000_000, cmdline: 'lpj=fast' }, 96_000],
    [{ timerHz: 24_000_000, config: { CONFIG_HZ: '100' } as const }, 240_000],
    [{}, 0],
  ])('%j: %d', (options, loops) => {
    expect(bootOf('6.12', [cpu()], options).loopsPerJiffy).toBe(loops);
  });

  it.each(['0', '-5', '1e99', '99999', 'y', '0.5'])('count 250 ticks a second where no kernel can have CONFIG_HZ=%s', (hz) => {
    expect(bootOf('6.12', [cpu()], { timerHz: 24_000_000, config: { CONFIG_HZ: hz } }).loopsPerJiffy).toBe(96_000);
  });

  it("follow the boot CPU's own register if nothing else says the frequency", () => {
    expect(bootOf('6.12', [cpu({}, { CNTFRQ_EL0: 24_000_000n })]).loopsPerJiffy).toBe(96_000);
  });
});

it('may be one in which no early CPU is refused: what merging alone comes to', () => {
  const cpus = [cpu({ 'ID_AA64ISAR1_EL1.APA': 3, 'ID_AA64ISAR0_EL1.AES': 2 }), cpu({ 'ID_AA64ISAR1_EL1.APA': 1 })];
  expect(boot({ cpus }, { release: '6.12.117' }).online).toEqual([0]);
  const { online, hwcaps } = bootAdmittingAll({ cpus }, { release: '6.12.117' }, {});
  expect([online, hwcaps.names.includes('aes')]).toEqual([[0, 1], false]);
});

it('is watched as the first of the kernels that it may be', () => {
  const kernel = { release: '6.6.40' };
  const variants = kernelVariants(kernel);
  const watched: number[] = [];
  // The workaround for SSBS may be there or not, and the core has the erratum.
  const core = cpu({ 'ID_AA64PFR1_EL1.SSBS': 2 }, { MIDR_EL1: 0x414f_d0b1n });
  watchBoot({ cpus: [core] }, kernel, {}, { settled: ({ model }) => watched.push(variants.indexOf(model)) });
  expect(variants.length).toBeGreaterThan(1);
  expect(watched).toEqual([0]);
});

it('keeps the state at the moment of a panic', () => {
  const system = bootOf('6.12.117', [cpu(), cpu(), cpu({ 'ID_AA64PFR1_EL1.MTE': 2 }), cpu()]);
  expect(system.panic?.cpu).toBe(2);
  expect(system.online).toEqual([0, 1]);
});

describe('an observer', () => {
  it('is told when each CPU was merged, the boot CPU first', () => {
    const merged: number[] = [];
    const { registers } = cpu();
    const cpus = [{ registers }, { registers }, { registers }];
    watchBoot({ cpus }, { release: '6.12.117' }, {}, { merged: (_, index) => merged.push(index) });
    expect(merged).toEqual([0, 1, 2]);
  });

  it('sees that a register which the kernel does not track is zero for the system, but MIDR_EL1', () => {
    const seen: bigint[] = [];
    const { registers } = cpu({}, { ID_AA64ISAR3_EL1: 0x11n });
    const settled = (state: { sanitised(name: string): bigint }): void => {
      seen.push(state.sanitised('ID_AA64ISAR3_EL1'), state.sanitised('MIDR_EL1'));
    };
    watchBoot({ cpus: [{ registers }] }, { release: '4.4' }, {}, { settled });
    expect(seen).toEqual([0n, 0x611f_0221n]);
  });
});

it('the log says of 32-bit EL0 on kernels that manage without it on some CPUs, as of no erratum', () => {
  const { log } = bootOf('6.12.117', [cpu({ 'ID_AA64PFR0_EL1.EL0': 2 })]);
  expect(log.find((line) => line.code === 'detected' && line.description === '32-bit EL0 Support')).toMatchObject({ erratum: false });
});

it('a register of hardware that is given whole is not told of as partly known', () => {
  const { unknown } = boot({ cpus: [{ registers: { MIDR_EL1: 0x611f_0221n } }], unlisted: 'unknown' }, { release: '6.12.117' });
  const words = unknown?.hardware?.get(0);
  expect([words?.has('MIDR_EL1') ?? false, words?.has('DCZID_EL0'), words?.has('CNTFRQ_EL0')]).toEqual([false, true, true]);
});
