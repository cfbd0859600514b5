import { describe, expect, it } from 'vitest';
import { allCpucaps } from '../../src/answers/cpucap-card.ts';
import { isOnSilicon } from '../../src/answers/why/station.ts';
import { type Change, findWhySubject, otherMeanings, type Scenario, type Station, why, whySearch } from '../../src/answers/why.ts';
import { ALL_ARCH_FEATURES } from '../../src/arch/arch-feature.ts';
import { given } from '../../src/given.ts';
import { guestChange } from '../../src/hypervisor/guest-layer.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import { allHwcaps } from '../../src/linux/release/hwcap-catalogue.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import type { Cpu } from '../../src/silicon/machine.ts';
import { cpu } from '../support/booted.ts';

/** MIDR_EL1 of Cortex-A55 r0p0, A76 r4p0, A510 r0p0, Exynos M3. */
const A55 = { MIDR_EL1: 0x410f_d050n };
const A76 = { MIDR_EL1: 0x414f_d0b0n };
const A510 = { MIDR_EL1: 0x410f_d460n };
const M3 = { MIDR_EL1: 0x531f_0020n };

function scenario(cpus: readonly Cpu[], kernel: Kernel, more: Partial<Scenario> = {}): Scenario {
  return { machine: { cpus }, layers: [], kernel, environment: {}, ...more };
}

/** Where the bit was lost, place by place. */
const lostAt = (chain: readonly Station[]) => chain.filter(({ fate }) => fate === 'lost').map(({ place }) => place);

function at<P extends Station['place']>(chain: readonly Station[], place: P): Station & { readonly place: P } {
  return chain.find((station) => station.place === place) as Station & { readonly place: P };
}

/** The single changes of a kind that flip the answer. */
function changes<K extends Change['kind']>(answer: ReturnType<typeof why>, kind: K): readonly (Change & { readonly kind: K })[] {
  return answer.search.suggestions.flatMap(({ changes: [change, ...more] }) =>
    more.length === 0 && change?.kind === kind ? [change as Change & { readonly kind: K }] : [],
  );
}

it('names the core of a list that decides and may not stand in it yet, on a machine that has the core', () => {
  const rows = (MIDR_EL1: bigint): readonly string[] =>
    at(why('UNMAP_KERNEL_AT_EL0', scenario([cpu({}, { MIDR_EL1 })], { release: '5.0' })).chain, 'release').doubts.map(({ row }) => row);
  expect(rows(0x410f_d034n)).toEqual(['list meltdown-safe with CORTEX_A53']);
  expect(rows(0x431f_0af0n)).toEqual([]);
});

