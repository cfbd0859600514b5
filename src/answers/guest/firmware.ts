import type { Capture } from '../capture.ts';
import { type Finding, findEntries, findMessage, findRemark } from './finding.ts';
import type { Evidence } from './listings.ts';

/** The evidence that there is, without what was not found. */
function told(...parts: readonly (Evidence | undefined)[]): readonly Evidence[] {
  return parts.filter((part) => part !== undefined);
}

/** What no listing shows, and a person says. */
function saidOnly(capture: Capture, subject: 'acpi' | 'smbios', says: string): readonly Finding[] {
  const remark = findRemark(capture, subject);
  return remark === undefined ? [] : [{ topic: 'firmware', id: subject, value: true, says, basis: 'said', evidence: [remark.at] }];
}

function uefi(capture: Capture): readonly Finding[] {
  const said = findMessage(capture, /^efi: EFI (?:v(\d+\.\d+)\b)?(?:.* by (.+))?/);
  const entries = findEntries(capture, /^efi$/, /\/sys\/firmware\b/);
  const dmi = capture.dmi?.rows.find(({ value }) => value === 'UEFI is supported');
  const none = findMessage(capture, /^efi: UEFI not found\./);
  const base = { topic: 'firmware', id: 'uefi', basis: 'read' } as const;
  if (said === undefined && entries.length === 0 && dmi === undefined) {
    if (none !== undefined) return [{ ...base, value: false, says: 'Boots without UEFI.', evidence: [none.line.at] }];
    const mounted = capture.blocks?.rows.find(({ mountpoint = '' }) => /^\/(?:boot\/)?efi$/.test(mountpoint));
    const remark = findRemark(capture, 'uefi');
    if (mounted === undefined && remark === undefined) return [];
    const evidence = told(mounted?.at, remark?.at);
    return [{ ...base, value: true, says: 'Boots by UEFI.', basis: mounted === undefined ? 'said' : 'inferred', evidence }];
  }
  const [version = '', maker = ''] = said?.groups ?? [];
  const known = /[a-z0-9]/i.test(maker) ? `, made by ${maker}` : '';
  return [
    {
      ...base,
      value: true,
      says: `Boots by UEFI${version === '' ? '' : ` ${version}`}${known}.`,
      evidence: told(said?.line.at, entries[0], dmi?.at),
    },
  ];
}

/** The tables that the kernel lists as it finds them: `ACPI: FACP 0x… 000114 (v06 BOCHS  BXPC …)`. */
const TABLE = /^ACPI: ([A-Z0-9]{4}) 0x[0-9A-F]{8,16} [0-9A-F]{6}(?: \(v[0-9A-F]{2} (.{0,6}))?/i;

/** An ACPI table that the kernel found, and who made it. */
export interface AcpiTable {
  readonly signature: string;
  /** The maker's id, at most six characters; empty if none is printed. */
  readonly oem: string;
  readonly at: Evidence;
}

/** The ACPI tables in the log, in its order. */
export function acpiTables({ messages: log }: Capture): readonly AcpiTable[] {
  return (log?.rows ?? []).flatMap(({ text, at }) => {
    const match = TABLE.exec(text);
    return match === null ? [] : [{ signature: match[1]!, oem: (match[2] ?? '').replace(/\).*/, '').trim(), at }];
  });
}

function acpi(capture: Capture): readonly Finding[] {
  const tables = acpiTables(capture);
  const said = findMessage(capture, /^ACPI: (?:RSDP|Core revision|Interpreter enabled|Early table checksum)/);
  const entries = findEntries(capture, /^acpi$/, /\/sys\/firmware\b/);
  const evidence = told(said?.line.at, entries[0]);
  if (evidence.length === 0) return saidOnly(capture, 'acpi', 'Described by ACPI tables.');
  const names = [...new Set(tables.map(({ signature }) => signature))].filter((name) => name !== 'RSDP' && name !== 'XSDT');
  const list = names.length === 0 ? '' : `: ${names.join(' ')}`;
  return [{ topic: 'firmware', id: 'acpi', value: true, says: `Described by ACPI tables${list}.`, basis: 'read', evidence }];
}

function smbios(capture: Capture): readonly Finding[] {
  const said = findMessage(capture, /^SMBIOS (\d+\.\d+(?:\.\d+)?\b)?.*present\./);
  const name = findMessage(capture, /^DMI: (.+)/);
  const first = capture.dmi?.rows[0];
  const entries = findEntries(capture, /^dmi$/, /\/sys\/firmware\b/);
  const evidence = told(said?.line.at, name?.line.at, first?.at, entries[0]);
  if (evidence.length === 0) return saidOnly(capture, 'smbios', 'Has SMBIOS.');
  const version = said?.groups[0] ?? '';
  const who = name === undefined ? '' : `; it calls the machine "${name.groups[0]}"`;
  const says = `Has SMBIOS${version === '' ? '' : ` ${version}`}${who}.`;
  return [{ topic: 'firmware', id: 'smbios', value: true, says, basis: 'read', evidence }];
}

function deviceTree(capture: Capture, hasAcpi: boolean): readonly Finding[] {
  const model = findMessage(capture, /^(?:OF: fdt: )?Machine model: (.+)/);
  if (model !== undefined) {
    const says = `Described by a device tree; it calls the machine "${model.groups[0]}".`;
    return [{ topic: 'firmware', id: 'device-tree', value: true, says, basis: 'read', evidence: [model.line.at] }];
  }
  const base = findEntries(capture, /^base$/, /\/sys\/firmware\/devicetree/);
  if (base.length > 0) {
    return [{ topic: 'firmware', id: 'device-tree', value: true, says: 'Described by a device tree.', basis: 'read', evidence: base }];
  }
  if (!hasAcpi) return [];
  const evidence = told(findMessage(capture, /^psci: probing for conduit method from ACPI/)?.line.at);
  if (evidence.length === 0) return [];
  const says = 'Not described by a device tree: the kernel asks ACPI.';
  return [{ topic: 'firmware', id: 'device-tree', value: false, says, basis: 'inferred', evidence }];
}

/** What the capture says of firmware and of the tables that it hands over. */
export function firmwareFindings(capture: Capture): readonly Finding[] {
  const tables = acpi(capture);
  return [
    ...uefi(capture),
    ...tables,
    ...smbios(capture),
    ...deviceTree(
      capture,
      tables.some(({ basis }) => basis === 'read'),
    ),
  ];
}
