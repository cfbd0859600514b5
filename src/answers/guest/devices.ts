import { given } from '../../given.ts';
import type { Capture } from '../capture.ts';
import { VIRTIO_ROWS } from '../generated/guest.ts';
import { cluesFor } from './clues.ts';
import type { Evidence, HardwareNode, PciDevice } from './listings.ts';
import type { VirtioRow } from './tables.ts';

/**
 * What a device is to the guest: `virtio`; `emulated`, a model of hardware that exists or of the hypervisor's own make; `shared`, a
 * USB device that the hypervisor makes of one of the host's; `passed-through`, a real one that the host gave away; `kernel`, no device
 * but the kernel's own entry, such as a USB root hub.
 */
export type DeviceNature = 'virtio' | 'emulated' | 'shared' | 'passed-through' | 'kernel';

/** A device that the guest sees. */
export interface GuestDevice {
  readonly nature: DeviceNature;
  /** Such as `network card` or `Parallels Virtual Camera`. */
  readonly name: string;
  /** How the guest addresses it: `virtio0`, `00:01.0` or `203a:fff9`. */
  readonly address: string;
  readonly driver?: string;
  /** Under which transport a virtio device comes; `mmio` follows from PCI having none. */
  readonly transport?: 'pci' | 'mmio';
  readonly note?: string;
  readonly evidence: readonly Evidence[];
}

/** Virtio by what a text names: a driver, or a word of its description. */
function virtioByText(text: string): VirtioRow | undefined {
  const words = text.toLowerCase();
  const driver = /driver=([\w-]+)/.exec(words)?.[1]?.replaceAll('-', '_');
  const byDriver = VIRTIO_ROWS.find(({ drivers }) => driver !== undefined && drivers.includes(driver));
  if (byDriver !== undefined) return byDriver;
  const word: readonly (readonly [RegExp, number])[] = [
    [/\bgpu\b|display/, 16],
    [/balloon/, 5],
    [/ethernet|network/, 1],
    [/block|\bdisk\b/, 2],
    [/\bscsi\b/, 8],
    [/\brng\b|random/, 4],
    [/console|serial/, 3],
  ];
  const type = word.find(([pattern]) => pattern.test(words))?.[1];
  return VIRTIO_ROWS.find((row) => row.type === type);
}

const UNCLAIMED =
  'lshw calls a virtio device UNCLAIMED when nothing of it shows under /dev or as a network card, even while its driver runs; it does not mean that a driver is missing.';

/** `virtio@2`, and not a partition such as `virtio@2,1`. */
const VIRTIO_BUS = /^virtio@(\d{1,4})$/;

function virtioNode(node: HardwareNode, transport: GuestDevice['transport']): GuestDevice {
  const { fields, flags, within } = node;
  const texts = [fields.get('configuration'), fields.get('product'), fields.get('description'), within.at(-1)?.fields.get('product')];
  const kind = texts.map((text) => (text === undefined ? undefined : virtioByText(text))).find((row) => row !== undefined);
  const driver = /driver=([\w-]+)/.exec(fields.get('configuration') ?? '')?.[1];
  const number = VIRTIO_BUS.exec(fields.get('bus info') ?? '')?.[1] ?? node.id.replace(/^virtio/, '');
  const unclaimed = flags.includes('UNCLAIMED') ? { note: driver === undefined ? UNCLAIMED : `${UNCLAIMED} Here ${driver} runs.` } : {};
  return {
    nature: 'virtio',
    name: kind?.name ?? 'kind not stated',
    address: `virtio${number}`,
    ...given({ driver, transport }),
    ...unclaimed,
    evidence: [node.at],
  };
}

/** Virtio devices carry PCI's vendor id 1af4, or have no place on PCI: then they lie on memory-mapped I/O. */
function transportOf({ pci, modules }: Capture): GuestDevice['transport'] {
  if (pci !== undefined) return pci.rows.some(({ vendor, name }) => vendor === '1af4' || /virtio/i.test(name)) ? 'pci' : 'mmio';
  return modules?.rows.some(({ name }) => name === 'virtio_mmio') ? 'mmio' : undefined;
}

function virtioPci({ vendor, device, name, slot, driver, at }: PciDevice): GuestDevice {
  const byId = VIRTIO_ROWS.find(({ pciIds }) => vendor === '1af4' && device !== undefined && pciIds.includes(device));
  const kind = byId ?? virtioByText(name);
  return {
    nature: 'virtio',
    name: kind?.name ?? name,
    address: slot,
    ...given({ driver }),
    transport: 'pci',
    evidence: [at],
  };
}

