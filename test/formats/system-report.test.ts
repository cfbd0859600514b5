import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { machineOfCapture } from '../../src/answers/machine-of-capture.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { boot } from '../../src/linux/boot.ts';

async function sample(file: string) {
  return readAny(readFileSync(new URL(`samples/${file}`, import.meta.url)));
}

describe('tools that describe a system', () => {
  it('inxi sorts the names, and names the core without its revision', async () => {
    const { value, recognition } = await sample('system-report.txt');
    expect(recognition?.reader.name).toBe('system-report');
    expect(value).toMatchObject({ kernel: { release: '6.1.20-example' }, cpuinfo: [{ implementer: 0x41, part: 0xd08 }] });
    expect(value.hwcaps?.names).toEqual(['asimd', 'cpuid', 'crc32', 'evtstrm', 'fp']);
  });

  it('neofetch and fastfetch have a logo before their rows', async () => {
    const text = [
      '   /\\    me@board',
      '  /  \\   Host: QEMU Virtual Machine example-1',
      ' /____\\  Kernel: 6.8.0-example',
      '         Uptime: 1 min',
      '         CPU: ARM Cortex-A55 + Cortex-A76 (6) @ 2.40 GHz',
    ].join('\n');
    const { value } = await readAny(text);
    // Which CPUs are which is not told.
    expect([value.cpuinfo, value.cores?.map(({ part }) => part)]).toEqual([undefined, [0xd05, 0xd0b]]);
    expect(value.cpuCount).toBe(6);
    expect(value.dmi?.rows[0]).toMatchObject({ name: 'Product Name', value: 'QEMU Virtual Machine example-1' });
  });

  it.each([
    ['CPU: Cortex-A55*4 + Cortex-A76*4 (8) @ 2.26 GHz', { cpuCount: 8, cores: [{ part: 0xd05 }, { part: 0xd0b }] }],
    ['CPU: Apple M2 (8) @ 3.50 GHz', { cpuCount: 8, cores: [{ part: 0x32 }, { part: 0x33 }] }],
    ['4x Cortex-A55\n2x Cortex-A76\n2x Cortex-X1', { cores: [{ part: 0xd05 }, { part: 0xd0b }, { part: 0xd44 }] }],
    ['Processor  : Neoverse-N1\nCPU cores  : 4 @ ??? MHz', { uncounted: true, cpuinfo: [{ part: 0xd0c }] }],
    [' CPU Model          : Neoverse-N1', { uncounted: true, cpuinfo: [{ part: 0xd0c }] }],
    [' * CPU          Cortex-A72 (1) 64-bit AES', { uncounted: true, cpuinfo: [{ part: 0xd08 }] }],
    ['Processor: ARMv8 Cortex-A76 @ 2.40GHz (4 Cores), Memory: 8GB', { cpuCount: 4, cpuinfo: [{ part: 0xd0b }] }],
    ['Apple M2 Pro, 1 CPU, 12 logical and 12 physical cores', { cpuCount: 12, cores: [{ implementer: 0x61 }, { implementer: 0x61 }] }],
    ['|CPUs|Apple M1 (8 x 24)|\n|Memory|16GB|', { cpuCount: 8, cores: [{ part: 0x22 }, { part: 0x23 }] }],
    ['CPU: octa-core 64-bit arm_firestorm_icestorm', { cpuCount: 8, implementer: 0x61 }],
    ['CPU(s) 4 x Neoverse-N1 (1 Socket)', { cpuCount: 4, cpuinfo: [{ part: 0xd0c }] }],
    ['  #####   CPU: (4) @ 2.400GHz', { cpuCount: 4 }],
    ['Architecture: 4x ARM Cortex-A55 @ 1.80 GHz\n4x ARM Cortex-A77 @ 2.42 GHz', { cores: [{ part: 0xd05 }, { part: 0xd0d }] }],
    [
      'Description: 2x ARM Processor [imp:0x61 part:0x024 r2p0 arch:8] + 8x ARM Processor [imp:0x61 part:0x025 r2p0 arch:8]',
      { cpuCount: 10, cores: [{ implementer: 0x61, part: 0x24 }, { part: 0x25 }] },
    ],
    [
      'Machine P#0 CPUPart=0xd0c CPUImplementer=0x41 CPUVariant=0x3 CPURevision=1 OSName=Linux OSRelease=6.6.9-example',
      { uncounted: true, cpuinfo: [{ implementer: 0x41, part: 0xd0c, variant: 3, revision: 1 }], kernel: { release: '6.6.9-example' } },
    ],
    [
      'release                : 6.1.0-18-arm64\nmachine                : aarch64\nxen_major              : 4',
      { kernel: { release: '6.1.0-18-arm64' } },
    ],
    ['\t0: 1 processor (0), Apple Firestorm', { implementer: 0x61 }],
    ['  Model                         Amazon EC2 c7g.large', { dmi: { rows: [{ name: 'Product Name', value: 'Amazon EC2 c7g.large' }] } }],
    ['VM Type    : KVM\nProcessor  : Neoverse-N1', { detectVirt: { text: 'kvm' }, cpuinfo: [{ part: 0xd0c }] }],
    [
      'U-Boot 2022.07 (Aug 01 2022)\n\nCPU0(A72):1800 MHz  CPU1(A72):1800 MHz\nDRAM:  4 GiB',
      { cores: [{ implementer: 0x41, part: 0xd08 }] },
    ],
    [
      ' Kernel Version: 6.6.9-example\n OSType: linux\n Architecture: aarch64\n CPUs: 4',
      { cpuCount: 4, kernel: { release: '6.6.9-example' } },
    ],
    [
      'Processor Information:\n    CPU Vendor:  0x61\n    CPU Brand:  Apple Silicon\n    8 logical processors\n    8 physical processors',
      { cpuCount: 8, implementer: 0x61 },
    ],
    [
      'CPU 0: Cortex-A76 (48.0 bogomips)\n4 CPUs in system; running 4 parallel copies of tests',
      { cpuCount: 4, cpuinfo: [{ part: 0xd0b }] },
    ],
    ['CPU (aarch64):\n  Vendor: ARM\n  Name: Neoverse-N1', { uncounted: true, cpuinfo: [{ part: 0xd0c }] }],
    // The first of several kinds is no count of all.
    ['CPU:\n  Info: 2x 2-core + 4-core model: N/A variant: cortex-a76', { uncounted: true, cpuinfo: [{ part: 0xd0b }] }],
    ['cpu0: cpu@0 {\n  compatible = "arm,cortex-a55";\n};\ncpu4: cpu@400 {\n  compatible = "arm,cortex-a76";\n};', { cores: [{}, {}] }],
  ])('the row of the CPU: %j', async (row, value) => {
    expect((await readAny(`${row}\n`)).value).toMatchObject(value);
  });

  it.each([
    'OS: OpenBSD 7.5 arm64\nKernel: 7.5\nCPU: ARM Cortex-A72 (4) @ 1.5GHz\n',
    'OS: FreeBSD 14.0-RELEASE aarch64\nKernel: 14.0-RELEASE\nCPU: ARM Neoverse-N1 (4)\n',
    "     'c.   OS: macOS 14.5 23F79 arm64\n  ,xNMM.  Kernel: 23.5.0\n .OMMMMo  CPU: Apple M2 (8)\n",
  ])('a kernel that is not Linux is none: %j', async (text) => {
    const { value } = await readAny(text);
    expect([value.kernel, value.cpuCount !== undefined]).toEqual([undefined, true]);
  });

  it('screenfetch counts CPUs before their speed, and names the architecture before the kernel', async () => {
    const text =
      '   .+o+-     OS: Example 24.04\n  yyyyyo     Kernel: aarch64 Linux 6.8.0-39-example\n  //+/sss    Uptime: 23m\n /sssooo.    CPU: Ampere Ampere-1a @ 192x 3.2GHz\n';
    const { value } = await readAny(text);
    expect([value.kernel?.release, value.cpuCount]).toEqual(['6.8.0-39-example', 192]);
  });

  it('Geekbench gives MIDR_EL1 in decimal, and what the core has by its own names', async () => {
    const text =
      '  Name                          ARM ARMv8\n  Identifier                    ARM implementer 65 architecture 8 variant 3 part 3340 revision 1\n  Instruction Sets              neon aes neon-dotprod\n';
    const { value } = await readAny(text);
    expect(value.cpuinfo).toMatchObject([{ implementer: 0x41, variant: 3, part: 0xd0c, revision: 1 }]);
    expect(value.archFeatures?.present).toEqual(['FEAT_AdvSIMD', 'FEAT_AES', 'FEAT_DotProd']);
  });

  it('Geekbench does not tell which CPUs of several kinds have the MIDR_EL1 that it shows', async () => {
    const text =
      '  Topology                      1 Processor, 9 Cores\n  Identifier                    ARM implementer 65 architecture 8 variant 1 part 3406 revision 1\n  Cluster 1                     4 Cores @ 1.70 GHz\n  Cluster 2                     5 Cores @ 2.37 GHz\n';
    const { value } = await readAny(text);
    expect([value.cpuinfo, value.cores, value.cpuCount]).toEqual([
      undefined,
      [{ implementer: 0x41, variant: 1, part: 0xd4e, revision: 1 }],
      9,
    ]);
  });

  it('fastfetch has the same in JSON', async () => {
    const module = (type: string, result: object): object => ({ type, result });
    const text = JSON.stringify([
      module('Host', { name: 'KVM Virtual Machine', family: '' }),
      module('Kernel', { name: 'Linux', release: '6.6.31-example' }),
      module('CPU', { cpu: 'Cortex-A76', vendor: 'ARM', cores: { physical: 4, logical: 4, online: 4 } }),
    ]);
    expect((await readAny(text)).value).toMatchObject({
      kernel: { release: '6.6.31-example' },
      cpuCount: 4,
      cpuinfo: [{ part: 0xd0b }],
      dmi: { rows: [{ value: 'KVM Virtual Machine' }] },
    });
  });

  it("a JVM's summary counts the cores", async () => {
    const host = 'Host: AArch64, 16 cores, 30G, Example Linux 2023\n';
    expect((await readAny(host)).value.cpuCount).toBe(16);
    const cpu = 'CPU: total 8 (initial active 8) 0x41:0x3:0xd0c:1, fp, simd\n';
    expect((await readAny(`# A fatal error has been detected by the Java Runtime Environment:\n${host}${cpu}`)).value.cpuCount).toBe(8);
  });

  it('sbc-bench has a row for each CPU', async () => {
    const text =
      ' CPU    cluster  policy   speed  speed   core type\n  0        0        0      408    1800   Cortex-A55 / r2p0\n  1        1        1      408    2400   Cortex-A76 / r4p0\n';
    const { value } = await readAny(text);
    expect(value.cpuinfo).toMatchObject([
      { processor: 0, part: 0xd05, variant: 2, revision: 0 },
      { processor: 1, part: 0xd0b, variant: 4, revision: 0 },
    ]);
  });

  it('sbc-bench has no speeds of a guest', async () => {
    const { value } = await readAny('  0        0        0       -      -     Neoverse-N1 / r3p1\n');
    expect(value.cpuinfo).toMatchObject([{ processor: 0, part: 0xd0c, variant: 3, revision: 1 }]);
  });

  it.each([
    ['Product: Apple Virtualization Generic Platform', 'Product Name', 'Apple Virtualization Generic Platform'],
    ['| Model | `Parallels ARM Virtual Machine` |', 'Product Name', 'Parallels ARM Virtual Machine'],
    ['System Model\tVMware20,1\t', 'Product Name', 'VMware20,1'],
    ['System Manufacturer:       Microsoft Corporation', 'Manufacturer', 'Microsoft Corporation'],
  ])('a row names what SMBIOS has: %j', async (row, name, value) => {
    expect((await readAny(`${row}\n`)).value.dmi?.rows).toMatchObject([{ structure: 'System Information', name, value }]);
  });

  it.each(['hw.model: VirtualMac2,1\nhw.optional.arm.FEAT_LSE: 1\n', 'kern.hv_vmm_present: 1\nhw.ncpu: 4\nhw.optional.arm.FEAT_LSE: 1\n'])(
    "a Mac that is a guest is one of Apple's framework, and has no SMBIOS: %j",
    async (text) => {
      const { value } = await readAny(text);
      expect([value.detectVirt?.text, value.dmi]).toEqual(['apple', undefined]);
    },
  );

  it('a Mac with an Intel CPU that is a guest is not said to be one of Apple’s framework', async () => {
    const text = 'machdep.cpu.brand_string: Intel(R) Core(TM) i7\nhw.optional.sse4_2: 1\nkern.hv_vmm_present: 1\n';
    expect((await readAny(text)).value.detectVirt).toBeUndefined();
  });

  it('a Mac that is a guest names the chip below', async () => {
    const { value } = await readAny('machdep.cpu.brand_string: Apple M2 (Virtual)\nhw.optional.arm.FEAT_LSE: 1\n');
    expect(value.cores).toContainEqual({ implementer: 0x61, part: 0x32 });
  });

  it('UnixBench has a row for each CPU, and its names below', async () => {
    const row = (cpu: number): string =>
      `   CPU ${cpu}: ARM Neoverse-N2 (250.0 bogomips)\n          CPU Features: fp asimd evtstrm${' '.repeat(8)}crc32 cpuid\n`;
    const { value, others } = await readAny(`Machine: aarch64 (aarch64)\n${row(0)}${row(1)}`);
    expect(value.cpuinfo).toMatchObject([
      { processor: 0, part: 0xd49 },
      { processor: 1, part: 0xd49 },
    ]);
    expect([value.hwcaps?.names, others]).toEqual([['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'], undefined]);
  });

  it.each([
    ['CPU:       Topology: 6-Core (2-Die) model: N/A variant-1: cortex-a72 variant-2: cortex-a53 bits: 64 arch: ARMv8', 6],
    ['CPU:       Info: quad core model: N/A variant: cortex-a76 bits: 64 type: MCP', 4],
    ['  Info: 2x 4-core model: N/A variant-1: cortex-a55 variant-2: cortex-a76 bits: 64', 8],
  ])('inxi counts CPUs in words and figures: %s', async (text, count) => {
    expect((await readAny(`System: Kernel: 6.1.20-example aarch64 bits: 64\n${text}\n`)).value.cpuCount).toBe(count);
  });

  it("illumos gives the CPUs of a kind, and their MIDR_EL1; Android's settings have it by its short name", async () => {
    const text = 'The physical processor has 2 virtual processors (2-3)\n  AArch64 (midr 610f0000 revidr 00000000)\n';
    expect((await readAny(text)).value.cpuinfo).toMatchObject([
      { processor: 2, implementer: 0x61, part: 0 },
      { processor: 3, implementer: 0x61, part: 0 },
    ]);
    const settings = 'It has these:\n\n - core: "Example"\n - MIDR: 0x512F0021\n';
    expect((await readAny(settings)).value.machine?.cpus[0]?.registers.MIDR_EL1).toBe(0x512f_0021n);
  });

  it.each([
    ['libLLVM-11.0.1 (ORCJIT, cyclone)', [undefined, 0x61]],
    ['libLLVM-15.0.7 (ORCJIT, apple-m1)', [undefined, 0x61]],
    ['libLLVM-15.0.7 (ORCJIT, cortex-a57)', [0xd07, undefined]],
  ])('Julia names the core as LLVM does, but for a Mac: %s', async (llvm, told) => {
    const { value } = await readAny(`Platform Info:\n  CPU: Example\n  LLVM: ${llvm}\n`);
    expect([value.cpuinfo?.[0]?.part, value.implementer]).toEqual(told);
  });

  it('AIDA64 for Android counts each kind of core, and says what is supported', async () => {
    const text =
      'Core Architecture: 4x ARM Cortex-A55 @ 2210 MHz, 3x ARM Cortex-A78 @ 2808 MHz\nCRC32: Supported\nPMULL: Not Supported\nKernel Version: 5.4.242-example\n';
    const { value } = await readAny(text);
    expect(value).toMatchObject({ cpuCount: 7, cores: [{ part: 0xd05 }, { part: 0xd41 }], kernel: { release: '5.4.242-example' } });
    expect(value.archFeatures).toEqual({ present: ['FEAT_CRC32'], absent: ['FEAT_PMULL'] });
  });

  it('llama.cpp says what it was built for, and runs', async () => {
    const { value } = await readAny('system_info: n_threads = 4 / 4 | CPU : NEON = 1 | ARM_FMA = 1 | DOTPROD = 1 | SVE = 0 |\n');
    expect(value.archFeatures).toEqual({ present: ['FEAT_AdvSIMD', 'FEAT_DotProd'], absent: [] });
    expect(value.cpuCount).toBe(4);
  });

  it('what one line has and another has not is not known, and that is said', async () => {
    const { value, diagnostics } = await readAny(
      'found = ASIMDFHM\nnot found = ASIMDHP,ASIMDDP\n\nwith the next version\n\nnot found = ASIMDHP,ASIMDDP,ASIMDFHM\n',
    );
    expect(value.archFeatures?.present).toEqual([]);
    expect(value.archFeatures?.absent).not.toContain('FEAT_FHM');
    expect(diagnostics).toMatchObject([{ code: 'contradiction', message: expect.stringContaining('FEAT_FHM is not there') }]);
  });

  it('cpu_features gives fields of MIDR_EL1, and names with commas', async () => {
    const text =
      'arch            : aarch64\nimplementer     :  65 (0x41)\nvariant         :   3 (0x03)\npart            : 3340 (0xD0C)\nrevision        :   1 (0x01)\nflags           : asimd,crc32,fp\n';
    const { value } = await readAny(text);
    expect(value).toMatchObject({
      cpuinfo: [{ implementer: 0x41, variant: 3, part: 0xd0c, revision: 1 }],
      hwcaps: { names: ['asimd', 'crc32', 'fp'] },
    });
  });

  it('on macOS cpu_features has the type of Mach-O files for an implementer, and names that it chose to ask for', async () => {
    const text = 'arch            : aarch64\nimplementer     : 16777228 (0x100000C)\nflags           : atomics,crc32\n';
    const { value } = await readAny(text);
    expect([value.implementer, value.hwcaps, value.cpuinfo]).toEqual([0x61, undefined, undefined]);
    expect(value.archFeatures?.present).toEqual(['FEAT_LSE', 'FEAT_CRC32']);
  });
});

