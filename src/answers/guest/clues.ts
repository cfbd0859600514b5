import { parseMidr } from '../../silicon/midr.ts';
import { CLUE_ROWS } from '../generated/guest.ts';
import type { Capture, Evidence } from './capture.ts';
import { acpiTables } from './firmware.ts';
import { type GuestCore, guestCores } from './guest-cpu.ts';
import type { ClueKind, ClueRow } from './tables.ts';

/** A clue that was found. */
export interface Clue {
  readonly row: ClueRow;
  /** The text that it was read from, such as `203a:fff9`. */
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/** The longest beginning that a row asks for, and more. */
const LOOKED_AT = 64;

let byKind: ReadonlyMap<ClueKind, readonly ClueRow[]> | undefined;

/** The rows that a text begins with; of two where one continues the other, the longer. */
export function cluesFor(kind: ClueKind, text: string): readonly ClueRow[] {
  byKind ??= new Map(CLUE_ROWS.map(({ kind: one }) => [one, CLUE_ROWS.filter((row) => row.kind === one)]));
  const lower = text.slice(0, LOOKED_AT).toLowerCase();
  const rows = (byKind.get(kind) ?? []).filter(({ starts }) => lower.startsWith(starts.toLowerCase()));
  const longest = Math.max(0, ...rows.map(({ starts }) => starts.length));
  return rows.filter(({ starts }) => starts.length === longest);
}

interface Said {
  readonly kind: ClueKind;
  readonly text: string;
  readonly at: Evidence;
}

/** Fields of SMBIOS that name who made the machine. */
const NAMING: ReadonlySet<string> = new Set(['Manufacturer', 'Product Name', 'Vendor', 'Version', 'Family']);
const MAKERS = /^(?:System|Base Board|BIOS|Chassis) Information$/;

/** `DMI: Apple Inc. Apple Virtualization Generic Platform/…, BIOS …`: nothing parts the maker from the product, so that each word may begin one. */
function makersIn(text: string): readonly string[] {
  const words = text.split(/[/,]/, 1)[0]!.split(' ').slice(0, 12);
  return words.map((_, i) => words.slice(i).join(' '));
}

function dmiTexts({ dmi, log }: Capture): readonly Said[] {
  const fields = (dmi?.rows ?? []).filter(({ structure, name }) => MAKERS.test(structure) && NAMING.has(name));
  const lines = (log?.rows ?? []).flatMap(({ text, at }) =>
    text.startsWith('DMI: ') ? makersIn(text.slice(5)).map((maker) => ({ text: maker, at })) : [],
  );
  return [...fields.map(({ value, at }) => ({ text: value, at })), ...lines].map((said) => ({ kind: 'dmi', ...said }));
}

function macTexts({ interfaces, hardware }: Capture): readonly Said[] {
  const nodes = (hardware?.rows ?? []).flatMap(({ fields, at }) => {
    const serial = fields.get('serial') ?? '';
    return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(serial) ? [{ text: serial, at: { ...at, text: `serial: ${serial}` } }] : [];
  });
  return [...(interfaces?.rows ?? []).map(({ address, at }) => ({ text: address, at })), ...nodes].map((said) => ({
    kind: 'mac',
    ...said,
  }));
}

/** Implementer and part in hex digits: `61:000`. */
function midrTexts({ midr, evidence }: GuestCore): readonly Said[] {
  const { implementer, part } = parseMidr(midr);
  const text = `${implementer.toString(16).padStart(2, '0')}:${part.toString(16).padStart(3, '0')}`;
  return evidence.map((at) => ({ kind: 'midr', text, at }));
}

/** Everything in a capture that may be a clue. */
function said(capture: Capture): readonly Said[] {
  const { pci, usb, log, blocks, hardware, detectVirt } = capture;
  const disks = (hardware?.rows ?? []).filter(({ fields }) => /^\/dev\/(?:[svh]d|xvd|nvme|sr)/.test(fields.get('logical name') ?? ''));
  const models = disks.flatMap(({ fields, at }) =>
    ['vendor', 'product'].flatMap((key) => (fields.has(key) ? [{ text: fields.get(key)!, at }] : [])),
  );
  return [
    ...(detectVirt === undefined ? [] : [{ kind: 'virt', text: detectVirt.text, at: detectVirt.at } as const]),
    ...dmiTexts(capture),
    ...acpiTables(capture).map(({ oem, at }): Said => ({ kind: 'acpi-oem', text: oem, at })),
    ...(usb?.rows ?? []).map(({ vendor, product, at }): Said => ({ kind: 'usb', text: `${vendor}:${product}`, at })),
    ...(pci?.rows ?? []).flatMap(({ vendor, device, at }): Said[] =>
      vendor === undefined ? [] : [{ kind: 'pci', text: `${vendor}:${device ?? ''}`, at }],
    ),
    ...macTexts(capture),
    ...[...(blocks?.rows ?? []).flatMap(({ model, at }) => (model === undefined ? [] : [{ text: model, at }])), ...models].map(
      (one): Said => ({ kind: 'disk', ...one }),
    ),
    ...guestCores(capture).flatMap(midrTexts),
    ...(log?.rows ?? []).map(({ text, at }): Said => ({ kind: 'log', text, at })),
  ];
}

/** How many places are kept as evidence of one clue. */
const KEPT = 4;

/** The clues of a capture, each row once, with the first places where it was found. */
export function cluesOf(capture: Capture): readonly Clue[] {
  const found = new Map<ClueRow, { text: string; evidence: Evidence[] }>();
  for (const { kind, text, at } of said(capture)) {
    for (const row of cluesFor(kind, text)) {
      const clue = found.get(row) ?? { text, evidence: [] };
      found.set(row, clue);
      if (clue.evidence.length < KEPT && !clue.evidence.includes(at)) clue.evidence.push(at);
    }
  }
  return [...found].map(([row, clue]) => ({ row, ...clue }));
}
