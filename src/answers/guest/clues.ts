import { parseMidr } from '../../silicon/midr.ts';
import type { Capture } from '../capture.ts';
import { CLUE_ROWS } from '../generated/guest.ts';
import { acpiTables } from './firmware.ts';
import { type GuestCore, guestCores } from './guest-cpu.ts';
import { type Evidence, MAKER_AND_PRODUCT } from './listings.ts';
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

/** Where the kernel's log names the machine: SMBIOS, at boot and in an oops, or the device tree. */
const NAMED_IN_LOG = /^(?:DMI: |Hardware name: |(?:OF: fdt: |efi: )?Machine model: )(.+)/;

/** `DMI: Apple Inc. Apple Virtualization Generic Platform/…, BIOS …`: nothing parts the maker from the product, so that each word may begin one. */
function makersIn(text: string): readonly string[] {
  const bios = /, BIOS (.{1,60})/.exec(text)?.[1];
  const words = text
    .replace(/, Inc\./g, ' Inc.')
    .split('/', 1)[0]!
    .split(' ')
    .slice(0, 12);
  return [...words.map((_, i) => words.slice(i).join(' ')), ...(bios === undefined ? [] : [bios])];
}

/** Words of a name, each of which may begin what is looked for: `Host bridge: Red Hat, Inc. QEMU PCIe Host bridge`. */
function wordsOf(text: string): readonly string[] {
  const words = text.split(' ').slice(0, 16);
  return words.map((_, i) => words.slice(i).join(' '));
}

function dmiTexts({ dmi, messages: log }: Capture): readonly Said[] {
  const fields = (dmi?.rows ?? []).filter(({ structure, name }) => MAKERS.test(structure) && NAMING.has(name));
  const maker = fields.find(({ structure, name }) => structure === 'System Information' && name === 'Manufacturer');
  const whole = fields
    .filter(({ structure, name }) => maker !== undefined && structure === 'System Information' && name === 'Product Name')
    .map(({ value, at }) => ({ text: `${maker!.value} ${value}`, at }));
  const lines = (log?.rows ?? []).flatMap(({ text, at }) => {
    const name = NAMED_IN_LOG.exec(text)?.[1];
    return name === undefined ? [] : makersIn(name).map((one) => ({ text: one, at }));
  });
  const undivided = (dmi?.rows ?? []).filter(({ name }) => name === MAKER_AND_PRODUCT);
  const parts = undivided.flatMap(({ value, at }) => makersIn(value).map((text) => ({ text, at })));
  return [...fields.map(({ value, at }) => ({ text: value, at })), ...whole, ...parts, ...lines].map((said) => ({ kind: 'dmi', ...said }));
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

/** What a kernel's release has behind its numbers: `microsoft-standard-WSL2` of `5.15.167.4-microsoft-standard-WSL2`. */
function kernelTexts({ uname, messages }: Capture): readonly Said[] {
  const versions = (messages?.rows ?? []).filter(({ text }) => text.startsWith('Linux version '));
  return [uname, ...versions].flatMap((word): Said[] => {
    const flavour = /\b\d{1,3}\.\d[\d.]{0,12}-([a-z]{4}\S*)/i.exec(word?.text ?? '')?.[1];
    return word === undefined || flavour === undefined ? [] : [{ kind: 'kernel', text: flavour, at: word.at }];
  });
}

/** Everything in a capture that may be a clue. */
function said(capture: Capture): readonly Said[] {
  const { pci, usb, messages, blocks, hardware, detectVirt } = capture;
  const disks = (hardware?.rows ?? []).filter(({ fields }) => /^\/dev\/(?:[svh]d|xvd|nvme|sr)/.test(fields.get('logical name') ?? ''));
  const models = disks.flatMap(({ fields, at }) =>
    ['vendor', 'product'].flatMap((key) => (fields.has(key) ? [{ text: fields.get(key)!, at }] : [])),
  );
  return [
    ...(detectVirt === undefined ? [] : [{ kind: 'virt', text: detectVirt.text, at: detectVirt.at } as const]),
    ...kernelTexts(capture),
    ...dmiTexts(capture),
    ...acpiTables(capture).map(({ oem, at }): Said => ({ kind: 'acpi-oem', text: oem, at })),
    ...(usb?.rows ?? []).map(({ vendor, product, at }): Said => ({ kind: 'usb', text: `${vendor}:${product}`, at })),
    ...(pci?.rows ?? []).flatMap(({ vendor, device, at }): Said[] =>
      vendor === undefined ? [] : [{ kind: 'pci', text: `${vendor}:${device ?? ''}`, at }],
    ),
    ...(pci?.rows ?? []).flatMap(({ name, at }) => wordsOf(name).map((text): Said => ({ kind: 'device', text, at }))),
    ...macTexts(capture),
    ...[...(blocks?.rows ?? []).flatMap(({ model, at }) => (model === undefined ? [] : [{ text: model, at }])), ...models].map(
      (one): Said => ({ kind: 'disk', ...one }),
    ),
    ...guestCores(capture).flatMap(midrTexts),
    ...(messages?.rows ?? []).map(({ text, at }): Said => ({ kind: 'log', text, at })),
  ];
}

/** How many places are kept as evidence of one clue. */
const KEPT = 4;

/** The clues of a capture, each row once, with the first places where it was found. */
export function cluesOf(capture: Capture): readonly Clue[] {
  const found = new Map<ClueRow, { text: string; evidence: Evidence[] }>();
  const texts = said(capture);
  const isTakenBack = ({ kind, unless }: ClueRow): boolean =>
    unless !== undefined && texts.some((one) => one.kind === kind && one.text.includes(unless));
  for (const { kind, text, at } of texts) {
    for (const row of cluesFor(kind, text)) {
      if (isTakenBack(row)) continue;
      const clue = found.get(row) ?? { text, evidence: [] };
      found.set(row, clue);
      if (clue.evidence.length < KEPT && !clue.evidence.includes(at)) clue.evidence.push(at);
    }
  }
  return [...found].map(([row, clue]) => ({ row, ...clue }));
}