describe("libvirt's XML", () => {
  it('capabilities tell of the host', async () => {
    const { value, recognition } = await sample('libvirt.xml');
    expect(recognition?.reader.name).toBe('libvirt');
    expect(value.cpuinfo).toMatchObject([{ implementer: 0x41, part: 0xd0c, features: ['fp', 'asimd', 'crc32', 'atomics', 'cpuid'] }]);
  });

  it.each([
    ['that ends', "<feature name='crc32'/>\n</cpu>\n", undefined],
    ['that head cut', "<feature name='crc32'/>\n", true],
  ])('a list of names %s', async (_, end, isPart) => {
    const text = `<capabilities>\n<host>\n<cpu>\n<arch>aarch64</arch>\n<model>Neoverse-N1</model>\n<feature name='fp'/>\n<feature name='asimd'/>\n${end}`;
    expect((await readAny(text)).value.hwcaps?.isPart).toBe(isPart);
  });

  it("a domain with a model of its own is QEMU's model; one that passes the host through tells nothing", async () => {
    const { qemuModel, cpuCount } = (await sample('libvirt-domain.xml')).value;
    expect([qemuModel, cpuCount]).toEqual(['cortex-a72', 2]);
    const through =
      "<domain type='kvm'>\n<vcpu current='2'>8</vcpu>\n<os><type arch='aarch64'>hvm</type></os>\n<cpu mode='host-passthrough'/>\n</domain>\n";
    const { value, diagnostics } = await readAny(through);
    expect([value.qemuModel, value.cpuCount]).toEqual([undefined, 2]);
    expect(diagnostics).toMatchObject([{ code: 'no-cpu', message: expect.stringContaining('host-passthrough') }]);
  });

  it.each([
    ['kvm', 'qemu'],
    ['qemu', 'qemu'],
    ['hvf', 'qemu'],
    ['xen', 'xen'],
    ['bhyve', 'bhyve'],
    ['lxc', 'lxc'],
  ])('a domain of the type %s is to run on %s', async (type, on) => {
    const { value } = await readAny(`<domain type='${type}' id='4'>\n<os><type arch='aarch64' machine='virt'>hvm</type></os>\n</domain>\n`);
    expect(value.detectVirt?.text).toBe(on);
  });

  it('what a host can run is no guest', async () => {
    const { value } = await readAny(
      "<capabilities>\n<host><cpu><arch>aarch64</arch><model>Neoverse-N1</model></cpu></host>\n<guest><arch name='aarch64'>\n<domain type='kvm'>\n</domain></arch></guest>\n</capabilities>\n",
    );
    expect([value.detectVirt, value.cpuinfo?.[0]?.part]).toEqual([undefined, 0xd0c]);
  });

  it('domain capabilities list models, which are not the host', async () => {
    const { value, diagnostics } = await readAny(
      "<domainCapabilities>\n<arch>aarch64</arch>\n<mode name='custom'><model usable='yes'>cortex-a57</model></mode>\n</domainCapabilities>\n",
    );
    expect(value.cpuinfo ?? value.qemuModel).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'no-cpu' }]);
  });
});

