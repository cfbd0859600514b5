import { describe, expect, it } from 'vitest';
import { run } from '../support/fake-io.ts';

// What people ask who hold one text of a machine.

const LOG = `Detected PIPT I-cache on CPU0
CPU features: detected: Spectre-v2
Detected PIPT I-cache on CPU1
Detected PIPT I-cache on CPU2
CPU features: detected: CRC32 instructions
CPU: All CPU(s) started at EL2
`;

const UNAME = 'Linux host 5.4.0 #1 SMP Mon Jan 6 00:00:00 UTC 2020 aarch64 GNU/Linux\n';

const CPUINFO = `processor	: 0
Features	: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp
CPU implementer	: 0x41
CPU architecture: 8
CPU variant	: 0x3
CPU part	: 0xd0c
CPU revision	: 1
`;

const ask = (argv: readonly string[], text: string) => run([...argv, 'text'], { text });

describe('a log without the lines that name cores', () => {
  it('counts the CPUs that it shows to start, and they run', async () => {
    const { out } = await ask(['derive', '-k', '6.6'], LOG);
    expect(out).toContain('3 CPUs from text');
    expect(out).toContain('3 CPUs online');
    expect(out).not.toContain('whether the kernel stops');
  });

  it('does not tell which CPUs run where it says that one was refused', async () => {
    const { out } = await ask(['derive', '-k', '6.6'], LOG.replace('CPU features: detected: CRC32', 'CPU2: will not boot\n$&'));
    expect(out).toContain('1 to 3 of 3 CPUs online');
  });

  it('says why compilers are told to do without floating point', async () => {
    const { out } = await ask(['baseline', '-k', '6.6'], LOG);
    expect(out).toContain('+nofp');
    expect(out.replace(/\s+/g, ' ')).toContain('What is given does not tell whether there is fp and asimd, which nearly every core has.');
  });

  it('leaves open what a runtime makes of it, in few words', async () => {
    const { out } = await ask(['runtime', '-k', '6.6'], LOG);
    expect(out).toContain('-march=native: not known\n');
    expect(out).toMatch(/cpu: not known; one of \d+\n/);
    expect(out).toMatch(/19 features: not known\n/);
  });
});

it('a log takes no register from a dump beside it, and does not count the CPUs', async () => {
  const dump = 'ID_AA64PFR0_EL1 = 0x1100000010110000\nID_AA64MMFR1_EL1 = 0x0000000010212122\n';
  const derived = async (log: string) => JSON.parse((await run(['derive', 'log', 'dump', '-k', '6.12', '--json'], { dump, log })).out);
  const { sanitised, unknown } = await derived('CPU features: detected: CRC32 instructions\n');
  expect([sanitised.ID_AA64MMFR1_EL1, unknown.uncounted]).toEqual(['0x0000000010212122', true]);
  const two = await derived('CPU features: detected: Hardware dirty bit management on CPU0-1\n');
  expect([two.online, two.unknown.uncounted]).toEqual([[0, 1], true]);
});

