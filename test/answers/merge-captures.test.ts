import { describe, expect, it } from 'vitest';
import type { Capture } from '../../src/answers/capture.ts';
import { checkCapture } from '../../src/answers/check-capture.ts';
import { machineOfCapture } from '../../src/answers/machine-of-capture.ts';
import { mergeCaptures } from '../../src/answers/merge-captures.ts';
import { boot } from '../../src/linux/boot.ts';
import { hwcapNamesOf } from '../../src/linux/release/hwcap-catalogue.ts';
import { cpuinfoView } from '../../src/process/cpuinfo.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';

const A72 = (await loadMachine('qemu-cortex-a72')).machine.cpus[0]!;
const SYSTEM = boot({ cpus: [A72, A72] }, { release: '6.12.107', config: 'debian' }, { timerHz: 62_500_000 });
const CPUINFO = cpuinfoView(SYSTEM);
const LINES = SYSTEM.log.map((event, line) => ({ line, text: '', event }));
const MIDR = A72.registers.MIDR_EL1!;

const named = (...captures: readonly Capture[]) => captures.map((capture, i) => ({ source: `file ${i}`, capture }));

describe('merging', () => {
  it('puts registers, /proc/cpuinfo, the log and the configuration of a machine together', () => {
    const { value, diagnostics } = mergeCaptures(
      named(
        { machine: { cpus: [A72] } },
        { cpuinfo: CPUINFO },
        {
          kernel: { release: '6.12.107' },
          environment: { bootEl: 2 },
          machine: { cpus: [MIDR, MIDR].map((value) => ({ registers: { MIDR_EL1: value } })) },
        },
        { kernel: { config: { CONFIG_ARM64_SVE: 'n' } } },
      ),
    );
    expect(value.kernel).toEqual({ release: '6.12.107', config: { CONFIG_ARM64_SVE: 'n' } });
    expect(value.environment).toEqual({ bootEl: 2 });
    expect(value.cpuinfo).toBe(CPUINFO);
    // The second CPU is named by the log only; it is the same core.
    expect(value.machine?.cpus.map(({ registers }) => registers)).toEqual([A72.registers, A72.registers]);
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'assumed-same-core', severity: 'note' })]);
    expect(checkCapture(value)).toEqual([]);
  });

  it('puts together what texts say of architecture features; where they differ the first one counts', () => {
    const told = (present: readonly string[], absent: readonly string[]): Capture => ({ archFeatures: { present, absent } });
    const { value, diagnostics } = mergeCaptures(named(told(['FEAT_LSE'], []), told(['FEAT_AES'], ['FEAT_LSE', 'FEAT_SVE'])));
    expect(value.archFeatures).toEqual({ present: ['FEAT_LSE', 'FEAT_AES'], absent: ['FEAT_SVE'] });
    expect(diagnostics).toMatchObject([{ code: 'contradiction', where: 'file 1', message: expect.stringContaining('FEAT_LSE') }]);
  });

  it('leaves CPUs out of which nothing but another name is known', () => {
    const cpus = [A72, { registers: { MIDR_EL1: 0x410f_d034n } }];
    const { value, diagnostics } = mergeCaptures(named({ machine: { cpus } }));
    expect(value.machine?.cpus).toHaveLength(1);
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'no-registers-of-core', severity: 'warning' })]);
  });

  it('prefers what the hardware gives to what EL0 is shown', () => {
    const el0 = { registers: { ...A72.registers, ID_AA64PFR0_EL1: 0x11n } };
    const { value } = mergeCaptures(named({ machine: { cpus: [el0] }, registersAs: 'el0' }, { machine: { cpus: [A72] } }));
    expect(value.registersAs).toBeUndefined();
    expect(value.machine?.cpus[0]?.registers.ID_AA64PFR0_EL1).toBe(A72.registers.ID_AA64PFR0_EL1);
  });

  it('tells of values that differ, and keeps the first', () => {
    const other = { registers: { ...A72.registers, ID_AA64ISAR0_EL1: 0n } };
    const { value, diagnostics } = mergeCaptures(
      named({ machine: { cpus: [A72] }, kernel: { release: '6.1' } }, { machine: { cpus: [other] }, kernel: { release: '5.10' } }),
    );
    expect(value.kernel?.release).toBe('6.1');
    expect(value.machine?.cpus[0]?.registers.ID_AA64ISAR0_EL1).toBe(A72.registers.ID_AA64ISAR0_EL1);
    expect(diagnostics.map(({ code, where }) => [code, where])).toEqual([
      ['contradiction', 'file 1'],
      ['contradiction', 'file 1'],
    ]);
  });
});