function isVirtioPci({ vendor, name }: PciDevice): boolean {
  return vendor === '1af4' || (vendor === undefined && /\bvirtio\b/i.test(name));
}

/** The devices on the virtio bus: from sysfs, else lshw, else PCI, else the log. */
function virtioDevices(capture: Capture): readonly GuestDevice[] {
  const transport = transportOf(capture);
  const shown = given({ transport });
  if (capture.virtio !== undefined && capture.virtio.rows.length > 0) {
    return capture.virtio.rows.map(({ name, type, driver, at }) => ({
      nature: 'virtio',
      name: VIRTIO_ROWS.find((row) => row.type === type)?.name ?? `type ${type}`,
      address: name,
      ...given({ driver }),
      ...shown,
      evidence: [at],
    }));
  }
  const nodes = (capture.hardware?.rows ?? []).filter(
    ({ id, fields }) => VIRTIO_BUS.test(fields.get('bus info') ?? '') || /^virtio\d+$/.test(id),
  );
  if (nodes.length > 0) return nodes.map((node) => virtioNode(node, transport));
  const functions = (capture.pci?.rows ?? []).filter(isVirtioPci);
  if (functions.length > 0) return functions.map(virtioPci);
  return virtioInLog(capture, transport);
}

function virtioInLog({ messages: log }: Capture, transport: GuestDevice['transport']): readonly GuestDevice[] {
  const found = new Map<string, GuestDevice>();
  for (const { text, at } of log?.rows ?? []) {
    const [, driver, address] = /^(virtio_\w{1,20}) (virtio\d{1,4})\b/.exec(text) ?? [];
    if (driver === undefined || address === undefined || found.has(address)) continue;
    const name = VIRTIO_ROWS.find(({ drivers }) => drivers.includes(driver))?.name ?? driver;
    found.set(address, { nature: 'virtio', name, address, driver, ...given({ transport }), evidence: [at] });
  }
  return [...found.values()];
}

function pciDevices({ pci }: Capture): readonly GuestDevice[] {
  return (pci?.rows ?? [])
    .filter((row) => !isVirtioPci(row))
    .map(({ vendor, device, name, slot, driver, at }) => {
      const own = vendor !== undefined && cluesFor('pci', `${vendor}:${device ?? ''}`).length > 0;
      return {
        nature: own || vendor === undefined || /bridge|virtual/i.test(name) ? 'emulated' : 'passed-through',
        name,
        address: slot,
        ...given({ driver }),
        evidence: [at],
      };
    });
}

const ROOT_HUB = '1d6b';

function usbDevices({ usb }: Capture): readonly GuestDevice[] {
  return (usb?.rows ?? []).map(({ vendor, product, name, at }) => {
    const address = `${vendor}:${product}`;
    const own = cluesFor('usb', address).length > 0;
    const base = { name, address, evidence: [at] };
    if (vendor === ROOT_HUB) return { ...base, nature: 'kernel', note: 'a root hub: the kernel’s own entry for a USB controller' };
    if (!own) return { ...base, nature: 'passed-through', note: 'not of a hypervisor’s make: a real device that the host passed on' };
    if (/camera|webcam|printer|smart ?card|ccid|mass storage|disk/i.test(name))
      return { ...base, nature: 'shared', note: 'stands for one of the host’s' };
    return { ...base, nature: 'emulated', note: 'made by the hypervisor' };
  });
}

/** Devices outside of PCI and USB that the kernel names in the log. */
function platformDevices({ messages: log }: Capture): readonly GuestDevice[] {
  const found = new Map<string, GuestDevice>();
  for (const { text, at } of log?.rows ?? []) {
    const uart = /^(?:\S+ )?(tty(?:AMA|S)\d{1,2}) at MMIO (0x[0-9a-f]+)\b.* is an? (.{1,40})$/.exec(text);
    const clock = /^rtc-(pl031|efi) \S+: registered as (rtc\d)/.exec(text);
    if (uart !== null) found.set(uart[1]!, { nature: 'emulated', name: `serial port (${uart[3]})`, address: uart[1]!, evidence: [at] });
    if (clock !== null)
      found.set(clock[2]!, {
        nature: 'emulated',
        name: clock[1] === 'efi' ? 'clock, by UEFI' : 'clock (PL031)',
        address: clock[2]!,
        evidence: [at],
      });
  }
  return [...found.values()];
}

/** Every device that the capture shows, by nature. */
export function guestDevices(capture: Capture): readonly GuestDevice[] {
  return [...virtioDevices(capture), ...pciDevices(capture), ...platformDevices(capture), ...usbDevices(capture)];
}