describe('/proc/cpuinfo alone', () => {
  it('is of a CPU that has the exception levels that Linux needs', async () => {
    const level = await ask(['level'], CPUINFO);
    expect(level.out).toMatch(/by its registers +Armv8\.0-A/);
    const { out } = await ask(['why', 'FEAT_EL1'], CPUINFO);
    expect(out).toContain('FEAT_EL1: present. It follows from what is given.');
  });

  it('is told the least level that it has, and misses nothing of which nothing tells', async () => {
    const { out } = await ask(['level', '-k', '6.10'], CPUINFO);
    expect(out).toMatch(/^Armv8\.2-A for programs; at least Armv8\.0-A by the letter of its registers\n/);
    expect(out).toContain('Not known for Armv8.1-A, by its registers');
  });

  it('is not said to have a lower level than another machine where what is not known decides', async () => {
    const { out } = await ask(['diff', 'graviton2', '-k', '6.10'], CPUINFO);
    expect(out).toMatch(/level +Armv8\.2-A \| Armv8\.0-A, or up to Armv8\.2-A +by its registers/);
    expect(out).not.toContain('What holds the lower level back');
  });

  it('tells what a guest reads whatever the host has, and gives no zero as read from it', async () => {
    const { out } = await ask(['kvm', '-k', '6.12'], CPUINFO);
    expect(out).toMatch(/Whatever the host has, the guest reads:\n(?:.*\n)*? +ID_AA64DFR0_EL1 +PMSVer PMUVer = 0\n/);
    const registers: readonly {
      register: string;
      openHardware?: string;
      changes: readonly { field: string; host?: number; guest: number }[];
    }[] = JSON.parse((await ask(['kvm', '-k', '6.12', '--json'], CPUINFO)).out).registers;
    const debug = registers.find(({ register }) => register === 'ID_AA64DFR0_EL1')!;
    expect(debug.openHardware).toBe('0xffffffffffffffff');
    const { host, guest } = debug.changes.find(({ field }) => field.endsWith('.PMUVer'))!;
    expect([host, guest]).toEqual([undefined, 0]);
  });

  it('has caches of which KVM makes something up, and nothing tells what they were', async () => {
    const { registers } = JSON.parse((await ask(['kvm', '-k', '7.2', '--json'], `${CPUINFO}\nCTR_EL0 = 0x84448004\n`)).out) as {
      readonly registers: readonly {
        readonly register: string;
        readonly changes: readonly { readonly host?: number; readonly by: readonly string[] }[];
      }[];
    };
    const { changes } = registers.find(({ register }) => register === 'CLIDR_EL1')!;
    expect(changes.every(({ host, by }) => host === undefined && by.every((one) => one.startsWith('KVM')))).toBe(true);
  });

  it('has the same registers as another machine as far as they are known, which is nowhere near all', async () => {
    const files = { text: CPUINFO, other: 'MIDR_EL1=0x410fd083\n' };
    const { out } = await run(['baseline', 'text', 'other', '-k', '6.12'], files);
    expect(out).toMatch(/^at least Armv8\.0-A, /);
    expect(out).toMatch(/other +is not known to have more/);
    expect(out).not.toContain('The ID registers are the same');
    expect(out.replace(/\s+/g, ' ')).toMatch(/Not known of every machine, and left as it is: fields of .*ID_AA64ISAR1_EL1/);
  });

  it('is not said to lose nothing where a guest moves', async () => {
    const { out } = await ask(['migrate', 'graviton2', '--kvm', '6.1'], CPUINFO);
    expect(out).toContain('text loses nothing that is known');
  });

  it('shows what the line leaves to the field behind a name', async () => {
    const shown = async (name: string): Promise<string> => (await ask(['why', name, '-k', '6.6'], CPUINFO)).out.replace(/\s+/g, ' ');
    expect(await shown('lrcpc')).toContain('register not known, but the input shows 1 (IMP) ');
    expect(await shown('asimd')).toContain('register not known, but the input shows 1 (FP16) or more ');
    expect(await shown('bti')).not.toContain('the input shows');
  });

  it('shows no value of a field that is not known, and names the nearest kernel alone', async () => {
    const older = CPUINFO.replace(' lrcpc dcpop asimddp', ' lrcpc dcpop');
    const { out } = await ask(['why', 'FEAT_BTI', '-k', '5.4'], older);
    expect(out).toContain('ID_AA64PFR1_EL1.BT ≥ 1 (IMP) — not known');
    const { out: bti } = await ask(['why', 'bti', '-k', '5.4'], older);
    expect(bti.match(/kernel: Linux \S+/g)).toEqual(['kernel: Linux 5.8']);
  });

  it.each(['derive', 'boot'])('says in JSON of %s, too, that nobody tells how many CPUs there are', async (command) => {
    const uncounted = async (text: string) => JSON.parse((await ask([command, '--json'], text)).out).unknown.uncounted as unknown;
    expect(await uncounted(/Features.*/.exec(CPUINFO)![0])).toBe(true);
    expect(await uncounted(`${CPUINFO}\n${CPUINFO.replace('\t: 0', '\t: 1')}`)).toBeUndefined();
  });

  it('may lack a hwcap since its kernel was built without it', async () => {
    const v1 = CPUINFO.replace('0xd0c', '0xd40').replace('asimddp\n', 'asimddp paca pacg\n');
    const { out } = await ask(['why', 'sve'], v1);
    expect(out.replace(/\s+/g, ' ')).toContain(
      'sve: absent. The input’s Features line lacks it. Whether CPUs have what it stands for is not known: a kernel that is older, or built without CONFIG_ARM64_SVE, or started with arm64.nosve, does not tell',
    );
    const { out: told } = await ask(['why', 'sve'], `${UNAME}${v1}`);
    expect(told.replace(/\s+/g, ' ')).toMatch(/sve: absent\. .* not known: a kernel built without CONFIG_ARM64_SVE does not tell\. /);
    // Kernels know arm64.nosve from 6.0 on.
    const { out: later } = await ask(['why', 'sve'], `${UNAME.replace('5.4.0', '6.5.0')}${v1}`);
    expect(later.replace(/\s+/g, ' ')).toMatch(/ built without CONFIG_ARM64_SVE, or started with arm64\.nosve, does not tell\. /);
  });

  // Nothing tells how Linux 7.2 was built and started that printed the line: arm64.nomops needs no option.
  it.each(['FEAT_SVE', 'FEAT_MOPS'])(
    'does not say that CPUs lack what an option or a word that nobody tells may hide: %s',
    async (name) => {
      const text = `${UNAME.replace('5.4.0', '7.2.0')}${CPUINFO}`;
      expect((await ask(['why', name], text)).out).toContain(`${name}: not known`);
      const { out: kvm } = await ask(['kvm', '--json'], text);
      const { registers } = JSON.parse(kvm) as {
        readonly registers: readonly { readonly register: string; readonly openHardware?: string }[];
      };
      const [register, bits] = name === 'FEAT_SVE' ? ['ID_AA64PFR0_EL1', 0xf_0000_0000n] : ['ID_AA64ISAR2_EL1', 0xf_0000n];
      expect(BigInt(registers.find((one) => one.register === register)!.openHardware!) & bits!).toBe(bits);
      const { out: told } = await ask(['why', name, '-c', 'defconfig', '--cmdline', ''], text);
      expect(told).toContain(`${name}: absent`);
    },
  );

  // Linux 4.16 prints this line on a Neoverse V1, which has pointer authentication: the names of later kernels say nothing of it.
  it.each([
    ['FEAT_PAuth', 'FEAT_PAuth: not known'],
    ['FEAT_LSE2', 'FEAT_LSE2: not known'],
    ['paca', 'paca: absent. The input’s Features line lacks it. Whether CPUs have what it stands for is not known'],
  ])('a line whose kernel is not told does not say that CPUs lack what later kernels alone name: %s', async (name, says) => {
    const line =
      'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 sm3 sm4 asimddp sha512 sve asimdfhm';
    const { out } = await ask(['why', name], `Features\t: ${line}\n`);
    expect(out.replace(/\s+/g, ' ')).toContain(says);
    const { out: told } = await ask(['why', 'FEAT_LSE2'], `${UNAME}Features\t: ${line}\n`);
    expect(told).toMatch(/^FEAT_LSE2: absent/);
  });

  // Linux 4.16 prints this line on a Neoverse-V1, which has pointer authentication; so may the newest kernel, on other CPUs.
  it.each(['7.3.4', '7.2'])('a kernel that is named need not have printed it, the likely one neither: %s', async (release) => {
    const line =
      'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 sm3 sm4 asimddp sha512 sve asimdfhm\n';
    const { out } = await ask(['derive', '-k', release, '--fields', 'hwcaps', '--json'], line);
    const { hwcaps, unknown } = JSON.parse(out);
    expect(hwcaps.names).not.toContain('paca');
    expect(unknown.hwcaps).toEqual(expect.arrayContaining(['paca', 'bf16', 'uscat']));
  });

  // The same line, and a machine whose kernel is told: that one need not have printed it.
  it('nor does the kernel of another machine, beside which it stands', async () => {
    const line =
      'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 sm3 sm4 asimddp sha512 sve asimdfhm\n';
    const texts = { line, other: `Linux version 7.3.4 (builder@host)\nMIDR_EL1 = 0x410fd4f0\n` };
    const { open } = JSON.parse((await run(['diff', 'other', 'line', '--json'], texts)).out) as {
      readonly open: readonly { readonly name: string; readonly has: readonly (boolean | null)[] }[];
    };
    expect(open.filter(({ has }) => has[1] === false).map(({ name }) => name)).not.toContain('paca');
    const { unknown } = JSON.parse((await run(['baseline', 'line', '--json'], texts)).out);
    expect(unknown.hwcaps).toEqual(expect.arrayContaining(['paca', 'bf16', 'uscat']));
  });

  it('code for what later kernels alone name may run on it', async () => {
    const line = 'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp\n';
    const { out } = await ask(['runs', '-march=armv8-a+i8mm'], line);
    expect(out).toMatch(/^Does it run\? not known/);
    const { out: told } = await ask(['runs', '-march=armv8-a+i8mm'], `${UNAME.replace('5.4.0', '6.1.0')}${line}`);
    expect(told).toMatch(/^Does it run\? no: /);
  });
});

