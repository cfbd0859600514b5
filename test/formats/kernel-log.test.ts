import { describe, expect, it } from 'vitest';
import { formatFeatureLog, formatLog, formatLogEvent } from '../../src/formats/kernel-log.ts';
import { readAny } from '../../src/formats/read-any.ts';
import type { LogEvent, LogMessage } from '../../src/linux/log/log-event.ts';
import { logLevel } from '../../src/linux/log/log-level.ts';
import { kernelAt } from '../../src/linux/release/kernel-at.ts';
import { bootOf, cpu } from '../support/booted.ts';
import { handmadeSystem } from '../support/system.ts';

type Code = LogMessage['code'];
/** A message as data, the level at which it is printed, and the text of each release that was looked at. */
type Example = readonly [message: LogMessage & { readonly cpu?: number }, level: number, texts: Readonly<Record<string, string>>];

/** The same text in recordings of all four kernels that were recorded. */
const everywhere = (text: string): Readonly<Record<string, string>> => ({
  '5.10.223': text,
  '6.1.192': text,
  '6.12.107': text,
  '7.2.13': text,
});
/** The same since overrides came, in 5.12. */
const withOverrides = (text: string): Readonly<Record<string, string>> => ({ '6.1.192': text, '6.12.107': text, '7.2.13': text });

/**
 * An example of every code. Texts of 5.10, 6.1, 6.12 and 7.2 were recorded, either from booted kernels ("boot") or from their own
 * CPU feature code run on given registers ("code"); those of older releases, and the few that no recording has ("source"), are as in
 * linux:arch/arm64/kernel/cpufeature.c and the files named.
 */
