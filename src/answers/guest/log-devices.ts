import type { Capture } from '../capture.ts';
import type { LogLine, PciDevice, UsbDevice } from './listings.ts';

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

/** Takes USB and PCI devices from the log where lsusb and lspci were not captured. A log that has none does not say that there are none. */
export function withLogDevices(capture: Capture): Capture {
  const { messages: log, usb, pci } = capture;
  if (log === undefined) return capture;
  const [usbRows, pciRows] = [usb === undefined ? usbInLog(log.rows) : [], pci === undefined ? pciInLog(log.rows) : []];
  return {
    ...capture,
    ...(usbRows.length === 0 ? {} : { usb: { file: log.file, rows: usbRows } }),
    ...(pciRows.length === 0 ? {} : { pci: { file: log.file, rows: pciRows } }),
  };
}