describe('names', () => {
  it.each([
    ['sve2', 'hwcap', 'sve2'],
    ['SVE', 'hwcap', 'sve'],
    ['HWCAP2_SVE2', 'hwcap', 'sve2'],
    ['FEAT_SVE2', 'arch-feature', 'FEAT_SVE2'],
    ['lse', 'arch-feature', 'FEAT_LSE'],
    ['HAS_LSE_ATOMICS', 'cpucap', 'HAS_LSE_ATOMICS'],
    ['ARM64_HAS_LSE_ATOMICS', 'cpucap', 'HAS_LSE_ATOMICS'],
    ['cpucap:SVE', 'cpucap', 'SVE'],
    ['feat:sve', 'arch-feature', 'FEAT_SVE'],
    ['Privileged Access Never', 'cpucap', 'HAS_PAN'],
    ['843419', 'cpucap', 'WORKAROUND_843419'],
    ['ARM64_ERRATUM_843419', 'cpucap', 'WORKAROUND_843419'],
    ['CONFIG_CAVIUM_ERRATUM_27456', 'cpucap', 'WORKAROUND_CAVIUM_27456'],
    ['id_aa64pfr0.sve', 'field', 'ID_AA64PFR0_EL1.SVE'],
    ['compat:aes', 'compat', 'aes'],
    ['neon', 'compat', 'neon'],
  ])('%s is a %s', (text, kind, name) => {
    expect(findWhySubject(text)).toMatchObject({ kind, name });
  });

  it.each([
    ['ID_AA64PFR0_EL1.SVE', 1],
    ['ID_AA64ISAR0_EL1.Atomic', 2],
    ['ID_AA64PFR0_EL1.FP', 0],
    ['ID_AA64PFR1_EL1.MTE=MTE3', 3],
    ['ID_AA64PFR1_EL1.MTE >= 2', 2],
  ])('%s asks for at least %d', (text, atLeast) => {
    expect(findWhySubject(text)).toMatchObject({ kind: 'field', atLeast });
  });

  it.each([
    ['sev2', 'did you mean sve2?'],
    ['cpucap:HAS_LSE_ATOMIC', 'did you mean HAS_LSE_ATOMICS?'],
    ['HAS_LSE_ATOMIC', 'did you mean HAS_LSE_ATOMICS?'],
    ['FEAT_SVX2', 'did you mean FEAT_SVE2?'],
    ['ID_AA64PFR0_EL1.SVF', 'did you mean ID_AA64PFR0_EL1.SVE?'],
    ['ID_AA64PRF0_EL1.SVE', 'did you mean ID_AA64PFR0_EL1?'],
  ])('%s is nothing', (text, hint) => {
    expect(() => findWhySubject(text)).toThrow(hint);
  });

  it('every name of a kind is found, with its kind before it', () => {
    for (const name of allCpucaps()) expect(findWhySubject(`cpucap:${name}`)).toEqual({ kind: 'cpucap', name });
    for (const { name } of allHwcaps()) expect(findWhySubject(`hwcap:${name}`)).toEqual({ kind: 'hwcap', name });
    for (const { name } of ALL_ARCH_FEATURES) expect(findWhySubject(name)).toEqual({ kind: 'arch-feature', name });
  });

  it('tells what else a name could mean', () => {
    expect(otherMeanings('SVE', findWhySubject('SVE'))).toEqual(['cpucap:SVE', 'FEAT_SVE']);
    expect(otherMeanings('FEAT_SVE', findWhySubject('FEAT_SVE'))).toEqual([]);
    expect(otherMeanings('crc32', findWhySubject('crc32'))).toContain('compat:crc32');
  });
});

