import { describe, expect, it } from 'vitest';
import { run, widest } from '../support/fake-io.ts';

const NEOVERSE = 'MIDR_EL1: 0x410fd4f0\nID_AA64PFR0_EL1: 0x1201111120111112\nID_AA64PFR1_EL1: 0x1000021\nID_AA64MMFR0_EL1: 0x20\n';
const MASK = '# no SVE for guests\nID_AA64PFR0_EL1.SVE = 0\n';
const TEMPLATE = `{"reg_modifiers": [{"addr": "0x603000000013c020", "bitmap": "0b0000${'x'.repeat(32)}"}]}`;
const files = { 'n2.txt': NEOVERSE, 'guest.txt': MASK, 'guest.json': TEMPLATE };

const QUESTIONS: readonly (readonly string[])[] = [
  ['sve', 'apple-m2-max'],
  ['ssbs', 'rk3588', '-k', '6.12.107', '-c', 'debian'],
  ['sme', 'trm-c1-pro', '-k', '6.12.107', '-c', 'debian'],
  ['paca', 'kunpeng-920'],
  ['mte', 'virt-max-el1'],
  ['FEAT_PAuth', 'apple-m1'],
  ['HAS_LSE_ATOMICS', 'raspberry-pi-4'],
  ['WORKAROUND_SPECULATIVE_SSBS', 'rk3588', '-k', '6.12'],
  ['sve', 'n2.txt', '-k', '6.12', '--set', 'ID_AA64PFR0_EL1.SVE=NI'],
  ['sve', 'n2.txt', '-k', '6.12', '--cmdline', 'id_aa64pfr0.sve=2 arm64.nosvee'],
  ['evtstrm', 'raspberry-pi-4', '--cmdline', 'clocksource.arm_arch_timer.evtstrm=0'],
];