const TEXTS = {
  cpuinfo: CPUINFO,
  log: LOG,
  'one of two clusters': 'CPU0:\nMIDR_EL1 = 0x410fd034\nID_AA64ISAR0_EL1 = 0x0000000000011120\nCPU4:\nMIDR_EL1 = 0x410fd082\n',
  macOS: 'hw.optional.arm.FEAT_LSE: 1\nhw.optional.arm.FEAT_BF16: 0\nmachdep.cpu.brand_string: Apple M1\n',
};

const QUESTIONS: readonly ((text: string) => readonly string[])[] = [
  (text) => ['why', 'bf16', text, '--cmdline', 'arm64.nosv id_aa64pfr0.sve=zz'],
  (text) => ['mrs', 'CTR_EL0', text],
  (text) => ['decode', text],
  (text) => ['boot', text],
  (text) => ['level', text],
  (text) => ['runs', '-march=armv8.2-a+sve', text],
  (text) => ['runtime', text],
  (text) => ['baseline', text],
  (text) => ['diff', text, 'ampere-altra'],
  (text) => ['audit', text],
  (text) => ['kvm', text],
  (text) => ['migrate', text, text, '--kvm', '6.12', '-k', '6.12'],
];

describe('of a machine that is known in part', () => {
  it.each(Object.entries(TEXTS))('every question has an answer, as its schema says: %s', async (_, text) => {
    for (const question of QUESTIONS) {
      const { code, err } = await run([...question('text'), '--json'], { text });
      expect([code <= 1, err.includes('error')], question('text').join(' ')).toEqual([true, false]);
    }
  });
});

