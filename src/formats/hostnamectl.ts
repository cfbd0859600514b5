import { type DmiField, evidenceOf, type Word } from '../answers/guest/listings.ts';
import { given } from '../given.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

const ROW = /^\s*(Virtualization|Kernel|Hardware (?:Vendor|Model)): {1,4}(\S.{0,200})$/;

/** Rows that say who made the machine, and how dmidecode calls them. */
const SMBIOS: Readonly<Record<string, string>> = { 'Hardware Vendor': 'Manufacturer', 'Hardware Model': 'Product Name' };

/** Whether a line is the first of what hostnamectl prints. */
export function beginsHostnamectl(text: string): boolean {
  return /^[ \t]*Static hostname: /.test(text);
}

/** What hostnamectl prints: the kernel, the hypervisor, who made the machine. */
export const hostnamectlReader: Reader = {
  name: 'hostnamectl',
  title: "hostnamectl's output",
  recognise: (head) => (/^[ \t]*Static hostname: /m.test(head) && /^[ \t]*(?:Kernel|Operating System): /m.test(head) ? 0.93 : 0),
  read(text) {
    const account = new LineAccount();
    const dmi: DmiField[] = [];
    let detectVirt: Word | undefined;
    let release: string | undefined;
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const [, name = '', data = ''] = ROW.exec(line.text.slice(0, 400)) ?? [];
      const at = evidenceOf('', line.number, line.text);
      const place = SMBIOS[name];
      if (place !== undefined) dmi.push({ structure: 'System Information', name: place, value: data.trim(), at });
      if (name === 'Virtualization') detectVirt ??= { text: data.trim(), at };
      if (name === 'Kernel') release ??= /^Linux (\d{1,3}\.\d{1,3}\S{0,80})/.exec(data)?.[1];
      if (name !== '') account.read();
      else account.passed();
    }
    const kernel = release === undefined ? undefined : { release };
    return {
      value: given({ kernel, detectVirt, dmi: dmi.length === 0 ? undefined : { file: '', rows: dmi } }),
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
