import { describe, expect, it } from 'vitest';
import { knownMachine } from '../../src/answers/known-machine.ts';
import { MAINLINE_RELEASES } from '../../src/linux/release/known-trees.ts';
import { search } from '../../src/web/search/search.ts';

const first = (text: string): string | undefined => search(text).hits[0]?.href;
const all = (text: string): readonly string[] => search(text).hits.map(({ href }) => href);

describe('one box for all names', () => {
  it('a Features line, with its head or without, leads to what it tells', () => {
    const told = './infer/?line=fp+asimd+evtstrm+ssbs';
    expect(first('Features\t: fp asimd evtstrm ssbs')).toBe(told);
    expect(first('fp asimd evtstrm ssbs')).toBe(told);
    expect(first('sve sve2')).not.toContain('infer');
    expect(first('ssbs evtstrm on graviton2')).not.toContain('infer');
  });

  it('what is asked of a guest on a machine is answered for a guest', () => {
    const newest = MAINLINE_RELEASES.at(-1);
    expect(first('why is sve missing on a Graviton3 guest')).toBe(`./machine/graviton3/?kvm=${newest}&why=sve`);
    expect(first('sve graviton3 kvm 6.1')).toBe('./machine/graviton3/?kvm=6.1&why=sve');
    expect(first('sve apple-m1-vm-debian vm')).toBe('./machine/apple-m1-vm-debian/?why=sve');
  });

  it('a release is kept, also one that has no page', () => {
    expect(first('atomics raspberry pi 4 linux 6.1')).toBe('./machine/raspberry-pi-4/?k=6.1&why=atomics');
    expect(first('atomics raspberry pi 4 linux 6.1.20')).toBe('./machine/raspberry-pi-4/?k=6.1.20&why=atomics');
    expect(first('graviton2 v8.5')).toBe('./level/Armv8.5-A/?m=graviton2');
  });

  it('tells how many there are, not how many it shows', () => {
    const { hits, count } = search('erratum');
    expect(hits.length).toBe(12);
    expect(count).toBeGreaterThan(12);
    expect(search('  ')).toEqual({ hits: [], count: 0, near: false });
  });

  it.each([
    ['ilrcpc', './hwcap/ilrcpc/'],
    ['HWCAP2_SVE2', './hwcap/sve2/'],
    ['lse', './feat/FEAT_LSE/'],
    ['ID_AA64ISAR1_EL1.LRCPC', './field/ID_AA64ISAR1_EL1.LRCPC/'],
    ['id_aa64pfr0', './register/ID_AA64PFR0_EL1/'],
    ['S3_0_C0_C4_0', './register/ID_AA64PFR0_EL1/'],
    ['0xd5380400', './register/ID_AA64PFR0_EL1/'],
    ['0x410fd083', './core/Cortex-A72/'],
    ['neoverse n1', './core/Neoverse-N1/'],
    ['8.5', './level/Armv8.5-A/'],
    ['v6.12', './release/6.12/'],
    ['1418040', './erratum/1418040/'],
    ['ARM erratum 1418040', './erratum/1418040/'],
    ['HAS_PAN', './cpucap/HAS_PAN/'],
    ['d5380620', './register/ID_AA64ISAR1_EL1/'],
    ['mrs x0, ID_AA64ISAR1_EL1', './register/ID_AA64ISAR1_EL1/'],
    ['MRS X3, S3_0_C0_C6_1', './register/ID_AA64ISAR1_EL1/'],
    ['0xd0b', './core/Cortex-A76/'],
    ['CPU part\t: 0xd0b', './core/Cortex-A76/'],
    ['0x61 0x022', './core/Icestorm-M1/'],
    ['N1', './core/Neoverse-N1/'],
    ['a76', './core/Cortex-A76/'],
    ['which hwcap do I test for FRINT32Z?', './insn/FRINT32Z/'],
    ['AWS c6g', './machine/graviton2/'],
    ['c7g.large', './machine/graviton3/'],
    ['M1', './machine/apple-m1/'],
    ['Orange Pi 5', './machine/rk3588/'],
    ['c8g', './machine/aws-graviton-4/'],
    ['what does v8.5 add', './level/Armv8.5-A/'],
    ['what does -k 4.19 hide', './release/4.19/'],
    ['why has graviton2 no sve?', './machine/graviton2/?why=sve'],
    ['does a raspberry pi 4 have aes', './machine/raspberry-pi-4/?why=aes'],
    ['M1 guest vs Kunpeng 920', './compare/?s=apple-m1-vm-debian&s=kunpeng-920'],
    ['graviton2 v8.5', './level/Armv8.5-A/?m=graviton2'],
    ['rk3588 6.12', './machine/rk3588/?k=6.12'],
    ['arm64.nosve=1', './field/ID_AA64PFR0_EL1.SVE/'],
    ['CONFIG_ARM64_SVE', './hwcap/sve/'],
    ['getauxval(AT_HWCAP)', './hwcap/'],
    ['AT_HWCAP2', './hwcap/'],
    ['__builtin_cpu_supports', './guide/runtimes/'],
    ['/proc/cpuinfo', './guide/read-a-features-line/'],
    ['why has my guest no SVE?', './lesson/no-sve/'],
    ['why does my vm not show sve2', './hwcap/sve2/?kvm=7.3'],
    ['lessons', './lesson/'],
    ['level of my cpu', './levels/'],
  ])('%s', (text, href) => {
    expect(first(text)).toBe(href);
  });

  it.each(['PACIA', 'CASP', 'BFDOT', 'CPYFP', 'SMSTART', 'IRG', 'FRINT32Z', 'LDAPUR', 'LDADDAL', 'RMIF', 'CTZ', 'SWPP'])(
    'the instruction %s',
    (name) => {
      expect(first(name)).toBe(`./insn/${name}/`);
      expect(first(name.toLowerCase())).toBe(`./insn/${name}/`);
    },
  );

  it('a line of assembly by its mnemonic', () => {
    expect(first('frint32z v0.2s, v1.2s')).toBe('./insn/FRINT32Z/');
  });

  it('a line of the log', () => {
    expect(first('[    0.000000] CPU features: detected: Privileged Access Never')).toBe('./cpucap/HAS_PAN/');
  });

  it('machines and cores by the names that people use', () => {
    expect(all('raspberry pi 4')).toContain('./machine/raspberry-pi-4/');
    expect(all('graviton2').some((href) => href.startsWith('./machine/') || href.startsWith('./core/'))).toBe(true);
  });

  it('what is itself called so comes before what has the same cores', () => {
    expect(first('rk3588')).toBe('./machine/rk3588/');
    expect(first('graviton2')).toMatch(/^\.\/machine\//);
    expect(all('rk3588')).toContain('./core/Cortex-A76/');
  });

  it('names by words of what they are', () => {
    expect(all('pointer authentication')).toContain('./hwcap/paca/');
    expect(all('memory tagging')).toContain('./hwcap/mte/');
  });

  it('a product of which no machine is known is a machine of its core, or leads to its cores', async () => {
    expect(search('graviton 4').hits[0]?.text).toContain('One Neoverse-V2');
    expect((await knownMachine('aws-graviton-4')).machine.cpus).toHaveLength(1);
    expect(all('snapdragon 8 gen 3').slice(0, 3)).toEqual(['./core/Cortex-A520/', './core/Cortex-A720/', './core/Cortex-X4/']);
  });

  it('lessons and pages of the guide by a word of their titles', () => {
    expect(first('SIGILL')).toBe('./lesson/sigill/');
    expect(all('kvm')).toContain('./guide/guests-under-kvm/');
    expect(search('template').hits.map(({ name }) => name)).toContain('Make a guest template');
    expect(search('kvm').hits.map(({ name }) => name)).toContain('What a guest gets under KVM');
  });

  it('knows which letters look alike', () => {
    const { hits, near } = search('Ircpc');
    expect(near).toBe(true);
    expect(hits.map(({ name }) => name)).toEqual(expect.arrayContaining(['lrcpc', 'ilrcpc', 'FEAT_LRCPC']));
  });

  it('near names of any kind stand by how near they are', () => {
    expect(all('asimdpd').slice(0, 3)).toEqual(['./hwcap/asimddp/', './compat/asimddp/', './hwcap/asimd/']);
    expect(all('cortex-a67')).toEqual(['./core/Cortex-A7/', './core/Cortex-A17/']);
  });

  it('near misses in both directions', () => {
    expect(search('ilrpcp')).toMatchObject({ near: true });
    expect(all('ilrpcp')).toContain('./hwcap/ilrcpc/');
    expect(all('frint32')).toContain('./insn/FRINT32Z/');
    expect(all('FEAT_LRCPC22')).toContain('./feat/FEAT_LRCPC2/');
  });

  it.each(['', '   ', '\0', '__proto__', '"><img>', 'x'.repeat(10_000)])('%j makes it neither fail nor guess wildly', (text) => {
    expect(search(text).hits.length).toBeLessThan(13);
  });
});
