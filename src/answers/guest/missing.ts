import type { Capture } from '../capture.ts';

/** A listing that was not captured. */
export interface MissingListing {
  readonly what: string;
  /** The command that gives it, with the file that it is best kept in. */
  readonly command: string;
  /** What it would tell. */
  readonly tells: string;
}

const LISTINGS: readonly (readonly [keyof Capture, MissingListing])[] = [
  ['cpuinfo', { what: '/proc/cpuinfo', command: 'cat /proc/cpuinfo > cpuinfo.txt', tells: 'the core and its hwcaps' }],
  ['messages', { what: 'the kernel’s log', command: 'sudo dmesg > dmesg.txt', tells: 'firmware, PSCI, exception level, breakpoints, KVM' }],
  ['dmi', { what: 'SMBIOS', command: 'sudo dmidecode > dmidecode.txt', tells: 'who made the machine' }],
  ['pci', { what: 'PCI devices', command: 'lspci -nnk > lspci.txt', tells: 'virtio and emulated devices' }],
  ['usb', { what: 'USB devices', command: 'lsusb > lsusb.txt', tells: 'shared and passed-through devices' }],
  ['hardware', { what: 'the tree of hardware', command: 'sudo lshw > lshw.txt', tells: 'virtio devices, disks, network addresses' }],
  ['blocks', { what: 'disks', command: 'lsblk > lsblk.txt', tells: 'disks and their partitions' }],
  ['modules', { what: 'kernel modules', command: 'lsmod > lsmod.txt', tells: 'guest add-ons' }],
];

/** What was not captured, the most telling first. */
export function missingListings(capture: Capture): readonly MissingListing[] {
  return LISTINGS.filter(([key]) => capture[key] === undefined).map(([, listing]) => listing);
}
