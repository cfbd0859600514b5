import type { Capture } from '../answers/capture.ts';
import { type DmiField, evidenceOf } from '../answers/guest/listings.ts';
import type { Parsed } from '../diagnostic.ts';
import { findCore } from '../silicon/core.ts';
import { composeMidr, parseMidr } from '../silicon/midr.ts';
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
    // Of rows that grep prints alone the indentation may be lost.
    const [, name, value = ''] =
      (structure === '' ? /^\t?([A-Z][^\t:]{1,60}):(?: (.*))?$/ : /^\t([^\t:]{1,60}):(?: (.*))?$/).exec(line) ?? [];
    if (name === undefined && /^[A-Z]/.test(line)) structure = line.trim();
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

/** How dmidecode gives the fields of MIDR_EL1 that SMBIOS has as a processor's ID. */
const SIGNATURE =
  /^Implementor 0x([0-9a-f]{1,2}), Variant 0x([0-9a-f]), Architecture (\d{1,2}), PartNum 0x([0-9a-f]{1,3}), Revision (\d{1,2})$/i;

/** The bytes of MIDR_EL1, the lowest first. */
const ID = /^([\dA-F]{2}) ([\dA-F]{2}) ([\dA-F]F) ([\dA-F]{2}) /;

/** The cores of which structures of processors tell, and how many of them are enabled. */
export function cpusOfDmi(rows: readonly DmiField[]): Pick<Capture, 'midrs' | 'cpuCount'> {
  // grep leaves the heading away.
  const processors = rows.filter(({ structure }) => structure === 'Processor Information' || structure === '');
  const midrs = new Set<bigint>();
  let [enabled, there] = [0, 0];
  for (const { name, value } of processors) {
    const found = name === 'Signature' ? SIGNATURE.exec(value) : null;
    // Where dmidecode does not know the family it shows the bytes alone.
    const bytes = name === 'ID' ? ID.exec(value) : null;
    const midr = bytes === null ? 0n : BigInt(`0x${bytes.slice(1).reverse().join('')}`);
    if (findCore(parseMidr(midr)) !== undefined) midrs.add(midr);
    if (name === 'Core Enabled' && /^\d{1,4}$/.test(value)) enabled += Number(value);
    if (name === 'Core Count' && /^\d{1,4}$/.test(value)) there += Number(value);
    if (found === null) continue;
    const [implementer, variant, part] = [found[1]!, found[2]!, found[4]!].map((digits) => Number.parseInt(digits, 16)) as [
      number,
      number,
      number,
    ];
    const [architecture, revision] = [Number(found[3]), Number(found[5])];
    if (architecture === 15 && implementer !== 0 && revision < 16) midrs.add(composeMidr({ implementer, variant, part, revision }));
  }
  const count = enabled || there;
  return { ...(midrs.size === 0 ? {} : { midrs: [...midrs] }), ...(midrs.size === 0 || count === 0 ? {} : { cpuCount: count }) };
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
