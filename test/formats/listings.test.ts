import { describe, expect, it } from 'vitest';
import { parseDmesg } from '../../src/formats/dmesg.ts';
import { parseDmidecode } from '../../src/formats/dmidecode.ts';
import { parseFolderListing } from '../../src/formats/folder-listing.ts';
import { parseIpLink } from '../../src/formats/ip-link.ts';
import { parseLsblk } from '../../src/formats/lsblk.ts';
import { parseLshw } from '../../src/formats/lshw.ts';
import { parseLsmod } from '../../src/formats/lsmod.ts';
import { parseLspci } from '../../src/formats/lspci.ts';
import { parseLsusb } from '../../src/formats/lsusb.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { parseVirtioListing } from '../../src/formats/virtio-listing.ts';

const FILE = 'x.txt';

describe('dmesg', () => {
  it.each([
    '[    0.000000] psci: PSCIv1.1 detected in firmware.',
    '[    0.000000][    T0] psci: PSCIv1.1 detected in firmware.',
    '<6>[    0.000000] psci: PSCIv1.1 detected in firmware.',
    '[Sat Nov 22 17:39:00 2026] psci: PSCIv1.1 detected in firmware.',
    'Nov 22 17:39:00 vm kernel: psci: PSCIv1.1 detected in firmware.',
    'Nov 22 17:39:00 vm kernel: [    0.000000] psci: PSCIv1.1 detected in firmware.',
    '2026-11-22T17:39:00.123456+00:00 vm kernel: [    0.000000] psci: PSCIv1.1 detected in firmware.',
    'psci: PSCIv1.1 detected in firmware.',
  ])('%s', (line) => {
    expect(parseDmesg(`${line}\r\n`, FILE).value).toEqual([
      { text: 'psci: PSCIv1.1 detected in firmware.', at: { file: FILE, line: 1, text: line } },
    ]);
  });

  it('keeps a message that begins with a bracket', () => {
    expect(parseDmesg('[drm] features: -virgl\n', FILE).value[0]?.text).toBe('[drm] features: -virgl');
  });
});

describe('lspci', () => {
  it('reads -nnk', () => {
    const text =
      '00:01.0 Display controller [0380]: Red Hat, Inc. Virtio 1.0 GPU [1af4:1050] (rev 01)\n\tSubsystem: Red Hat, Inc. Device [1af4:1100]\n\tKernel driver in use: virtio-pci\n\tKernel modules: virtio_pci\n';
    expect(parseLspci(text, FILE)).toMatchObject({
      value: [
        {
          slot: '00:01.0',
          vendor: '1af4',
          device: '1050',
          driver: 'virtio-pci',
          name: 'Display controller: Red Hat, Inc. Virtio 1.0 GPU (rev 01)',
        },
      ],
      diagnostics: [],
    });
  });

  it('reads -n, and names alone', () => {
    expect(parseLspci('0001:00:02.0 0200: 1AB8:4005 (rev 01)\n', FILE).value).toMatchObject([
      { slot: '0001:00:02.0', vendor: '1ab8', device: '4005' },
    ]);
    expect(parseLspci('00:02.0 Ethernet controller: Red Hat, Inc. Virtio network device\n', FILE).value[0]?.vendor).toBeUndefined();
  });

  it('takes an empty text for an empty list', () => {
    expect(parseLspci('', FILE)).toEqual({ value: [], diagnostics: [] });
  });
});

describe('lsusb', () => {
  it('reads a list, with and without the bus', () => {
    expect(parseLsusb('Bus 001 Device 003: ID 0627:0001 QEMU QEMU USB Tablet\nID 203A:FFF9 \n', FILE).value).toMatchObject([
      { vendor: '0627', product: '0001', name: 'QEMU QEMU USB Tablet', at: { line: 1 } },
      { vendor: '203a', product: 'fff9', name: '', at: { line: 2 } },
    ]);
  });

  it('leaves out what -v adds', () => {
    expect(parseLsusb('Bus 001 Device 003: ID 0627:0001 QEMU\nDevice Descriptor:\n  bLength 18\n', FILE)).toMatchObject({
      value: [{}],
      diagnostics: [],
    });
  });
});

describe('lsblk', () => {
  it('reads the usual columns and the tree', () => {
    const text =
      'NAME   MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS\nsda      8:0    0  128G  0 disk \n├─sda1   8:1    0  512M  0 part /boot/efi\n└─sda2   8:2    0 127.5G  0 part /\nsr0     11:0    1 1024M  0 rom  \n';
    expect(parseLsblk(text, FILE).value.map(({ at: _, ...row }) => row)).toEqual([
      { name: 'sda', size: '128G', type: 'disk' },
      { name: 'sda1', size: '512M', type: 'part', mountpoint: '/boot/efi', parent: 'sda' },
      { name: 'sda2', size: '127.5G', type: 'part', mountpoint: '/', parent: 'sda' },
      { name: 'sr0', size: '1024M', type: 'rom' },
    ]);
  });

  it('reads a list without a tree', () => {
    const text = 'NAME      SIZE TYPE MODEL\nnvme0n1     8G disk Amazon Elastic Block Store\nnvme0n1p1   8G part \n';
    expect(parseLsblk(text, FILE).value.map(({ name, parent, model }) => [name, parent, model])).toEqual([
      ['nvme0n1', undefined, 'Amazon Elastic Block Store'],
      ['nvme0n1p1', 'nvme0n1', undefined],
    ]);
  });
});

