import { describe, expect, it } from 'vitest';
import { explainGuest, type GuestReport } from '../../src/answers/guest.ts';
import { loadCapture } from '../../src/formats/known-capture.ts';
import { readTexts } from '../../src/formats/read-texts.ts';

async function reportOf(name: string): Promise<GuestReport> {
  const { files } = await loadCapture(name);
  return explainGuest((await readTexts(files)).value);
}

async function ofTexts(texts: Readonly<Record<string, string>>): Promise<GuestReport> {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return explainGuest((await readTexts(files)).value);
}

const valueIn = ({ findings }: GuestReport, id: string) => findings.find((finding) => finding.id === id)?.value;

describe('the guest under Parallels that started the project', async () => {
  const report = await reportOf('parallels-m1');

  it('is a Parallels Desktop guest on Apple silicon', () => {
    expect(report.verdict).toEqual({
      text: 'A Parallels Desktop guest on Apple silicon',
      kind: 'guest',
      hypervisor: 'parallels',
      likelihood: 'almost certain',
      host: 'Apple silicon',
    });
    expect(report.hypervisors.map(({ hypervisor }) => hypervisor.id)).toEqual(['parallels']);
    expect(report.hypervisors[0]?.against).toEqual([]);
  });

  // What its owner noted: seed.md, "What he noted besides".
  it.each([
    ['uefi', true],
    ['acpi', true],
    ['psci-version', 'not stated'],
    ['smbios', true],
    ['breakpoints', 6],
    ['iommu', 'driver only'],
    ['nested-kvm', false],
  ] as const)('%s: %s', (id, value) => {
    const finding = report.findings.find((one) => one.id === id);
    expect(finding).toMatchObject({ value, basis: 'read' });
    expect(finding?.evidence.length).toBeGreaterThan(0);
  });

  // What follows: HYP mode is not available, so that the kernel did not start at EL2; EL2 being taken, PSCI is called by HVC.
  it.each([
    ['boot-el', 1],
    ['psci-conduit', 'HVC'],
  ] as const)('%s follows: %s', (id, value) => {
    expect(report.findings.find((one) => one.id === id)).toMatchObject({ value, basis: 'inferred' });
  });

  it('has three virtio devices, none of them on PCI, since lspci is empty', () => {
    const virtio = report.devices.filter(({ nature }) => nature === 'virtio');
    expect(virtio.map(({ address, name, driver, transport }) => [address, name, driver, transport])).toEqual([
      ['virtio0', 'GPU', undefined, 'mmio'],
      ['virtio1', 'memory balloon', undefined, 'mmio'],
      ['virtio2', 'network card', 'virtio_net', 'mmio'],
    ]);
    expect(virtio.map(({ note }) => note?.startsWith('lshw calls a virtio device UNCLAIMED'))).toEqual([true, true, undefined]);
  });

  it('shares the camera over USB; keyboard and mouse are made up, root hubs are the kernel’s own', () => {
    const usb = report.devices.filter(({ address }) => /^[0-9a-f]{4}:/.test(address));
    expect(usb.map(({ address, nature }) => [address, nature])).toEqual([
      ['1d6b:0003', 'kernel'],
      ['203a:fff9', 'shared'],
      ['203a:fffb', 'emulated'],
      ['203a:fffc', 'emulated'],
      ['1d6b:0002', 'kernel'],
    ]);
  });

  it('has a SCSI disk of 128 GiB with an EFI part and a root, and a virtual DVD-ROM', () => {
    expect(report.disks.map(({ name, size, kind, model }) => ({ name, size, kind, model }))).toEqual([
      { name: 'sda', size: '128G', kind: 'disk', model: undefined },
      { name: 'sr0', size: undefined, kind: 'drive', model: 'Virtual DVD-ROM' },
    ]);
    expect(report.disks[0]?.partitions.map(({ size, mountpoint }) => [size, mountpoint])).toEqual([
      ['512M', '/boot/efi'],
      ['127.5G', '/'],
    ]);
  });

  it('has a network address of Parallels’', () => {
    expect(report.networks).toMatchObject([
      { address: '00:1c:42:80:5f:61', driver: 'virtio_net', prefix: expect.stringContaining('Parallels') },
    ]);
  });

  it('has four add-ons of Parallels Tools', () => {
    expect(report.addOns.map(({ name, row }) => [name, row.suite])).toEqual(
      ['prl_tg', 'prl_fs', 'prl_freeze', 'prl_vid'].map((name) => [name, 'Parallels Tools']),
    );
    expect(report.addOns[0]?.row.purpose).toContain('/proc/driver/prl_tg');
    expect(report.addOns[1]?.row.purpose).toContain('shared folders');
  });

  it('has CPUs of Armv8.4-A, whose line is that of the bare chip', () => {
    expect(report.cpu).toMatchObject({ lowestLevel: 'Armv8.4-A', highestIfNew: 'Armv8.4-A', missingForNext: ['FEAT_BTI'] });
    expect(report.cpu.sameLine.map(({ name }) => name)).toContain('apple-m1');
    expect(report.cpu.notShown).toEqual([]);
  });

  it('agrees in its 6 breakpoints with ID_AA64DFR0_EL1.BRPs = 5 of an M1', () => {
    const { note } = report.findings.find(({ id }) => id === 'breakpoints') ?? {};
    expect(note).toBe('So ID_AA64DFR0_EL1.BRPs is 5: each field holds the number less one. That agrees with the known machine apple-m1.');
  });

  it('misses SMBIOS', () => {
    expect(report.missing.map(({ what }) => what)).toEqual(['SMBIOS']);
  });
});

