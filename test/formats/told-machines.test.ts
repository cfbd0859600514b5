import { describe, expect, it } from 'vitest';
import { capturedMidrs } from '../../src/answers/check-capture.ts';
import { readAny } from '../../src/formats/read-any.ts';

function cpuinfo(cpu: number, features: string, part: string): string {
  return `processor\t: ${cpu}\nFeatures\t: ${features}\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: ${part}\nCPU revision\t: 4\n`;
}

const SMALL = cpuinfo(0, 'fp asimd evtstrm crc32 cpuid', '0xd03');
const LARGE = cpuinfo(0, 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid', '0xd0c');

function lscpu(vendor: string, model: string, flags: string): string {
  return `Architecture: aarch64\nCPU(s): 4\nVendor ID: ${vendor}\nModel name: ${model}\nStepping: r0p3\nFlags: ${flags}\n`;
}

/** What is read of the machine that a text is about, and how many others it tells of. */
async function told(text: string) {
  const { value, others = [], diagnostics } = await readAny(text);
  const names = value.cpuinfo?.[0]?.features ?? value.hwcaps?.names;
  return { value, names, others: others.length, notes: diagnostics.filter(({ code }) => code === 'another-machine') };
}

describe('machines of one text are told apart', () => {
  it.each([
    ['before', (info: string) => `On the PC:\n\n${info}\nOn the board:\n\n${SMALL}`],
    ['behind', (info: string) => `On the board:\n\n${SMALL}\nOn the PC:\n\n${info}`],
  ])('a kernel’s name right above an x86’s architecture is not that of the Arm machine %s it', async (_, text) => {
    const rows = ' Kernel Version: 5.15.0-91-generic\n OSType: linux\n Architecture: x86_64\n CPUs: 12\n';
    const { value, names, notes } = await told(text(rows));
    expect([value.kernel, value.cpuCount, names?.length]).toEqual([undefined, undefined, 5]);
    expect(notes).toMatchObject([{ message: expect.stringContaining('not Arm') }]);
  });

  it('two listings of CPU 0', async () => {
    const { value, names, others, notes } = await told(`This one works:\n\n${SMALL}\nand this one fails:\n\n${LARGE}`);
    expect([names?.length, capturedMidrs(value).length, others]).toEqual([5, 1, 1]);
    expect(notes).toMatchObject([{ severity: 'note', where: 'line 13', message: expect.stringContaining('another machine') }]);
  });

  it('two lscpu of different makers', async () => {
    const { value, others } = await told(
      `${lscpu('ARM', 'Cortex-A72', 'fp asimd evtstrm crc32 cpuid')}\n${lscpu('HiSilicon', 'TaiShan-v110', 'fp asimd evtstrm cpuid')}`,
    );
    expect([value.cpuCount, value.midrs, others]).toEqual([4, [0x410f_d083n], 1]);
  });

  it.each([
    ['are two', '50.00', 1],
    ['may be one', '100.00', 0],
  ])('/proc/cpuinfo and lscpu by BogoMIPS: %s', async (_, speed, count) => {
    const first = LARGE.replace('Features', 'BogoMIPS\t: 100.00\nFeatures');
    const { others } = await told(
      `Here:\n\n${first}\nThere:\n\nArchitecture: aarch64\nCPU(s): 64\nVendor ID: ARM\nModel name: Neoverse-N1\nBogoMIPS: ${speed}\n`,
    );
    expect(others).toBe(count);
  });

  it.each([
    [
      'FreeBSD',
      'CPU  0: ARM Cortex-A72 r0p3 affinity:  0\n Instruction Set Attributes 0 = <CRC32>\nCPU  1: ARM Cortex-A72 r0p3 affinity:  1\n',
      'CPU  0: ARM Neoverse-N1 r3p1 affinity:  0\n Instruction Set Attributes 0 = <Atomic,CRC32>\n',
    ],
    [
      'OpenBSD',
      'OpenBSD 7.4 (GENERIC.MP) #1: Tue\ncpu0 at mainbus0 mpidr 0: ARM Cortex-A72 r0p3\ncpu0: CRC32,ASID16\ncpu1 at mainbus0 mpidr 1: ARM Cortex-A72 r0p3\n',
      'OpenBSD 7.4 (GENERIC.MP) #1: Tue\ncpu0 at mainbus0 mpidr 0: ARM Neoverse N1 r3p1\ncpu0: Atomic,CRC32,ASID16\n',
    ],
    [
      'NetBSD',
      'NetBSD 10.0 (GENERIC64) #0: Tue\ncpu0 at cpus0: Arm Cortex-A53 r0p4 (v8-A), id 0x0\n',
      'NetBSD 10.0 (GENERIC64) #0: Tue\ncpu0 at cpus0: Arm Neoverse N1 r3p1 (v8-A), id 0x0\n',
    ],
    [
      'a JVM',
      'CPU: total 4 (initial active 4) 0x41:0x0:0xd08:3, fp, simd, crc\n',
      'CPU: total 64 (initial active 64) 0x41:0x3:0xd0c:1, fp, simd, crc, lse\n',
    ],
    [
      'Xen',
      '(XEN) Processor: 410fd034: "ARM Limited", variant: 0x0, part 0xd03, rev 0x4\n',
      '(XEN) Processor: 413fd0c1: "ARM Limited", variant: 0x3, part 0xd0c, rev 0x1\n',
    ],
    [
      'a CPU, register by register,',
      'MIDR_EL1          0x00000000410fd083\nID_AA64ISAR0_EL1  0x0000000000011120\n',
      '\nThe other:\nMIDR_EL1          0x00000000413fd0c1\nID_AA64ISAR0_EL1  0x0000100010211120\n',
    ],
    [
      'CPUs with numbers, register by register,',
      'cpu 0\nMIDR_EL1 0x410fd034\ncpu 1\nMIDR_EL1 0x410fd083\n',
      '\ncpu 0\nMIDR_EL1 0x413fd0c1\n',
    ],
  ])('two boots of %s, one below the other', async (_, one, other) => {
    const [both, alone] = await Promise.all([readAny(one + other), readAny(one)]);
    expect({ ...both.value, sources: undefined }).toEqual({ ...alone.value, sources: undefined });
    expect(both.others?.map(({ value }) => capturedMidrs(value))).toEqual([[0x413f_d0c1n]]);
    expect(alone.others).toBeUndefined();
  });

  it('macOS and a Linux within it', async () => {
    const { value, others } = await readAny(
      `In a virtual machine:\n\n${SMALL}\nand outside:\n\nhw.ncpu: 8\nhw.optional.arm.FEAT_SSBS: 1\n`,
    );
    expect([value.cpuCount, value.archFeatures, others?.[0]?.value.cpuCount]).toEqual([undefined, undefined, 8]);
  });

  it('a tool’s report of a Mac and a Linux within it, which is what the text is about', async () => {
    const { value, others } = await readAny(
      `CPU: Apple M2 Pro (10) @ 3.50 GHz\nDarwin 23.4.0 arm64\n\nin the virtual machine:\n$ uname -r\n6.1.0-18-arm64\n`,
    );
    expect([value.cpuCount, value.kernel?.release, others?.[0]?.value.cpuCount]).toEqual([undefined, '6.1.0-18-arm64', 10]);
  });

  it('not the CPUs of which a command names one by one', async () => {
    const cat = (cpu: number, midr: string): string => `$ cat /sys/devices/system/cpu/cpu${cpu}/regs/identification/midr_el1\n${midr}\n`;
    const { value, others } = await readAny(cat(0, '0x00000000410fd034') + cat(4, '0x00000000410fd092'));
    expect([capturedMidrs(value), others]).toEqual([[0x410f_d034n, 0x410f_d092n], undefined]);
  });

  it('two tables of SMBIOS', async () => {
    const table = (maker: string): string => `Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: ${maker}\n\n`;
    const { value, others } = await readAny(`${table('QEMU')}There:\n${table('Example')}`);
    expect([value, others?.[0]?.value].map((one) => one?.dmi?.rows.map((row) => row.value))).toEqual([['QEMU'], ['Example']]);
  });

  it.each([
    ['archspec', '$ archspec cpu\ncortex_a72\n', '$ archspec cpu\nneoverse_n1\n'],
    [
      'facter',
      'processors => {\n  count => 4,\n}\nkernelrelease => 6.1.20\n',
      'processors => {\n  count => 64,\n}\nkernelrelease => 6.6.20\n',
    ],
    [
      'firmware',
      'NOTICE:  BL31: v2.3():v2.3\nINFO:    BL31: cortex_a72: CPU workaround for 859971 was applied\n',
      'NOTICE:  BL31: v2.8():v2.8\nINFO:    BL31: neoverse_n1: CPU workaround for 1542419 was applied\n',
    ],
    [
      'neofetch',
      'OS: Debian GNU/Linux 12 aarch64\nHost: Board\nKernel: 6.1.20-example\nCPU: ARM Cortex-A72 (4)\n\n',
      'OS: Ubuntu 22.04.3 LTS aarch64\nHost: KVM Virtual Machine virt-6.2\nKernel: 5.15.91-example\nCPU: ARM Neoverse-N1 (4)\n',
    ],
    [
      'a crash',
      'CPU: 3 PID: 12 Comm: a Tainted: G        W          6.1.43-example #1\nHardware name: Board (DT)\n',
      'CPU: 3 PID: 12 Comm: a Not tainted 6.6.31-example #1\nHardware name: Board (DT)\n',
    ],
    ['lshw', 'a\n  *-core\n     *-cpu\n          product: Cortex-A72\n', 'b\n  *-core\n     *-cpu\n          product: Neoverse-N1\n'],
  ])('two reports of %s, one below the other', async (_, one, other) => {
    const both = await readAny(one + other);
    expect(both.diagnostics.filter(({ code }) => code === 'another-machine')).toHaveLength(1);
    const ofOne = (await readAny(one)).value;
    const told = ({ archFeatures, cores, cpuCount, dmi, kernel }: typeof ofOne) => [archFeatures, cores, cpuCount, dmi, kernel];
    expect(told(both.value)).toEqual(told(ofOne));
  });

  it.each([
    ['kernels', '1. Old: Linux a 6.6.20-x #1 SMP aarch64 GNU/Linux\n2. New: Linux b 6.12.20-x #1 SMP aarch64 GNU/Linux\n'],
    ['words of hwcaps', '- Old: AT_HWCAP 0x887\n- New: AT_HWCAP 0x119fff\n'],
    [
      'nodes, described',
      'Name: a\nLabels: feature.node.kubernetes.io/cpu-cpuid.ASIMD=true\nName: b\nLabels: feature.node.kubernetes.io/cpu-cpuid.ASIMD=true\n        feature.node.kubernetes.io/cpu-cpuid.SVE=true\n',
    ],
    [
      'nodes, in rows',
      'a  Ready  <none>  1d  v1.28  10.0.0.1  <none>  Debian  6.1.0-18-arm64  containerd://1.7\nb  Ready  <none>  1d  v1.28  10.0.0.2  <none>  Ubuntu  6.8.0-1  containerd://1.7\n',
    ],
    [
      'facts',
      'a | SUCCESS => {\n  "ansible_architecture": "aarch64",\n  "ansible_kernel": "6.1.0-x"\n}\nb | SUCCESS => {\n  "ansible_architecture": "aarch64",\n  "ansible_kernel": "6.8.0-x"\n}\n',
    ],
    ["perf's heads", '# os release : 6.1.0\n# cpuid : 0x00000000413fd0c1\n# os release : 6.8.0\n# cpuid : 0x00000000410fd490\n'],
    ['chips', 'Apple M1, 1 CPU, 8 logical and 8 physical cores\nApple M2, 1 CPU, 8 logical and 8 physical cores\n'],
    ["tools' reports", 'Host: A\nCPU: Cortex-A72 (4) @ 1.8 GHz\nHost: B\nCPU: Cortex-A76 (4) @ 2.4 GHz\n'],
  ])('a list of %s, one for each machine', async (_, text) => {
    const { others, notes } = await told(text);
    expect([others, notes.length]).toEqual([1, 1]);
  });

  it.each([
    'kernel: 6.1.0\nLinux a 6.1.0-18-arm64 #1 SMP aarch64 GNU/Linux\n',
    'a  Ready  <none>  1d  v1.28  10.0.0.1  <none>  Debian  6.1.0-x  containerd://1.7\nb  Ready  <none>  1d  v1.28  10.0.0.2  <none>  Debian  6.1.0-x  containerd://1.7\n',
    'AT_HWCAP is 0x887\nHWCAP: 0x00000887, HWCAP2: 0x0\n',
    'Host: Example\nCPU: Cortex-A72 (4) @ 1.8 GHz\n\nHost: Example\nCPU: Cortex-A72 (4) @ 1.8 GHz\n',
  ])('not: one that is told twice: %j', async (text) => {
    expect((await told(text)).others).toBe(0);
  });

  it('what two hosts print in one session', async () => {
    const { value, others } = await told(`ann@rock:~$ uname -r\n5.10.60\nbob@altra:~$ cat /proc/cpuinfo\n${LARGE}`);
    expect([value.kernel?.release, value.cpuinfo, others]).toEqual(['5.10.60', undefined, 1]);
  });

  it('two boots in one log', async () => {
    const boot = (release: string): string =>
      `[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd083]\n[    0.000000] Linux version ${release} (a@b)\n`;
    const { value, others } = await told(boot('5.10.60') + boot('6.6.30'));
    expect([value.kernel?.release, others]).toEqual(['5.10.60', 1]);
  });

  it('a machine that is not Arm, whatever comes first', async () => {
    const { names, others, notes } = await told(
      `$ lscpu\nArchitecture: x86_64\nCPU(s): 8\nVendor ID: GenuineIntel\nFlags: fpu vme de tsc msr sse sse2\n$ adb shell cat /proc/cpuinfo\n${SMALL}`,
    );
    expect([names?.length, others]).toEqual([5, 1]);
    expect(notes[0]?.message).toContain('not Arm');
  });

  it('not: a command that printed no listing', async () => {
    const { value, others } = await told(
      `ann@rock:~$ lscpu -V\nlscpu from util-linux 2.27\nann@rock:~$ lscpu\n${lscpu('ARM', 'Cortex-A72', 'fp asimd evtstrm crc32 cpuid')}`,
    );
    expect([value.cpuCount, others]).toEqual([4, 0]);
  });

  it('not: listings of one machine, in any order', async () => {
    const log = '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd034]\n[    0.1] CPU: All CPU(s) started at EL2\n';
    const { value, others } = await told(`${log}\n\`\`\`\n${SMALL}\`\`\`\n$ uname -r\n6.1.75\n`);
    expect([value.cpuinfo?.length, value.environment?.bootEl, value.kernel?.release, others]).toEqual([1, 2, '6.1.75', 0]);
  });

  it.each([
    ['a core without its name', '4x unknown', 'Arm unknown'],
    ['a core by name', '4x Cortex-A53', 'ARM Cortex-A53'],
  ])('not: /proc/cpuinfo behind a tool that tells of %s', async (_, kind, core) => {
    const report = `SoC name: Unknown\nMicroarchitectures:\n\t${kind}\nCores:\n\t0: 1 processor (0), ${core}\n`;
    const { value, names, others } = await told(`${report}\n\n${SMALL}`);
    expect([names?.length, value.cpuinfo?.length, others]).toEqual([5, 1, 0]);
  });

  const SYSCTL = 'hw.optional.arm64: 1\nhw.optional.armv8_crc32: 1\n';

  it.each([
    ['parts of one', 'hw.cputype: 16777228\nhw.optional.armv8_crc32: 1\n', 0],
    ['two that differ', 'hw.cputype: 16777228\nhw.optional.armv8_crc32: 0\n', 1],
  ])("macOS' sysctl, shown twice: %s", async (_, second, count) => {
    const { value, others } = await told(`One part:\n\`\`\`\n${SYSCTL}\`\`\`\nand another:\n\`\`\`\n${second}\`\`\`\n`);
    expect([value.archFeatures?.present, value.implementer, others]).toEqual([['FEAT_CRC32'], 0x61, count]);
  });

  it('not: CPUs of one listing that a fence interrupts', async () => {
    const { value, others } = await told(`${SMALL}\n\`\`\`\n\`\`\`\n${cpuinfo(1, 'fp asimd evtstrm crc32 cpuid', '0xd03')}`);
    expect([value.cpuinfo?.length, others]).toEqual([2, 0]);
  });
});

it.each([
  ['x86', 'processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vme de pse tsc msr sse sse2\n'],
  ['x86', 'flags : fpu vme de pse tsc msr pae sse sse2\n'],
  ['x86', 'CPU-Z TXT Report\n\nNumber of threads\t8\nInstructions sets\tMMX, SSE, SSE2, AES, AVX\n'],
  ['x86-64', ' Static hostname: box\n  Virtualization: kvm\n          Kernel: Linux 6.8.0-31-generic\n    Architecture: x86-64\n'],
  ['x86_64', 'Linux cabin 6.6.30-0-lts #1-Alpine SMP 2024-05-02 x86_64 Linux\n'],
  ['i686', 'Linux localhost 4.4.20 #1 SMP PREEMPT Mon Jan 6 2020 i686 Android\n'],
  ['x86_64', '$ neofetch\nOS: Arch Linux x86_64\nKernel: 6.6.8-arch1-1\n$ systemd-detect-virt\noracle\n'],
  ['x86_64', ' Kernel Version: 6.1.0-13\n OSType: linux\n Architecture: x86_64\n CPUs: 4\n'],
  ['x86', '*-cpu\n     product: Intel(R) Core(TM) i5 CPU\n     vendor: Intel Corp.\n     width: 64 bits\n'],
  [
    'x86',
    'Handle 0x0100, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: QEMU\n\tProduct Name: Standard PC (Q35 + ICH9, 2009)\n',
  ],
  ['x86', '00:00.0 Host bridge: Intel Corporation 440FX - 82441FX PMC (rev 02)\n00:03.0 SCSI storage controller: Red Hat, Inc. Virtio\n'],
  ['x86', '[    0.000000] DMI: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16\n[    0.200000] smp: Brought up 1 node, 2 CPUs\n'],
  ['RISC-V', 'processor\t: 0\nhart\t\t: 0\nisa\t\t: rv64imafdc\nmmu\t\t: sv39\n'],
  ['LoongArch', 'processor\t\t: 0\nCPU Family\t\t: Loongson-64bit\nFeatures\t\t: cpucfg lam ual fpu lsx crc32\n'],
])('a listing of %s is called one', async (what, text) => {
  const { value, diagnostics } = await readAny(text);
  expect([value.cpuinfo, value.hwcaps, value.archFeatures]).toEqual([undefined, undefined, undefined]);
  expect(diagnostics).toMatchObject([{ code: 'not-arm', message: `the machine is ${what}, not Arm` }]);
});

describe('lscpu tells which cores there are', () => {
  const rows = (sockets: number, below: string, ...models: readonly string[]): string =>
    [
      'Architecture: aarch64',
      'CPU(s): 8',
      `Socket(s): ${sockets}`,
      'Vendor ID: ARM',
      ...models.flatMap((model) => [`${below}Model name: ${model}`, `${below}Stepping: r2p0`]),
      '',
    ].join('\n');

  it.each([
    ['of all CPUs', rows(3, '  ', 'Cortex-A55'), [0x412f_d050n], undefined],
    ['of all CPUs of a server, whichever lscpu it is', rows(2, '', 'Neoverse-N1'), [0x412f_d0c0n], undefined],
    ['of one CPU: others may be other ones', rows(3, '', 'Cortex-A55'), undefined, [0xd05]],
    ['of some: it has no name for the others', rows(1, '  ', '-', 'Cortex-A55'), undefined, [0xd05]],
  ])('%s', async (_, text, midrs, parts) => {
    const { value } = await readAny(text);
    expect([value.midrs, value.cores?.map(({ part }) => part), value.cpuinfo]).toEqual([midrs, parts, undefined]);
  });
});

const VERSION = 'Linux version 6.1.0-18-arm64 (a@b) (gcc-12) #1 SMP Debian 6.1.76-1 (2024-02-01)\n';
const LOG = `[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd083]\n[    0.000000] ${VERSION}`;

it.each([
  ['/proc/version and the log', `$ cat /proc/version\n${VERSION}$ dmesg\n${LOG}`],
  ["Debian's name for it, and the log", `$ uname -r\n6.1.0-18-arm64\n$ dmesg\n${LOG}`],
  ["the log, and Debian's name for it", `${LOG}\nKernel: Linux 6.1.0-18-arm64 (SMP w/4 CPU threads)\n`],
])('a kernel that is told twice is one: %s', async (_, text) => {
  const { value, others, diagnostics } = await readAny(text);
  expect([value.kernel, capturedMidrs(value), others]).toEqual([{ release: '6.1.76', config: 'debian' }, [0x410f_d083n], undefined]);
  expect(diagnostics.filter(({ code }) => code === 'contradiction')).toEqual([]);
});

it('a log of another kernel than /proc/version is of another time', async () => {
  const { others } = await readAny(
    `$ cat /proc/version\n${VERSION}$ dmesg\n${LOG.replace('6.1.0-18', '6.1.0-17').replace('6.1.76', '6.1.69')}`,
  );
  expect(others).toHaveLength(1);
});

it.each([
  ['one CPU that is not the first', 'processor\t: 7\nFeatures\t: fp asimd\n', true],
  ['the first', 'processor\t: 0\nFeatures\t: fp asimd\n', undefined],
])('%s of /proc/cpuinfo', async (_, text, uncounted) => {
  expect((await readAny(text)).value.uncounted).toBe(uncounted);
});

it.each([
  [
    'a kernel’s name alone',
    `Linux a 6.1.20 #1 SMP aarch64 GNU/Linux\n\nand\n\nLinux b 6.6.30 #1 SMP aarch64 GNU/Linux\n\nprints\n\n${SMALL}`,
  ],
  [
    'what a 32-bit kernel prints',
    `In 32 bits:\n\n${SMALL.replace('fp asimd evtstrm crc32 cpuid', 'half thumb vfp neon crc32')}\nIn 64:\n\n${SMALL}`,
  ],
  [
    'lscpu of a 32-bit system',
    `pi@pi:~$ lscpu\nArchitecture: armv7l\nCPU(s): 4\nVendor ID: ARM\nFlags: half thumb vfp neon crc32\n\nafter:\n\npi@pi:~$ lscpu\n${lscpu('ARM', 'Cortex-A53', 'fp asimd evtstrm crc32 cpuid')}`,
  ],
])('a text is about the 64-bit listing, not about %s before it', async (_, text) => {
  const { names, others } = await told(text);
  expect([names, others]).toEqual([['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'], 1]);
});

it('a word of a hypervisor beside an Arm listing is of that one', async () => {
  const { value } = await told(`Linux pc 6.5.0 #1 SMP x86_64 GNU/Linux\n\nin the guest:\n\n${SMALL}\n# systemd-detect-virt\nkvm\n`);
  expect([value.foreign, value.detectVirt?.text]).toEqual([undefined, 'kvm']);
});

it('two reports of isa-info that give other lengths of vectors are of two machines', async () => {
  const { value, others } = await told(
    'ARM SME: yes\nSVE max length: 0\n\nThe phone:\n\nARM SVE 2: yes\nARM SME: yes\nSVE max length: 128\n',
  );
  expect([value.archFeatures?.present, others]).toEqual([['FEAT_SME'], 1]);
});

it("what Debian calls x86 is no Arm machine's", async () => {
  const { value, others } = await readAny(
    'Debian Release: 12.5\nArchitecture: amd64 (x86_64)\n\nKernel: Linux 6.7.12-amd64 (SMP w/8 CPU threads)\n',
  );
  expect([value.foreign?.text, others]).toEqual(['amd64 (x86_64)', undefined]);
});
