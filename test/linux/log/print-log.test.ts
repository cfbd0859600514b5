import { describe, expect, it } from 'vitest';
import { type BootOptions, bootOf, cpu } from '../../support/booted.ts';

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

  it.each([
    ['mitigations=off', ['spectre-v2', 'spectre-v4', 'spectre-bhb']],
    ['nospectre_v2', ['spectre-v2']],
    ['ssbd=force-off', ['spectre-v4']],
    ['nospectre_bhb', ['spectre-bhb']],
    ['', []],
  ])('which mitigations %j switches off', (cmdline, off) => {
    const { log } = bootOf('6.12.117', [cpu({}, CORTEX_A72)], {
      cmdline,
      config: { CONFIG_MITIGATE_SPECTRE_BRANCH_HISTORY: 'y' },
      smccc: { version: 0x1_0001n, workaround3: 0n },
    });
    const named = log.flatMap((event) => (event.code === 'mitigation-disabled' ? [event.mitigation] : []));
    expect([...named].sort()).toEqual([...off].sort());
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