describe('contradictions', () => {
  const good: Capture = {
    machine: { cpus: [A72, A72] },
    cpuinfo: CPUINFO,
    hwcaps: { words: SYSTEM.hwcaps.words, names: SYSTEM.hwcaps.names },
    midrs: [MIDR],
  };

  it('there are none in what one kernel says of one machine', () => {
    expect(checkCapture(good)).toEqual([]);
  });

  it.each<[string, Capture, string, readonly string[]]>([
    [
      'another core in /proc/cpuinfo',
      { ...good, cpuinfo: CPUINFO.map((entry) => ({ ...entry, part: 0xd03 })) },
      'midr-differs',
      ['0x410fd083', '0x410fd033'],
    ],
    ['another core in lscpu', { ...good, midrs: [0x411f_d070n] }, 'midr-differs', ['0x410fd083', '0x411fd070']],
    [
      'a hwcap word with another bit',
      { ...good, hwcaps: { words: [SYSTEM.hwcaps.words[0]! | (1n << 22n), 0n, 0n] } },
      'words-differ',
      ['sve'],
    ],
    ['another list of names', { ...good, hwcaps: { names: SYSTEM.hwcaps.names.slice(1) } }, 'names-differ', ['fp']],
    [
      'a name that the registers do not allow',
      { machine: good.machine!, cpuinfo: CPUINFO.map((entry) => ({ ...entry, features: [...entry.features, 'sve'] })) },
      'not-in-registers',
      ['sve'],
    ],
    [
      'an architecture feature that the registers do not show',
      { machine: good.machine!, archFeatures: { present: ['FEAT_AES', 'FEAT_SVE'], absent: [] } },
      'arch-feature-not-in-registers',
      ['FEAT_SVE'],
    ],
  ])('%s', (_, capture, code, subjects) => {
    const found = checkCapture(capture);
    expect(found.map((one) => one.code)).toContain(code);
    expect(found.find((one) => one.code === code)?.subjects).toEqual(subjects);
  });

  it('names that are missing contradict nothing: options and hypervisors hide them', () => {
    expect(checkCapture({ machine: good.machine!, cpuinfo: CPUINFO.map((entry) => ({ ...entry, features: ['fp', 'asimd'] })) })).toEqual(
      [],
    );
  });

  it('nothing can be said against the line where registers are those that EL0 sees', () => {
    const features = [...SYSTEM.hwcaps.names, 'sve'];
    expect(checkCapture({ ...good, hwcaps: {}, registersAs: 'el0', cpuinfo: CPUINFO.map((entry) => ({ ...entry, features })) })).toEqual(
      [],
    );
  });
});

it('a text that does not count its CPUs does not count them beside one that tells nothing of CPUs', () => {
  const cut = { machine: { cpus: [A72] }, uncounted: true } as const;
  const merged = (...captures: readonly Capture[]) =>
    mergeCaptures(captures.map((capture, i) => ({ source: `${i}.txt`, capture }))).value.uncounted;
  const title = { title: 'a board' };
  expect([merged(cut, title), merged(title, cut), merged(cut, { cpuinfo: CPUINFO })]).toEqual([true, true, undefined]);
});

describe('a machine of a capture', () => {
  it('is what its registers are', async () => {
    const found = await machineOfCapture({ machine: { cpus: [A72] }, kernel: { release: '6.1.0-18-arm64' } });
    expect(found).toEqual({ value: { machine: { cpus: [A72], alike: true }, kernel: { release: '6.1.0-18-arm64' } }, diagnostics: [] });
  });

  it.each([
    ['nobody counted', {}, true],
    ['a text counts', { cpuCount: 1 }, undefined],
  ])('one CPU that %s', async (_, said, uncounted) => {
    const found = await machineOfCapture({ machine: { cpus: [A72], unlisted: 'unknown' }, ...said });
    expect(found?.value.machine.uncounted).toBe(uncounted);
  });

  it('is put together from a Features line, so that the kernel prints the same', async () => {
    const found = await machineOfCapture({ cpuinfo: CPUINFO, kernel: { release: '6.12.107' } });
    expect(found?.diagnostics).toEqual([]);
    expect(found?.value.machine.cpus).toHaveLength(2);
    expect(boot(found!.value.machine, { release: '6.12.107' }, { timerHz: 1_000_000 }).hwcaps.names).toEqual(SYSTEM.hwcaps.names);
  });

  // A log without its first line, options without their heading: what they say of the kernel holds for any release.
  it('keeps the options and the command line of a kernel whose release is not told, or is none', async () => {
    const kernel = { cmdline: 'arm64.nosve', config: { CONFIG_ARM64_SVE: 'n' } } as const;
    expect((await machineOfCapture({ machine: { cpus: [A72] }, kernel }))?.value.kernel).toEqual(kernel);
    expect((await machineOfCapture({ machine: { cpus: [A72] }, kernel: { release: 'n/a', ...kernel } }))?.value.kernel).toEqual(kernel);
    expect((await machineOfCapture({ cpuinfo: CPUINFO, kernel: { cmdline: 'quiet' } }))?.value.kernel).toMatchObject({ cmdline: 'quiet' });
  });

  it('is what names of architecture features tell, without either', async () => {
    const found = await machineOfCapture({ archFeatures: { present: ['FEAT_AES'], absent: [] }, cpuCount: 8 });
    expect(found?.value.machine).toMatchObject({ unlisted: 'unknown', cpus: Array.from({ length: 8 }, () => ({ registers: {} })) });
  });

  it('is not there where nothing tells of one', async () => {
    expect(await machineOfCapture({ cpuCount: 8 })).toBeUndefined();
  });
});

it('names bits of hwcap words, and those that have no name by their place', () => {
  expect(hwcapNamesOf([0b111n | (1n << 11n), 0n, 1n << 63n])).toEqual(['fp', 'asimd', 'evtstrm', 'cpuid', 'AT_HWCAP3 bit 63']);
});

it.each([
  ['a part of a Features line', { cpuinfo: [{ processor: 0, features: ['fp'], isPart: true as const }] }, { cpuinfo: CPUINFO }],
  ['one CPU of several', { cpuinfo: CPUINFO.slice(0, 1) }, { cpuinfo: CPUINFO }],
  ['some lines of a log', { log: LINES.slice(1) }, { log: LINES }],
])('%s gives way to the whole, whichever comes first', (_, part, whole) => {
  const merged = (...captures: readonly Capture[]) => {
    const { sources: __, ...value } = mergeCaptures(captures.map((capture, i) => ({ source: `${i}`, capture }))).value;
    return value;
  };
  expect(merged(part, whole)).toEqual(whole);
  expect(merged(whole, part)).toEqual(whole);
});
