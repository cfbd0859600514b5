import { describe, expect, it } from 'vitest';
import type { LinuxRows } from '../../../spec-data/build/linux.ts';
import { SPEC_DATA } from '../../../spec-data/build/spec-file.ts';
import { asides } from '../../../spec-data/import/asides.ts';
import { Docs } from '../../../spec-data/import/docs.ts';
import type { TableName } from '../../../spec-data/import/flat.ts';
import { readTree } from '../../../spec-data/import/read/index.ts';
import { readKvmWritable } from '../../../spec-data/import/read/kvm.ts';
import { releaseOf } from '../../../spec-data/import/source.ts';
import { parseRelease } from '../../../src/linux/release/release.ts';
import { madeUpTree } from './made-up-tree.ts';

const list = (name: string, symbol: string): LinuxRows['lists'][number] => ({
  name,
  cores: [{ midr: 'THUNDERX r0p0..r1p15', since: '4.4' }],
  source: `linux:arch/arm64/kernel/proton-pack.c#${symbol}`,
});
const LISTS = [
  list('by-function', 'has_spectre_v3a'),
  list('by-table', 'touched'),
  list('spelled-out', 'has_few'),
  list('absent', 'has_none'),
];
const KNOWN = { cores: { THUNDERX: '0x43/0x0a1' }, options: [], spelledOut: new Set<string>(), lists: LISTS };
const tree = readTree(madeUpTree(), parseRelease('8.1.2'), KNOWN);
const lines = (table: TableName): readonly string[] => tree.flat[table].map(({ line }) => line);
const unread = (table: string): readonly string[] =>
  tree.unread.flatMap((each) => (each.table === table ? [`${each.row ?? ''}: ${each.why}`] : []));