const EXAMPLES: Readonly<Record<Code, readonly Example[]>> = {
  // boot: a64fx under every kernel; VPIPT went with 6.8
  'icache-policy': [
    [{ code: 'icache-policy', policy: 'VIPT', cpu: 0 }, 6, everywhere('Detected VIPT I-cache on CPU0')],
    [{ code: 'icache-policy', policy: 'VPIPT', cpu: 2 }, 6, { '4.14': 'Detected VPIPT I-cache on CPU2' }],
  ],
  // boot: max with arm64.nosve, with id_aa64isar1.apa=1; "impossible" from source
  override: [
    [
      { code: 'override', register: 'ID_AA64PFR0_EL1', msb: 35, lsb: 32, kind: 'forced', value: 0n },
      4,
      withOverrides('CPU features: SYS_ID_AA64PFR0_EL1[35:32]: forced to 0'),
    ],
    [
      { code: 'override', register: 'ID_AA64ISAR1_EL1', msb: 27, lsb: 24, kind: 'already-set', value: 0n },
      4,
      withOverrides('CPU features: SYS_ID_AA64ISAR1_EL1[27:24]: already set to 0'),
    ],
    [
      { code: 'override', register: 'ID_AA64ISAR1_EL1', msb: 7, lsb: 4, kind: 'ignored', value: 1n },
      4,
      withOverrides('CPU features: SYS_ID_AA64ISAR1_EL1[7:4]: ignoring override to 1'),
    ],
    // A signed field is shown as the 64-bit value that it stands for.
    [
      { code: 'override', register: 'ID_AA64MMFR0_EL1', msb: 31, lsb: 28, kind: 'forced', value: -1n },
      4,
      { '6.12': 'CPU features: SYS_ID_AA64MMFR0_EL1[31:28]: forced to ffffffffffffffff' },
    ],
    [
      { code: 'override', register: 'ID_AA64MMFR1_EL1', msb: 11, lsb: 8, kind: 'impossible' },
      4,
      { '5.14': 'CPU features: SYS_ID_AA64MMFR1_EL1[11:8]: impossible override, ignored' },
    ],
  ],
  // The words changed in 4.17 for what is no erratum, and in 5.0 for errata.
  detected: [
    [
      { code: 'detected', description: 'Privileged Access Never', erratum: false },
      6,
      {
        '4.14': 'CPU features: detected feature: Privileged Access Never',
        '4.17': 'CPU features: detected: Privileged Access Never',
        '4.19': 'CPU features: detected: Privileged Access Never',
        ...everywhere('CPU features: detected: Privileged Access Never'),
      },
    ],
    [
      { code: 'detected', description: 'ARM erratum 843419', erratum: true },
      6,
      {
        '4.14': 'CPU features: enabling workaround for ARM erratum 843419',
        '4.17': 'CPU features: enabling workaround for ARM erratum 843419',
        '4.19': 'CPU features: enabling workaround for ARM erratum 843419',
        '5.0': 'CPU features: detected: ARM erratum 843419',
        ...everywhere('CPU features: detected: ARM erratum 843419'),
      },
    ],
  ],
  // code: single-00268
  'detected-amu': [
    [
      { code: 'detected-amu', cpu: 0 },
      6,
      {
        '5.10.223': 'CPU features: detected CPU0: Activity Monitors Unit (AMU)',
        '6.1.192': 'CPU features: detected CPU0: Activity Monitors Unit (AMU)',
      },
    ],
  ],
  'detected-on': [
    [
      { code: 'detected-on', description: 'Activity Monitors Unit (AMU)', cpus: [0] },
      6,
      {
        '6.12.117': 'CPU features: detected: Activity Monitors Unit (AMU) on CPU0',
        '7.2.13': 'CPU features: detected: Activity Monitors Unit (AMU) on CPU0',
      },
    ],
    [
      { code: 'detected-on', description: 'Hardware dirty bit management', cpus: [0, 1, 2, 3] },
      6,
      { '6.12.117': 'CPU features: detected: Hardware dirty bit management on CPU0-3' },
    ],
  ],
  // boot: a64fx; max with kpti=off; with mitigations=off
  'kpti-forced': [
    [{ code: 'kpti-forced', on: true, by: 'KASLR' }, 6, everywhere('CPU features: kernel page table isolation forced ON by KASLR')],
    [
      { code: 'kpti-forced', on: false, by: 'kpti command line option' },
      6,
      everywhere('CPU features: kernel page table isolation forced OFF by kpti command line option'),
    ],
    [
      { code: 'kpti-forced', on: false, by: 'mitigations=off' },
      6,
      everywhere('CPU features: kernel page table isolation forced OFF by mitigations=off'),
    ],
  ],
  // source: unmap_kernel_at_el0()
  'kpti-not-configured': [
    [{ code: 'kpti-not-configured' }, 6, { '6.12': 'CPU features: kernel page table isolation disabled by kernel configuration' }],
  ],
  // code: single-00158
  'unknown-asid-size': [[{ code: 'unknown-asid-size', field: 13, cpu: 0 }, 4, everywhere('CPU0: Unknown ASID size (13); assuming 8-bit')]],
  // source: linux:arch/arm64/mm/context.c, verify_cpu_asid_bits()
  'smaller-asid': [[{ code: 'smaller-asid', own: 8, boot: 16, cpu: 3 }, 2, { '6.12': 'CPU3: smaller ASID size(8) than boot CPU (16)' }]],
  // boot: the third of three different CPUs, fuzz 0058
  conflict: [
    [
      { code: 'conflict', number: 39, description: 'Address authentication (IMP DEF algorithm)', system: true, own: false, cpu: 1 },
      2,
      {
        '5.10.223':
          'CPU features: CPU1: Detected conflict for capability 39 (Address authentication (IMP DEF algorithm)), System: 1, CPU: 0',
      },
    ],
    [
      { code: 'conflict', number: 5, system: true, own: false, cpu: 1 },
      2,
      withOverrides('CPU features: CPU1: Detected conflict for capability 5 ((null)), System: 1, CPU: 0'),
    ],
  ],
  'will-not-boot': [[{ code: 'will-not-boot', cpu: 1 }, 2, everywhere('CPU1: will not boot')]],
  // boot: fuzz 0005, three different CPUs; the second has less than 14 digits (code: mismatched AArch32)
  'sanity-check': [
    [
      { code: 'sanity-check', register: 'ID_AA64ISAR0_EL1', boot: 0x1221_1111_1011_2120n, own: 0x1021_1111_0010_2120n, cpu: 1 },
      4,
      everywhere(
        'CPU features: SANITY CHECK: Unexpected variation in SYS_ID_AA64ISAR0_EL1. Boot CPU: 0x1221111110112120, CPU1: 0x1021111100102120',
      ),
    ],
    [
      { code: 'sanity-check', register: 'ID_ISAR4_EL1', boot: 0xb01_0142n, own: 0x1_0142n, cpu: 2 },
      4,
      withOverrides(
        'CPU features: SANITY CHECK: Unexpected variation in SYS_ID_ISAR4_EL1. Boot CPU: 0x0000000b010142, CPU2: 0x00000000010142',
      ),
    ],
  ],
  'unsupported-variation': [
    [{ code: 'unsupported-variation', cpu: 1 }, 4, everywhere('CPU features: Unsupported CPU feature variation detected.')],
  ],
  // code: late-02711, late-02650
  'missing-hwcap': [
    [
      { code: 'missing-hwcap', constant: 'COMPAT_HWCAP_NEON', cpu: 1 },
      2,
      everywhere('CPU features: CPU1: missing HWCAP: COMPAT_HWCAP_NEON'),
    ],
  ],
  // code: vl-02777
  'vector-lengths-missing': [
    [{ code: 'vector-lengths-missing', extension: 'SVE', cpu: 3 }, 4, everywhere('SVE: cpu3: Required vector length(s) missing')],
  ],
  'vector-lengths-unsupported': [
    [{ code: 'vector-lengths-unsupported', extension: 'SVE', cpu: 3 }, 4, everywhere('SVE: cpu3: Unsupported vector length(s) present')],
  ],
  'vector-length-mismatch': [
    [
      { code: 'vector-length-mismatch', extension: 'SVE', cpu: 3 },
      2,
      everywhere('CPU features: CPU3: SVE: vector length support mismatch'),
    ],
  ],
  // source: verify_hyp_capabilities()
  'narrower-for-kvm': [
    [{ code: 'narrower-for-kvm', what: 'VMID width', cpu: 4 }, 2, { '6.12': 'CPU features: CPU4: VMID width mismatch' }],
    [{ code: 'narrower-for-kvm', what: 'IPA range', cpu: 4 }, 2, { '6.12': 'CPU features: CPU4: IPA range mismatch' }],
  ],
  // code: template2-00093; boot: max with SME under 7.2
  'minimum-vector-length': [
    [
      { code: 'minimum-vector-length', extension: 'SME', bytes: 16 },
      6,
      withOverrides('SME: minimum available vector length 16 bytes per vector'),
    ],
  ],
  // boot: a64fx
  'maximum-vector-length': [
    [
      { code: 'maximum-vector-length', extension: 'SVE', bytes: 64 },
      6,
      everywhere('SVE: maximum available vector length 64 bytes per vector'),
    ],
  ],
  'default-vector-length': [
    [{ code: 'default-vector-length', extension: 'SVE', bytes: 64 }, 6, everywhere('SVE: default vector length 64 bytes per vector')],
  ],
  // source: linux:arch/arm64/kernel/fpsimd.c, sve_setup()
  'unvirtualisable-vector-lengths': [
    [{ code: 'unvirtualisable-vector-lengths', extension: 'SVE' }, 4, { '6.12': 'SVE: unvirtualisable vector lengths present' }],
  ],
  // code: random-small-00769
  'no-cache-writeback-granule': [
    [
      { code: 'no-cache-writeback-granule', assumed: 128 },
      4,
      everywhere('CPU features: No Cache Writeback Granule information, assuming 128'),
    ],
  ],
  // source: setup_system_capabilities()
  'emulated-pan': [
    [{ code: 'emulated-pan' }, 6, { '6.12': 'CPU features: emulated: Privileged Access Never (PAN) using TTBR0_EL1 switching' }],
  ],
  // code: mismatched AArch32 under 6.12
  'asymmetric-32bit-el0': [
    [
      { code: 'asymmetric-32bit-el0', on: 1, pinned: 0 },
      6,
      { '6.12.117': 'CPU features: Asymmetric 32-bit EL0 support detected on CPU 1; CPU hot-unplug disabled on CPU 0' },
    ],
  ],
  // code: cmdline-02374; the words became the same for all three after 6.12
  'mitigation-disabled': [
    [
      { code: 'mitigation-disabled', mitigation: 'spectre-bhb' },
      6,
      {
        '5.10.223': 'spectre-bhb mitigation disabled by command line option',
        '6.1.192': 'spectre-bhb mitigation disabled by command line option',
        '6.12.117': 'spectre-bhb mitigation disabled by command line option',
        '7.2.13': 'spectre-bhb mitigation disabled by command-line option',
      },
    ],
    [
      { code: 'mitigation-disabled', mitigation: 'spectre-v2' },
      6,
      {
        '5.10.223': 'spectre-v2 mitigation disabled by command line option',
        '6.1.192': 'spectre-v2 mitigation disabled by command line option',
        '6.12.117': 'spectre-v2 mitigation disabled by command line option',
        '7.2.13': 'spectre-v2 mitigation disabled by command-line option',
      },
    ],
    [{ code: 'mitigation-disabled', mitigation: 'spectre-v4' }, 6, everywhere('spectre-v4 mitigation disabled by command-line option')],
    [
      { code: 'mitigation-disabled', mitigation: 'spectre-bhb', by: 'configuration' },
      6,
      everywhere('spectre-bhb mitigation disabled by compile time option'),
    ],
  ],
  // boot: a64fx with virtualization=on
  'started-at-el': [[{ code: 'started-at-el', el: 2 }, 6, everywhere('CPU: All CPU(s) started at EL2')]],
  breakpoints: [
    [
      { code: 'breakpoints', breakpoints: 6, watchpoints: 4 },
      6,
      everywhere('hw-breakpoint: found 6 breakpoint and 4 watchpoint registers.'),
    ],
  ],
  // boot: a64fx; cortex-a53 with virtualization=on, whose line changed after 6.1; hvhe and protected from source
  kvm: [
    [{ code: 'kvm', mode: 'unavailable' }, 6, everywhere('kvm [1]: HYP mode not available')],
    [{ code: 'kvm', mode: 'vhe' }, 6, everywhere('kvm [1]: VHE mode initialized successfully')],
    [
      { code: 'kvm', mode: 'nvhe' },
      6,
      {
        '5.10.223': 'kvm [1]: Hyp mode initialized successfully',
        '6.1.192': 'kvm [1]: Hyp mode initialized successfully',
        '6.12.107': 'kvm [1]: Hyp nVHE mode initialized successfully',
        '7.2.13': 'kvm [1]: Hyp nVHE mode initialized successfully',
      },
    ],
    [{ code: 'kvm', mode: 'hvhe' }, 6, { '6.12': 'kvm [1]: Hyp hVHE mode initialized successfully' }],
    [{ code: 'kvm', mode: 'protected' }, 6, { '6.12': 'kvm [1]: Protected nVHE mode initialized successfully' }],
    [{ code: 'kvm', mode: 'protected-hvhe' }, 6, { '6.12': 'kvm [1]: Protected hVHE mode initialized successfully' }],
  ],
};

