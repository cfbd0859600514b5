import { describe, expect, it } from 'vitest';
import { given } from '../../../src/given.ts';
import { boot } from '../../../src/linux/boot.ts';
import { logLevel } from '../../../src/linux/log/log-level.ts';
import { type BootOptions, bootOf, cpu, type Fields } from '../../support/booted.ts';

const CORTEX_A72 = { MIDR_EL1: 0x410f_d083n };

/** The codes of the lines of a boot. */
function codes(options: BootOptions, ...cpus: readonly ReturnType<typeof cpu>[]): readonly string[] {
  return bootOf('6.12.117', cpus.length > 0 ? cpus : [cpu()], options).log.map(({ code }) => code);
}

describe('the log says', () => {
  it('that PAN is emulated, only where the option is on and the CPU has none', () => {
    const config = { CONFIG_ARM64_SW_TTBR0_PAN: 'y' } as const;
    expect(codes({ config })).toContain('emulated-pan');
    expect(codes({ config }, cpu({ 'ID_AA64MMFR1_EL1.PAN': 1 }))).not.toContain('emulated-pan');
    expect(codes({ config: { CONFIG_ARM64_SW_TTBR0_PAN: 'n' } })).not.toContain('emulated-pan');
  });

  it('nothing of vector lengths where those of one CPU are not known', () => {
    const sve = cpu({ 'ID_AA64PFR0_EL1.SVE': 1 });
    const told = (...lengths: readonly (readonly number[] | undefined)[]): boolean => {
      const cpus = lengths.map((sveVl) => ({ ...sve, ...given({ sveVl }) }));
      const machine = { cpus, unlisted: 'unknown', seen: [{ online: cpus.map((_, i) => i) }] } as const;
      const { log, unknown } = boot(machine, { release: '6.12.117', config: { CONFIG_ARM64_SVE: 'y' } });
      return [...log, ...(unknown?.log ?? [])].some(({ code }) => code === 'maximum-vector-length');
    };
    expect([told([16, 32], [16]), told([16, 32], undefined), told(undefined, [16, 32])]).toEqual([true, false, false]);
  });

  // Arm ARM, CTR_EL0.CWG, bits 27 to 24: 0 tells no granule.
  it('that there is no writeback granule, where the boot CPU tells none', () => {
    expect(codes({}, cpu({}, { CTR_EL0: 0x8044_8004n }))).toContain('no-cache-writeback-granule');
    expect(codes({}, cpu({}, { CTR_EL0: 0x8444_8004n }), cpu({}, { CTR_EL0: 0x8044_8004n }))).not.toContain('no-cache-writeback-granule');
  });

  it.each([
    // Where Spectre-v2 is open, nothing is done about BHB.
    ['6.12.117', 'mitigations=off', 'all', ['spectre-v2', 'spectre-v4']],
    ['6.12.117', 'nospectre_v2', 'all', ['spectre-v2']],
    ['6.12.117', 'ssbd=force-off', 'all', ['spectre-v4']],
    ['6.12.117', 'nospectre_bhb', 'all', ['spectre-bhb']],
    ['6.12.117', '', 'all', []],
    ['6.12.117', 'mitigations=off', 'none', []],
    ['6.12.117', 'mitigations=off', 'unaffected', ['spectre-bhb']],
    ['5.10.223', 'nospectre_bhb', 'all', []],
    // Linux 6.18.5, spectre_print_disabled_mitigations(): whatever the CPUs are.
    ['6.18.5', 'mitigations=off', 'none', ['spectre-v2', 'spectre-v4', 'spectre-bhb']],
    ['7.2.13', 'mitigations=off', 'none', ['spectre-v2', 'spectre-v4', 'spectre-bhb']],
    ['7.2.13', 'nospectre_v2 ssbd=force-off', 'none', ['spectre-v2', 'spectre-v4']],
    ['7.2.13', 'nospectre_bhb', 'all', ['spectre-bhb']],
    ['7.2.13', '', 'all', []],
  ] as const)('on %s which mitigations %j switches off, of firmware %s: %j', (release, cmdline, firmware, off) => {
    const answers = {
      all: { version: 0x1_0001n, workaround1: 0n, workaround2: 0n, workaround3: 0n },
      unaffected: { version: 0x1_0001n, workaround1: 1n, workaround2: 1n },
      none: undefined,
    }[firmware];
    const { log } = bootOf(release, [cpu({}, CORTEX_A72)], {
      cmdline,
      config: { CONFIG_MITIGATE_SPECTRE_BRANCH_HISTORY: 'y' },
      ...(answers ? { smccc: answers } : {}),
    });
    expect(log.flatMap((event) => (event.code === 'mitigation-disabled' ? [event.mitigation] : []))).toEqual(off);
  });

  it('that the BHB mitigation was not built in, where it would be wanted', () => {
    const { log } = bootOf('6.12.117', [cpu({}, CORTEX_A72)], {
      cmdline: 'mitigations=off',
      config: { CONFIG_MITIGATE_SPECTRE_BRANCH_HISTORY: 'n' },
      smccc: { version: 0x1_0001n, workaround1: 1n },
    });
    expect(log.filter(({ code }) => code === 'mitigation-disabled')).toMatchObject([{ mitigation: 'spectre-bhb', by: 'configuration' }]);
  });

  it('nothing of firmware that is older than SMCCC 1.1', () => {
    const { log } = bootOf('6.12.117', [cpu({}, CORTEX_A72)], { cmdline: 'nospectre_v2', smccc: { version: 0x1_0000n, workaround1: 0n } });
    expect(log.filter(({ code }) => code === 'mitigation-disabled')).toEqual([]);
  });

  // A late CPU has switched on what the system has, too.
  it('a mitigation that only a late CPU would switch on', () => {
    const a57 = cpu({ 'ID_AA64PFR0_EL1.CSV2': 1 }, CORTEX_A72);
    const machine = [a57, cpu({ 'ID_AA64PFR0_EL1.CSV2': 1, 'ID_AA64PFR1_EL1.SSBS': 1 }, CORTEX_A72, { late: true })];
    const { log } = bootOf('6.12.117', machine, { cmdline: 'ssbd=force-off' });
    expect(log.filter(({ code }) => code === 'mitigation-disabled')).toMatchObject([{ mitigation: 'spectre-v4', phase: 'late' }]);
  });

  it('which CPU differs from the boot CPU in what, and once that this is not supported', () => {
    const seen = codes({}, cpu({ 'ID_AA64ISAR0_EL1.AES': 2 }), cpu(), cpu());
    expect(seen.filter((code) => code === 'sanity-check')).toHaveLength(2);
    expect(seen.filter((code) => code === 'unsupported-variation')).toHaveLength(1);
  });

  it('what became of each override', () => {
    const { log } = bootOf('6.12.117', [cpu({ 'ID_AA64PFR1_EL1.BT': 1 })], {
      cmdline: 'id_aa64pfr1.bt=0 id_aa64pfr1.mte=1 id_aa64mmfr2.varange=1 id_aa64isar2.mops=0',
    });
    const kinds = log.flatMap((event) => (event.code === 'override' ? [`${event.register} ${event.kind}`] : []));
    expect(kinds.sort()).toEqual([
      'ID_AA64ISAR2_EL1 already-set',
      'ID_AA64MMFR2_EL1 impossible',
      'ID_AA64PFR1_EL1 forced',
      'ID_AA64PFR1_EL1 ignored',
    ]);
  });
});