describe('where a bit was lost', () => {
  it('in the silicon: no CPU has it', () => {
    const answer = why('sve', scenario([cpu()], { release: '6.12' }));
    expect(answer.present).toBe(false);
    expect(lostAt(answer.chain)).toEqual(['silicon']);
    expect(answer.search.suggestions).toEqual([
      { changes: [{ kind: 'field', field: 'ID_AA64PFR0_EL1.SVE', cpus: [0], value: 1, name: 'IMP' }] },
    ]);
  });

  it('on one CPU, from which it was sanitised: Exynos 9810 with LSE on the little cores only', () => {
    const atomics = { 'ID_AA64ISAR0_EL1.Atomic': 2 } as const;
    const answer = why('atomics', scenario([cpu(atomics, A55), cpu({}, M3)], { release: '4.14' }));
    expect(lostAt(answer.chain)).toEqual(['sanitise']);
    expect(at(answer.chain, 'silicon').fate).toBe('partly');
    expect(at(answer.chain, 'sanitise')).toMatchObject({ rule: 'lower', first: 2, steps: [{ cpu: 1, own: 0, from: 2, to: 0 }], value: 0 });
    expect(changes(answer, 'without-cpus')).toMatchObject([{ cpus: [1] }]);
    expect(changes(answer, 'field')).toMatchObject([{ cpus: [1], value: 2 }]);
  });

  it('where the one that would have done was lost, not in those that would have done as well', () => {
    const asked = scenario([cpu({ 'ID_AA64ISAR1_EL1.APA': 1 })], { release: '6.12', cmdline: 'arm64.nopauth' });
    expect(lostAt(why('paca', asked).chain)).toEqual(['override']);
    expect(lostAt(why('paca', scenario([cpu({ 'ID_AA64ISAR1_EL1.APA': 0 })], { release: '6.12' })).chain)).toContain('silicon');
  });

  it('in the hypervisor', () => {
    const hide = { name: 'no-sve', kind: 'mask', changes: [guestChange('ID_AA64PFR0_EL1', 0xfn << 32n, 0n)] } as const;
    const answer = why('sve', scenario([cpu({ 'ID_AA64PFR0_EL1.SVE': 1 })], { release: '6.12' }, { layers: [hide] }));
    expect(lostAt(answer.chain)).toEqual(['hypervisor']);
    expect(at(answer.chain, 'hypervisor').effects).toEqual([{ layer: 'no-sve', cpus: [0], from: 1, to: 0 }]);
    expect(answer.search.suggestions).toEqual([{ changes: [{ kind: 'without-layer', layer: 'no-sve' }] }]);
  });

  it('on the command line', () => {
    const answer = why('sve', scenario([cpu({ 'ID_AA64PFR0_EL1.SVE': 1 })], { release: '6.12', cmdline: 'quiet arm64.nosve' }));
    expect(lostAt(answer.chain)).toEqual(['override']);
    expect(at(answer.chain, 'override')).toMatchObject({ words: [{ word: 'arm64.nosve', outcome: 'forced' }], from: 1, to: 0 });
    expect(changes(answer, 'cmdline')).toEqual([{ kind: 'cmdline', drop: 'arm64.nosve' }]);
  });

  it('not on the command line if the word is misspelt: arm64.nosve=1 is ignored', () => {
    const answer = why('sve', scenario([cpu({ 'ID_AA64PFR0_EL1.SVE': 1 })], { release: '6.12', cmdline: 'arm64.nosve=1' }));
    expect(answer.present).toBe(true);
    expect(at(answer.chain, 'override')).toMatchObject({
      fate: 'noted',
      words: [{ word: 'arm64.nosve=1', outcome: 'not-known', meant: 'arm64.nosve' }],
    });
    expect(changes(answer, 'cmdline')).toEqual([{ kind: 'cmdline', drop: 'arm64.nosve=1', add: 'arm64.nosve' }]);
  });

  it.each([
    ['5.10', 'arm64.nosve', { outcome: 'no-overrides', since: '6.0' }],
    ['5.15', 'arm64.nosve', { outcome: 'not-known', since: '6.0' }],
    // ID_AA64PFR0_EL1.SVE is 1 on the boot CPU: 2 would be a promise that the hardware does not keep.
    ['6.12', 'id_aa64pfr0.sve=2', { outcome: 'ignored' }],
    ['6.12', 'id_aa64pfr0.sve=1', { outcome: 'already-set' }],
    ['6.12', 'id_aa64pfr0.sve=no', { outcome: 'bad-value' }],
  ])('%s makes of %s what it should', (release, cmdline, effect) => {
    const { chain } = why('sve', scenario([cpu({ 'ID_AA64PFR0_EL1.SVE': 1 })], { release, cmdline }));
    expect(at(chain, 'override').words).toEqual([{ word: cmdline, ...effect }]);
  });

  it('in an erratum: SSBS with the update to 5.15.165', () => {
    const cpus = [cpu({ 'ID_AA64PFR1_EL1.SSBS': 2 }, A55), cpu({ 'ID_AA64PFR1_EL1.SSBS': 2 }, A76)];
    expect(why('ssbs', scenario(cpus, { release: '5.15.158' })).present).toBe(true);
    const answer = why('ssbs', scenario(cpus, { release: '5.15.167' }));
    expect(lostAt(answer.chain)).toEqual(['erratum']);
    expect(at(answer.chain, 'erratum').errata).toMatchObject([{ name: 'WORKAROUND_SPECULATIVE_SSBS', cpus: [1] }]);
    expect(changes(answer, 'release')).toContainEqual({
      kind: 'release',
      from: '5.15.167',
      to: '5.15.164',
      direction: 'older',
      sameSeries: true,
    });
    expect(changes(answer, 'config')).toMatchObject([{ option: 'CONFIG_ARM64_ERRATUM_3194386', to: 'n' }]);
    expect(changes(answer, 'without-cpus')).toMatchObject([{ cpus: [1], core: 'Cortex-A76' }]);
  });

  it('in an erratum: BF16 on Cortex-A510', () => {
    const { chain } = why('bf16', scenario([cpu({ 'ID_AA64ISAR1_EL1.BF16': 1 }, A510)], { release: '6.6' }));
    expect(lostAt(chain)).toEqual(['erratum']);
  });

  it("in the configuration: SME in Debian's 6.12, where it depends on BROKEN", () => {
    const cpus = [cpu({ 'ID_AA64PFR1_EL1.SME': 1, 'ID_AA64PFR0_EL1.SVE': 1 })];
    const answer = why('sme', scenario(cpus, { release: '6.12.107', config: 'debian' }));
    expect(lostAt(answer.chain)).toEqual(['visibility', 'configuration']);
    expect(at(answer.chain, 'configuration').options).toMatchObject([{ option: 'CONFIG_ARM64_SME', value: 'n', unmet: ['CONFIG_BROKEN'] }]);
    expect(changes(answer, 'config')).toMatchObject([{ option: 'CONFIG_ARM64_SME', to: 'y', depends: expect.anything() }]);
  });

  it('in the release: a hwcap that came later', () => {
    const answer = why('mops', scenario([cpu({ 'ID_AA64ISAR2_EL1.MOPS': 1 })], { release: '6.1' }));
    expect(lostAt(answer.chain)).toContain('release');
    expect(changes(answer, 'release')).toEqual([{ kind: 'release', from: '6.1', to: '6.5', direction: 'newer', sameSeries: false }]);
  });

  it('with the whole system: a CPU on which the kernel stops', () => {
    const answer = why('fp', scenario([cpu(), cpu({ 'ID_AA64MMFR0_EL1.ASIDBits': 0 })], { release: '6.6' }));
    expect(lostAt(answer.chain)).toEqual(['cpus']);
    expect(changes(answer, 'without-cpus')).toMatchObject([{ cpus: [1] }]);
  });
});