describe('an erratum of which it is not known whether the core has it', () => {
  // Cortex-A510 r1p1 has erratum 2658417 unless bit 25 of REVIDR_EL1 is set; the kernel then hides BF16.
  const files = { 'a510.txt': 'MIDR_EL1=0x411fd461\nID_AA64ISAR1_EL1=0x0011111100011132\nID_AA64PFR0_EL1=0x1\n' };

  it('is what the hwcap hangs on, and nothing that it hides is said to be hidden', async () => {
    const { out } = await run(['why', 'bf16', 'a510.txt', '-k', '6.12.107'], files);
    const words = out.replaceAll(/\s+/g, ' ');
    expect(words).toContain(
      'bf16: not known. It hangs on whether a CPU has ARM erratum 2658417, which REVIDR_EL1 or a line of the log would tell.',
    );
    expect(words).toContain('it is not known whether a CPU has it; if one has, the workaround takes ID_AA64ISAR1_EL1.BF16 from programs');
  });

  it('leaves it open whether a hwcap tells programs of the architecture feature', async () => {
    const { out } = await run(['why', 'FEAT_BF16', 'a510.txt', '-k', '6.12.107'], files);
    expect(out).toMatch(/^FEAT_BF16: present\./);
    expect(out).toContain('not known: bf16');
    expect(out).not.toContain('not set: bf16');
  });
});

describe('a core alone, of which no register is known', () => {
  it.each([
    [
      'the command line',
      ['-k', '6.1', '--cmdline', 'arm64.nosve'],
      /^sve: absent\. Whatever the CPUs have, the command line turns it off: arm64\.nosve\./,
    ],
    ['a hypervisor', ['-k', '6.1', '--set', 'ID_AA64PFR0_EL1.SVE=0'], /^sve: absent\. Whatever the CPUs have, the hypervisor gives none: /],
    ['the release', ['-k', '4.14'], /^sve: absent\. Linux 4\.14 does not know it/],
  ])('is not said to lack what %s takes', async (_, options, verdict) => {
    const { out } = await run(['why', 'sve', 'core', ...options], { core: 'MIDR_EL1=0x413fd0c1\n' });
    expect(out.replace(/\s+/g, ' ')).toMatch(verdict);
    expect(out).toMatch(/· silicon +needed/);
  });
});

