import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_REGISTERS } from '../../src/arch/register.ts';
import { CATALOGUES } from '../../src/cli/catalogue/catalogue.ts';
import { VERSION } from '../../src/cli/version.ts';
import { NEWEST_RELEASE } from '../../src/linux/release/known-trees.ts';
import { run, widest } from '../support/fake-io.ts';

const PI = 'MIDR_EL1: 0x410fd083\nID_AA64PFR0_EL1: 0x2222\nID_AA64ISAR0_EL1: 0x10000\nCNTFRQ_EL0: 0x337f980\nCTR_EL0: 0x8444c004\n';
const json = async (argv: readonly string[], files = {}) => JSON.parse((await run([...argv, '--json'], files)).out);

describe('derive', () => {
  it('reads a dump and prints what follows, at 80 columns', async () => {
    const { code, out, err } = await run(['derive', 'pi.txt', '--kernel', '6.8'], { 'pi.txt': PI });
    expect(code).toBe(0);
    expect(out).toContain('Features\n  fp asimd evtstrm crc32 cpuid\n\n  Not known, may be there too:\n');
    expect(out).toMatch(/^ {2}Not known, may be there too:\n(?: .*\n)*? .*\bdcpop\b/m);
    expect(out).toContain('  Usual for Cortex-A72, as known machines have it:\n  none of these\n\n  AT_HWCAP   0x0000000000000887\n');
    expect(out).toMatch(/^ {2}ID_AA64PFR0_EL1 +S3_0_C0_C4_0 +0x0000000000000011$/m);
    expect(out).toContain('AArch32\n  half thumb');
    expect(err).toContain('note: not known, since the input does not list them: ');
    expect(widest(out + err)).toBeLessThanOrEqual(80);
  });

  it.each([
    ['zero', 'note: taken as zero', /Features\n {2}fp asimd evtstrm crc32 cpuid\n\n {2}AT_HWCAP/],
    ['usual', '', /Features\n {2}fp asimd evtstrm crc32 cpuid\n\n {2}AT_HWCAP/],
    ['unknown', 'note: not known', /may be there too/],
  ])('takes what a dump does not list as %s, if told so', async (word, note, expected) => {
    const { out, err } = await run(['derive', 'pi.txt', '-k', '6.8', '--unlisted', word], { 'pi.txt': PI });
    expect(err).toContain(note);
    expect(out).toMatch(expected);
  });

  it('CPUs of one core that a dump lists are alike in what it does not list', async () => {
    const two = `cpu 0\n${PI}cpu 1\n${PI}cpu 2\nMIDR_EL1 0x410fd034\nID_AA64PFR0_EL1 0x2222\n`;
    const { out } = await run(['derive', 'two.txt', '-k', '6.8'], { 'two.txt': two });
    expect(out).toContain('2 to 3 of 3 CPUs online\nNot known: whether CPU 2 comes up\n');
  });

  it('refuses another word', async () => {
    const { code, err } = await run(['derive', 'pi.txt', '--unlisted', 'nought'], { 'pi.txt': PI });
    expect([code, err]).toEqual([2, expect.stringContaining('there is no nought; there are unknown, zero, usual')]);
  });

  it('takes a known machine with the kernel of its recording, by option or by name', async () => {
    const byOption = await json(['derive', '--machine', 'raspberry-pi-4', '--fields', 'hwcaps']);
    expect(byOption).toMatchObject({
      subject: { name: 'raspberry-pi-4' },
      kernel: { release: '6.8' },
      hwcaps: { words: ['0x0000000000000887', '0x0000000000000000'], names: ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'] },
    });
    expect(await json(['derive', 'raspberry-pi-4', '--fields', 'hwcaps'])).toEqual(byOption);
  });

  it('takes the newest kernel with a configuration that is named, if none is named itself', async () => {
    const files = { 'pi.txt': PI, 'line.txt': 'Features\t: fp asimd evtstrm crc32 cpuid\n' };
    for (const file of Object.keys(files)) {
      const { code, err } = await run(['derive', file, '-c', 'debian'], files);
      expect(err).toContain('note: no kernel named; taking the newest known with the configuration debian, 7.2 (');
      expect(code).toBe(0);
    }
    expect((await run(['derive', 'raspberry-pi-4', '-c', 'debian'])).err).toContain('not for 6.8');
    expect((await run(['derive', 'pi.txt', '-c', 'debain'], files)).err).toContain('did you mean debian?');
  });

  it('takes the newest kernel if none is named, and says so', async () => {
    const { err } = await run(['derive', '-'], { '-': PI });
    expect(err).toContain(`note: no kernel named; taking the newest known, ${NEWEST_RELEASE}`);
  });

  it('shows any part that is asked for', async () => {
    const { out } = await run(['derive', 'pi.txt', '-k', '6.8', '--fields', 'cpuinfo,sanitised,cpucaps,log'], { 'pi.txt': PI });
    expect(out).toContain('/proc/cpuinfo\nprocessor\t: 0\nBogoMIPS\t: 108.00\nFeatures\t: fp asimd evtstrm crc32 cpuid\n');
    expect(out).toContain('Sanitised registers\n');
    expect(out).toContain('cpucaps\n');
    expect(out).toContain('CPU features: detected: CRC32 instructions\n');
    expect(out).not.toContain('AT_HWCAP');
  });

  it('says what is in doubt of a release between two known ones', async () => {
    const { err } = await run(['derive', 'pi.txt', '-k', '5.4.100'], { 'pi.txt': PI });
    expect(err).toContain('in doubt:');
  });

  it('says that a core has no AArch32, and that old kernels emulate no MRS', async () => {
    const { out } = await run(['derive', 'm1.txt', '-k', '4.9'], { 'm1.txt': 'ID_AA64PFR0_EL1 0x11\n' });
    expect(out).toContain('no 32-bit program can run');
    expect(out).toContain('This kernel emulates no MRS');
  });

  it('keeps what could be read of a damaged dump, and exits with 3', async () => {
    const { code, out, err } = await run(['derive', 'pi.txt', '-k', '6.8'], { 'pi.txt': `${PI}rubbish\n` });
    expect(code).toBe(3);
    expect(out).toContain('crc32');
    expect(err).toContain('line 6, column 1: expected NAME: 0x…');
  });

  it.each([
    [['derive', 'missing.txt'], 3, 'missing.txt: there is no such file'],
    [['derive', 'rasberry-pi-4'], 2, 'no machine rasberry-pi-4; did you mean raspberry-pi-4?'],
    [['derive', 'empty.txt'], 3, 'empty.txt: no machine could be read'],
    [['derive', 'pi.txt', '--machine', 'rk3588'], 2, 'either pi.txt or --machine rk3588, not both'],
    [['derive', 'pi.txt', '-k', 'six'], 2, '"six" is no kernel release'],
    [['derive', 'pi.txt', '-k', '3.10'], 2, 'Linux 3.10 is not known'],
    [['derive', 'pi.txt', '-k', '6.1', '-c', 'debain'], 2, 'did you mean debian?'],
    [['derive', 'pi.txt', '-k', '6.1', '-c', '{"CONFIG_HZ":250}'], 2, '--config: kernel.config.CONFIG_HZ: expected a string'],
    [['derive', 'pi.txt', '-k', '6.1', '-c', '{'], 2, '--config: expected JSON'],
    [['derive', 'pi.txt', '-k', '6.1', '--env', '{"bootEl":3}'], 2, '--env: environment.bootEl: expected 1 or 2, got 3'],
    [['derive', 'pi.txt', '--kernl', '6.1'], 2, '--kernel'],
    [['mrs', 'a', 'b', 'c'], 2, 'too many words'],
    [['deriv'], 2, 'did you mean derive?'],
    [['derive', 'bad\u001b[31m.txt'], 3, 'bad\\u{1b}[31m.txt: there is no such file'],
  ])('%j ends with one line and %i', async (argv, expected, message) => {
    const { code, out, err } = await run(argv, { 'pi.txt': PI, 'empty.txt': '' });
    expect(code).toBe(expected);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe('');
  });

  it('does not wait for a person who is asked nothing', async () => {
    const { code, err } = await run(['derive'], {}, { stdinIsTerminal: true });
    expect(code).toBe(2);
    expect(err).toContain('which machine?');
  });

  it('lets --env, --config and --cmdline change the answer', async () => {
    const sve = 'ID_AA64PFR0_EL1 0x0000000100000011\n';
    const names = async (...options: string[]) =>
      (await json(['derive', 'x.txt', '-k', '6.12', '--fields', 'hwcaps', ...options], { 'x.txt': sve })).hwcaps.names;
    expect(await names()).toContain('sve');
    expect(await names('--config', '{"CONFIG_ARM64_SVE":"n"}')).not.toContain('sve');
    expect(await names('--cmdline', 'arm64.nosve')).not.toContain('sve');
    expect(await names('--env', '{"eventStream":false}')).not.toContain('evtstrm');
  });
});

describe('decode', () => {
  it('names each field, its value and FEAT_*', async () => {
    const { out, code } = await run(['decode', 'ID_AA64ISAR1_EL1', '0x0000011110211202']);
    expect(code).toBe(0);
    expect(out).toMatch(/23:20 +LRCPC +2 +LRCPC2: .*\[FEAT_LRCPC FEAT_LRCPC2\]/);
    expect(widest(out)).toBeLessThanOrEqual(80);
  });

  it('flags reserved values and bits outside of all fields', async () => {
    const { out } = await run(['decode', 'id_aa64isar0', '0xf000_0000_0000_000f']);
    expect(out).toMatch(/63:60 +RNDR +15 +reserved/);
    expect(out).toContain('bits outside of all fields are set: 0x000000000000000f');
  });

  it('shows signed fields as what they compare as', async () => {
    expect((await run(['decode', 'ID_AA64PFR0_EL1', '0xf0000'])).out).toMatch(/19:16 +FP +15 \(-1\) +NI: Not implemented/);
  });

  it('names the core of a MIDR_EL1', async () => {
    expect((await run(['decode', 'midr', '0x410fd083'])).out).toContain('ARM Cortex-A72 r0p3');
    expect((await run(['decode', 'MIDR_EL1=0x410fd083'])).out).toContain('ARM Cortex-A72 r0p3');
    expect((await run(['decode', 'midr', '0x7e0ffff0'])).out).toContain('implementer 0x7e part 0xfff r0p0');
  });

  it('takes a whole machine, or one of its CPUs', async () => {
    expect(await json(['decode', 'pi.txt'], { 'pi.txt': PI })).toMatchObject({
      registers: [
        { register: 'MIDR_EL1', value: '0x00000000410fd083' },
        { register: 'ID_AA64PFR0_EL1' },
        { register: 'ID_AA64ISAR0_EL1' },
        { register: 'CTR_EL0' },
      ],
    });
    expect((await run(['decode', '--machine', 'rk3588', '--cpu', '7'])).out).toContain('ARM Cortex-A76');
  });

  it('has the same in JSON', async () => {
    const { registers } = await json(['decode', 'ID_AA64ISAR1_EL1', '0x200000']);
    expect(registers[0].fields).toContainEqual({
      name: 'LRCPC',
      bits: [23, 20],
      raw: 2,
      value: 2,
      valueName: 'LRCPC2',
      meaning: expect.any(String),
      reserved: false,
      archFeatures: ['FEAT_LRCPC', 'FEAT_LRCPC2'],
    });
    expect((await json(['decode', 'REVIDR_EL1', '0xffffffffffffffff'])).registers[0].fields[0].raw).toBe('0xffffffffffffffff');
  });

  it.each([
    [['decode', 'ID_AA64PFR0_EL1', '0x10000000000000000'], 3, 'at most 64 bits'],
    [['decode', 'ID_AA64PFR0_EL1', '-1'], 3, 'at most 64 bits'],
    [['decode', 'ID_AA64PRF0', '1'], 2, 'no register ID_AA64PRF0; did you mean ID_AA64PFR0_EL1?'],
    [['decode', 'ID_AA64PFR0_EL1'], 2, 'which value?'],
    [['decode', '--machine', 'rk3588', '--cpu', '8'], 2, '--cpu: rk3588 has CPUs 0 to 7'],
  ])('%j ends with %i', async (argv, expected, message) => {
    const { code, err } = await run(argv);
    expect(code).toBe(expected);
    expect(err).toContain(message);
  });
});

describe('mrs', () => {
  it.each([
    'ID_AA64PFR0_EL1',
    'id_aa64pfr0',
    'S3_0_C0_C4_0',
    '0xd5380400',
    'D5380400',
    '0x0 0x4 0x38 0xd5',
    '00 04 38 d5',
    '0x603000000013c020',
  ])('%s is the same register', async (what) => {
    expect(await json(['mrs', what, 'pi.txt', '-k', '6.8'], { 'pi.txt': PI })).toMatchObject({
      encoding: 'S3_0_C0_C4_0',
      name: 'ID_AA64PFR0_EL1',
      el0: { value: '0x0000000000000011' },
      el1: { value: '0x0000000000002222' },
    });
  });

  it('decodes both views', async () => {
    const { out } = await run(['mrs', '0xd5380403', 'pi.txt', '-k', '6.8'], { 'pi.txt': PI });
    expect(out).toContain('MRS X3, ID_AA64PFR0_EL1 is 0xd5380403');
    expect((await run(['mrs', '0xd538041f'])).out).toContain('MRS XZR, ID_AA64PFR0_EL1 is 0xd538041f');
    expect(out).toMatch(/At EL0\nID_AA64PFR0_EL1 = 0x0000000000000011[\s\S]*At EL1\nID_AA64PFR0_EL1 = 0x0000000000002222/);
  });

  it('says SIGILL, and what is unknown or rests on zero', async () => {
    const pi = `unlisted: zero\n${PI}`;
    const at = async (what: string) => (await run(['mrs', what, 'pi.txt', '-k', '6.8'], { 'pi.txt': pi })).out;
    expect(await at('ID_PFR0_EL1')).toMatch(/EL0 {2}SIGILL\n[\s\S]*EL1 {2}unknown/);
    expect(await at('DCZID_EL0')).toContain('DCZID_EL0 is not known of every CPU');
    // CLIDR_EL1 of zero says that nothing need be cleaned, so that the kernel shows CTR_EL0.IDC.
    const coherent = { 'pi.txt': `${pi}CTR_EL0 0x8444c004\n` };
    expect((await run(['mrs', 'CTR_EL0', 'pi.txt', '-k', '6.8'], coherent)).out).toContain('CLIDR_EL1 is not known of every CPU');
    expect((await run(['mrs', 'CTR_EL0', 'pi.txt', '-k', '4.14'], coherent)).out).not.toContain('CLIDR_EL1');
    expect((await run(['derive', 'pi.txt', '-k', '6.8'], coherent)).err).toContain('note: a CLIDR_EL1 of zero lets kernels');
    expect((await run(['derive', 'pi.txt', '-k', '6.8'], { 'pi.txt': `${coherent['pi.txt']}CLIDR_EL1 0xa200023\n` })).err).not.toContain(
      'CLIDR',
    );
    expect(await at('S3_3_C13_C0_2')).toContain('depends on the moment');
    expect(await at('S3_0_C0_C7_7')).toContain('no register has this encoding');
  });

  it.each([
    [['ID_AA64PFR0_EL1', '-k', '6.1'], 'emulated: the sanitised value'],
    [['ID_AA64PFR0_EL1', '-k', '4.9'], 'SIGILL: this kernel emulates no MRS'],
    [['ID_ISAR5_EL1', '-k', '5.10'], 'SIGILL: outside of what the kernel emulates'],
    [['MIDR_EL1', '-k', '5.10'], "emulated: the CPU's own MIDR_EL1"],
    [['MPIDR_EL1', '-k', '5.10'], 'emulated: a constant'],
    [['CTR_EL0', '-k', '5.10'], 'read from hardware (CTR_EL0 traps'],
    [['CNTFRQ_EL0', '-k', '5.10'], 'read from hardware'],
    [['CLIDR_EL1', '-k', '5.10'], 'SIGILL: not accessible at EL0'],
    [
      ['rndr', '-k', '5.10'],
      'a random number: a program reads it itself, and what it gives depends on the moment; SIGILL without FEAT_RNG',
    ],
    [['d53be041', '-k', '5.10'], 'the virtual counter'],
    [['CNTPCT_EL0', '-k', '5.10'], 'SIGILL: the physical counter'],
    [['FPCR', '-k', '5.10'], 'the mode of floating point'],
  ])('tells without a machine what %j gives', async (argv, expected) => {
    const { out, code } = await run(['mrs', ...argv]);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(expected);
    expect((await json(['mrs', ...argv])).treatment).toContain(expected);
  });

  it('takes the bytes of an instruction as words of their own', async () => {
    const { out, code } = await run(['mrs', '0x0', '0x6', '0x38', '0xd5', 'pi.txt', '-k', '6.8'], { 'pi.txt': PI });
    expect(code).toBe(0);
    expect(out).toContain('MRS X0, ID_AA64ISAR0_EL1 is 0xd5380600');
  });

  it('takes an instruction as an assembler writes it', async () => {
    const { out } = await run(['mrs', 'mrs x1, id_aa64isar0_el1', '-k', '4.9']);
    expect(out).toContain('SIGILL');
  });

  it('without a machine tells of an ID register what each field reads', async () => {
    const { out } = await run(['mrs', 'ID_AA64MMFR0_EL1', '-k', '6.1']);
    expect(out).toMatch(/63:60 +ECV +as the CPUs have it/);
    expect(out).toMatch(/31:28 +TGran4 +always 15 \(NI\)/);
    const { fields } = await json(['mrs', 'ID_AA64MMFR0_EL1', '-k', '6.1']);
    expect(fields).toContainEqual({ name: 'TGran4', msb: 31, lsb: 28, always: 15, hiddenBy: [] });
  });

  it.each([
    [['mrs', 'MIDR_EL1', 'rk3588', 'more'], 'too many words'],
    [['mrs'], '<what> is missing'],
    [['mrs', 'ID_AA64PRF0'], 'no register ID_AA64PRF0; did you mean ID_AA64PFR0_EL1?'],
    [['mrs', '0x12345678'], 'is no MRS instruction'],
    [['mrs', 'MIDR_EL1', 'rk3588', '--cpu', 'x'], '--cpu: rk3588 has CPUs 0 to 7'],
  ])('%j is a usage error', async (argv, message) => {
    const { code, err } = await run(argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('list', () => {
  it('counts the catalogue', async () => {
    const { items } = await json(['list']);
    expect(items).toContainEqual({ name: 'registers', count: ALL_REGISTERS.length });
    expect((await run(['list'])).out).toMatch(new RegExp(`registers +${ALL_REGISTERS.length}`));
  });

  it.each(Object.keys(CATALOGUES))('%s prints at 80 columns, and as JSON one object each', async (kind) => {
    const { out, code } = await run(['list', kind]);
    expect(code).toBe(0);
    expect(out.split('\n').length).toBeGreaterThan(4);
    const { items: kinds } = await json(['list']);
    expect((await json(['list', kind])).items.length).toBe(kinds.find(({ name }: { name: string }) => name === kind).count);
  });

  it('tells all that is known of a hwcap', async () => {
    const { out } = await run(['list', 'hwcap', 'ilrcpc']);
    for (const part of [
      'HWCAP_ILRCPC: bit 26 of AT_HWCAP',
      'Linux 4.17',
      '4.14 (in 4.14.177, not in 4.14.74)',
      'ID_AA64ISAR1_EL1.LRCPC ≥ 2 (LRCPC2)',
      'FEAT_LRCPC2',
      'Armv8.4-A',
      'rcpc-immo',
      'parallels-m1',
    ])
      expect(out).toContain(part);
    expect(out).not.toMatch(/kunpeng/);
    expect(widest(out)).toBeLessThanOrEqual(80);
  });

  it.each([
    [['hwcap', 'HWCAP2_SVE2'], 'CONFIG_ARM64_SVE'],
    [['hwcap', 'ssbs'], 'hidden by'],
    [['hwcap', 'cpuid'], 'no ID register'],
    [['register', 'id_aa64isar1'], 'LRCPC'],
    [['field', 'ID_AA64ISAR1_EL1.LRCPC'], 'decides the hwcaps lrcpc, ilrcpc, lrcpc3'],
    [['field', 'lrcpc'], 'ID_AA64ISAR1_EL1.LRCPC [23:20]'],
    [['feature', 'sve2'], 'FEAT_SVE2'],
    [['feat', 'FEAT_LRCPC'], 'mandatory from Armv8.3-A'],
    [['kernel', '5.10.223'], 'known exactly'],
    [['kernel', '6.1.150'], 'between releases'],
    [['machine', 'parallels-m1'], 'Nobody read registers inside this guest'],
    [['config', 'debian'], 'CONFIG_ARM64_BTI'],
    [['level', 'v8.5'], 'FEAT_SB SB: speculation barrier instruction sb'],
    [['level', 'Armv8.1-A'], 'all of Armv8.0-A, and'],
    [['core', 'cortex-a76'], '0x41 0xd0b'],
    [['core', '0x410fd0b0'], 'Cortex-A76'],
    [['core', 'Neoverse_N1'], 'WORKAROUND_1418040'],
    [['cpucap', 'LSE_ATOMICS'], 'ID_AA64ISAR0_EL1.Atomic'],
    [['erratum', '1418040'], 'NEOVERSE_N1 r0p0..r3p1'],
    [['errata', 'WORKAROUND_1418040'], 'sets WORKAROUND_1418040'],
    [['compat', 'neon'], 'MVFR1_EL1.SIMDSP'],
    [['compat', 'swp'], 'no arm64 kernel'],
  ])('%j', async (argv, expected) => {
    const { out, code } = await run(['list', ...argv]);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(expected);
    expect(await json(['list', ...argv])).toBeTypeOf('object');
  });

  it.each([
    [['hwcaps', 'ilrcp'], 'hwcaps has no ilrcp; did you mean ilrcpc?'],
    [['regster'], 'there is no catalogue regster; did you mean registers?'],
    [['zzzzzzzz'], 'there are registers, fields'],
    [['configs', 'zzzzzzzz'], 'armlens list configs shows all'],
    [['machines', 'rk3589'], 'did you mean rk3588?'],
    [['kernels', '9.1'], 'Linux 9.1 is not known'],
  ])('%j is a usage error', async (argv, message) => {
    const { code, err } = await run(['list', ...argv]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('diff', () => {
  it('leads from the field that differs to what comes of it', async () => {
    const { code, out } = await run(['diff', 'parallels-m1', 'kunpeng-920']);
    expect(code).toBe(1);
    expect(out).toMatch(
      / {2}ID_AA64ISAR1_EL1\.LRCPC {2}2 LRCPC2 \| 0 NI\n {4}< lrcpc: Weaker .*\n {4}< ilrcpc: LDAPUR .*\(FEAT_LRCPC2, Armv8\.4-A\)\n {4}< FEAT_LRCPC FEAT_LRCPC2\n/,
    );
    expect(out).toContain('  hwcaps   < 14 more\n');
    expect(out).toContain('level    Armv8.4-A | Armv8.2-A  by its hwcaps');
    expect(out).toContain('> beyond Armv8.2-A, by its hwcaps: FEAT_LRCPC FEAT_PAuth');
    expect(widest(out)).toBeLessThanOrEqual(80);
  });

  it('finds no difference of a machine with itself', async () => {
    const { code, out } = await run(['diff', 'rk3588', 'rk3588']);
    expect(code).toBe(0);
    expect(out).toContain('No difference.');
  });

  it('blames the kernel where the silicon is the same', async () => {
    const difference = await json(['diff', 'parallels-m1', '--kernel', '4.4', '--kernel', '5.10']);
    expect(difference.causes).toMatchObject([{ kind: 'release', values: ['4.4', '5.10'] }]);
    expect(difference.causes[0].effects).toContainEqual({ kind: 'hwcaps', name: 'ilrcpc', has: [false, true] });
    expect((await run(['diff', 'parallels-m1', '-k', '4.4', '-k', '5.10'])).out).toContain('  kernel  Linux 4.4 | 5.10\n');
  });

  it('takes a configuration and a command line for each side', async () => {
    const options = await run(['diff', 'ampere-altra', '-k', '6.12.107', '-c', 'defconfig', '-c', '{"CONFIG_ARM64_ERRATUM_3194386":"n"}']);
    expect(options.out).toMatch(/ {2}CONFIG_ARM64_ERRATUM_3194386 {2}y \| n\n {4}> ssbs: /);
    const lines = await run(['diff', 'trm-neoverse-v1', '-k', '6.12', '--cmdline', '', '--cmdline', 'arm64.nosve']);
    expect(lines.out).toMatch(/ {2}command line {2}none \| arm64\.nosve\n {4}< sve: /);
  });

  it('names the cores behind a workaround, and registers that one side does not know once', async () => {
    const { out } = await run(['diff', 'ampere-altra', 'rk3588', '-k', '5.10']);
    expect(out).toContain('  MIDR_EL1  ARM Neoverse-N1 r3p1 | ARM Cortex-A55 r2p0 and ARM Cortex-A76 r4p0\n');
    const long = await run(['diff', 'apple-m1', 'mixed-cortex-a35-cortex-a72']);
    expect(long.out).toContain('console=ttyAMA0');
    expect(widest(long.out)).toBeLessThanOrEqual(80);
    const manual = await run(['diff', 'ampere-altra', 'trm-neoverse-v2', '-k', '5.10']);
    expect(manual.out).toMatch(/ {2}> does not know fields of ID_PFR0_EL1 ID_PFR1_EL1 /);
    expect(widest(out)).toBeLessThanOrEqual(80);
  });

  it('does not take the part number 0 of an Apple guest for the core of 2012 that has it', async () => {
    const { out } = await run(['diff', 'parallels-m1', 'kunpeng-920']);
    expect(out).toContain('  MIDR_EL1  Apple (part hidden) | HiSilicon TaiShan-v110 r1p0\n');
  });

  it.each([
    [['diff'], 2, 'which machines?'],
    [['diff', 'rk3588'], 2, 'with what?'],
    [['diff', 'rk3588', '-k', '6.1', '-k', '6.2', '-k', '6.3'], 2, 'one or two, got 3'],
    [['diff', 'rk3588', '--cmdline', 'a', '--cmdline', 'b', '--cmdline', 'c'], 2, '--cmdline: one or two, got 3'],
    [['diff', 'rk3588', 'missing.txt'], 3, 'there is no such file'],
  ])('%j ends with %i', async (argv, expected, message) => {
    const { code, err } = await run(argv);
    expect(code).toBe(expected);
    expect(err).toContain(message);
  });
});

describe('seed', () => {
  it('derives both lines as they were recorded, and explains what the first has more', async () => {
    const { machines, rows } = await json(['seed']);
    expect(machines.map(({ name, agrees }: { name: string; agrees: boolean }) => [name, agrees])).toEqual([
      ['parallels-m1', true],
      ['kunpeng-920', true],
    ]);
    // The names that stand in the first line of the seed and not in the second.
    expect(rows.map(({ hwcap }: { hwcap: string }) => hwcap)).toEqual(
      'lrcpc sha3 sha512 dit uscat ilrcpc flagm ssbs sb paca pacg dcpodp flagm2 frint'.split(' '),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({
        hwcap: 'ilrcpc',
        field: 'ID_AA64ISAR1_EL1.LRCPC',
        atLeast: 2,
        value: 2,
        otherValue: 0,
        archFeature: 'FEAT_LRCPC2',
        level: 'Armv8.4-A',
        since: '4.17',
      }),
    );
  });

  it('prints at 80 columns, with or without colour', async () => {
    const { code, out } = await run(['seed']);
    expect(code).toBe(0);
    expect(widest(out)).toBeLessThanOrEqual(80);
    expect(out.match(/✓ the same line as was recorded/g)).toHaveLength(2);
    const colored = (await run(['seed'], {}, { color: true })).out;
    expect(colored).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character starts a colour sequence
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(out);
  });
});

describe('help', () => {
  it('is printed without a command, and for each command with examples', async () => {
    expect((await run([])).out).toContain('Usage: armlens');
    expect(await run(['--help'])).toMatchObject({ code: 0, err: '' });
    for (const name of ['derive', 'decode', 'mrs', 'diff', 'list', 'seed', 'completion']) {
      const { code, out } = await run([name, '--help']);
      expect([name, code, out.includes(`Examples:\n  armlens ${name}`)]).toEqual([name, 0, true]);
    }
  });

  it('tells the version of the package', async () => {
    expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
    expect((await run(['--version'])).out).toBe(`${VERSION}\n`);
  });
});