describe('other subjects', () => {
  it('an architecture feature is judged by the registers, and says what programs see', () => {
    const sme = [cpu({ 'ID_AA64PFR1_EL1.SME': 1 })];
    const answer = why('FEAT_SME', scenario(sme, { release: '6.12.107', config: 'debian' }));
    expect(answer.present).toBe(true);
    expect(at(answer.chain, 'views')).toMatchObject({ el0: false });
    expect(at(answer.chain, 'views').hwcaps).toContainEqual({ name: 'sme', set: false });
  });

  it('an architecture feature is not known if a register is not', () => {
    expect(why('FEAT_SVE2', scenario([cpu({ 'ID_AA64PFR0_EL1.SVE': 1 })], { release: '6.12' }))).toMatchObject({
      present: false,
      unknown: true,
    });
  });

  it('an erratum is a cpucap like others: on which CPUs, and how to be rid of it', () => {
    const answer = why('WORKAROUND_SPECULATIVE_SSBS', scenario([cpu({}, A55), cpu({}, A76)], { release: '6.12' }));
    expect(answer.present).toBe(true);
    expect(at(answer.chain, 'condition').cpus).toEqual([1]);
    expect(changes(answer, 'config')).toMatchObject([{ option: 'CONFIG_ARM64_ERRATUM_3194386' }]);
  });

  it('a cpucap may need another exception level', () => {
    const answer = why('HAS_VIRT_HOST_EXTN', scenario([cpu({ 'ID_AA64MMFR1_EL1.VH': 1 })], { release: '6.12' }));
    expect(changes(answer, 'environment')).toEqual([{ kind: 'environment', set: { bootEl: 2 } }]);
  });

  it('evtstrm follows from no register', () => {
    const cmdline = 'clocksource.arm_arch_timer.evtstrm=0';
    const answer = why('evtstrm', scenario([cpu()], { release: '6.12', cmdline }));
    expect(lostAt(answer.chain)).toEqual(['kernel']);
    expect(changes(answer, 'cmdline')).toEqual([{ kind: 'cmdline', drop: cmdline }]);
  });
});