it('a name stands under the field that a line tells of, not under another of the same register that is not known', async () => {
  const line = `${CPUINFO.replace('asimddp', 'asimddp sm3 sm4')}`;
  const { out } = await run(['diff', 'text', 'raspberry-pi-4', '-k', '6.6'], { text: line });
  const lines = out.split('\n');
  expect(lines[lines.findIndex((row) => row.startsWith('  ID_AA64ISAR0_EL1.SM3 ')) + 1]).toContain('< sm3');
  expect(out).toMatch(/ID_AA64ISAR0_EL1\.SM4 +1 or more \| 0/);
  const { causes } = JSON.parse((await run(['diff', 'text', 'raspberry-pi-4', '-k', '6.6', '--json'], { text: line })).out);
  expect(causes).toContainEqual(
    expect.objectContaining({ path: 'ID_AA64ISAR0_EL1.SM4', values: [{ atLeast: 1 }, expect.objectContaining({ name: 'NI' })] }),
  );
});

// Neoverse-N2 under Debian's 6.1.192, as the kernel printed it; MRS at EL0 gave ID_AA64ISAR1_EL1 = 0x0011101110211502 there.
const N2_LOG = `[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd493]
[    0.000000] Linux version 6.1.192 (builder@host) (gcc-12 (Debian 12.2.0-14) 12.2.0) #1 SMP Debian
[    0.000000] Detected PIPT I-cache on CPU0
[    0.000000] CPU features: detected: Address authentication (IMP DEF algorithm)
[    0.000000] CPU features: detected: GIC system register CPU interface
[    0.000000] CPU features: detected: Hardware dirty bit management
[    0.000000] CPU features: detected: Spectre-v4
[    0.000000] CPU features: detected: Spectre-BHB
[    0.010000] Detected PIPT I-cache on CPU1
[    0.010000] CPU1: Booted secondary processor 0x0080000001 [0x410fd493]
[    0.010000] smp: Brought up 1 node, 2 CPUs
[    0.020000] CPU features: detected: 32-bit EL0 Support
[    0.020000] CPU features: detected: Data cache clean to Point of Deep Persistence
[    0.020000] CPU features: detected: CRC32 instructions
[    0.020000] CPU features: detected: Generic authentication (IMP DEF algorithm)
[    0.020000] CPU features: detected: LSE atomic instructions
[    0.030000] CPU: All CPU(s) started at EL1
[    0.040000] hw-breakpoint: found 6 breakpoint and 4 watchpoint registers.
`;

