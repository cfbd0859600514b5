import { describe, expect, it } from 'vitest';
import { loadCapture } from '../../src/formats/known-capture.ts';
import { readTexts } from '../../src/formats/read-texts.ts';

const kinds = [
  ['cpuinfo', 'processor\t: 0\nFeatures\t: fp asimd\n'],
  ['kernel-log', '[    0.000000] Linux version 6.1.0-56-arm64 (someone)\n'],
  ['kernel-log', '[Sat Nov 22 17:39:00 2026] psci: PSCIv1.1 detected in firmware.\n'],
  ['kernel-log', 'Nov 22 17:39:00 vm kernel: psci: PSCIv1.1 detected in firmware.\n'],
  ['kernel-log', '<6>[    0.000000] psci: PSCIv1.1 detected in firmware.\n'],
  ['lspci', '00:01.0 Display controller [0380]: Red Hat, Inc. Virtio 1.0 GPU [1af4:1050] (rev 01)\n'],
  ['lspci', '0000:00:02.0 0200: 1af4:1000\n'],
  ['lsusb', 'Bus 001 Device 002: ID 203a:fffb PARALLELS Virtual Keyboard\n'],
  ['lsblk', 'NAME   MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS\nvda    254:0    0  64M  0 disk \n'],
  ['lsmod', 'Module                  Size  Used by\nprl_fs 65536 3\n'],
  ['lsmod', 'virtio_blk 28672 0 - Live 0xffffb06b1feba000\n'],
  ['lshw', 'vm\n    description: Computer\n  *-core\n       description: Motherboard\n'],
  ['dmidecode', '# dmidecode 3.4\nGetting SMBIOS data from sysfs.\n'],
  ['ip-link', '2: eth0: <UP> mtu 1500\n    link/ether 52:54:00:12:34:56 brd ff:ff:ff:ff:ff:ff\n'],
  ['interrupts', '           CPU0       CPU1\n 10:  1  2  GICv3  27 Level  arch_timer\n'],
  ['uname', 'Linux vm 6.1.0-56-arm64 #1 SMP Debian 6.1.192-2 aarch64 GNU/Linux\n'],
  ['registers', 'MIDR_EL1 0x00000000410fd034\n'],
  ['detect-virt', 'parallels\n'],
  ['ls', '/proc/driver:\nprl_tg\n'],
  ['virtio', 'virtio0 0x0001 0x1af4 ../drivers/virtio_net\n'],
  ['psci-method', 'hvc\u0000'],
  ['acpi-fadt', '[070h 0112 2] Flags\n        PSCI Compliant : 1\n        Must use HVC for PSCI : 1\n'],
  ['unknown', 'Dear diary, nothing happened.\n'],
  ['unknown', 'ELF\u0000\u0001\u0002'],
  ['empty', ' \n'],
] as const;

const kindOf = async (path: string, text: string): Promise<string | undefined> => (await readTexts([{ path, text }])).files[0]?.kind;

describe('what a file is', () => {
  it.each(kinds)('%s, by content: %j', async (kind, text) => {
    expect(await kindOf('a.txt', text)).toBe(kind);
  });

  it('is what it holds, if its name says otherwise', async () => {
    expect(await kindOf('lspci.txt', 'processor\t: 0\nFeatures\t: fp\n')).toBe('cpuinfo');
  });

  it('is an empty list, if it is empty and named after one that may be', async () => {
    expect(await kindOf('x/lspci.txt', '')).toBe('lspci');
    expect(await kindOf('cpuinfo.txt', '')).toBe('empty');
  });

  it('is a list of modules by its name, if bare names stand in it', async () => {
    expect(await kindOf('lsmod.txt', 'prl_fs\nprl_tg\n')).toBe('lsmod');
  });

  it('is a field of SMBIOS by the name that sysfs gives it', async () => {
    expect(await kindOf('id/sys_vendor', 'Apple Inc.\n')).toBe('dmi-id');
  });
});

describe('a capture', () => {
  it.each(['parallels-m1', 'qemu-cortex-a76'])('%s is read whole, each file as what its name says', async (name) => {
    const { files } = await loadCapture(name);
    const { files: read, diagnostics } = await readTexts(files);
    expect(diagnostics).toEqual([]);
    const formOf = (path: string) => path.replace('.txt', '').replace('dmesg', 'kernel-log');
    expect(read.map(({ path, kind }) => [path, kind])).toEqual(files.map(({ path }) => [path, formOf(path)]));
    const emptyOnes = read.filter(({ count }) => count === 0).map(({ path }) => path);
    expect(emptyOnes).toEqual(name === 'parallels-m1' ? ['lspci.txt'] : []);
  });

  it('tells the file with a finding', async () => {
    const { diagnostics } = await readTexts([{ path: 'a/lsusb.txt', text: 'Bus 001 Device 002: ID 203a:fffb Keyboard\nBus broken\n' }]);
    expect(diagnostics).toMatchObject([{ code: 'bad-line', where: 'a/lsusb.txt, line 2' }]);
  });

  it('takes several files of one kind together', async () => {
    const texts = ['sys_vendor', 'product_name'].map((path) => ({ path, text: `${path}!\n` }));
    expect((await readTexts(texts)).value.dmi?.rows.map(({ name, value }) => [name, value])).toEqual([
      ['Manufacturer', 'sys_vendor!'],
      ['Product Name', 'product_name!'],
    ]);
  });
});