describe.each(Object.entries(EXAMPLES))('%s', (_code, examples) => {
  const texts = examples.flatMap(([message, , byRelease]) =>
    Object.entries(byRelease).map(([release, text]) => [release, text, message] as const),
  );

  it.each(texts)('in Linux %s: %s', (release, text, message) => {
    const event = { phase: 'boot-cpu', source: 'cpufeature', ...message } as LogEvent;
    expect(formatLogEvent(event, kernelAt({ release }).behaviour)).toBe(text);
  });

  it.each(examples.map(([message, level]) => [level, message] as const))('is printed at level %d', (level, message) => {
    expect(logLevel(message)).toBe(level);
  });
});

const log: readonly LogEvent[] = [
  { code: 'icache-policy', policy: 'PIPT', cpu: 0, phase: 'boot-cpu', source: 'cpuinfo' },
  { code: 'mitigation-disabled', mitigation: 'spectre-v2', phase: 'system', source: 'proton-pack' },
  { code: 'started-at-el', el: 1, phase: 'system', source: 'smp' },
  { code: 'kvm', mode: 'unavailable', phase: 'after', source: 'kvm' },
];

it('a whole log has the lines of every part of the kernel, or of those that are named', () => {
  expect(formatLog(handmadeSystem({ log }))).toEqual([
    'Detected PIPT I-cache on CPU0',
    'spectre-v2 mitigation disabled by command line option',
    'CPU: All CPU(s) started at EL1',
    'kvm [1]: HYP mode not available',
  ]);
  expect(formatLog(handmadeSystem({ log }), ['kvm', 'smp'])).toEqual(['CPU: All CPU(s) started at EL1', 'kvm [1]: HYP mode not available']);
});