describe('the guest under an emulator', async () => {
  const report = await reportOf('qemu-cortex-a76');

  // As it was started: -machine virt,gic-version=3,iommu=smmuv3 -cpu cortex-a76 -smp 2, UEFI.
  it('is a QEMU guest under software emulation', () => {
    expect(report.verdict).toMatchObject({ text: 'A QEMU guest under software emulation', likelihood: 'almost certain' });
    expect(report.hypervisors[0]?.against).toEqual([]);
  });

  it.each([
    ['uefi', true],
    ['acpi', true],
    ['smbios', true],
    ['psci-version', '1.1'],
    ['boot-el', 1],
    ['nested-kvm', false],
    ['iommu', 'SMMUv3'],
    ['interrupts', 'GICv3'],
    ['timer', '62.50 MHz, virtual'],
    ['breakpoints', 6],
  ] as const)('%s: %s', (id, value) => {
    expect(report.findings.find((one) => one.id === id)).toMatchObject({ value, basis: 'read' });
  });

  it('has the virtio devices that it was given, on PCI', () => {
    const virtio = report.devices.filter(({ nature }) => nature === 'virtio');
    expect(virtio.map(({ name }) => name)).toEqual(['GPU', 'network card', 'disk', 'SCSI host', 'random numbers', 'memory balloon']);
    expect(new Set(virtio.map(({ transport }) => transport))).toEqual(new Set(['pci']));
  });

  it('has one disk of 64 MiB in two parts, on virtio', () => {
    expect(report.disks).toMatchObject([
      {
        name: 'vda',
        size: '64M',
        attached: 'virtio',
        partitions: [
          { name: 'vda1', size: '16M' },
          { name: 'vda2', size: '47M' },
        ],
      },
    ]);
  });

  it('has two Cortex-A76 r4p1 and Debian’s 6.1.192', () => {
    expect(report.cpu).toMatchObject({
      cpuCount: 2,
      release: '6.1.192',
      cores: [{ midr: 0x414fd0b1n, name: 'ARM Cortex-A76 r4p1', masked: false, count: 2 }],
      lowestLevel: 'Armv8.2-A',
      highestLevel: 'Armv8.2-A',
    });
  });

  it('tells the same devices from lshw, and from the log alone', async () => {
    const { files } = await loadCapture('qemu-cortex-a76');
    const without = async (left: readonly string[]): Promise<readonly string[]> => {
      const kept = files.filter(({ path }) => !left.includes(path));
      const { devices } = await explainGuest((await readTexts(kept)).value);
      return devices.filter(({ nature }) => nature === 'virtio').map(({ name }) => name);
    };
    const all = ['GPU', 'network card', 'disk', 'SCSI host', 'random numbers', 'memory balloon'];
    expect(await without(['virtio.txt'])).toEqual(all);
    expect(await without(['virtio.txt', 'lshw.txt'])).toEqual(all);
    expect(await without(['virtio.txt', 'lshw.txt', 'lspci.txt'])).toEqual(all);
  });

  it('is known from the log alone, with its USB and PCI devices', async () => {
    const { files } = await loadCapture('qemu-cortex-a76');
    const { verdict, devices, missing } = await explainGuest((await readTexts(files.filter(({ path }) => path === 'dmesg.txt'))).value);
    expect(verdict.text).toBe('A QEMU guest under software emulation');
    expect(devices.map(({ address }) => address)).toEqual(expect.arrayContaining(['00:05.0', '0627:0001', '1d6b:0002']));
    expect(missing.map(({ what }) => what)).toEqual(expect.arrayContaining(['PCI devices', 'USB devices']));
  });
});

