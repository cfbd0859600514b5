import type { Capture } from '../capture.ts';
import type { KernelModule, LogLine, PciDevice, UsbDevice } from './listings.ts';

const USB = /^usb (\S{1,32}): New USB device found, idVendor=([0-9a-f]{4}), idProduct=([0-9a-f]{4})/;
const USB_NAME = /^usb (\S{1,32}): Product: (.+)/;
const PCI = /^pci ([0-9a-f:.]{7,16}): \[([0-9a-f]{4}):([0-9a-f]{4})\] type/;

function usbInLog(lines: readonly LogLine[]): readonly UsbDevice[] {
  const names = new Map<string, string>();
  for (const { text } of lines) {
    const [, port, name] = USB_NAME.exec(text) ?? [];
    if (port !== undefined && name !== undefined) names.set(port, name);
  }
  return lines.flatMap(({ text, at }) => {
    const [, port = '', vendor, product] = USB.exec(text) ?? [];
    return vendor === undefined || product === undefined ? [] : [{ vendor, product, name: names.get(port) ?? '', at }];
  });
}

function pciInLog(lines: readonly LogLine[]): readonly PciDevice[] {
  return lines.flatMap(({ text, at }) => {
    const [, slot, vendor, device] = PCI.exec(text) ?? [];
    if (slot === undefined || vendor === undefined || device === undefined) return [];
    return [{ slot: slot.replace(/^0000:/, ''), vendor, device, name: `${vendor}:${device}`, at }];
  });
}

/** `Modules linked in: virtio_blk(E) virtiofs` of an oops, with what each is marked as. */
const MODULES = /^Modules linked in: (.{1,8000})/;

function modulesInLog(lines: readonly LogLine[]): readonly KernelModule[] {
  const found = new Map<string, KernelModule>();
  for (const { text, at } of lines) {
    for (const word of MODULES.exec(text)?.[1]
      ?.replace(/\[last unloaded:.*/, '')
      .split(' ') ?? []) {
      const name = /^(\w{2,60})(?:\([A-Z+-]{1,10}\))?$/.exec(word)?.[1];
      if (name !== undefined && !found.has(name)) found.set(name, { name, at });
    }
  }
  return [...found.values()];
}

/** Takes devices and modules from the log where lsusb, lspci and lsmod were not captured. A log that has none does not say that there are none. */
export function withLogDevices(capture: Capture): Capture {
  const { messages: log, usb, pci, modules } = capture;
  if (log === undefined) return capture;
  const moduleRows = modules === undefined ? modulesInLog(log.rows) : [];
  const [usbRows, pciRows] = [usb === undefined ? usbInLog(log.rows) : [], pci === undefined ? pciInLog(log.rows) : []];
  return {
    ...capture,
    ...(usbRows.length === 0 ? {} : { usb: { file: log.file, rows: usbRows } }),
    ...(moduleRows.length === 0 ? {} : { modules: { file: log.file, rows: moduleRows } }),
    ...(pciRows.length === 0 ? {} : { pci: { file: log.file, rows: pciRows } }),
  };
}