describe('the search', () => {
  it('finds two changes where no single one does', () => {
    const { search } = why('mops', scenario([cpu()], { release: '6.1' }));
    expect(search.suggestions[0]?.changes.map(({ kind }) => kind).sort()).toEqual(['field', 'release']);
  });

  it('stops at its limit and says so', () => {
    expect(why('mops', scenario([cpu()], { release: '6.1' }), { maxBoots: 5 }).search).toMatchObject({ boots: 5, cut: true });
    expect(why('mops', scenario([cpu()], { release: '6.1' }), { maxBoots: 0 }).search).toEqual({ suggestions: [], boots: 0, cut: true });
  });

  it('takes a sample of many equal CPUs, and speaks of all of them', () => {
    const cpus = Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? cpu({ 'ID_AA64ISAR0_EL1.Atomic': 2 }, A55) : cpu({}, M3)));
    const answer = why('atomics', scenario(cpus, { release: '5.10' }));
    const odd = cpus.flatMap((_, i) => (i % 2 === 1 ? [i] : []));
    expect(changes(answer, 'without-cpus')).toMatchObject([{ cpus: odd }]);
    expect(changes(answer, 'field')).toMatchObject([{ cpus: odd }]);
  });

  it('a release that keeps a CPU from running beside the first one is found, whatever it was kept for', () => {
    const cpus = [
      cpu({ 'ID_AA64ISAR1_EL1.APA': 2, 'ID_AA64DFR0_EL1.PMUVer': 1 }),
      cpu({ 'ID_AA64ISAR1_EL1.APA': 1, 'ID_AA64DFR0_EL1.PMUVer': 0 }),
    ];
    const answer = why(findWhySubject('ID_AA64DFR0_EL1.PMUVer'), scenario(cpus, { release: '4.4.155' }));
    expect(changes(answer, 'release')).toMatchObject([{ to: '5.10' }]);
  });

  it.each(['ilrcpc', 'mops', 'FEAT_SVE2', 'HAS_PAN'])('in steps it finds what it finds at one go: %s', (name) => {
    const asked = scenario([cpu()], { release: '5.10' });
    const steps = whySearch(findWhySubject(name), asked);
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count++;
    expect(step.value).toEqual(why(name, asked).search);
    expect(count).toBeGreaterThanOrEqual(step.value.boots);
  });
});

describe('a hwcap of 32-bit programs', () => {
  const both = { 'ID_AA64PFR0_EL1.EL0': 2, 'ID_ISAR5_EL1.AES': 2 } as const;

  it('needs its field, and CPUs that run such programs', () => {
    expect(why('compat:aes', scenario([cpu(both)], { release: '6.8' })).present).toBe(true);
    const without = why('compat:aes', scenario([cpu({ ...both, 'ID_AA64PFR0_EL1.EL0': 1 })], { release: '6.8' }));
    expect(without.present).toBe(false);
    expect(at(without.chain, 'silicon')).toBeDefined();
  });

  it('is taken away by an erratum of Cortex-A72, whose workaround the advice names', () => {
    const answer = why('compat:aes', scenario([cpu(both, { MIDR_EL1: 0x410f_d083n })], { release: '6.8' }));
    expect(answer.present).toBe(false);
    expect(changes(answer, 'config')).toMatchObject([{ option: 'CONFIG_ARM64_ERRATUM_1742098', to: 'n' }]);
    expect(answer.search.suggestions[0]?.losesWorkarounds).toEqual(['WORKAROUND_1742098']);
  });

  it('is set without a test until 5.5: neon', () => {
    expect(why('neon', scenario([cpu({ 'ID_AA64PFR0_EL1.EL0': 2 })], { release: '5.4' })).present).toBe(true);
    expect(why('neon', scenario([cpu({ 'ID_AA64PFR0_EL1.EL0': 2 })], { release: '5.10' })).present).toBe(false);
  });
});