describe('other captures', () => {
  it('knows a hidden core of Apple’s, and that it alone names no hypervisor', async () => {
    const { cpu, verdict, hypervisors } = await ofTexts({
      cpuinfo: 'processor\t: 0\nFeatures\t: fp asimd\nCPU implementer\t: 0x61\nCPU part\t: 0x000\n',
    });
    expect(cpu.cores).toMatchObject([{ midr: 0x610f0000n, name: 'Apple, part number hidden', masked: true }]);
    expect(verdict.host).toBe('Apple silicon');
    expect(hypervisors.every(({ likelihood }) => likelihood === 'possible')).toBe(true);
  });

  it.each([
    ['0x00', '0x000', 'A guest; which hypervisor is not told: Apple Virtualization.framework, QEMU are as likely'],
    ['0x00', '0x123', 'A guest, or an emulated machine: its CPU names software as its maker; which is not told'],
  ])('takes implementer %s, part %s for software’s', async (implementer, part, text) => {
    const { cpu, verdict } = await ofTexts({
      cpuinfo: `processor\t: 0\nFeatures\t: fp asimd\nCPU implementer\t: ${implementer}\nCPU part\t: ${part}\n`,
    });
    expect(verdict).toMatchObject({ text, kind: 'guest' });
    expect(cpu.cores).toMatchObject([{ masked: true }]);
  });

  it('knows X-Gene 1, whose part number is 0', async () => {
    const { cpu, verdict } = await ofTexts({
      cpuinfo: 'processor\t: 0\nFeatures\t: fp asimd\nCPU implementer\t: 0x50\nCPU variant\t: 0x0\nCPU part\t: 0x000\nCPU revision\t: 1\n',
    });
    expect(cpu.cores).toMatchObject([{ name: 'APM X-Gene r0p1', masked: false }]);
    expect(verdict.text).toBe('Nothing shows a hypervisor; the CPU is APM X-Gene r0p1');
  });

  it.each([
    ['BogoMIPS', '2000.00', '1000.00 MHz'],
    ['BogoMIPS', '3456.00', undefined],
    ['bogomips', '100.00', undefined],
  ])('%s %s: a timer of %s', async (name, value, timer) => {
    const report = await ofTexts({ cpuinfo: `processor\t: 0\n${name}\t: ${value}\nFeatures\t: fp asimd\nCPU implementer\t: 0x70\n` });
    expect(valueIn(report, 'timer')).toBe(timer);
  });

  it('says what speaks against a guess', async () => {
    const { hypervisors } = await ofTexts({
      'lsusb.txt': 'Bus 001 Device 002: ID 203a:fffb PARALLELS Keyboard\n',
      'dmesg.txt': '[    0.1] DMI: QEMU QEMU Virtual Machine, BIOS 0.0.0 02/06/2015\n',
    });
    expect(hypervisors.map(({ hypervisor, likelihood, against }) => [hypervisor.id, likelihood, against.length])).toEqual([
      ['parallels', 'possible', 1],
      ['qemu', 'possible', 1],
    ]);
  });

  it.each([
    ['VMware, Inc.', 'vmware'],
    ['Amazon EC2', 'nitro'],
    ['Apple Inc. Apple Virtualization Generic Platform', 'apple-virtualization'],
    ['Parallels International GmbH. Parallels ARM Virtual Machine', 'parallels'],
    ['Microsoft Corporation Virtual Machine', 'hyper-v'],
    ['Jailhouse cell on Example Board', 'jailhouse'],
    ['Alibaba Cloud Alibaba Cloud ECS', 'qemu'],
    ['Xen HVM domU', 'xen'],
  ])('DMI: %s', async (name, hypervisor) => {
    const { verdict } = await ofTexts({ 'dmesg.txt': `[    0.1] DMI: ${name}/Unknown, BIOS 1 01/01/2024\n` });
    expect(verdict.hypervisor).toBe(hypervisor);
  });

  it('reads the files of /sys/class/dmi/id', async () => {
    const { verdict } = await ofTexts({ 'id/sys_vendor': 'Apple Inc.\n', 'id/product_name': 'Apple Virtualization Generic Platform\n' });
    expect(verdict).toMatchObject({ text: 'An Apple Virtualization.framework guest on Apple silicon' });
  });

  it.each([
    ['$ cat /sys/class/dmi/id/sys_vendor\nParallels International GmbH.\n', 'parallels'],
    ['me@box:~$ sudo cat /sys/devices/virtual/dmi/id/board_name /sys/devices/virtual/dmi/id/sys_vendor\nbox\nQEMU\n', 'qemu'],
    ['# cat /sys/hypervisor/type\nxen\n', 'xen'],
  ])('reads what cat shows of a file: %j', async (text, hypervisor) => {
    expect((await ofTexts({ 'post.txt': text })).verdict.hypervisor).toBe(hypervisor);
  });

  it('reads the name that a device tree gives the machine, where cat shows it', async () => {
    const { findings } = await ofTexts({ 'post.txt': '$ cat /proc/device-tree/model\nExample Board Rev 2\n$ uname -r\n6.1.20\n' });
    expect(findings.find(({ id }) => id === 'device-tree')?.says).toContain('"Example Board Rev 2"');
  });

  it('holds the registers against the log', async () => {
    const report = await ofTexts({
      'dmesg.txt': '[    0.1] hw-breakpoint: found 6 breakpoint and 4 watchpoint registers.\n',
      'registers.txt': 'ID_AA64DFR0_EL1 0x0000000010300006\nMIDR_EL1 0x00000000410fd034\n',
    });
    expect(report.findings.find(({ id }) => id === 'breakpoints')?.note).toContain('But it is 1 in the registers.');
  });

  it.each([
    ['hvc\u0000', 'HVC'],
    ['smc\u0000', 'SMC'],
    ['        PSCI Compliant : 1\n        Must use HVC for PSCI : 1\n', 'HVC'],
    ['        PSCI Compliant : 1\n        Must use HVC for PSCI : 0\n', 'SMC'],
  ])('reads how PSCI is called: %j', async (text, conduit) => {
    const report = await ofTexts({ 'psci/method': text, 'dmesg.txt': '[    0.1] CPU: All CPU(s) started at EL1\n' });
    expect(report.findings.find(({ id }) => id === 'psci-conduit')).toMatchObject({ value: conduit, basis: 'read' });
  });

  it('takes EL2 and a running KVM for a host where nothing else is said', async () => {
    const report = await ofTexts({
      'dmesg.txt':
        '[    0.1] CPU: All CPU(s) started at EL2\n[    0.2] kvm [1]: VHE mode initialized successfully\n[    0.3] psci: PSCIv1.1 detected in firmware.\n',
    });
    expect(report.verdict.kind).toBe('host');
    expect(valueIn(report, 'nested-kvm')).toBe(true);
    expect(valueIn(report, 'psci-conduit')).toBe('SMC');
  });

  it('knows Hyper-V by drivers alone', async () => {
    const { verdict } = await ofTexts({
      'dmesg.txt': '[    0.1] hv_vmbus: Vmbus version:5.3\n[    0.2] hv_utils: Registering HyperV Utility Driver\n',
    });
    expect(verdict).toMatchObject({ hypervisor: 'hyper-v', likelihood: 'likely' });
  });

  it('takes a protected KVM for a host’s', async () => {
    const { verdict } = await ofTexts({ 'dmesg.txt': '[    0.1] CPU features: detected: Protected KVM\n' });
    expect(verdict.kind).toBe('host');
  });

  it('knows QEMU by the CPU that it makes up, where a kernel was booted on it', async () => {
    const { verdict } = await ofTexts({ 'dmesg.txt': '[    0.1] Booting Linux on physical CPU 0x0000000000 [0x000f0510]\n' });
    expect(verdict).toMatchObject({ text: 'A QEMU guest under software emulation', likelihood: 'almost certain' });
  });

  it.each([
    ['parallels', 'parallels'],
    ['VT-x', undefined],
    ['Parallels Desktop', undefined],
  ])('a row of hostnamectl alone names the hypervisor: Virtualization: %s', async (word, hypervisor) => {
    const { verdict } = await ofTexts({ 'post.txt': `Virtualization: ${word}\nArchitecture: arm64\n` });
    expect(verdict.hypervisor).toBe(hypervisor);
  });

  it('names each kind of core', async () => {
    const line = (cpu: number, midr: string): string => `[    0.${cpu}] CPU${cpu}: Booted secondary processor 0x${cpu} [0x${midr}]\n`;
    const { verdict } = await ofTexts({ 'dmesg.txt': line(1, '410fd034') + line(2, '410fd034') + line(3, '410fd082') });
    expect(verdict.text).toBe('Nothing shows a hypervisor; the CPUs are ARM Cortex-A53 r0p4 and ARM Cortex-A72 r0p2');
  });

  it('knows QEMU’s emulated machine by what OpenBSD prints of its firmware', async () => {
    const boot = [
      'OpenBSD 7.4 (RAMDISK) #1: Sun Oct  8 13:35:40 MDT 2023',
      'efi0 at mainbus0: UEFI 2.7',
      'efi0: EFI Development Kit II / SbsaQemu rev 0x10000',
      'smbios0 at efi0: SMBIOS 3.4.0',
      'smbios0: vendor EFI Development Kit II / SbsaQemu version "1.0" date 03/13/2024',
      'smbios0: QEMU QEMU SBSA-REF Machine',
      'cpu0 at mainbus0 mpidr 0: ARM Neoverse N2 r0p3',
    ];
    const report = await ofTexts({ boot: `${boot.join('\n')}\n` });
    expect(report.verdict).toMatchObject({ text: 'A QEMU guest under software emulation', likelihood: 'almost certain' });
    expect(valueIn(report, 'smbios')).toBe(true);
    const apple = boot.map((line) => line.replace('QEMU QEMU SBSA-REF Machine', 'Apple Inc. Apple Virtualization Generic Platform'));
    const others = await ofTexts({ boot: `${apple.filter((line) => !line.includes('SbsaQemu')).join('\n')}\n` });
    expect(others.verdict.hypervisor).toBe('apple-virtualization');
  });

  it('takes drivers of virtio devices in an oops for a weaker sign', async () => {
    const oops = (modules: string): Record<string, string> => ({
      'dmesg.txt': `[   94.1] Internal error: Oops - Undefined instruction: 0000000002000000 [#1] SMP\n[   94.2] Modules linked in: ${modules}\n`,
    });
    const { verdict, addOns } = await ofTexts(oops('vfat(E) virtio_balloon(E) virtiofs(OE+) virtio_blk(E) [last unloaded: virtio_net]'));
    expect(verdict).toEqual({
      text: 'A guest, most likely: drivers of virtio devices are loaded; nothing names its hypervisor',
      kind: 'unknown',
    });
    expect(addOns.map(({ name }) => name)).toEqual(['virtiofs']);
    expect((await ofTexts(oops('vfat virtio_ring virtio [last unloaded: virtio_net]'))).verdict.text).toBe('Nothing shows a hypervisor');
    expect((await ofTexts(oops('prl_tg(O)'))).verdict.hypervisor).toBe('parallels');
  });

  it.each([
    ['125.00', 'A machine under software emulation, most likely QEMU’s'],
    ['100.00', 'Under software emulation, most likely QEMU’s: of a whole machine, or of one program'],
  ])('knows the core that QEMU makes up, BogoMIPS %s', async (speed, text) => {
    const { verdict } = await ofTexts({
      cpuinfo: `processor\t: 0\nBogoMIPS\t: ${speed}\nFeatures\t: fp asimd\nCPU implementer\t: 0x00\nCPU part\t: 0x051\n`,
    });
    expect(verdict.text).toBe(text);
  });

  const X86 =
    'Architecture: x86_64\nCPU(s): 8\nVendor ID: GenuineIntel\nHypervisor vendor: VMware\nFlags: fpu vme de pse tsc msr pae mce cx8 apic hypervisor\n';

  it('does not judge a machine that is no Arm, unless an Arm CPU stands there, too', async () => {
    const report = await ofTexts({ 'lscpu.txt': X86 });
    expect(report.verdict).toEqual({ text: 'The machine is x86_64, not Arm; whether it is a guest is not judged', kind: 'unknown' });
    expect(report.hypervisors).toEqual([]);
    const arm = 'processor\t: 0\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\nCPU part\t: 0xd08\n';
    const both = await ofTexts({ 'lscpu.txt': X86, 'cpuinfo.txt': arm });
    expect(both.verdict.text).toBe('Nothing shows a hypervisor; the CPU is ARM Cortex-A72');
  });

  it.each([
    ['uname.txt', 'Linux box 5.15.167.4-microsoft-standard-WSL2 #1 SMP aarch64 GNU/Linux\n', ['hyper-v']],
    ['dmesg.txt', '[    0.000000] Linux version 6.13.7-orbstack-00283-g9d14 (a@b) #1\n', ['apple-virtualization']],
    ['info.txt', 'Server:\n Kernel Version: 6.10.14-linuxkit\n Architecture: aarch64\n', ['apple-virtualization', 'qemu']],
    ['uname.txt', 'Linux box 4.4.0-19041-Microsoft #1 aarch64 GNU/Linux\n', []],
    ['uname.txt', 'Linux box 6.1.0-orbit #1 SMP aarch64 GNU/Linux\n', []],
  ])('knows kernels that are made for a virtual machine: %s %s', async (name, text, hypervisors) => {
    const report = await ofTexts({ [name]: text });
    expect(report.hypervisors.map(({ hypervisor }) => hypervisor.id)).toEqual(hypervisors);
  });

  it('finds nothing in nothing', async () => {
    const report = await ofTexts({});
    expect(report).toMatchObject({
      verdict: { kind: 'unknown' },
      hypervisors: [],
      findings: [],
      devices: [],
      disks: [],
      networks: [],
      addOns: [],
    });
    expect(report.missing.length).toBe(8);
  });
});

it('a revision that a 32-bit kernel’s list breaks off before is not told, and what it has of a core is counted', async () => {
  const cpu = (number: number): string =>
    `processor\t: ${number}\nmodel name\t: ARMv7 Processor\nFeatures\t: half thumb vfp neon\nCPU implementer\t: 0x41\nCPU variant\t: 0x0\nCPU part\t: 0xd03\n`;
  const whole = await ofTexts({ 'cpuinfo.txt': `${cpu(0)}CPU revision\t: 4\n\n${cpu(1)}CPU revision\t: 4\n` });
  const cut = await ofTexts({ 'cpuinfo.txt': cpu(0) });
  expect([whole, cut].map(({ cpu: { cores } }) => cores.map(({ name, isPart, count }) => [name, isPart, count]))).toEqual([
    [['ARM Cortex-A53 r0p4', undefined, 2]],
    [['ARM Cortex-A53', true, 1]],
  ]);
});