describe('why', () => {
  it('names with each change of the silicon the nearest kernel that brings a name with it', async () => {
    const { out } = await run(['why', 'paca', 'raspberry-pi-4', '-k', '4.19']);
    const brings = out.slice(out.indexOf('What would bring it')).replace(/\s+/g, ' ');
    expect([...brings.matchAll(/\.(AP[AI]) = 1 .*?kernel: Linux (\S+)/g)].map(([, field, release]) => [field, release])).toEqual([
      ['APA', '5.0'],
      ['API', '5.0'],
    ]);
  });

  it('takes no Mac for a guest because its core is not told', async () => {
    const mac = 'machdep.cpu.brand_string: Apple M1\nhw.optional.arm.FEAT_LSE: 1\nhw.optional.arm.FEAT_BTI: 0\n';
    const { out } = await run(['why', 'bti', 'mac.txt'], { 'mac.txt': mac });
    expect(out).toContain('register not known');
    expect(out).not.toContain('guest');
    const guest =
      'processor\t: 0\nFeatures\t: fp asimd evtstrm cpuid\nCPU implementer\t: 0x61\nCPU variant\t: 0x0\nCPU part\t: 0x000\nCPU revision\t: 0\n';
    expect((await run(['why', 'sve', 'guest.txt'], { 'guest.txt': guest })).out.replace(/\s+/g, ' ')).toContain(
      "read in a guest of Apple's hypervisor",
    );
  });

  it.each(QUESTIONS)('%s %s: fits 80 columns, gives the verdict first, and exits by it', async (...argv) => {
    const { code, out } = await run(['why', ...argv], files);
    expect(widest(out)).toBeLessThanOrEqual(80);
    expect(out).toMatch(code === 0 ? /^\S+: present\. / : /^\S+: absent\. /);
    expect(out).toContain('\nThe way of the bit\n');
    expect(out.includes('lost here')).toBe(code === 1);
  });

  it('answers in the order of the question: verdict, the way, what would change it', async () => {
    const { code, out } = await run(['why', 'sve', 'n2.txt', '-k', '6.12', '--cmdline', 'arm64.nosve'], files);
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'sve: absent. The command line turns it off: arm64.nosve.',
        'n2.txt, Linux 6.12 (defconfig), arm64.nosve',
        'The name has other meanings too: armlens why cpucap:SVE, or FEAT_SVE.',
        '',
        'The way of the bit',
        '  ✓ silicon       needed: ID_AA64PFR0_EL1.SVE ≥ 1 (IMP)',
        '                  the CPU (Neoverse-V2): SVE = 1 (IMP: Scalable vectors of 128',
        '                    to 2048 bits with predication)',
        '  ✗ command line  arm64.nosve sets ID_AA64PFR0_EL1.SVE',
        '                  ID_AA64PFR0_EL1.SVE 1 → 0 (NI)',
        '                  lost here',
        '  · sanitising    ID_AA64PFR0_EL1.SVE = 0 (NI) system-wide',
        '  ✓ EL0 view      programs may see ID_AA64PFR0_EL1.SVE (CONFIG_ARM64_SVE=y)',
        '  ✓ configuration CONFIG_ARM64_SVE=y, default y',
        '  ✓ release       Linux 6.12 has it: in mainline since 4.15',
        '  · condition     ID_AA64PFR0_EL1.SVE ≥ 1 (IMP): it is 0 (NI) — does not hold',
        '',
        'What would bring it',
        '  - command line: take arm64.nosve away',
        '  - kernel: Linux 5.19 instead of 6.12 (the nearest older mainline release',
        '    known to change the answer)',
        '',
      ].join('\n'),
    );
  });

  it('says that a misspelt word is ignored, and what to write', async () => {
    const { code, out } = await run(['why', 'sve', 'n2.txt', '-k', '6.12', '--cmdline', 'arm64.nosve=1'], files);
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('arm64.nosve=1 is silently ignored: the kernel knows only arm64.nosve');
    expect(out).toContain('- command line: write arm64.nosve instead of arm64.nosve=1');
  });

  it.each([
    ['--mask', 'guest.txt'],
    ['--template', 'guest.json'],
    ['--set', 'ID_AA64PFR0_EL1.SVE=0'],
  ])('%s %s: the hypervisor hides it', async (option, value) => {
    const { code, out } = await run(['why', 'sve', 'n2.txt', '-k', '6.12', option, value], files);
    expect(code).toBe(1);
    expect(out).toContain('sve: absent. The hypervisor hides it');
    expect(out).toContain(`- hypervisor: without ${value}`);
  });

  it('gives the same as JSON', async () => {
    const { code, out } = await run(['why', 'sve', 'n2.txt', '-k', '6.12', '--mask', 'guest.txt', '--json'], files);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      subject: { name: 'n2.txt' },
      asked: { kind: 'hwcap', name: 'sve' },
      present: false,
      chain: expect.arrayContaining([expect.objectContaining({ place: 'hypervisor', fate: 'lost', source: expect.any(String) })]),
      search: { suggestions: [{ changes: [{ kind: 'without-layer', layer: 'guest.txt' }] }], cut: false },
      kernel: { release: '6.12' },
    });
  });

  it.each([
    [['why', 'sev', 'n2.txt'], 2, 'did you mean sve?'],
    [['why', 'sve', 'nothing.txt'], 3, 'there is no such file'],
    [['why', 'sve', 'n2.txt', '-k', '6.12', '--mask', 'none.txt'], 3, 'none.txt: there is no such file'],
    [['why', 'sve', 'n2.txt', '-k', '6.12', '--mask', 'guest.json'], 3, 'guest.json:'],
    [['why', 'sve', 'n2.txt', '-k', '6.12', '--set', 'ID_AA64PFR0_EL1.SVF=0'], 2, 'did you mean ID_AA64PFR0_EL1.SVE?'],
    [['why'], 2, '<what> is missing'],
  ])('%j is a mistake', async (argv, code, message) => {
    const result = await run(argv, files);
    expect(result.code).toBe(code);
    expect(result.err).toContain(message);
  });
});

describe('a hypervisor for other commands', () => {
  it('derive shows the guest', async () => {
    const { out } = await run(['derive', 'n2.txt', '-k', '6.12', '--mask', 'guest.txt'], files);
    expect(out).toMatch(/as a guest with guest\.txt/);
    expect(out.split('\n')).not.toContainEqual(expect.stringMatching(/\bsve\b/));
  });

  it('derive --ndjson takes none', async () => {
    const { code, err } = await run(['derive', '--ndjson', '--set', 'ID_AA64PFR0_EL1.SVE=0'], { '-': '' });
    expect(code).toBe(2);
    expect(err).toContain('--ndjson takes no --set');
  });

  it('diff compares one machine with itself as a guest', async () => {
    const { code, out } = await run(['diff', 'n2.txt', '-k', '6.12', '--template', 'guest.json'], files);
    expect(code).toBe(1);
    expect(out).toMatch(/ID_AA64PFR0_EL1\.SVE {2}1 IMP \| 0 NI\n {4}< sve: Scalable vectors /);
  });
});

it.each([
  [[], true],
  [['--env', '{"kaslr":true}'], false],
  [['--env', '{"kaslr":false}'], false],
] as const)('says that a seed for KASLR is taken for granted where it counts and nobody told: %j', async (more, isNoted) => {
  const { out, err } = await run(['why', 'UNMAP_KERNEL_AT_EL0', 'graviton2', '-k', '6.12', ...more]);
  expect(err.includes('taken to give a seed for KASLR')).toBe(isNoted);
  expect(out).not.toContain('CSV3 ≥ 1 (IMP) or ID_AA64PFR0_EL1.CSV3 ≥ 1 (IMP)');
});