it('reads lsmod, /proc/modules and bare names', () => {
  const text =
    'Module                  Size  Used by    Not tainted\nprl_fs 65536 3\nvirtio_blk 28672 0 - Live 0xffffb06b1feba000\nprl_tg\n!\n';
  const { value, diagnostics } = parseLsmod(text, FILE);
  expect(value.map(({ name }) => name)).toEqual(['prl_fs', 'virtio_blk', 'prl_tg']);
  expect(diagnostics).toMatchObject([{ code: 'bad-line', where: 'line 5' }]);
});

it('reads the tree of lshw, with what is unclaimed', () => {
  const text =
    'vm\n  *-pci\n     *-display\n          description: Display controller\n        *-virtio0 UNCLAIMED\n             bus info: virtio@0\n             configuration: driver=virtio_gpu\n     *-input:0 DISABLED\n          logical name: input0\n          logical name: /dev/input/event0\n';
  expect(parseLshw(text, FILE).value.map(({ id, depth, flags, within }) => [id, depth, flags, within.map((node) => node.id)])).toEqual([
    ['pci', 0, [], []],
    ['display', 1, [], ['pci']],
    ['virtio0', 2, ['UNCLAIMED'], ['pci', 'display']],
    ['input:0', 1, ['DISABLED'], ['pci']],
  ]);
  expect(parseLshw(text, FILE).value[3]?.fields.get('logical name')).toBe('/dev/input/event0');
});

it('reads lshw of which a page lost what its lines stand in by', async () => {
  const { value, recognition } = await readAny(
    'box\ndescription: Computer\n*-core\ndescription: Motherboard\n*-disk\nproduct: QEMU HARDDISK\n',
  );
  expect(recognition?.reader.name).toBe('lshw');
  expect(value.hardware?.rows.map(({ id, fields }) => [id, fields.get('product')])).toEqual([
    ['core', undefined],
    ['disk', 'QEMU HARDDISK'],
  ]);
});

it('reads the structures of dmidecode', () => {
  const text =
    'Handle 0x0100, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: QEMU\n\tVersion: virt-7.2\n\nHandle 0x0000, DMI type 0, 26 bytes\nBIOS Information\n\tCharacteristics:\n\t\tUEFI is supported\n';
  expect(parseDmidecode(text, FILE).value.map(({ structure, name, value }) => [structure, name, value])).toEqual([
    ['System Information', 'Manufacturer', 'QEMU'],
    ['System Information', 'Version', 'virt-7.2'],
    ['BIOS Information', 'Characteristics', 'UEFI is supported'],
  ]);
});

it('reads ip link and ifconfig', () => {
  const text =
    '1: lo: <LOOPBACK> mtu 65536\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n2: enp0s5@if3: <UP> mtu 1500\n    link/ether 00:1C:42:80:5f:61 brd ff:ff:ff:ff:ff:ff\neth1: flags=4163<UP>  mtu 1500\n        ether 08:00:27:00:00:01  txqueuelen 1000\n';
  expect(parseIpLink(text, FILE).value.map(({ name, address }) => [name, address])).toEqual([
    ['enp0s5', '00:1c:42:80:5f:61'],
    ['eth1', '08:00:27:00:00:01'],
  ]);
});

it('reads listings of folders: plain, long and as paths', () => {
  const text =
    '/proc/driver:\nprl_tg  rtc\n\n/sys/firmware:\ntotal 0\ndrwxr-xr-x 5 root root 0 Nov 22 17:39 acpi\nlrwxrwxrwx 1 root root 9 Nov 22 17:39 x -> acpi\n/usr/lib/parallels-tools/kmods\n';
  expect(parseFolderListing(text, FILE).value.map(({ folder, name }) => [folder, name])).toEqual([
    ['/proc/driver', 'prl_tg'],
    ['/proc/driver', 'rtc'],
    ['/sys/firmware', 'acpi'],
    ['/sys/firmware', 'x'],
    ['/usr/lib/parallels-tools', 'kmods'],
  ]);
});

it('reads devices on the virtio bus', () => {
  const { value, diagnostics } = parseVirtioListing(
    'virtio0 0x0010 0x1af4 ../../bus/virtio/drivers/virtio_gpu\nvirtio1 0x001A\nvirtiox\n',
    FILE,
  );
  expect(value.map(({ name, type, driver }) => [name, type, driver])).toEqual([
    ['virtio0', 16, 'virtio_gpu'],
    ['virtio1', 26, undefined],
  ]);
  expect(diagnostics).toMatchObject([{ where: 'line 3' }]);
});

it('dmidecode gives the fields of MIDR_EL1, and how many CPUs run; zeros of a virtual machine are no core', async () => {
  const processor = (implementer: string, architecture: number): string =>
    `Handle 0x0021, DMI type 4, 48 bytes\nProcessor Information\n\tFamily: ARMv8\n\tSignature: Implementor ${implementer}, Variant 0x3, Architecture ${architecture}, PartNum 0xd0c, Revision 1\n\tCore Count: 32\n\tCore Enabled: 30\n`;
  const { value } = await readAny(`${processor('0x41', 15)}\n${processor('0x41', 15)}`);
  expect(value).toMatchObject({ midrs: [0x413fd0c1n], cpuCount: 60 });
  expect((await readAny(processor('0x00', 0))).value).not.toHaveProperty('midrs');
});
