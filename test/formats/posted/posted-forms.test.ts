import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/answers/capture.ts';
import { capturedMidrs } from '../../../src/answers/check-capture.ts';
import { machineOfCapture } from '../../../src/answers/machine-of-capture.ts';
import { readAny } from '../../../src/formats/read-any.ts';

const read = async (text: string): Promise<Capture> => (await readAny(text)).value;

const LSCPU =
  'Architecture: aarch64 CPU op-mode(s): 32-bit, 64-bit Byte Order: Little Endian CPU(s): 4 On-line CPU(s) list: 0-3 Vendor ID: ARM ' +
  'Model name: Cortex-A72 Model: 3 Stepping: r0p3 BogoMIPS: 108.00 Flags: fp asimd evtstrm crc32 cpuid';

describe('what people post, however they put it', () => {
  it('lscpu of which the line ends were lost is lscpu', async () => {
    expect(await read(LSCPU)).toMatchObject({
      cpuCount: 4,
      midrs: [0x410fd083n],
      hwcaps: { names: ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'] },
    });
  });

  it('lscpu in French counts its CPUs by the list that follows', async () => {
    const text =
      'Architecture :  aarch64\nProcesseur(s) :  8\nListe de processeur(s) en ligne :  0-7\nIdentifiant constructeur :  ARM\n' +
      'Nom de modèle :  Cortex-A55\nModèle :  0\nRévision :  r2p0\nDrapaux :  fp asimd evtstrm crc32 cpuid\n';
    const { value, diagnostics } = await readAny(text);
    expect(value).toMatchObject({ cpuCount: 8, midrs: [0x412fd050n] });
    expect(diagnostics).toEqual([]);
  });

  it.each([
    [
      '/proc/cpuinfo',
      'I see: processor : 0 Features : fp asimd cpuid CPU implementer : 0x41 CPU variant : 0x0 CPU part : 0xd08 CPU revision : 3',
      0x410f_d083n,
    ],
    [
      "OpenBSD's boot",
      'OpenBSD 7.5 (GENERIC) psci0 at mainbus0: PSCI 1.1 cpu0 at mainbus0 mpidr 0: ARM Cortex-A72 r0p3 cpu0: 48KB 64b/line',
      0x410f_d083n,
    ],
  ])('%s of which the line ends were lost names its core', async (_, text, midr) => {
    expect(capturedMidrs(await read(text))).toEqual([midr]);
  });

  it('a row of hwcaps is the Features row, however someone typed its name', async () => {
    const cpu = (number: number): string =>
      `Processor : ${number}\nFeatuers : fp asimd evtstrm crc32 cpuid\nCPU implementer : 0x41\nCPU part : 0xd08\n`;
    const { cpuinfo } = await read(`${cpu(0)}\n${cpu(1)}`);
    expect(cpuinfo).toMatchObject([
      { processor: 0, features: ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'], part: 0xd08 },
      { processor: 1, features: ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'], part: 0xd08 },
    ]);
  });

  it('lscpu that someone shortened names its core without the revision', async () => {
    const { value, diagnostics } = await readAny(
      'Architecture: aarch64\n<...>\nVendor ID: ARM\n  Model name: Neoverse-N1\n[...]\nFlags: fp asimd evtstrm crc32 atomics cpuid\n',
    );
    expect(value.cpuinfo).toEqual([{ processor: 0, features: [], implementer: 0x41, part: 0xd0c }]);
    expect(diagnostics.map(({ severity, message }) => [severity, message])).toEqual([
      ['note', 'something is left out here'],
      ['note', 'something is left out here'],
    ]);
  });

  it('lscpu of several kinds of core tells which CPUs run, and not which is which', async () => {
    const kind = (name: string): string => `Model name: ${name}\nStepping: r1p0\nFlags: fp asimd evtstrm crc32 atomics cpuid\n`;
    const value = await read(
      `Architecture: aarch64\nCPU(s): 6\nOn-line CPU(s) list: 0-3,5\nVendor ID: ARM\n${kind('Cortex-A55')}${kind('Cortex-A76')}`,
    );
    const machine = (await machineOfCapture(value))?.value.machine;
    expect([machine?.cpus.length, machine?.seen?.[0]?.online]).toEqual([6, [0, 1, 2, 3, 5]]);
  });

  it('CPUs that a list leaves out are off, or left out by who posted it', async () => {
    const cpu = (number: number): string =>
      `processor : ${number}\nFeatures : fp asimd cpuid\nCPU implementer : 0x41\nCPU part : 0xd03\n\n`;
    const seen = async (text: string) => (await machineOfCapture(await read(text)))?.value.machine.seen?.[0];
    expect(await seen(cpu(0) + cpu(4))).toMatchObject({ online: [0, 4], mayBeMore: true });
    expect((await seen(cpu(0) + cpu(1)))?.mayBeMore).toBeUndefined();
  });

  it.each([
    ['registers', 'Here is what the shell prints:\n\nTool v1.2\nID_AA64PFR0_EL1 = 0x11112222\nMIDR_EL1 = 0x410fd083\n\nThanks a lot'],
    ["macOS' sysctl", 'From my other machine, I get this:\nhw.optional.arm.FEAT_LSE: 1\nhw.optional.arm.FEAT_BF16: 0\n'],
  ])('words around %s are no mistakes in it', async (_, text) => {
    const { diagnostics } = await readAny(text);
    expect(diagnostics.filter(({ severity }) => severity === 'error').length).toBeLessThan(2);
    expect(diagnostics.map(({ code }) => code)).toContain('outside');
  });

  it.each([
    ['ID_AA64PFR0_EL1 = 0x1zz', undefined],
    ['so ID_AA64PFR0_EL1=0x0000_0000_1111_2222 it is', 0x1111_2222n],
    ['so ID_AA64PFR0_EL1=0x11112222ULL it is', 0x1111_2222n],
  ])('a value is taken whole or not at all: %s', async (text, value) => {
    const { machine } = await read(`MIDR_EL1 = 0x410fd083\n${text}\n`);
    expect(machine?.cpus[0]?.registers.ID_AA64PFR0_EL1).toBe(value);
  });

  it.each([
    '/sys/class/dmi/id/product_name:QEMU Virtual Machine\n/sys/class/dmi/id/sys_vendor:QEMU\n',
    '- `/sys/class/dmi/id/product_name`: `QEMU Virtual Machine`\n- `/sys/class/dmi/id/sys_vendor`: `QEMU`\n',
  ])('files of SMBIOS that grep printed, or someone wrote so, name the machine: %j', async (text) => {
    expect((await read(text)).dmi?.rows.map(({ name, value }) => [name, value])).toEqual([
      ['Product Name', 'QEMU Virtual Machine'],
      ['Manufacturer', 'QEMU'],
    ]);
  });

  it('a sentence names the kernel where its architecture stands behind it', async () => {
    const text = 'I run Fedora CoreOS, kernel 6.18.10-200.fc43.aarch64, here.\n\nFeatures : fp asimd evtstrm crc32 cpuid\n';
    expect((await read(text)).kernel?.release).toBe('6.18.10-200.fc43.aarch64');
    expect((await read('It was mended in kernel 6.1.20-2.\n\nFeatures : fp asimd evtstrm crc32 cpuid\n')).kernel).toBeUndefined();
  });

  it('a kernel named twice is one kernel', async () => {
    const { value, others } = await readAny('Tried on Linux vm 5.15.0-91-generic aarch64 first\n\n$ uname -r\n5.15.0-91-generic\n');
    expect([value.kernel?.release, others]).toEqual(['5.15.0-91-generic', undefined]);
  });

  it('a form that someone filled in names the kernel', async () => {
    expect(
      (await read('Kernel version (if known): 4.9.148\n\nprocessor : 0\nFeatures : fp asimd\nCPU part : 0xd03\n')).kernel?.release,
    ).toBe('4.9.148');
  });

  it('a part of one maker alone names the core, others do not', async () => {
    const entry = async (part: string) => (await read(`Features : fp asimd crc32 atomics\nCPU part : ${part}\n`)).cpuinfo?.[0];
    expect((await entry('0xd0c'))?.implementer).toBe(0x41);
    expect((await entry('0xd40'))?.implementer).toBeUndefined();
  });

  it("Coreinfo gives the part as Windows' model, and who sells the chip", async () => {
    const text =
      'Coreinfo v3.6 - Dump information\n\nExample chip\nARMv8 (64-bit) Family 8 Model D0C Revision   301, Example Inc.\nFP * Supports floating point\n';
    expect((await read(text.replace('301', '1'))).cpuinfo).toMatchObject([{ implementer: 0x41, part: 0xd0c, revision: 1 }]);
  });

  it('what cpufetch says of a core that it does not know names it', async () => {
    const text = '[ERROR]: Unknown microarchitecture detected: IM=0x61 P=0x32 V=0x1 R=0x0\n[VERSION]: cpufetch v1.07 (Linux ARM build)\n';
    expect((await read(text)).cpuinfo).toMatchObject([{ implementer: 0x61, part: 0x32, variant: 1, revision: 0 }]);
  });

  it("names of 64-bit programs are that, whatever a vendor's kernel calls the model", async () => {
    const value = await read(
      'processor : 0\nmodel name : ARMv8 Processor rev 1 (v8l)\nFeatures : fp asimd evtstrm crc32\nCPU part : 0xd07\n',
    );
    expect([value.cpuinfo?.length, value.cpuinfo32]).toEqual([1, undefined]);
  });

  it.each(['Not tainted', 'Tainted: G           O     '])('an oops names the kernel: %s', async (tainted) => {
    const text = `[    0.010030] CPU: 0 PID: 10 Comm: init ${tainted} 5.15.0-91-generic #101\n[    0.020000] Hardware name: linux,dummy-virt (DT)\n`;
    expect((await read(text)).kernel?.release).toBe('5.15.0-91-generic');
  });

  it('a core that is named alone is a machine of which all else is open', async () => {
    const value = await read('Architecture: aarch64\nCPU(s): 2\nVendor ID: ARM\nModel name: Cortex-A72\nStepping: r0p3\n');
    const machine = (await machineOfCapture(value))?.value.machine;
    expect(machine?.cpus.map(({ partly }) => partly?.MIDR_EL1?.value)).toEqual([0x410f_d083n, 0x410f_d083n]);
  });

  it('Features lines of other machines are told of, each where it stands', async () => {
    const { value, diagnostics } = await readAny(
      '| A | fp asimd evtstrm crc32 |\n| B | fp asimd evtstrm aes crc32 |\n| C | fp asimd evtstrm crc32 |\n',
    );
    expect(value.hwcaps?.names).toEqual(['fp', 'asimd', 'evtstrm', 'crc32']);
    expect(diagnostics).toMatchObject([{ code: 'another-machine', severity: 'note', where: 'line 2' }]);
  });

  it.each(['{code:java}', '{noformat}'])("a tracker's %s fences a listing", async (fence) => {
    const { diagnostics } = await readAny(
      `${fence}\nArchitecture: aarch64\nCPU(s): 4\nVendor ID: ARM\nFlags: fp asimd crc32\n${fence.replace(/:.*/, '}')}\n`,
    );
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ['a member of JSON', '{"cpuinfo": "processor : 0\\nFeatures : fp asimd cpuid\\nCPU part : 0xd0c\\n", "kernel": "6.8.0-1015-example"}'],
    ['nix-info', '- system: `"aarch64-linux"`\n- host os: `Linux 6.8.0-1015-example, NixOS, 24.05`\n'],
    [
      'an oops that a mail program broke',
      '[    2.0] CPU: 1 PID: 6 Comm: init Not tainted\n6.8.0-1015-example #1\n[    2.1] Hardware name: linux,dummy-virt (DT)\n',
    ],
  ])('%s names the kernel', async (_, text) => {
    expect((await read(text)).kernel?.release).toBe('6.8.0-1015-example');
  });

  it('words around a listing are told of once', async () => {
    const listing = 'Architecture: aarch64\nByte Order: Little Endian\nCPU(s): 4\nVendor ID: ARM\nFlags: fp asimd crc32\n';
    const { diagnostics, lines } = await readAny(`See https://example.org: mine\nStarting program: a\n\n${listing}\nWhat now?\nThanks\n`);
    expect(diagnostics.map(({ code, where, message }) => [code, where, message])).toEqual([
      ['outside', 'line 1, column 1', expect.stringMatching(/stands outside of the listing, and 3 more lines$/)],
    ]);
    expect(lines?.unread).toBe(0);
  });

  it("a core's name is known whatever stands between its parts", async () => {
    const text = 'Architecture: aarch64\nCPU(s): 4\nVendor ID: Cavium\nModel name: ThunderX2 99xx\nModel: 1\nStepping: 0x1\n';
    expect(capturedMidrs(await read(text))).toEqual([0x431f_0af1n]);
  });

  it.each(['lrc...', 'lrc…'])('an ellipsis says that the names were cut, and is no part of one: %s', async (end) => {
    const { cpuinfo } = await read(`processor : 0\nFeatures : fp asimd evtstrm crc32 ${end}\nCPU part : 0xd40\n`);
    expect(cpuinfo?.[0]).toMatchObject({ features: ['fp', 'asimd', 'evtstrm', 'crc32'], isPart: true });
  });

  it('a row that is broken is a mistake, wherever it stands', async () => {
    const { diagnostics } = await readAny('ID_AA64PFR0_EL1 = 0x11112222\nMIDR_EL1 = 0x410fd083\n\nID_AA64ISAR0_EL1 = 1zz2\n');
    expect(diagnostics).toMatchObject([{ code: 'bad-line', severity: 'error' }]);
  });

  it('names in a sentence are those of a Features line if they begin as one does', async () => {
    expect((await read('Mine reports fp, asimd, evtstrm, crc32, cpuid — enough?')).hwcaps?.names).toEqual([
      'fp',
      'asimd',
      'evtstrm',
      'crc32',
      'cpuid',
    ]);
    expect((await read('It has crc32, aes, sha1 and sha2.')).hwcaps).toBeUndefined();
  });

  it("Xen's messages in one line are read", async () => {
    const { value } = await readAny(
      '(XEN) Processor: 00000000414fd0b1: "ARM Limited", variant: 0x4, part 0xd0b,rev 0x1 (XEN) 64-bit Execution: (XEN)   Processor Features: 1100000010111112 0000000000000010\n',
    );
    expect(value.machine?.cpus[0]?.registers).toEqual({
      MIDR_EL1: 0x414f_d0b1n,
      ID_AA64PFR0_EL1: 0x1100_0000_1011_1112n,
      ID_AA64PFR1_EL1: 0x10n,
    });
  });

  it('PSTATE of a crash tells what the kernel uses of all CPUs', async () => {
    const { value } = await readAny('pstate: 60400009 (nZCv daif +PAN -UAO -TCO +DIT +SSBS BTYPE=--)\n');
    expect(value.archFeatures).toEqual({ present: ['FEAT_PAN'], absent: [] });
  });

  it.each([
    ['a sentence that ends its list with "and"', 'It has fp, asimd, evtstrm, aes, pmull, sha1 and crc32.\n'],
    ['a list in brackets', 'cpu:\n  features: [fp, asimd, evtstrm, aes, pmull, sha1, crc32]\n'],
  ])('%s has all of its names', async (_, text) => {
    expect((await readAny(text)).value.hwcaps?.names).toEqual(['fp', 'asimd', 'evtstrm', 'aes', 'pmull', 'sha1', 'crc32']);
  });

  it("Coreinfo's rows of an x86 say nothing", async () => {
    const { value } = await readAny(
      'Coreinfo v3.6 - Dump information\n\nExample CPU\nx86 Family 6 Model 1\nCRC32 * Supports CRC32\nAES * Supports AES\n',
    );
    expect(value.archFeatures).toBeUndefined();
  });

  it('clocks of U-Boot are no /proc/interrupts', async () => {
    const { value } = await readAny('U-Boot 2021.04\nClock Configuration:\n       CPU0(A72):2000 MHz  CPU1(A72):2000 MHz\n');
    expect(value.interrupts).toBeUndefined();
  });

  it('a wide gap between names does not end them: a line was joined by hand', async () => {
    expect((await read(`It has fp asimd evtstrm crc32${' '.repeat(9)}cpuid sve.`)).hwcaps?.names).toEqual([
      'fp',
      'asimd',
      'evtstrm',
      'crc32',
      'cpuid',
      'sve',
    ]);
  });

  it.each([
    'getauxval(AT_HWCAP) = 0x887, getauxval(AT_HWCAP2) = 0x0',
    'AT_HWCAP 0x887 AT_HWCAP2 0x0 on Linux 5.10',
    'dl_hwcap=0x887\ndl_hwcap2=0x0\ndl_hwcap_important=0x3\n',
  ])('words of hwcaps are read wherever they stand: %s', async (text) => {
    expect((await read(text)).hwcaps?.words).toEqual([0x887n, 0n]);
  });

  it('several registers of one line are read', async () => {
    const { machine } = await read('on A: ID_AA64PFR0_EL1=0x11112222 ID_AA64ISAR0_EL1=0x11120, MIDR_EL1 is 0x410fd083');
    expect(machine?.cpus[0]?.registers).toEqual({ ID_AA64PFR0_EL1: 0x1111_2222n, ID_AA64ISAR0_EL1: 0x1_1120n, MIDR_EL1: 0x410f_d083n });
  });

  it('a table of HTML whose cells begin with the colon is /proc/cpuinfo', async () => {
    const row = (name: string, value: string): string => `<tr><td>${name}</td><td>: ${value}</td></tr>\n`;
    const text = `<table>${row('processor', '0')}${row('Features', 'fp asimd cpuid')}${row('CPU implementer', '0x41')}${row('CPU part', '0xd0c')}</table>`;
    expect((await read(text)).cpuinfo).toMatchObject([{ features: ['fp', 'asimd', 'cpuid'], implementer: 0x41, part: 0xd0c }]);
  });

  it('what follows "Features:" is no Features line if it is a sentence', async () => {
    expect((await read('CPU:\n  Features: Use -x option to see them\n')).cpuinfo).toBeUndefined();
  });

  it('the number of an error behind the id of a register is no value', async () => {
    expect((await read('cannot set 0x603000000013c020: Invalid argument (os error 22)')).machine).toBeUndefined();
  });

  it('a message of the kernel that was broken into three lines is one', async () => {
    const text =
      '[    0.000000] Booting Linux on physical CPU 0x0000000000\n[0x410fd034]\n' +
      '[    0.104113] CPU features: SANITY CHECK: Unexpected variation in\nSYS_ID_AA64MMFR0_EL1. Boot CPU: 0x00000000001122, CPU4:\n0x00000000001124\n';
    const { value, diagnostics } = await readAny(text);
    expect(value.booted).toEqual(new Map([[0, 0x410f_d034n]]));
    expect(value.log).toMatchObject([{ event: { code: 'sanity-check', own: 0x1124n, cpu: 4 } }]);
    expect(diagnostics).toEqual([]);
  });

  it('a log of a boot loader before the kernel’s is no lscpu', async () => {
    const text =
      'CPU:   Example SoC rev1.0 at 1200 MHz\nModel: Example Board\nDRAM:  2 GiB\nStarting kernel ...\n\n' +
      '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd034]\n[    0.000000] CPU features: detected: ARM erratum 845719\n';
    expect((await readAny(text)).recognition?.reader.name).toBe('kernel-log');
  });

  it('a JVM’s report names the kernel and the hwcaps', async () => {
    const text =
      '# A fatal error has been detected by the Java Runtime Environment:\nuname: Linux 6.8.0-51-generic #52 SMP aarch64\n' +
      'CPU: total 4 (initial active 4) 0x41:0x3:0xd0c:1, fp, simd, crc\nFeatures\t: fp asimd evtstrm crc32 cpuid\n';
    expect(await read(text)).toMatchObject({
      kernel: { release: '6.8.0-51-generic' },
      hwcaps: { names: ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'] },
    });
  });

  it('FreeBSD’s lists that were broken at a blank are whole', async () => {
    const text =
      'CPU  0: ARM Cortex-A72 r0p3 affinity:  0\n Instruction Set Attributes 0 = <CRC32,SHA2>\n Processor Features 0 = <AdvSIMD,Float,EL3\n32,EL2 32,EL1 32,EL0 32>\n';
    const { value, diagnostics } = await readAny(text);
    expect(diagnostics).toEqual([]);
    expect(value.machine?.cpus[0]?.registers.ID_AA64PFR0_EL1).toBe(0x2222n);
  });
});

const CPUINFO = [
  'processor\t: 0',
  'BogoMIPS\t: 50.00',
  'Features\t: fp asimd crc32',
  'CPU implementer\t: 0x41',
  'CPU variant\t: 0x3',
  'CPU part\t: 0xd0c',
  'CPU revision\t: 1',
];

describe('what tools put before each row', () => {
  it.each([
    ['a container engine', (row: string) => `web-1  | ${row}`],
    ['its log with times', (row: string, i: number) => `web-1  | 2024-05-01T10:00:0${i}Z ${row}`],
    ['syslog', (row: string, i: number) => `May  1 10:00:0${i} host script[${100 + i}]: ${row}`],
    ['a cluster', (row: string, i: number) => `2024-05-01T10:00:01.12345678${i}Z stdout F ${row}`],
    ['a CI in brackets', (row: string, i: number) => `[2024-05-01T10:00:01.12${i}Z] ${row}`],
    ['a CI with the time alone', (row: string) => `10:00:01  ${row}`],
    ['a pager', (row: string, i: number) => `${i + 1} | ${row}`],
    ['a count of equal rows', (row: string) => `      8 ${row}`],
    ['a list of strings', (row: string) => `        "${row.replace('\t', '\\t')}",`],
  ])('%s', async (_, put) => {
    expect((await read(`${CPUINFO.map(put).join('\n')}\n`)).cpuinfo).toMatchObject([
      { features: ['fp', 'asimd', 'crc32'], implementer: 0x41, variant: 3, part: 0xd0c, revision: 1 },
    ]);
  });

  it('a list of strings in one line', async () => {
    expect((await read(`['${CPUINFO.join("', '").replaceAll('\t', '\\t')}']`)).cpuinfo).toMatchObject([
      { features: ['fp', 'asimd', 'crc32'], part: 0xd0c },
    ]);
  });

  it('names that are a list of JSON', async () => {
    expect((await read('{"cpu":{"flags":["fp","asimd","evtstrm","crc32"],"vendor":"x"}}')).hwcaps?.names).toEqual([
      'fp',
      'asimd',
      'evtstrm',
      'crc32',
    ]);
  });
});

describe('what names the kernel', () => {
  it.each([
    ['$ uname -r\n5.15.0-1030-aws\n$ cat /proc/cpuinfo\n', '5.15.0-1030-aws'],
    ['  Operating System: Example\n            Kernel: Linux 6.1.0-18-arm64\n', '6.1.0-18-arm64'],
    ['* Kernel: 6.1.0-18-arm64\n* CPU: some\n', '6.1.0-18-arm64'],
    ['Python platform: Linux-6.5.0-1017-aws-aarch64-with-glibc2.35\n', '6.5.0-1017-aws'],
  ])('%j', async (text, release) => {
    expect((await read(`${text}${CPUINFO.join('\n')}\n`)).kernel?.release).toBe(release);
  });
});