// cpufeature.c, fpsimd.c, idreg-override.c: pr_crit() stops a CPU, pr_warn() is odd, pr_info() tells.
it.each([
  [2, ['smaller-asid', 'conflict', 'will-not-boot', 'missing-hwcap', 'vector-length-mismatch', 'narrower-for-kvm']],
  [4, ['override', 'unknown-asid-size', 'sanity-check', 'unsupported-variation', 'vector-lengths-missing', 'no-cache-writeback-granule']],
  [6, ['icache-policy', 'detected', 'detected-on', 'kpti-forced', 'emulated-pan', 'mitigation-disabled', 'started-at-el', 'breakpoints']],
  [6, ['detected-amu', 'kpti-not-configured', 'minimum-vector-length', 'maximum-vector-length', 'default-vector-length', 'kvm']],
  [4, ['vector-lengths-unsupported', 'unvirtualisable-vector-lengths']],
  [6, ['asymmetric-32bit-el0']],
])('the kernel prints at level %d %j', (level, codes) => {
  for (const code of codes) expect(logLevel({ code } as Parameters<typeof logLevel>[0]), code).toBe(level);
});

// notes, section 5: CTR_EL0.L1Ip 2 is VIPT, 3 PIPT, and 0 VPIPT until 6.7.
it.each([
  ['6.12.117', 2, 'VIPT'],
  ['6.12.117', 3, 'PIPT'],
  ['6.12.117', 0, 'RESERVED/UNKNOWN'],
  ['6.1.192', 0, 'VPIPT'],
  ['6.1.192', 1, 'RESERVED/UNKNOWN'],
])('Linux %s calls an instruction cache of policy %d %s, on each CPU', (release, l1ip, policy) => {
  const { log } = bootOf(release, [cpu(), cpu({ 'CTR_EL0.L1Ip': l1ip })]);
  expect(log.filter((line) => line.code === 'icache-policy' && line.cpu === 1)).toMatchObject([{ policy }]);
});

