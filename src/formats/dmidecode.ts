import { type DmiField, evidenceOf } from '../answers/guest/listings.ts';
import type { Parsed } from '../diagnostic.ts';
import { listingLines } from './text-lines.ts';

/** `/sys/class/dmi/id/sys_vendor:QEMU`, as grep prints files of sysfs, with marks of code around the parts. */
const ID_ROW = /\bdmi\/id\/([a-z_]{3,20})[`'"]?\s{0,4}[:=]\s{0,4}[`'"]?(\S(?:.{0,200}?\S)?)[`'"]?\s*$/;

/** Whether a line is a row of /sys/class/dmi/id that grep printed, or someone wrote so. */
export function isDmiIdRow(text: string): boolean {
  return isDmiIdName(ID_ROW.exec(text)?.[1] ?? '');
}

/** Reads dmidecode: the fields of each structure, and single words below them such as `UEFI is supported`. */
export function parseDmidecode(text: string, file: string): Parsed<readonly DmiField[]> {
  const { lines, diagnostics } = listingLines(text);
  const rows: DmiField[] = [];
  let structure = '';
  let list = '';
  for (const { number, text: line } of lines) {
    if (/^Handle 0x/.test(line)) {
      structure = '';
      continue;
    }
    if (/^[A-Z]/.test(line)) structure = line.trim();
    const [, name, value = ''] = /^\t([^\t:]{1,60}):(?: (.*))?$/.exec(line) ?? [];
    const item = /^\t\t(\S.*)$/.exec(line)?.[1];
    const at = evidenceOf(file, number, line);
    const [, member = '', said = ''] = ID_ROW.exec(line) ?? [];
    if (isDmiIdName(member)) {
      const [within, called] = DMI_ID[member]!;
      rows.push({ structure: within, name: called, value: said, at });
    } else if (name !== undefined) {
      list = name;
      if (value !== '') rows.push({ structure, name, value: value.trim(), at });
    } else if (item !== undefined) rows.push({ structure, name: list, value: item.trim(), at });
  }
  return { value: rows, diagnostics };
}

/** The files of /sys/class/dmi/id that say who made a machine, and how dmidecode calls what they hold. */
const DMI_ID: Readonly<Record<string, readonly [structure: string, name: string]>> = {
  sys_vendor: ['System Information', 'Manufacturer'],
  product_name: ['System Information', 'Product Name'],
  product_version: ['System Information', 'Version'],
  product_family: ['System Information', 'Family'],
  board_vendor: ['Base Board Information', 'Manufacturer'],
  board_name: ['Base Board Information', 'Product Name'],
  bios_vendor: ['BIOS Information', 'Vendor'],
  bios_version: ['BIOS Information', 'Version'],
  chassis_vendor: ['Chassis Information', 'Manufacturer'],
};

/** Whether a file's name is that of a file of /sys/class/dmi/id. */
export function isDmiIdName(name: string): boolean {
  return Object.hasOwn(DMI_ID, name);
}

/** Reads a file of /sys/class/dmi/id, such as `sys_vendor`, which holds one line. */
export function parseDmiId(text: string, file: string, name: string): Parsed<readonly DmiField[]> {
  const place = Object.hasOwn(DMI_ID, name) ? DMI_ID[name] : undefined;
  const { lines, diagnostics } = listingLines(text);
  const [line] = lines;
  if (place === undefined || line === undefined || line.text.trim() === '') return { value: [], diagnostics };
  return { value: [{ structure: place[0], name: place[1], value: line.text.trim(), at: evidenceOf(file, 1, line.text) }], diagnostics };
}
