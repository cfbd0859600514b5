import { given } from '../../given.ts';
import type { Capture } from '../capture.ts';
import type { BlockDevice, Evidence, HardwareNode } from './listings.ts';

/** A part of a disk. */
export interface GuestPartition {
  readonly name: string;
  /** As printed, such as `512M`. */
  readonly size?: string;
  readonly mountpoint?: string;
  readonly at: Evidence;
}

/** A disk or a drive. */
export interface GuestDisk {
  readonly name: string;
  readonly size?: string;
  readonly model?: string;
  readonly kind: 'disk' | 'drive' | 'loop';
  /** How it is attached, as far as the capture tells. */
  readonly attached: string;
  readonly partitions: readonly GuestPartition[];
  readonly evidence: readonly Evidence[];
}

function attachedBy(name: string, capture: Capture): string {
  if (name.startsWith('vd')) return 'virtio';
  if (name.startsWith('nvme')) return 'NVMe';
  if (name.startsWith('xvd')) return 'Xen’s own bus';
  if (name.startsWith('mmcblk')) return 'SD or eMMC';
  if (name.startsWith('pmem')) return 'persistent memory';
  if (!/^s[dr]/.test(name)) return 'not stated';
  const modules = new Set(capture.modules?.rows.map((row) => row.name));
  const adapters = [
    ...(modules.has('virtio_scsi') ? ['virtio-scsi'] : []),
    ...(modules.has('ahci') || modules.has('ahci_platform') ? ['SATA'] : []),
    ...(modules.has('usb_storage') || modules.has('uas') ? ['USB'] : []),
    ...(modules.has('vmw_pvscsi') ? ['VMware’s adapter'] : []),
    ...(modules.has('hv_storvsc') ? ['Hyper-V’s bus'] : []),
  ];
  if (adapters.length === 1) return `SCSI, on ${adapters[0]}`;
  const host = scsiHostOf(name, capture.hardware?.rows ?? []);
  return host ?? 'SCSI; on which adapter is not told';
}

/** The SCSI host that lshw shows a drive below. */
function scsiHostOf(name: string, nodes: readonly HardwareNode[]): string | undefined {
  const node = nodes.find(({ logicalNames }) => logicalNames.includes(`/dev/${name}`));
  const host = node?.within.findLast(({ id }) => /^scsi\b/.test(id));
  if (host === undefined) return undefined;
  const called = host.logicalNames[0] ?? host.id;
  // lshw means a host of the kernel's making: libata and usb-storage speak SCSI to the rest of the kernel.
  const isEmulated = /\bemulated\b/.test(host.fields.get('capabilities') ?? '');
  return `SCSI host ${called}${isEmulated ? ' (emulated)' : ''}`;
}

function partitionOf({ name, size, mountpoint, at }: BlockDevice): GuestPartition {
  return { name, ...given({ size, mountpoint }), at };
}

function fromBlocks(blocks: readonly BlockDevice[], capture: Capture): readonly GuestDisk[] {
  const children = new Map<string, BlockDevice[]>();
  for (const row of blocks) {
    if (row.parent === undefined) continue;
    const siblings = children.get(row.parent);
    if (siblings === undefined) children.set(row.parent, [row]);
    else siblings.push(row);
  }
  return blocks
    .filter(({ parent }) => parent === undefined)
    .map(({ name, size, model, type, at }) => ({
      name,
      ...given({ size, model }),
      kind: type === 'rom' ? 'drive' : type === 'loop' ? 'loop' : 'disk',
      attached: attachedBy(name, capture),
      partitions: (children.get(name) ?? []).map(partitionOf),
      evidence: [at],
    }));
}

const DISK = /^\/dev\/((?:[svh]d|xvd)[a-z]{1,3}|nvme\d+n\d+|mmcblk\d+|sr\d+)$/;
const PARTITION = /^\/dev\/((?:[svh]d|xvd)[a-z]{1,3}\d+|nvme\d+n\d+p\d+|mmcblk\d+p\d+)$/;

function deviceName({ logicalNames }: HardwareNode, pattern: RegExp): string | undefined {
  for (const name of logicalNames) {
    const found = pattern.exec(name)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The partitions of each disk, by the disk's node. */
function partitionNodes(nodes: readonly HardwareNode[]): ReadonlyMap<HardwareNode, readonly HardwareNode[]> {
  const parts = new Map<HardwareNode, HardwareNode[]>();
  for (const node of nodes) {
    if (deviceName(node, PARTITION) === undefined) continue;
    const disk = node.within.findLast((outer) => deviceName(outer, DISK) !== undefined);
    if (disk === undefined) continue;
    const before = parts.get(disk);
    if (before === undefined) parts.set(disk, [node]);
    else before.push(node);
  }
  return parts;
}

function fromHardware(nodes: readonly HardwareNode[], capture: Capture): readonly GuestDisk[] {
  const parts = partitionNodes(nodes);
  return nodes.flatMap((node) => {
    const name = deviceName(node, DISK);
    if (name === undefined) return [];
    const { fields, at } = node;
    const size = fields.get('size');
    const model = fields.get('product');
    const partitions = (parts.get(node) ?? []).map((part): GuestPartition => {
      const capacity = part.fields.get('size') ?? part.fields.get('capacity');
      return { name: deviceName(part, PARTITION)!, ...given({ size: capacity }), at: part.at };
    });
    const kind = name.startsWith('sr') ? 'drive' : 'disk';
    const shown = given({ size, model });
    return [{ name, ...shown, kind, attached: attachedBy(name, capture), partitions, evidence: [at] } satisfies GuestDisk];
  });
}

function fromLog(capture: Capture): readonly GuestDisk[] {
  const found = new Map<string, GuestDisk>();
  for (const { text, at } of capture.messages?.rows ?? []) {
    const [, name, size] =
      /\[([sv]d[a-z]{1,3})\] \d+ 512-byte logical blocks:? \((?:[\d.]+ [KMGT]B\/)?([\d.]+ [KMGT]iB)\)/.exec(text) ?? [];
    if (name === undefined || found.has(name)) continue;
    found.set(name, {
      name,
      ...given({ size }),
      kind: 'disk',
      attached: attachedBy(name, capture),
      partitions: [],
      evidence: [at],
    });
  }
  return [...found.values()];
}

/** The disks and drives of a guest: from lsblk, with models from lshw; else from lshw; else from the log. */
export function guestDisks(capture: Capture): readonly GuestDisk[] {
  const hardware = fromHardware(capture.hardware?.rows ?? [], capture);
  if (capture.blocks !== undefined && capture.blocks.rows.length > 0) {
    const models = new Map(hardware.map((disk) => [disk.name, disk]));
    return fromBlocks(capture.blocks.rows, capture).map((disk) => {
      const model = disk.model ?? models.get(disk.name)?.model;
      return {
        ...disk,
        ...given({ model }),
        evidence: [...disk.evidence, ...(models.get(disk.name)?.evidence ?? [])],
      };
    });
  }
  return hardware.length > 0 ? hardware : fromLog(capture);
}