// notes, section 7: what each CPU may have alone is told in one line of all that have it, from 6.7 on; before, of each or once.
describe('what each CPU may have alone', () => {
  const lines = (release: string, ...fields: readonly Fields[]): readonly unknown[] => {
    const config = { CONFIG_ARM64_AMU_EXTN: 'y', CONFIG_ARM64_HW_AFDBM: 'y' } as const;
    return bootOf(
      release,
      fields.map((one) => cpu(one)),
      { config },
    ).log.flatMap((line) => {
      if (line.code === 'detected-amu') return [[line.cpu]];
      if (line.code === 'detected-on') return [[line.description, ...line.cpus]];
      return line.code === 'detected' && line.description === 'Hardware dirty bit management' ? [[line.description, line.cpu]] : [];
    });
  };
  const AMU = { 'ID_AA64PFR0_EL1.AMU': 1 } as const;
  const DBM = { 'ID_AA64MMFR1_EL1.HAFDBS': 2 } as const;

  it.each([
    ['5.10.223', [AMU, {}, AMU], [[0], [2]]],
    ['6.12.117', [AMU, {}, AMU], [['Activity Monitors Unit (AMU)', 0, 2]]],
    ['6.12.117', [{}, {}], []],
    // has_hw_dbm() tells once, and is asked until the capability is set, which the boot CPU does.
    ['5.10.223', [DBM, {}, DBM], [['Hardware dirty bit management', 0]]],
    ['5.10.223', [{}, DBM, DBM], []],
    ['6.12.117', [{}, DBM, DBM], [['Hardware dirty bit management', 1, 2]]],
    ['6.12.117', [{ 'ID_AA64MMFR1_EL1.HAFDBS': 1 }], []],
  ])('Linux %s with %o prints %j', (release, fields, expected) => {
    expect(lines(release, ...fields)).toEqual(expected);
  });
});

// Arm ARM, ID_AA64DFR0_EL1.BRPs, bits 15 to 12, and WRPs, bits 23 to 20: one less than there are.
it('the number of breakpoints and of watchpoints is the sanitised one', () => {
  const cpus = [
    cpu({ 'ID_AA64DFR0_EL1.BRPs': 5, 'ID_AA64DFR0_EL1.WRPs': 3 }),
    cpu({ 'ID_AA64DFR0_EL1.BRPs': 4, 'ID_AA64DFR0_EL1.WRPs': 15 }),
  ];
  expect(bootOf('6.12.117', cpus).log.filter(({ code }) => code === 'breakpoints')).toMatchObject([{ breakpoints: 5, watchpoints: 4 }]);
});

// kvm/arm.c, kvm_arm_init().
it.each([
  [1, '', 1, ['unavailable']],
  [2, '', 1, ['vhe']],
  [2, '', 0, ['nvhe']],
  [2, 'kvm-arm.mode=none', 1, []],
  [1, 'kvm-arm.mode=none', 1, ['unavailable']],
  [2, 'kvm-arm.mode=protected', 0, ['protected']],
  [2, 'kvm-arm.mode=nvhe', 0, ['nvhe']],
] as const)('KVM of a kernel entered at EL%d with %j, VH %d, says %j', (bootEl, cmdline, vh, modes) => {
  const { log } = bootOf('6.12.117', [cpu({ 'ID_AA64MMFR1_EL1.VH': vh })], {
    bootEl,
    timerHz: 1_000_000,
    cmdline,
    config: { CONFIG_KVM: 'y' },
  });
  expect(log.flatMap((line) => (line.code === 'kvm' ? [line.mode] : []))).toEqual(modes);
});
