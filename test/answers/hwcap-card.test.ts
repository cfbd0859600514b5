import { describe, expect, it } from 'vitest';
import { allCpucaps, cpucapCard } from '../../src/answers/cpucap-card.ts';
import { hwcapCard } from '../../src/answers/hwcap-card.ts';
import { allHwcaps } from '../../src/linux/release/hwcap-catalogue.ts';

describe('the card of a hwcap', () => {
  it('is there for each, with a timeline that begins where the catalogue says', () => {
    for (const { name, since } of allHwcaps()) {
      const first = hwcapCard(name)?.timeline.find(({ series, atFirst }) => series !== 'rhel8' && atFirst === 'present');
      expect(`${name} ${first?.series}`).toBe(`${name} ${since}`);
    }
  });

  // Linux 4.17, arch/arm64/kernel/cpufeature.c, arm64_elf_hwcaps: ID_AA64ISAR1_LRCPC_SHIFT with 2, HWCAP_ILRCPC; so in 4.14.177.
  it('tells of ilrcpc: LRCPC of at least 2, since 4.17, in 4.14 by an update', () => {
    const card = hwcapCard('HWCAP_ILRCPC')!;
    expect(card.rules).toEqual([{ since: '4.17', when: { field: 'ID_AA64ISAR1_EL1.LRCPC', atLeast: 2 } }]);
    expect(card.fields).toEqual([{ field: 'ID_AA64ISAR1_EL1.LRCPC', atLeast: 2 }]);
    expect(card.timeline.find(({ series }) => series === '4.14')?.updates).toMatchObject([{ since: '4.14.177', present: true }]);
    expect(card.names).toMatchObject({ rust: ['rcpc2'] });
    expect(card.errata).toEqual([]);
  });

  // Linux 5.18, arch/arm64/kernel/cpufeature.c, ptr_auth_hwcap_addr_matches: APA, APA3, API.
  it('tells of paca that 5.18 added the field of QARMA3', () => {
    const fields = hwcapCard('paca')!.rules.map(({ since, when }) => `${since} ${JSON.stringify(when).includes('APA3')}`);
    expect(fields).toEqual(['5.0 false', '5.18 true']);
  });

  // Linux 6.10, arch/arm64/kernel/cpu_errata.c: ARM64_WORKAROUND_SPECULATIVE_SSBS for errata 3194386 and 3312417.
  it('tells which erratum takes ssbs away, and since when', () => {
    const [erratum] = hwcapCard('ssbs')!.errata;
    expect(erratum?.row.name).toBe('WORKAROUND_SPECULATIVE_SSBS');
    expect(erratum?.timeline.find(({ series }) => series === '6.9')?.atFirst).toBe('absent');
    expect(erratum?.timeline.find(({ series }) => series === '6.10')?.atFirst).toBe('present');
  });

  it('has no rules for cpuid, which follows from no ID register, and begins with 4.11', () => {
    const card = hwcapCard('cpuid')!;
    expect(card.rules).toEqual([]);
    expect(card.timeline.find(({ atFirst }) => atFirst === 'present')?.series).toBe('4.11');
  });

  it('is not there for a name that nobody has', () => {
    expect(hwcapCard('<script>')).toBeUndefined();
  });
});

describe('the card of a cpucap', () => {
  it('is there for each', () => {
    for (const name of allCpucaps()) expect(cpucapCard(name)?.rows.length).toBeGreaterThan(0);
  });

  it('is found in any case and with the prefix of the C names', () => {
    expect(cpucapCard('ARM64_HAS_LSE_ATOMICS')?.name).toBe('HAS_LSE_ATOMICS');
    expect(cpucapCard('spectre_v4')?.rows[0]?.erratum).toBe(true);
    expect(cpucapCard('toString')).toBeUndefined();
  });

  // Linux 4.4, arch/arm64/kernel/cpufeature.c: CONFIG_AS_LSE and CONFIG_ARM64_LSE_ATOMICS; since 4.17 a system feature; 7.0 dropped the option.
  it('says what the newest release says, not what the first one said', () => {
    const [row] = cpucapCard('HAS_LSE_ATOMICS')!.rows;
    expect(row?.newest.type).toBe('system-feature');
    expect(row?.newest.config).toBeUndefined();
    // Gone from mainline with 6.7: the state of 6.6 counts.
    expect(cpucapCard('HAS_NO_FPSIMD')?.rows[0]?.newest.type).toBe('boot-restricted-cpu-local-feature');
  });
});