describe('advice says what it brings besides', () => {
  it('SIGILL: a kernel that looks at ID_AA64ZFR0_EL1 alone tells of SVE2 that is not there', () => {
    const answer = why('sve2', scenario([cpu({ 'ID_AA64ZFR0_EL1.SVEver': 1, 'ID_AA64PFR1_EL1.SME': 0 })], { release: '7.2' }));
    const older = answer.search.suggestions.find(({ changes: [change] }) => change?.kind === 'release');
    expect(older?.sigill).toBe(true);
    const silicon = answer.search.suggestions.filter(({ changes: [change] }) => change?.kind === 'field');
    expect(silicon.map(({ sigill }) => sigill)).not.toContain(true);
  });

  it('an erratum without its workaround', () => {
    const affected = cpu({ 'ID_AA64PFR1_EL1.SSBS': 2 }, { MIDR_EL1: 0x410f_d0c0n });
    const answer = why('ssbs', scenario([affected], { release: '6.12.107' }));
    const option = answer.search.suggestions.find(({ changes: [change] }) => change?.kind === 'config');
    expect(option?.losesWorkarounds).toEqual(['WORKAROUND_SPECULATIVE_SSBS']);
  });
});

describe('whether silicon has a bit that is lost behind it', () => {
  const place = { place: 'silicon', hints: [], wanted: true, source: 'none' } as const;
  const field = (name: string, value: number | undefined, alternative?: true): Station => ({
    ...place,
    field: name,
    needs: { field: name, atLeast: 1 },
    fate: value === undefined || value === 0 ? 'noted' : 'passed',
    groups: [{ cpus: [0], enough: value === 1, ...(value === undefined ? { open: true } : { value }) }],
    ...given({ alternative }),
  });

  it.each([
    ['one of two needed fields is not known', false, [field('A.X', 1), field('A.Y', undefined)]],
    ['both are known', true, [field('A.X', 1), field('A.Y', 1)]],
    ['one of two ways is known, the other open', true, [field('A.X', 1, true), field('A.Y', undefined, true)]],
    ['one of two ways is known not to be, the other open', false, [field('A.X', 0, true), field('A.Y', undefined, true)]],
    ['a way is known, and what is needed besides is open', false, [field('A.X', 1, true), field('A.Y', undefined)]],
    ['no register is asked', true, []],
  ])('%s: %s', (_, expected, chain) => {
    expect(isOnSilicon(chain)).toBe(expected);
  });

  it('is told of a field that alone would do, though others are open', () => {
    const first = { MIDR_EL1: 0x411f_d401n, ID_AA64ISAR1_EL1: 0x10n };
    const machine = { cpus: [{ registers: first }], unlisted: 'unknown' } as const;
    const { chain, present } = why('paca', { machine, layers: [], kernel: { release: '6.8', cmdline: 'arm64.nopauth' }, environment: {} });
    expect([present, isOnSilicon(chain)]).toEqual([false, true]);
  });
});

it('the mainline releases next to an update are tried, whatever changes at them: the update may be ahead of both', async () => {
  const { machine } = await loadMachine('trm-cortex-a720ae');
  const { search } = why('SPECTRE_BHB', { machine, layers: [], kernel: { release: '6.12.107' }, environment: {} });
  const releases = search.suggestions.flatMap(({ changes }) => changes.flatMap((change) => (change.kind === 'release' ? [change.to] : [])));
  expect(releases).toEqual(['6.13', '6.12.23', '6.11']);
});