it('diff puts a hwcap under the field behind it where only one side is known to have that', async () => {
  const base = 'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm';
  const { out } = await run(['diff', 'a.txt', 'b.txt'], { 'a.txt': `${base} sve\n`, 'b.txt': `${base}\n` });
  expect(out).toMatch(/ID_AA64PFR0_EL1\.SVE {2}1 or more \| unknown\n {4}< sve: /);
  expect(out).not.toContain('several of these together');
});

describe('a machine of which only a Features line is known', () => {
  const CPUINFO =
    'Linux pi 6.12.0 #1 SMP Mon Jan 6 00:00:00 UTC 2025 aarch64 GNU/Linux\nprocessor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n';

  it('does not call a register zero that nobody gave: the line tells', async () => {
    const { code, out } = await run(['why', 'lrcpc', 'pi.txt'], { 'pi.txt': CPUINFO });
    expect(code).toBe(1);
    expect(out.replaceAll('\n', ' ')).toContain('with ID_AA64ISAR1_EL1.LRCPC ≥ 1 (IMP) the input would show otherwise');
    expect(out).not.toContain('not in the input');
  });

  it('leaves open what no line tells', async () => {
    const { out } = await run(['why', 'FEAT_VHE', 'pi.txt'], { 'pi.txt': CPUINFO });
    expect(out).toMatch(/^FEAT_VHE: not known/);
    expect(out).toMatch(/Usual: every Cortex-A72 known \(\d+\) has/);
  });

  it('says of what a chip’s builder chooses that it is so', async () => {
    const { out } = await run(['why', 'aes', 'raspberry-pi-3']);
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /Usual: every Cortex-A53 known \(\d+\) has \S+ = 2 \(PMULL\), which is up to whoever builds a chip\./,
    );
  });

  it('a value that only the line tells is not shown as what a CPU gave', async () => {
    const line = 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp ssbs';
    const n1 = CPUINFO.replace('fp asimd evtstrm crc32 cpuid', line).replace('0xd08', '0xd0c');
    const { out } = await run(['why', 'HAS_LSE_ATOMICS', 'n1.txt'], { 'n1.txt': `${n1}\n${n1.replace(': 0\n', ': 1\n')}` });
    expect(out.replace(/\s+/g, ' ')).toContain('ID_AA64ISAR0_EL1.Atomic = 2 (IMP) system-wide, as the input shows');
    expect(out).not.toMatch(/no CPU changed|no CPU matches/);
  });

  it('mrs writes no digit of which a bit is not known, decode says that there is no register', async () => {
    const { out } = await run(['mrs', 'ID_AA64ISAR0_EL1', 'pi.txt'], { 'pi.txt': CPUINFO });
    expect(out).toContain('ID_AA64ISAR0_EL1 = 0x0000000000??0000');
    const { out: none, err } = await run(['decode', 'pi.txt'], { 'pi.txt': CPUINFO });
    expect(none).toBe('');
    expect(err).toContain('no register in it whose value is known');
  });
});

describe('a machine of which only a log is known', () => {
  const LOG = [
    'Booting Linux on physical CPU 0x0000000000 [0x413fd0c1]',
    'Linux version 6.12.107 (builder@host)',
    'CPU features: detected: Virtualization Host Extensions',
    'CPU: All CPU(s) started at EL2',
  ].join('\n');

  it('has what a function of the kernel asks for that the log reports', async () => {
    const { code, out } = await run(['why', 'FEAT_VHE', 'log.txt'], { 'log.txt': LOG });
    expect(code).toBe(0);
    expect(out).toMatch(/^FEAT_VHE: present/);
  });

  it('does not lack what a word of the command line took: that is not known', async () => {
    const { out } = await run(['why', 'FEAT_VHE', 'log.txt', '--cmdline', 'kvm-arm.mode=nvhe'], { 'log.txt': LOG });
    expect(out).toMatch(/^FEAT_VHE: not known/);
    expect(out.replace(/\s+/g, ' ')).toContain(
      'a line of its log would tell, too: "CPU features: detected: Virtualization Host Extensions"',
    );
    expect(out).toContain('kvm-arm.mode=nvhe sets ID_AA64MMFR1_EL1.VH');
  });

  it('has a core only where MIDR_EL1 is told', async () => {
    const one = { 'one.txt': 'ID_AA64ISAR0_EL1 = 0x0000100010211120\n', 'log.txt': LOG };
    expect((await run(['mrs', 'MIDR_EL1', 'one.txt'], one)).out).not.toMatch(/part 0x|r0p0/);
    expect((await run(['mrs', 'MIDR_EL1', 'log.txt'], one)).out).toContain('Neoverse-N1 r3p1');
  });
});