describe("a BSD's sysctl", () => {
  it('is not taken for that of macOS, and its registers are those that programs may know', async () => {
    const { value, recognition } = await sample('bsd-sysctl.txt');
    expect(recognition?.reader.name).toBe('bsd-sysctl');
    expect(value).toMatchObject({ midrs: [0x410fd083n], cpuCount: 4, registersAs: 'el0' });
    expect(value.machine?.cpus[0]?.registers).toMatchObject({ ID_AA64ISAR0_EL1: 0x10000n, ID_AA64PFR0_EL1: 0x22n });
  });

  it.each([
    'hw.machine: arm64\nhw.model: ARM Cortex-A53 r0p4\nhw.ncpu: 4\n',
    'root@board:~ # sysctl hw\nhw.machine: arm64\nhw.model: ARM Cortex-A53 r0p4\n',
    'kern.osrelease = 10.0\nhw.machine = evbarm\nhw.machine_arch = aarch64\nhw.model = Example Board\nmachdep.cpu0.cpu_id = Cortex-A53 r0p4 (v8-A)\n',
  ])('FreeBSD and NetBSD name the core: %j', async (text) => {
    expect((await readAny(text)).value.midrs).toEqual([0x410fd034n]);
  });
});

it('lshw lists the hwcaps of each CPU among its capabilities', async () => {
  const node = (i: number) => `  *-cpu:${i}\n       description: CPU\n       capabilities: fp asimd evtstrm crc32 cpuid cpufreq\n`;
  const { value } = await readAny(`${node(0)}${node(1)}`);
  expect(value).toMatchObject({ cpuCount: 2, hwcaps: { names: ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'] } });
});

async function booted(text: string) {
  const { value } = (await machineOfCapture((await readAny(text)).value))!;
  return boot(value.machine, { release: '7.3.4', ...value.kernel }, value.environment);
}

describe('names of a text are its names', () => {
  it('whatever order a tool gave them', async () => {
    const { hwcaps } = await booted('Features: cpuid asimd crc32 evtstrm fp\n');
    expect([...hwcaps.names].sort()).toEqual(['asimd', 'cpuid', 'crc32', 'evtstrm', 'fp']);
  });

  it("where a vendor's kernel prints more than mainline's of the release that the text names", async () => {
    const text = `Linux board 4.9.1-perf+ #1 SMP aarch64\n\nprocessor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid asimdrdm lrcpc dcpop asimddp\n`;
    const { hwcaps } = await booted(text);
    expect([...hwcaps.names]).toEqual(['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid', 'asimdrdm', 'lrcpc', 'dcpop', 'asimddp']);
  });
});

it('an excerpt of /proc/cpuinfo does not say that the other CPUs are off', async () => {
  const { online, unknown, panic } = await booted(
    '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd083]\n[    0.000000] Linux version 6.1.20\n[    0.010000] CPU2: Booted secondary processor 0x0000000002 [0x410fd083]\n\nprocessor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n',
  );
  expect([...online, ...(unknown?.online ?? [])]).toEqual(expect.arrayContaining([0, 1, 2]));
  expect(panic).toBeNull();
  expect(unknown?.panic).toBeUndefined();
});

describe('what stands around a listing', () => {
  it('a chat has fences in its lines', async () => {
    const { value, diagnostics } = await readAny(
      '[21:15] me: ```processor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\nCPU part\t: 0xd03\nCPU revision\t: 4```\n',
    );
    expect(value.cpuinfo).toMatchObject([{ processor: 0, part: 0xd03, revision: 4 }]);
    expect(diagnostics).toEqual([]);
  });

  it('the kernel is named below an lscpu in Chinese', async () => {
    const text =
      '\u67b6\u6784\uff1a aarch64\nCPU\uff1a 4\n\u5728\u7ebf CPU \u5217\u8868\uff1a 0-3\n\u5382\u5546 ID\uff1a Phytium\n\u578b\u53f7\u540d\u79f0\uff1a FTC662\n\u6807\u8bb0\uff1a fp asimd evtstrm crc32 cpuid\n\n\u5185\u6838\u662f 4.19.90-24.example.aarch64\u3002\n';
    const { value } = await readAny(text);
    expect(value).toMatchObject({ cpuCount: 4, kernel: { release: expect.stringMatching(/^4\.19\.90/) } });
    expect(value.hwcaps?.names).toContain('crc32');
  });

  it('words before an lscpu are no rows of it', async () => {
    const { diagnostics } = await readAny('lscpu\nArchitecture: aarch64\nCPU(s): 4\nVendor ID: ARM\nFlags: fp asimd evtstrm crc32 cpuid\n');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it("a tool's row of cores is no architecture that is not Arm", async () => {
    const { diagnostics } = await readAny('Cores: 8\nArchitecture: 4x ARM Cortex-A510 @ 2.02 GHz\nModel name: x\nCPU(s): 8\n', {
      from: 'lscpu',
    });
    expect(diagnostics.filter(({ code }) => code === 'not-arm')).toEqual([]);
  });
});