describe('of a kernel tree are read', () => {
  it('its release, from the Makefile', () => {
    expect(releaseOf(madeUpTree(), 'it').text).toBe('8.1.2');
    expect(releaseOf(madeUpTree({ Makefile: (text) => text.replace('EXTRAVERSION =', 'EXTRAVERSION = -rc3') }), 'it').text).toBe('8.1-rc3');
  });

  it('the registers with their encodings, and which the command line can override', () => {
    expect(lines('registers')).toEqual(['ID_AA64ISAR0_EL1 3.0.0.6.0', 'ID_AA64PFR0_EL1 3.0.0.4.0 overridable']);
    expect(unread('registers')).toEqual(['ID_NOWHERE_EL1: its encoding']);
  });

  it('the fields: how they merge, their safe values, sign, who sees them, whether they may differ', () => {
    expect(lines('fields')).toEqual([
      'ID_AA64ISAR0_EL1[7:4] lower 0 u visible strict',
      'ID_AA64PFR0_EL1[35:32] higher-or-zero 0 u CONFIG_ARM64_SVE loose',
      'ID_AA64PFR0_EL1[19:16] exact 15 s hidden strict',
    ]);
    expect(unread('fields')).toEqual(['ID_AA64PFR0_EL1: its place']);
  });

  it('the hwcaps: word, bit, comparison, a cpucap or several ways, options', () => {
    expect(lines('hwcaps')).toEqual([
      'pmull 1.4 when ID_AA64ISAR0_EL1[7:4] u>=2',
      'fp 1.0 when ID_AA64PFR0_EL1[19:16] s>=0',
      'shiny 3.5 when ID_AA64ISAR0_EL1[7:4] u>=3 & cpucap SVE if CONFIG_ARM64_SVE',
      'paca 1.30 when (ID_AA64ISAR1_EL1[11:8] u>=2 | ID_AA64ISAR1_EL1[7:4] u>=1)',
    ]);
    expect(unread('hwcaps')).toEqual(['KERNEL_HWCAP_NAMELESS: its bit']);
  });

  it('the strings of /proc/cpuinfo, in their order, and the AArch32 words with their holes', () => {
    expect(lines('cpuinfo-order')).toEqual(['1.0 fp', '1.4 pmull', '1.11 cpuid', '1.30 paca', '3.5 shiny']);
    expect(lines('compat-words')).toEqual(['default 0x2', '1.1 half', '1.2 -', '1.12 neon', '2.0 aes']);
    expect(lines('compat-hwcaps')).toEqual(['neon 1.12 when MVFR1_EL1[11:8] u>=1 & MVFR1_EL1[15:12] u>=1 & MVFR1_EL1[19:16] u>=1']);
  });

  it('the cpucaps: text, type, a function that stays a rule, a range; what hangs on an option is told', () => {
    expect(lines('cpucaps')).toEqual([
      'HAS_SHINY | Shiny thing | boot permitted | rule has_shiny ; ID_AA64ISAR0_EL1[7:4] u>=1',
      'HAS_RANGE | - | system permitted | ID_AA64MMFR4_EL1[27:24] s>=-8..-2',
      'SVE | - | system permitted | ID_AA64PFR0_EL1[35:32] u>=1 if CONFIG_ARM64_SVE',
    ]);
    expect(unread('cpucaps')).toEqual([
      'SVE: its type hangs on CONFIG_SVE_EARLY; taken as with them off',
      'HAS_ODDITY: its type ARM64_CPUCAP_OF_THE_FUTURE',
    ]);
    expect(lines('capability-order')).toEqual(['HAS_SHINY', 'WORKAROUND_42', 'SVE']);
  });

  it('the errata: CPUs with their revisions and options, revisions that are mended, what the workaround does', () => {
    expect(lines('errata')).toEqual([
      'WORKAROUND_42 | erratum 42 | local optional | cpu {0x41/0xd03 r0p1..r0p4, 0x77/0x123 if CONFIG_NOVEL_ERRATUM} ; fixed r0p4 0x100 if CONFIG_ARM64_ERRATUM_42',
    ]);
    expect(tree.cores.NOVEL_CORE).toBe('0x77/0x123');
    expect(lines('behaviour')).toContain('WORKAROUND_42 hides ID_AA64ISAR0_EL1[7:4]');
    expect(lines('behaviour')).toContain('WORKAROUND_42 traps CTR_EL0');
  });

  it('the overrides with their filters, and the words that stand for them', () => {
    expect(lines('overrides')).toEqual([
      'id_aa64isar0.aes [7:4]',
      'id_aa64isar0.one [63:63] sve_filter',
      'arm64.noaes = id_aa64isar0.aes=0 id_aa64isar0.one=0',
    ]);
  });

  it('the options that the tables ask for, with defaults, dependencies and the toolchain’s part', () => {
    expect([...lines('kconfig')].sort()).toEqual([
      'CONFIG_ARM64_ERRATUM_42 y',
      'CONFIG_ARM64_SVE y toolchain depends (!CONFIG_EXPERT | CONFIG_ARM64_PAN)',
      'CONFIG_NOVEL_ERRATUM - selects CONFIG_ARM64_ERRATUM_43',
    ]);
  });

  it('the lists of cores of functions: by a table, by all tables of a function, or spelled out with the revisions of the history', () => {
    expect(lines('core-lists')).toEqual([
      'by-function cpu {0x41/0xd03 r0p0..r0p4 if CONFIG_ARM64_OLD, 0x77/0x123}',
      'by-table cpu {0x41/0xd03 r0p0..r0p4 if CONFIG_ARM64_OLD, 0x77/0x123}',
      'spelled-out cpu {0x43/0x0a1 r0p0..r1p15}',
    ]);
  });

  it('what user space may write of a guest’s registers, by KVM’s masks', () => {
    expect(readKvmWritable(tree.tree)).toEqual(
      new Map([['ID_AA64ISAR0_EL1', { mask: 0xffff_ffff_ffff_ff00n, where: 'arch/arm64/kvm/sys_regs.c:5' }]]),
    );
    expect(unread('KVM')).toEqual(['ID_AA64ISAR1_EL1: its mask of what may be written']);
  });

  it('what the code says by itself', () => {
    expect(lines('behaviour')).toEqual(
      expect.arrayContaining(['aarch32-registers-initialised boot-cpu-el0', 'mrs-emulation-from-crm 2', 'ctr-effective-idc true']),
    );
  });
});

it('names the place of everything that it cannot read', () => {
  expect(tree.unread.every(({ where }) => /^[\w/.-]+(:\d+)?$/.test(where) || where === 'the tree')).toBe(true);
  expect(unread('sysregs')).toEqual([': the word Surprise']);
});

it('says of a table that is not there that it is not there', () => {
  const without = readTree(madeUpTree({ 'arch/arm64/kernel/cpu_errata.c': () => 'int nothing;' }), parseRelease('8.1.2'), KNOWN);
  expect(without.unread).toContainEqual({ table: 'errata', where: 'arch/arm64/kernel/cpu_errata.c', why: 'no table arm64_errata' });
});

it('tells what stands in no table: functions without a rule, fields that the architecture’s data lacks', () => {
  const beside = asides(tree.tree, new Docs(SPEC_DATA), parseRelease('8.1.2'), tree.flat.cpucaps);
  expect(beside.map(({ about, key, what }) => `${about}: ${key}: ${what}`)).toEqual([
    'rules: HAS_SHINY: its function has_shiny is not known: read it, and write the rule in src/linux/rules/',
    expect.stringMatching(
      /^KVM: ID_AA64ISAR0_EL1: writable are 0xffffffffffffff00, spec-data\/linux\/kvm\/writable.json has 0x\w+: changes \+ \{"since":"8.1"/,
    ),
  ]);
});