const unknownIn = async (text: string, ...more: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> =>
  JSON.parse((await ask(['derive', '--json', ...more], text)).out).unknown;

describe('what another kernel found', () => {
  it.each([
    ['by its log', N2_LOG, ['crc32', 'atomics', 'paca', 'pacg', 'dcpodp']],
    // Which algorithm it is stays open.
    ['by its Features line', 'Features : fp asimd evtstrm cpuid paca pacg', ['paca', 'pacg']],
  ])('this one finds, too, %s', async (_, text, names) => {
    const { unknown, hwcaps } = JSON.parse((await ask(['derive', '--json', '-k', '6.6'], text)).out);
    expect(hwcaps.names).toEqual(expect.arrayContaining(names));
    expect(unknown.hwcaps).not.toEqual(expect.arrayContaining([names[0]]));
  });

  it('a kernel with another option found, too', async () => {
    // Debian's has CONFIG_ARM64_PMEM, the usual one has not.
    expect(JSON.parse((await ask(['derive', '--json', '--config', 'defconfig'], N2_LOG)).out).hwcaps.names).toContain('dcpodp');
  });

  it('does not bring a name that this one does not have', async () => {
    const { hwcaps, unknown } = JSON.parse((await ask(['derive', '--json', '-k', '4.10'], 'Features : fp asimd evtstrm crc32 cpuid')).out);
    expect([hwcaps.names, unknown.hwcaps ?? []].map((names) => names.includes('cpuid'))).toEqual([false, false]);
  });

  it.each([
    ['where it is asked not to', '6.6', ['--cmdline', 'arm64.nopauth']],
    ['where it knows fewer algorithms than the one that printed it may', '5.10', []],
  ])('is open %s', async (_, release, more) => {
    const text = 'Features : fp asimd evtstrm cpuid paca pacg';
    const { hwcaps } = JSON.parse((await ask(['derive', '--json', '-k', release, ...more], text)).out);
    expect(hwcaps.names).not.toContain('paca');
  });
});

describe('texts of a record', () => {
  const log = N2_LOG.replace(/^(.*Linux version.*)$/m, '$1\n[    0.000000] Kernel command line: quiet arm64.nomte');
  const openIn = async (kernel: object, ...texts: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> =>
    JSON.parse((await ask(['derive', '--ndjson'], JSON.stringify({ id: 'one', unlisted: 'unknown', kernel, texts }))).out).unknown;

  it('tell of the command line that they show, and what they lack is lacked under that one', async () => {
    const [own, other] = [
      await openIn({ release: '6.1.192', cmdline: 'quiet arm64.nomte' }, log),
      await openIn({ release: '6.1.192', cmdline: 'quiet' }, log),
    ];
    expect([own.cpucaps!.includes('BTI'), other.cpucaps!.includes('BTI')]).toEqual([false, true]);
  });

  it('are all of the kernel that one of them names', async () => {
    const line = 'Features : fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid paca pacg';
    const [own, other] = [await openIn({ release: '6.1.192' }, line, N2_LOG), await openIn({ release: '7.2' }, line, N2_LOG)];
    expect([own.hwcaps, other.hwcaps].map((names = []) => names.includes('rng'))).toEqual([false, true]);
  });
});

describe('what a log does not have', () => {
  it('the kernel did not find, where it is whole and names its kernel', async () => {
    expect((await unknownIn(N2_LOG)).cpucaps).not.toContain('HAS_DIT');
    expect((await unknownIn(N2_LOG)).hwcaps).not.toContain('sb');
  });

  it.each([
    // Linux 6.1 has no line for DIT, which each Neoverse-N2 has.
    ['of a kernel that nobody names', N2_LOG.replace(/.*Linux version.*\n/, '')],
    ['that breaks off where all CPUs are up', N2_LOG.replace(/.*hw-breakpoint.*\n/, '')],
    ['of which lines are left out, as a mark says', N2_LOG.replace(/.*CRC32.*\n/, '[...]\n')],
    ['of which a command takes some lines', `$ sudo dmesg | grep -v clean\n${N2_LOG}`],
    ['with a line of which the end is cut', N2_LOG.replace(/CRC32.*\n/, 'Data cache clean to\n')],
  ])('says nothing %s', async (_, text) => {
    expect((await unknownIn(text, '-k', '6.1.192')).hwcaps).toEqual(expect.arrayContaining(['sb', 'rng']));
    expect((await unknownIn(text, '-k', '7.3.4')).hwcaps).toContain('dit');
  });

  it('may be the rest of a line that a mail broke', async () => {
    const broken = N2_LOG.replace('(IMP DEF algorithm)', '(IMP DEF\nalgorithm)');
    expect(await unknownIn(broken)).toEqual(await unknownIn(N2_LOG));
    const { out } = await ask(['log'], broken);
    expect(out).toContain('HAS_ADDRESS_AUTH_IMP_DEF');
  });
});

describe('registers as the kernel has them, where they are known in part', () => {
  it('have only the fields that are known', async () => {
    const { out } = await ask(['decode', '--as', 'kernel', '--json'], N2_LOG);
    const { registers } = JSON.parse(out) as { readonly registers: readonly Readonly<Record<string, unknown>>[] };
    expect(registers.find(({ register }) => register === 'ID_ISAR0_EL1')).toBeUndefined();
    const found = registers.find(({ register }) => register === 'ID_AA64PFR0_EL1') as { open: string; fields: { name: string }[] };
    const names = found.fields.map(({ name }) => name);
    expect([names.includes('EL0'), names.includes('DIT')]).toEqual([true, false]);
    expect((BigInt(found.open) >> 48n) & 0xfn).not.toBe(0n);
  });

  it('are shown with a question mark for each digit that is not', async () => {
    const { out } = await ask(['decode', '--as', 'kernel'], N2_LOG);
    expect(out).toMatch(/^ID_AA64PFR0_EL1 = 0x(?=.*\?)[\da-f?]{15}2 /m);
  });
});

describe('AT_HWCAP without the words after it', () => {
  // A Neoverse-N2 under 6.1 has sve2 and i8mm in AT_HWCAP2.
  it('says nothing of their names', async () => {
    expect((await unknownIn('getauxval(AT_HWCAP) = 0xefffffff\n')).hwcaps).toEqual(expect.arrayContaining(['sve2', 'i8mm']));
  });

  it('says nothing of those of AT_HWCAP3 with AT_HWCAP2 beside it, which tools that are older do not know', async () => {
    const { hwcaps } = await unknownIn('getauxval(AT_HWCAP) = 0xefffffff\ngetauxval(AT_HWCAP2) = 0x3ffff\n', '-k', '7.3.4');
    expect(hwcaps).toContain('mtefar');
    const told = `${UNAME.replace('5.4.0', '7.2.0')}getauxval(AT_HWCAP) = 0x119fff\ngetauxval(AT_HWCAP2) = 0x0\n`;
    expect((await ask(['why', 'FEAT_LSFE'], told)).out).toContain('FEAT_LSFE: not known');
    const { archFeatures } = JSON.parse((await ask(['infer', '--json', '-k', '7.2'], told)).out) as {
      archFeatures: { impossible: readonly string[] };
    };
    expect(['FEAT_LSFE', 'FEAT_CMPBR'].map((name) => archFeatures.impossible.includes(name))).toEqual([false, true]);
  });

  it('is all that there is in a whole vector, as kernels before 5.2 give it', async () => {
    const vector = 'AT_HWCAP:             119fff\nAT_PAGESZ:            4096\nAT_CLKTCK:            100\nAT_PLATFORM:          aarch64\n';
    expect((await unknownIn(vector))?.hwcaps ?? []).not.toContain('sve2');
  });
});

it('a Features line does not contradict registers of which it needs others, too', async () => {
  // A Neoverse-N2 in a dump of two registers, and what it prints.
  const text =
    'MIDR_EL1 = 0x00000000410fd493\nID_AA64ZFR0_EL1 = 0x0000110100110021\n\nFeatures\t: fp asimd evtstrm sve cpuid sve2 svei8mm\n';
  const { records } = JSON.parse((await ask(['audit', '--json'], text)).out);
  expect(records[0].contradictions.map(({ code }: { readonly code: string }) => code)).not.toContain('not-in-registers');
});

it('a row that leaves out the revision does not contradict one that has it', async () => {
  const text = 'MIDR_EL1 = 0x00000000410fd083\nID_AA64PFR0_EL1 = 0x2222\n\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU part\t: 0xd08\n';
  const { records } = JSON.parse((await ask(['audit', '--json'], text)).out);
  expect(records[0].contradictions.map(({ code }: { readonly code: string }) => code)).not.toContain('midr-differs');
  const other = JSON.parse((await ask(['audit', '--json'], `${text}CPU revision\t: 2\n`)).out);
  expect(other.records[0].contradictions.map(({ code }: { readonly code: string }) => code)).toContain('midr-differs');
});

describe('where nobody tells how many CPUs there are', () => {
  const ONE = 'MIDR_EL1 = 0x00000000410fd493\nID_AA64PFR0_EL1 = 0x1101111121110222\nID_AA64MMFR1_EL1 = 0x0000111010212122\n';

  it('no line is certain that names them, and the kernel may be tainted', async () => {
    const { log, unknown } = JSON.parse((await ask(['derive', '--json', '-k', '7.2.13'], ONE)).out);
    expect(log).not.toContain('CPU features: detected: Hardware dirty bit management on CPU0');
    expect(unknown.tainted).toBe(true);
  });
});

describe('what is taken where nobody tells it', () => {
  const A72 = 'MIDR_EL1 = 0x00000000410fd083\nID_AA64PFR0_EL1 = 0x0000000001000222\nID_AA64MMFR2_EL1 = 0x0000000000000000\n';

  it('is the same for each question: a seed for KASLR', async () => {
    const { cpucaps } = JSON.parse((await ask(['derive', '--json', '-k', '5.10.223'], A72)).out);
    const { present } = JSON.parse((await ask(['why', 'UNMAP_KERNEL_AT_EL0', '--json', '-k', '5.10.223'], A72)).out);
    expect([cpucaps.includes('UNMAP_KERNEL_AT_EL0'), present]).toEqual([true, true]);
  });

  it('is not told as known: how fast the timer runs, what a register holds', async () => {
    const { timerHz, files } = JSON.parse((await ask(['boot', '--json', '-k', '6.1'], A72)).out);
    expect(timerHz).toBeUndefined();
    const folder = '/sys/devices/system/cpu/cpu0/regs/identification';
    expect([files[`${folder}/midr_el1`], files[`${folder}/revidr_el1`]]).toEqual(['0x00000000410fd083\n', '']);
  });
});