it('the log of a record leaves mitigations out of a whole boot, and all but CPU feature code where no timer is told', () => {
  expect(formatFeatureLog(handmadeSystem({ log, environment: { timerHz: 1 } }))).toEqual([
    'Detected PIPT I-cache on CPU0',
    'CPU: All CPU(s) started at EL1',
    'kvm [1]: HYP mode not available',
  ]);
  expect(formatFeatureLog(handmadeSystem({ log }))).toEqual([
    'Detected PIPT I-cache on CPU0',
    'spectre-v2 mitigation disabled by command line option',
  ]);
});

// linux:arch/arm64/kernel/smp.c, smp_cpus_done(): from 6.8 on the system is settled after the line about the exception level.
it.each([
  ['6.6', -1],
  ['6.8', 1],
])('in Linux %s what the system has stands on the right side of the exception level line', (release, side) => {
  const lines = formatLog(bootOf(release, [cpu({ 'ID_AA64ISAR0_EL1.CRC32': 1 })]));
  const crc32 = lines.indexOf('CPU features: detected: CRC32 instructions');
  const level = lines.indexOf('CPU: All CPU(s) started at EL1');
  expect(Math.min(crc32, level)).toBeGreaterThanOrEqual(0);
  expect(Math.sign(crc32 - level)).toBe(side);
});

it.each([
  [
    'as a shell shows it',
    'pi@pi:~ $ cat /proc/cmdline\ncoherent_pool=1M console=tty1 arm64.nosve\n',
    'coherent_pool=1M console=tty1 arm64.nosve',
  ],
  ['not words about it', 'root=/dev/sda1 is not found, waiting\n', undefined],
])('the command line: %s', async (_, text, cmdline) => {
  const { value } = await readAny(`${text}[    1.000000] CPU features: detected: CRC32 instructions\n`);
  expect(value.kernel?.cmdline).toBe(cmdline);
});
