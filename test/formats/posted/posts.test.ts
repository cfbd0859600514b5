import { describe, expect, it } from 'vitest';
import { capturedLine, capturedMidrs } from '../../../src/answers/check-capture.ts';
import { machineOfCapture } from '../../../src/answers/machine-of-capture.ts';
import { readAny } from '../../../src/formats/read-any.ts';
import { readTexts } from '../../../src/formats/read-texts.ts';
import { boot } from '../../../src/linux/boot.ts';

const LSCPU =
  'Architecture: aarch64\nCPU(s): 2\nOn-line CPU(s) list: 0,1\nVendor ID: ARM\nModel name: Neoverse-N1\nStepping: r3p1\nFlags: fp asimd cpuid\n';

it('words and rows of something else behind an lscpu are no mistakes in it', async () => {
  const { diagnostics } = await readAny(`${LSCPU}Some other info...\nMACHINE: box\nARCH: aarch64\nJulia Version 1.10.4\nPlatform Info:\n`);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

it('a sentence without blanks right behind an lscpu is no mistake in it', async () => {
  const { diagnostics } = await readAny(`${LSCPU}去掉sve可以正常测试\n`);
  expect(diagnostics).toMatchObject([{ code: 'outside', severity: 'note' }]);
});

it('a core that stands for all CPUs says nothing beside MIDR_EL1 of the same core', async () => {
  const { value } = await readAny(`${LSCPU}\n  LLVM: libLLVM-15.0.7 (ORCJIT, neoverse-n1)\n`);
  expect([value.midrs, value.cpuinfo, value.uncounted]).toEqual([[0x413f_d0c1n], undefined, undefined]);
});

it('a kernel whose builder put a slash in its name is a release', async () => {
  const { value } = await readAny('Linux phone 4.14.262-fast-v2.5/faee9bac #1 SMP PREEMPT Sat Jan 15 10:31:32 UTC 2022 aarch64 Android\n');
  expect(value.kernel?.release).toBe('4.14.262-fast-v2.5/faee9bac');
});

it('a JVM counts the CPUs beside an excerpt of /proc/cpuinfo', async () => {
  const { value } = await readAny(
    'processor\t: 0\nFeatures\t: fp asimd cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n\nCPU:total 46 (initial active 46) 0x41:0x0:0xd08:3, simd, crc\n',
  );
  expect([value.cpuCount, value.cpuinfo?.length]).toEqual([46, 1]);
});

it.each([
  ['cat /proc/cpuinfo | head -8', true],
  ['head -n 20 /proc/cpuinfo', true],
  ["cat /proc/cpuinfo | sed -n '1,10p'", true],
  ['cat /proc/cpuinfo', undefined],
])('whether `%s` shows all CPUs', async (command, uncounted) => {
  const text = `$ uname -r\n6.1.0\n$ ${command}\nprocessor\t: 0\nFeatures\t: fp asimd cpuid\nCPU implementer\t: 0x41\nCPU part\t: 0xd08\n`;
  const { value } = await readAny(text);
  expect([value.cpuinfo?.length, value.uncounted]).toEqual([1, uncounted]);
});

it('an excerpt of a 32-bit kernel’s list does not count the CPUs either', async () => {
  const { value } = await readAny(
    '$ head -4 /proc/cpuinfo\nprocessor\t: 0\nmodel name\t: ARMv7 Processor rev 4 (v7l)\nFeatures\t: half thumb fastmult vfp edsp neon vfpv3 tls\n',
  );
  expect([value.cpuinfo32?.length, value.uncounted]).toEqual([1, true]);
});

it('a row of YAML that names the kernel is no line of its log', async () => {
  const { value } = await readAny('host:\n  arch: arm64\n  cpus: 5\n  kernel: 6.10.6-200.fc40.aarch64\n  os: linux\n');
  expect([value.kernel?.release, value.log]).toEqual(['6.10.6-200.fc40.aarch64', undefined]);
});

it('JSON that lists CPUs without registers is no dump of registers', async () => {
  const { value, recognition } = await readAny('{"header": {"arch": "arm64", "cpus": [{"model": "unknown", "speed": 0}]}}');
  expect([value.machine, recognition?.reader.name]).toEqual([undefined, undefined]);
});

it('Kubernetes counts the CPUs that a node has, not those that pods may take', async () => {
  const label = 'Labels:  feature.node.kubernetes.io/cpu-cpuid.ASIMD=true\n';
  expect((await readAny(`${label}Capacity:\n  cpu:   4\nAllocatable:\n  cpu:   3\n`)).value.cpuCount).toBe(4);
  expect((await readAny(`${label}Allocatable:\n  cpu:   3\n`)).value.cpuCount).toBeUndefined();
});

it('OpenBSD’s half precision and SSBS are read', async () => {
  const { value } = await readAny('cpu0 at mainbus0 mpidr 0: ARM Neoverse N1 r4p1\ncpu0: DP,RASv1p1,AdvSIMD+HP,FP+HP,SSBS+MSR\n');
  expect(value.archFeatures?.present).toEqual(
    expect.arrayContaining(['FEAT_DotProd', 'FEAT_RASv1p1', 'FEAT_FP16', 'FEAT_FP', 'FEAT_SSBS2']),
  );
});

it('keys of a tombstone show that addresses are authenticated', async () => {
  const text =
    "ABI: 'arm64'\npac_enabled_keys: 000000000000000f (PR_PAC_APIAKEY)\nsignal 4 (SIGILL), code 1 (ILL_ILLOPC), fault addr 0x7178\n";
  expect((await readAny(text)).value.archFeatures?.present).toEqual(['FEAT_PAuth']);
});

it.each([
  ['each CPU has its line', 2, true],
  ['CPUs lack theirs', 4, false],
])('a log is whole where %s', async (_, cpus, isWhole) => {
  const log = [
    'Linux version 6.1.0 (a@b)',
    'Detected PIPT I-cache on CPU0',
    'Detected PIPT I-cache on CPU1',
    `smp: Brought up 1 node, ${cpus} CPUs`,
    'CPU: All CPU(s) started at EL2',
    'hw-breakpoint: found 6 breakpoint and 4 watchpoint registers.',
  ];
  const { value } = await readAny(log.map((line) => `[    0.000000] ${line}\n`).join(''));
  expect((await machineOfCapture(value))!.value.machine.seen?.[0]?.isWholeLog).toBe(isWhole);
});

it('WSL 1 is a container on Windows, not a guest', async () => {
  const { value } = await readAny(`${LSCPU}Hypervisor vendor: Windows Subsystem for Linux\nVirtualization type: container\n`);
  expect(value.detectVirt?.text).toBe('wsl');
});

it.each([
  ['lscpu', `${LSCPU}Hypervisor vendor: Windows Subsystem for Linux\n`],
  [
    'uname beside /proc/cpuinfo',
    '$ uname -a\nLinux box 4.4.0-19041-Microsoft #1 x aarch64 GNU/Linux\n$ cat /proc/cpuinfo\nprocessor : 0\nFeatures : fp asimd cpuid\nCPU implementer : 0x41\nCPU part : 0xd07\n',
  ],
])('what WSL 1 shows of the core is Windows’ invention, and its names are some of those that there are: %s', async (_, text) => {
  const { value, diagnostics } = await readAny(text);
  const { kernel, midrs, cores, implementer, cpuinfo = [], hwcaps } = value;
  expect({ kernel, midrs, cores, implementer }).toEqual({});
  expect(cpuinfo.every(({ part, isPart }) => part === undefined && isPart)).toBe(true);
  expect(capturedLine(value)).toEqual({ names: ['fp', 'asimd', 'cpuid'], isPart: true });
  expect([hwcaps?.isPart ?? true, diagnostics.at(-1)?.code]).toEqual([true, 'not-linux']);
});

it('across the files of a folder, too, and that is told once', async () => {
  const cpuinfo = 'processor : 0\nFeatures : fp asimd cpuid\nCPU implementer : 0x41\nCPU part : 0xd07\n';
  const uname = 'Linux box 4.4.0-19041-Microsoft #1 x aarch64 GNU/Linux\n';
  for (const texts of [
    [
      { path: 'cpuinfo', text: cpuinfo },
      { path: 'uname', text: uname },
    ],
    [{ path: 'post', text: `$ uname -a\n${uname}$ cat /proc/cpuinfo\n${cpuinfo}` }],
  ]) {
    const { value, diagnostics } = await readTexts(texts);
    expect([value.kernel, value.cpuinfo?.map(({ part, isPart }) => [part, isPart])]).toEqual([undefined, [[undefined, true]]]);
    expect(diagnostics.filter(({ code }) => code === 'not-linux').length).toBe(1);
  }
});

it('an lscpu of several nodes is one of one machine, quoted or not', async () => {
  const nodes = [0, 1, 2, 3].map((node) => `NUMA node${node} CPU(s): ${node}\n`).join('');
  const text = LSCPU.replace('Flags', `${nodes}Flags`);
  for (const one of [text, text.replace(/^(?=.)/gm, '> ')]) {
    const { value, others } = await readAny(one);
    expect([value.hwcaps?.names, others]).toEqual([['fp', 'asimd', 'cpuid'], undefined]);
  }
});

it('a part that breaks off before its last digit is none, with a line’s end behind it, too', async () => {
  const cpu = (number: number, part: string): string =>
    `processor\t: ${number}\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\nCPU part\t: ${part}\n`;
  const { value } = await readAny(`${cpu(0, '0xd87')}CPU revision\t: 1\n\n${cpu(1, '0xd8')}`);
  expect(value.cpuinfo?.map(({ part }) => part)).toEqual([0xd87, undefined]);
});

describe('a text that breaks off within its last line', () => {
  const CPU = (cpu: number): string =>
    `processor\t: ${cpu}\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd crc32 cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n\n`;

  it('is no mistake wherever that is, and no number is read by half', async () => {
    const text = CPU(0) + CPU(1);
    for (let end = text.indexOf('BogoMIPS'); end < text.length; end++) {
      const { value, diagnostics } = await readAny(text.slice(0, end));
      const faults = diagnostics.filter(({ severity }) => severity === 'error');
      expect([end, faults]).toEqual([end, []]);
      for (const { implementer = 0x41, part = 0xd0c, variant = 3 } of value.cpuinfo ?? [])
        expect([end, implementer, part, variant]).toEqual([end, 0x41, 0xd0c, 3]);
    }
  });

  it.each([
    ['processor\t: 0\nFeatures\t: fp asimd crc32', true],
    ['processor\t: 0\nFeatures\t: fp asimd crc32\n', undefined],
    [CPU(0), undefined],
    [`${CPU(0)}processor\t: 1\nFeatures\t: fp asimd`, true],
    [`${CPU(0)}processor\t: 1\nFeatures\t: fp asimd crc32 cpuid`, undefined],
    [`${CPU(0)}processor\t: 1\nFeatures\t: fp asimd crc\n`, true],
    ['processor\t: 0\nFeatures\t: fp asimd evtstrm aes crc32 asimd\n', true],
    ['processor\t: 0\nFeatures\t: fp asimd evtstrm aes crc32 aes\n', undefined],
  ])('has some of the names where other rows are missing: %j', async (text, isPart) => {
    expect((await readAny(text)).value.cpuinfo?.at(-1)?.isPart).toBe(isPart);
  });

  it('a kind of core whose name is not known is not taken for the other kind', async () => {
    const kinds = `${LSCPU}Model name: Neoverse-N17\nStepping: r0p0\n`;
    const { value } = await readAny(kinds);
    expect([value.midrs, value.cores?.map(({ part }) => part)]).toEqual([undefined, [0xd0c]]);
  });

  it('an lscpu whose names take several lines is one without doubt', async () => {
    const wrapped = `${LSCPU.replace('fp asimd', 'fp asimd evtstrm aes pm\n       ull sha1\n       sha2 crc32\n       atomics')}`;
    const { recognition, value } = await readAny(wrapped);
    expect([recognition!.confidence > 0.9, value.hwcaps?.names]).toEqual([
      true,
      ['fp', 'asimd', 'evtstrm', 'aes', 'pmull', 'sha1', 'sha2', 'crc32', 'atomics', 'cpuid'],
    ]);
  });

  it('a label of lscpu that is cut is told', async () => {
    const { diagnostics } = await readAny(`${LSCPU}BogoMI`);
    expect(diagnostics).toMatchObject([{ severity: 'note', message: 'the text breaks off within "BogoMI"' }]);
  });
});

it('a log that breaks off does not count the CPUs', async () => {
  const { value } = await readAny(
    '[    0.000000] Booting Linux on physical CPU 0x0 [0x410fd083]\n[    0.000000] Linux version 6.1.0 (a@b)\n',
  );
  expect((await machineOfCapture(value))!.value.machine.uncounted).toBe(true);
});

it('a command line that a mail broke goes on behind the break, and no further than its words', async () => {
  const { value } = await readAny(
    '[    0.0] Booting Linux on physical CPU 0x0000000000 [0x410fd034]\n[    0.0] Kernel command line: console=ttyS0 rw\nroot=/dev/vda arm64.nosve\narm64.nomte=1 quiet\n...\nfoo=bar\n',
  );
  expect(value.kernel?.cmdline).toBe('console=ttyS0 rw root=/dev/vda arm64.nosve arm64.nomte=1 quiet');
});

it('a message of the kernel behind a shell’s prompt is of the log around it', async () => {
  const { value, diagnostics } = await readAny(
    '[    0.0] Booting Linux on physical CPU 0x0000000000 [0x410fd034]\nroot@board:~# [    0.000001] Linux version 6.1.0 (a@b)\n[    0.000002] Detected VIPT I-cache on CPU0\n',
  );
  expect([value.kernel?.release, value.log?.length, diagnostics]).toEqual(['6.1.0', 1, []]);
});

it('firmware names the core that it runs on', async () => {
  const { value } = await readAny('INFO:    BL31: cortex_a53: CPU workaround for 855873 was applied\n');
  expect(value.cores).toEqual([{ implementer: 0x41, part: 0xd03 }]);
});

it.each([
  [
    'a recording of the JVM',
    'jdk.CPUInformation {\n  cpu = "AArch64"\n  description = "AArch64 0x41:0x3:0xd0c:1, simd, lse"\n  hwThreads = 4\n}\n',
    0x413f_d0c1n,
    4,
  ],
  [
    'PyTorch’s cpuinfo',
    'Debug (cpuinfo): parsed processor 0 MIDR 0x413fd0c1\nDebug (cpuinfo): parsed processor 1 MIDR 0x413fd0c1\n',
    0x413f_d0c1n,
    2,
  ],
  ['cpufetch', 'cpufetch v1.07\n[Core 0] 0x413FD0C1 3000 MHz\n[Core 1] 0x413FD0C1 3000 MHz\n', 0x413f_d0c1n, 2],
  ['cpufetch of a core that it does not know', '[ERROR]: Unknown: IM=0x00000041 P=0x00000D0C V=0x00000003 R=0x00000001\n', 0x413f_d0c1n, 1],
])('%s names the core', async (_, text, midr, count) => {
  const { value } = await readAny(text);
  expect([capturedMidrs(value), value.cpuCount ?? value.cpuinfo?.length]).toEqual([[midr], count]);
});

it.each([
  ['envinfo', '  System:\n    OS: macOS 14.5\n    CPU: (8) arm64 Apple M2\n', 8, 2],
  ['Julia with all CPUs in one row', '  CPU: Apple M2: \n       #1-8  2400 MHz   16 s   0 s   47 s   14 s   0 s\n', 8, 2],
  ['Julia with a row for each CPU', '  CPU: unknown: \n       #1     0 MHz   16 s   0 s\n       #2     0 MHz   16 s   0 s\n', 2, undefined],
  ['7-Zip', 'RAM size:   15719 MB,  # CPU hardware threads:   8\n', 8, undefined],
])('%s counts the CPUs', async (_, text, count, cores) => {
  const { value } = await readAny(text);
  expect([value.cpuCount, value.cores?.length]).toEqual([count, cores]);
});

it('LLVM names its host', async () => {
  expect((await readAny('LLVM version 14.0.6\n  Host CPU: neoverse-n1\n')).value.cpuinfo).toMatchObject([
    { implementer: 0x41, part: 0xd0c },
  ]);
});

it.each([
  ['Julia', 'Julia Version 1.10.4\n  uname: Linux 6.8.0-45-generic #45 SMP x aarch64 unknown\n'],
  ['7-Zip', 'Linux : 6.8.0-45-generic : #45 SMP x : aarch64\n'],
])('%s names the kernel', async (_, text) => {
  expect((await readAny(text)).value.kernel?.release).toBe('6.8.0-45-generic');
});

it.each([
  ['7-Zip', 'PageSize:4KB THP:always hwcap:887:CRC32:ASIMD hwcap2:1\narm64\n', [0x887n, 1n]],
  [
    'gdb',
    '(gdb) info auxv\n16   AT_HWCAP             Machine-dependent CPU capability hints 0x887\n6    AT_PAGESZ            System page size               4096\n26   AT_HWCAP2            Extension of AT_HWCAP          0x1\n31   AT_EXECFN            File name of executable        0xffff8 "/bin/a"\n15   AT_PLATFORM          String identifying platform    0xffff3 "aarch64"\n',
    [0x887n, 1n],
  ],
  [
    'gdb in a narrow terminal',
    '(gdb) info auxv\n16   AT_HWCAP             Machine-dependent CPU capability hints\n0x887\n6    AT_PAGESZ            System page size               4096\n26   AT_HWCAP2            Extension of AT_HWCAP\n0x1\n15   AT_PLATFORM          String identifying platform\n0xffff3 "aarch64"\n',
    [0x887n, 1n],
  ],
  // 2303 is 0x8ff, and read as digits of base 16 it would lack half of a pair.
  ['Python', ">>> libc.getauxval(16)\n2303\n>>> hex(libc.getauxval(26))\n'0x1'\n", [0x8ffn, 1n]],
  ['a sentence', 'Here getauxval(AT_HWCAP) returns 0x887, and getauxval(AT_HWCAP2) returns 0x1.\n', [0x887n, 1n]],
  ['IPython', "In [3]: hex(libc.getauxval(16))\nOut[3]: '0x887'\n", [0x887n]],
])('%s shows the words of hwcaps', async (_, text, words) => {
  const { value, diagnostics } = await readAny(text);
  expect([value.hwcaps?.words, diagnostics]).toEqual([words, []]);
});

it.each([
  ['of lshw', '{"id": "cpu:0", "capabilities": {"fp": "Floating point", "asimd": true, "crc32": true}}', ['fp', 'asimd', 'crc32']],
  [
    'of py-cpuinfo',
    '{"arch_string_raw": "aarch64", "vendor_id_raw": "ARM", "brand_raw": "Neoverse-N1", "flags": ["fp", "asimd", "crc32"]}',
    ['fp', 'asimd', 'crc32'],
  ],
])('JSON %s has the names', async (_, text, names) => {
  expect(capturedLine((await readAny(text)).value)?.names).toEqual(names);
});

it('a target of archspec is told by its name, as JSON too', async () => {
  const { value } = await readAny(
    '{"name": "neoverse_v1", "vendor": "ARM", "features": ["fp", "asimd", "sve"], "generation": 0, "parents": ["neoverse_n1"]}',
  );
  expect([value.implementer, value.cpuinfo, value.archFeatures?.present.includes('FEAT_SVE')]).toEqual([0x41, undefined, true]);
});

it.each([
  [
    '{"level":"error","msg":"CPU mode \'host-passthrough\' for aarch64 qemu domain on aarch64 host is not supported"}',
    /type qemu is emulated/,
  ],
  ["error: CPU mode 'host-model' for aarch64 kvm domain is not supported", /host-passthrough/],
  ['qemu: KVM is not supported for this guest CPU type', /-cpu host/],
  ['libvirtd[1]: operation failed: Cannot find CPU model with PVR 0xd05', /harms no guest/],
])('what libvirt and QEMU refuse is explained, once: %s', async (line, reason) => {
  const { diagnostics } = await readAny(`So it says:\n${line}\n${line}\nand nothing else\n`);
  expect(diagnostics).toMatchObject([{ code: 'cpu-refused', severity: 'note', message: expect.stringMatching(reason) }]);
});

describe('a line that says that something was left out leaves the count of CPUs open', () => {
  const CPU = 'processor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\nCPU part\t: 0xd08\n';

  it.each([
    '...',
    '[snip]',
    '... (repeated for all 80 cores)',
    '(and 7 more)',
    'same for the others',
    '(those up to 3 are alike)',
    '（以下 processor 3 まで同じ）',
    '～中略～',
    '以下同様',
    '3-5 ebenso',
  ])('%s', async (line) => {
    expect((await readAny(`${CPU}\n${line}\n`)).value.uncounted).toBe(true);
  });

  it('a CPU that a person tells of in words', async () => {
    const text = `${CPU}\nprocessor\t: 1\nwie 0\n\n${CPU.replace('0\n', '2\n')}`;
    expect((await readAny(text)).value.uncounted).toBe(true);
  });

  it('not where it stands elsewhere', async () => {
    expect((await readAny(`I tried\n...\nand then\n${CPU}\n`)).value.uncounted).toBeUndefined();
  });
});

describe('two hosts of one post are two machines', () => {
  it('where nothing but a name stands before the root’s prompt', async () => {
    const { value, others } = await readAny(
      'source# lscpu | grep Flags\nFlags: fp asimd evtstrm crc32 cpuid ssbs\ntarget# lscpu | grep Flags\nFlags: fp asimd evtstrm crc32 cpuid\n',
    );
    expect(value.hwcaps?.names).toContain('ssbs');
    expect(others).toHaveLength(1);
  });
});

it.each(['uname: 6.1.0-rpi7-rpi-2712', 'uname -r -> 6.1.0-rpi7-rpi-2712', '* uname -r: 6.1.0-rpi7-rpi-2712'])(
  'the kernel of `%s`',
  async (line) => {
    const { kernel } = (await readAny(`Raspberry Pi 5\n${line}\nFeatures\t: fp asimd evtstrm crc32 cpuid\n`)).value;
    expect(kernel?.release).toBe('6.1.0-rpi7-rpi-2712');
  },
);

it('a heading that says on which side of a hypervisor a listing was seen makes two machines', async () => {
  const dmesg = (lines: string): string => `  # dmesg | grep -i 'cpu features'\n${lines}`;
  const line = (name: string): string => `  [    0.000000] CPU features: detected: ${name}\n`;
  const { value, others } = await readAny(
    `On the host:\n${dmesg(line('Virtualization Host Extensions') + line('Spectre-v4'))}The guest (-cpu host):\n${dmesg(line('Spectre-v4'))}`,
  );
  expect([value.log?.length, others?.map((other) => other.value.log?.length)]).toEqual([2, [1]]);
});

it('no heading of another report is such a one', async () => {
  const { others } = await readAny('pi@box:~ $ uname -r\n6.1.20\n\nVM Arguments:\nHost CPU:\nFeatures\t: fp asimd evtstrm crc32 cpuid\n');
  expect(others).toBeUndefined();
});

it.each([
  ['CPU features: detected: Virtualization Host Extensions', 2],
  ['kvm [1]: Hyp mode initialized successfully', 2],
  ['kvm [1]: HYP mode not available', 1],
  ['CPU features: detected: Spectre-v4', undefined],
])('the exception level that `%s` tells', async (line, el) => {
  expect((await readAny(`[    0.000000] Linux version 5.10.0 (x@y) #1 SMP\n[    0.100000] ${line}\n`)).value.environment?.bootEl).toBe(el);
});

it.each([
  '[@build-7 tools]$ cat /proc/cpuinfo | awk "NR < 9"\nprocessor\t: 0\nFeatures\t: fp asimd cpuid\nCPU implementer\t: 0x41\nCPU part\t: 0xd4f\n',
])('a prompt that hides who works there is one: %j', async (text) => {
  expect((await readAny(text)).value.uncounted).toBe(true);
});

it('a kernel in marks of code is named as one in words', async () => {
  const { value } = await readAny('- Debian 13, kernel `6.12.43+rpt-rpi-v8`, 64 bits\n- flags: `fp asimd evtstrm crc32 cpuid`\n');
  expect(value.kernel?.release).toBe('6.12.43+rpt-rpi-v8');
});

it('the kernel of Python’s os.uname()', async () => {
  const text =
    "posix.uname_result(sysname='Linux', nodename='box', release='6.1.0-26-cloud-arm64', version='#1 SMP Debian', machine='aarch64')\n";
  expect((await readAny(text)).value.kernel?.release).toContain('6.1.0-26');
});

it.each([
  ['Node.js', "[\n  {\n    model: 'Neoverse-N1',\n    speed: 2500,\n  },\n", [[0x41, 0xd0c]], undefined],
  ['libuv', '# uv_cpu_info:\n#   model: Neoverse-V2\n#   speed: 3420\n', [[0x41, 0xd4f]], undefined],
  ['Godot', 'Godot v4.4 - Debian 12 on Wayland - OpenGL 3 (Compatibility) - V3D 7.1 - Cortex-A76 (4 threads)\n', [[0x41, 0xd0b]], 4],
])('%s names the core', async (_, text, cores, count) => {
  const { value } = await readAny(text);
  expect([value.cpuinfo?.map(({ implementer, part }) => [implementer, part]), value.cpuCount]).toEqual([cores, count]);
});

it('crash counts the CPUs and names the kernel', async () => {
  const { value } = await readAny(
    'crash> sys\n    DUMPFILE: vmcore\n        CPUS: 80\n     RELEASE: 5.14.0-427.el9.aarch64\n     MACHINE: aarch64  (unknown Mhz)\n',
  );
  expect([value.cpuCount, value.kernel?.release]).toEqual([80, '5.14.0-427.el9.aarch64']);
});

it('what Windows says is not there may be what it does not know', async () => {
  const { value } = await readAny(
    'PF_ARM_NEON_INSTRUCTIONS_AVAILABLE: 1\nIsProcessorFeaturePresent(PF_ARM_V8_CRC32_INSTRUCTIONS_AVAILABLE) = TRUE\nPF_ARM_V81_ATOMIC_INSTRUCTIONS_AVAILABLE: 1\nPF_ARM_SVE_INSTRUCTIONS_AVAILABLE: 0\nPF_ARM_SVE2_INSTRUCTIONS_AVAILABLE: not supported\n',
  );
  expect(value.archFeatures).toEqual({ present: ['FEAT_AdvSIMD', 'FEAT_CRC32', 'FEAT_LSE'], absent: [] });
});

it('an old dmidecode shows MIDR_EL1 by its bytes; those of x86 are none', async () => {
  const ofId = async (id: string): Promise<unknown> =>
    (await readAny(`Handle 0x0004, DMI type 4, 48 bytes\nProcessor Information\n\tID: ${id}\n\tCore Count: 80\n`)).value.midrs;
  expect(await ofId('C1 D0 3F 41 00 00 00 00')).toEqual([0x413f_d0c1n]);
  expect(await ofId('57 06 05 00 FF FB EB BF')).toBeUndefined();
});

it('emphasis around a row of hwcaps is none of its names', async () => {
  expect(capturedLine((await readAny('On it I see\n**_Features\t: fp asimd evtstrm crc32 cpuid_**\n')).value)?.names).toEqual([
    'fp',
    'asimd',
    'evtstrm',
    'crc32',
    'cpuid',
  ]);
});

it('inxi shows what SMBIOS tells, whatever kind of machine it takes it for', async () => {
  const { value } = await readAny(
    'Machine:\n  Type: ARM System: Parallels product: Parallels ARM Virtual Machine v: 0.1\nCPU:\n  Info: 2-core model: N/A\n',
  );
  expect(value.dmi?.rows.map((row) => row.value)).toEqual(['Parallels', 'Parallels ARM Virtual Machine']);
});

it.each([
  ['uname behind it', 'Linux box 5.15.167.4-microsoft-standard-WSL2 #1 SMP x aarch64 GNU/Linux\n'],
  ['a log behind it', '[    0.000000] Linux version 5.15.167.4-microsoft-standard-WSL2 (root@x) #1 SMP\n'],
])('the number of WSL’s package is not the kernel’s, which %s names', async (_, text) => {
  const { value, others, diagnostics } = await readAny(
    `WSL version: 2.3.26.0\nKernel version: 5.15.167.4-1\nWSLg version: 1.0.65\n\n${text}`,
  );
  expect([value.kernel?.release, others, diagnostics]).toEqual(['5.15.167.4-microsoft-standard-WSL2', undefined, []]);
});

it('a 32-bit kernel’s log names the core of the CPU that boots', async () => {
  const { value } = await readAny(
    '[    0.000000] Linux version 5.10.103-v7l+ (a@b) #1 SMP\n[    0.000000] CPU: ARMv7 Processor [410fd083] revision 3 (ARMv7), cr=30c5383d\n',
  );
  expect(capturedMidrs(value)).toEqual([0x410f_d083n]);
  expect((await machineOfCapture(value))?.diagnostics).toMatchObject([{ code: 'arm32-kernel' }]);
});

describe('what another machine’s kernel prints tells nothing of an Arm machine', () => {
  const CPU = 'processor\t: 0\nFeatures\t: fp asimd cpuid\nCPU implementer\t: 0x41\nCPU part\t: 0xd03\n';

  it('uname of the host of a cross compiler', async () => {
    const { value, diagnostics } = await readAny(
      `$ uname -a\nLinux pc 6.5.0-14-generic #14 SMP x x86_64 x86_64 x86_64 GNU/Linux\n$ cat /proc/cpuinfo\n${CPU}`,
    );
    expect([value.kernel, value.cpuinfo?.length]).toEqual([undefined, 1]);
    expect(diagnostics).toMatchObject([{ code: 'another-machine' }]);
  });

  it('lscpu within an emulated container', async () => {
    const { value, diagnostics } = await readAny(
      'Architecture: aarch64\nCPU(s): 16\nVendor ID: AuthenticAMD\nModel name: AMD Ryzen 7 5800X\nFlags: fpu vme de pse tsc msr sse sse2\n',
    );
    expect([value.hwcaps, value.cpuCount]).toEqual([undefined, undefined]);
    expect(diagnostics).toMatchObject([{ code: 'not-arm' }]);
  });

  it.each([
    '[    0.000000] Linux version 6.2.0 (a@b) #1 SMP\n[    0.000000] BIOS-e820: [mem 0x0-0x9ffff] usable\n',
    '[    0.000000] Linux version 6.2.0-39-generic (a@b) (x86_64-linux-gnu-gcc-11 (Ubuntu) 11.4.0) #40\n[    0.100000] smp: Brought up 1 node, 4 CPUs\n',
  ])('a log', async (log) => {
    const { value, diagnostics } = await readAny(log);
    expect([value.kernel, value.cpuCount, value.online]).toEqual([undefined, undefined, undefined]);
    expect(diagnostics).toMatchObject([{ code: 'not-arm' }]);
  });
});

it('a listing that leaves CPUs out may leave out the last ones, too; those that it shows run', async () => {
  const of = (cpu: number): string => `processor\t: ${cpu}\nFeatures\t: fp asimd cpuid\nCPU implementer\t: 0x41\nCPU part\t: 0xd03\n\n`;
  const { value } = await readAny(of(0) + of(4));
  expect(value.uncounted).toBe(true);
  const machine = (await machineOfCapture(value))!.value.machine;
  expect(boot(machine, { release: '6.1.20' }).online).toEqual([0, 4]);
  expect((await readAny(of(0) + of(1))).value.uncounted).toBeUndefined();
});

it('digits that were misread in a picture are those that they look like', async () => {
  const { value, diagnostics } = await readAny(
    'processor : O\nBogoMIPS : 5O.OO\nFeatures : fp asimd cpuid\nCPU implementer : Ox4l\nCPU architecture: 8\nCPU variant : Ox3\nCPU part : OxdOc\nCPU revision : I\n',
  );
  expect([capturedMidrs(value), value.cpuinfo?.[0]?.bogoMips, diagnostics]).toEqual([[0x413f_d0c1n], '50.00', []]);
});

it('the first domain’s log stands below Xen’s', async () => {
  const { value } = await readAny(
    '(XEN) Xen version 4.17.0 (a@b)\n(XEN) Processor: 00000000410fd083: "ARM Limited"\n(XEN) Brought up 4 CPUs\n[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd083]\n[    0.000000] Linux version 6.1.20 (a@b) #1 SMP\n[    0.000000] Xen 4.17 support found\n',
  );
  expect([value.title, value.kernel?.release, capturedMidrs(value)]).toEqual(['Xen 4.17.0', '6.1.20', [0x410f_d083n]]);
});

it('lscpu -e behind a prompt is a table', async () => {
  const { value } = await readAny(
    '$ lscpu -e\nCPU SOCKET CORE ONLINE    MAXMHZ\n  0      0    0    yes 1800.0000\n  1      0    1     no 1800.0000\n',
  );
  expect([value.cpuCount, value.online]).toEqual([2, [0]]);
});

it('inxi counts the CPUs of each kind of core', async () => {
  const { value } = await readAny(
    'CPU:\n  Info: model: N/A variant-1: cortex-a55 variant-2: cortex-a76 bits: 64\n  Topology: variant: cpus: 1x cores: 4 smt: N/A variant: cpus: 2x cores: 2\n',
  );
  expect([value.cpuCount, value.cores]).toEqual([
    8,
    [
      { implementer: 0x41, part: 0xd05 },
      { implementer: 0x41, part: 0xd0b },
    ],
  ]);
});

it('ESXi is no guest of itself', async () => {
  expect((await readAny('esxcli system version get\n   Product: VMware ESXi\n   Version: 7.0.0\n')).value.dmi).toBeUndefined();
});

it('registers that a module prints stand in the kernel’s log', async () => {
  const { value } = await readAny(
    '[  123.456789] regs: loading out-of-tree module taints kernel.\n[  123.456790] MIDR_EL1 = 0x00000000414fd0b1\n[  123.456791] regs: CPU1: ID_AA64ISAR0_EL1: 0x0000100010211120\n',
  );
  expect(value.machine?.cpus.map(({ registers }) => registers)).toEqual([
    { MIDR_EL1: 0x414f_d0b1n },
    { ID_AA64ISAR0_EL1: 0x1000_1021_1120n },
  ]);
});

describe('rows that were filled into a paragraph as prose is', () => {
  it('/proc/cpuinfo, quoted', async () => {
    const cpu = (number: number): string =>
      `> processor : ${number} BogoMIPS : 243.75 Features : fp asimd evtstrm\n> crc32 cpuid CPU implementer : 0x41 CPU\n> architecture: 8 CPU variant : 0x3 CPU part :\n> 0xd0c CPU revision : 1\n`;
    const { value, diagnostics } = await readAny(`It says:\n\n${cpu(0)}> \n${cpu(1)}So it is.\n`);
    expect(value.cpuinfo?.map(({ features }) => features.join(' '))).toEqual([
      'fp asimd evtstrm crc32 cpuid',
      'fp asimd evtstrm crc32 cpuid',
    ]);
    expect(capturedMidrs(value)).toEqual([0x413f_d0c1n]);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('lscpu, whose flags end before its caches', async () => {
    const { value } = await readAny(
      'Architecture: aarch64 CPU op-mode(s): 64-bit Byte Order: Little Endian CPU(s): 4 On-line CPU(s)\nlist: 0-3 Vendor ID: ARM Model name: Cortex-A72 Stepping: r0p3 Flags: fp asimd\nevtstrm crc32 cpuid Caches (sum of all): L1d: 128 KiB (4 instances) Vulnerabilities: Meltdown: Not affected\n',
    );
    expect([capturedLine(value)?.names, value.online]).toEqual([
      ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'],
      [0, 1, 2, 3],
    ]);
  });
});

it('files of SMBIOS that cat prints name the machine', async () => {
  const { value } = await readAny(
    '$ cat /sys/class/dmi/id/sys_vendor\nParallels International GmbH.\n$ cat /sys/devices/virtual/dmi/id/product_name\nParallels ARM Virtual Machine\n',
  );
  expect(value.dmi?.rows.map((row) => [row.name, row.value])).toEqual([
    ['Manufacturer', 'Parallels International GmbH.'],
    ['Product Name', 'Parallels ARM Virtual Machine'],
  ]);
});

it('a bare word of hexadecimal digits is of no register that nobody named', async () => {
  const { value } = await readAny('Features\t: fp asimd cpuid\n0x12345678\nCPU implementer\t: 0x41\nCPU part\t: 0xd08\n');
  expect([value.machine, value.cpuinfo?.length]).toEqual([undefined, 1]);
});

it('a person counts the cores in brackets', async () => {
  const { value } = await readAny('* OS: Ubuntu 22.04\n* CPU: Cortex-A55 (4 cores)\n');
  expect([value.cpuCount, value.cpuinfo?.[0]?.part]).toEqual([4, 0xd05]);
});

it('what sysctl -n prints is of the name that it was asked for', async () => {
  const { value, diagnostics } = await readAny(
    '~ % sysctl hw.optional.arm\nhw.optional.arm.FEAT_LSE: 1\n~ % sysctl -n machdep.cpu.brand_string\nApple M1\n',
  );
  expect([value.name, value.archFeatures?.present, diagnostics]).toEqual(['Apple M1', ['FEAT_LSE'], []]);
});

it('py-cpuinfo counts the CPUs', async () => {
  const { value } = await readAny('Vendor ID Raw: ARM\nBrand Raw: Cortex-A76\nArch: ARM_8\nBits: 64\nCount: 4\nFlags: asimd, cpuid, fp\n');
  expect([value.cpuCount, value.cpuinfo?.[0]?.part, capturedLine(value)?.names]).toEqual([4, 0xd0b, ['asimd', 'cpuid', 'fp']]);
});

it('names in backticks go on on the next line', async () => {
  const { value } = await readAny('- Flags seen there: `aes sha1 sha2 crc32\n  atomics fphp asimdhp ...`\n  (there is no `sve`)\n');
  expect(value.hwcaps).toEqual({ names: ['aes', 'sha1', 'sha2', 'crc32', 'atomics', 'fphp', 'asimdhp'], isPart: true });
});
