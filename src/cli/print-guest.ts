import type { DeviceNature, Evidence, Finding, FindingTopic, GuestReport, HypervisorGuess } from '../answers/guest.ts';
import type { ReadFile } from '../formats/read-texts.ts';
import type { Io } from './io.ts';
import { cpuText } from './print-guest-cpu.ts';
import { printable } from './printable.ts';
import { aligned, type Palette, paletteOf, wrap } from './style.ts';

/** What was read, beside what it says. */
export interface GuestSource {
  readonly title: string;
  readonly files: readonly ReadFile[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** Where something stands: `lsusb.txt:3`. */
export function placeOfEvidence({ file, line }: Evidence): string {
  return line === undefined ? file : `${file}:${line}`;
}

function places(evidence: readonly Evidence[]): string {
  const shown = [...new Set(evidence.map(placeOfEvidence))];
  return shown.length > 4 ? `${shown.slice(0, 4).join(', ')}, …` : shown.join(', ');
}

/** A paragraph below a heading: a sentence, then where it was read and what is to be kept in mind, in grey. */
function item(text: string, more: readonly string[], palette: Palette, io: Io): string {
  const lines = more.filter((line) => line !== '').map((line) => `${palette.dim(wrap(printable(line), io.columns, '      '))}\n`);
  const body = wrap(printable(text), io.columns, '    ');
  return `  - ${body.slice(4)}\n${lines.join('')}`;
}

function findingText({ says, note = '', basis, evidence }: Finding, palette: Palette, io: Io): string {
  const from = { inferred: 'follows from', read: 'read in', said: 'said in words only, in' }[basis];
  const first = evidence[0];
  const quote = first === undefined || first.line === undefined ? '' : `: ${first.text.replace(/^\[ *[\d.]+\] /, '')}`;
  return item(says, [`${from} ${places(evidence)}${quote}`, note], palette, io);
}

function findings(report: GuestReport, topics: readonly FindingTopic[], palette: Palette, io: Io): string {
  return report.findings
    .filter(({ topic }) => topics.includes(topic))
    .map((finding) => findingText(finding, palette, io))
    .join('');
}

function guessText({ hypervisor, likelihood, reasons, against }: HypervisorGuess, palette: Palette, io: Io): string {
  const reason = ({ means, text, weight, evidence }: HypervisorGuess['reasons'][number]): string =>
    item(`${means}: ${text}`, [`${weight}; ${places(evidence)}`], palette, io);
  const contrary = against.length === 0 ? '' : `  ${palette.bad('against it')}\n${against.map(reason).join('')}`;
  const host = hypervisor.host === undefined ? '' : item(`its Arm guests run on ${hypervisor.host} only`, [], palette, io);
  return `  ${palette.strong(hypervisor.name)}: ${likelihood}\n${host}${reasons.map(reason).join('')}${contrary}`;
}

const NATURES: readonly (readonly [DeviceNature, string])[] = [
  ['virtio', 'virtio'],
  ['emulated', 'emulated, or of the hypervisor’s own make'],
  ['shared', 'shared by the host, over USB'],
  ['passed-through', 'passed through'],
  ['kernel', 'the kernel’s own entries'],
];

/** A text as a cell has room for it. */
function short(text: string, length: number): string {
  const safe = printable(text).replace(/\s+/g, ' ');
  return safe.length > length ? `${safe.slice(0, length - 1)}…` : safe;
}

/** A place whose end, the line, is kept. */
function shortPlace(place: string): string {
  const safe = printable(place);
  return safe.length > 16 ? `…${safe.slice(-15)}` : safe;
}

function devicesText({ devices }: GuestReport, palette: Palette, io: Io): string {
  return NATURES.map(([nature, title]) => {
    const rows = devices.filter((device) => device.nature === nature);
    if (rows.length === 0) return '';
    const transport = nature === 'virtio' ? transportText(rows[0]?.transport) : '';
    const table = rows.map(({ address, name, driver = '', evidence }) => [
      short(address, 12),
      short(name, 34),
      short(driver, 14),
      palette.dim(shortPlace(placeOfEvidence(evidence[0]!))),
    ]);
    const notes = nature === 'virtio' ? [...new Set(rows.flatMap(({ note }) => note ?? []))] : [];
    const remarks = notes.map((note) => `${palette.dim(wrap(note, io.columns, '      '))}\n`).join('');
    return `  ${title}${transport}\n${aligned(table, '    ')}${remarks}`;
  }).join('');
}

function transportText(transport: 'pci' | 'mmio' | undefined): string {
  if (transport === 'pci') return ', on PCI';
  return transport === 'mmio' ? ', not on PCI: so on memory-mapped I/O' : '';
}

function disksText({ disks }: GuestReport): string {
  return disks
    .map(({ name, size = '', model = '', kind, attached, partitions }) => {
      const what = [kind === 'drive' ? 'drive' : 'disk', size, attached, model].filter(Boolean).join(', ');
      const parts = partitions.map((part) => [short(part.name, 16), short(part.size ?? '', 12), short(part.mountpoint ?? '', 40)]);
      return `  ${short(`${name}: ${what}`, 76)}\n${aligned(parts, '      ')}`;
    })
    .join('');
}

function networksText({ networks }: GuestReport, palette: Palette, io: Io): string {
  return networks
    .map(({ name, address, driver = '', prefix = '' }) => item([name, address, driver].filter(Boolean).join('  '), [prefix], palette, io))
    .join('');
}

function addOnsText({ addOns }: GuestReport, palette: Palette, io: Io): string {
  return addOns.map(({ name, row, evidence }) => item(`${name} (${row.suite}): ${row.purpose}`, [places(evidence)], palette, io)).join('');
}

function filesText({ files, skipped }: GuestSource, { missing }: GuestReport, palette: Palette): string {
  const unread = { unknown: 'not read: it is none of the listings that are known', empty: 'empty' } as const;
  const rows = files.map(({ path, kind, count }) => [
    short(path, 32),
    kind === 'unknown' || kind === 'empty' ? unread[kind] : `read as ${kind}${count === 0 ? ': it lists nothing' : ''}`,
  ]);
  const passed = skipped.map(({ path, reason }) => [short(path, 32), reason]);
  const gaps = missing.map(({ what, command, tells }) => [`${what} (${tells})`, command]);
  const todo =
    gaps.length === 0
      ? ''
      : `\n${palette.head('What is missing, and how to get it')}\n${gaps.map(([what, command]) => `  ${what}\n      ${command}\n`).join('')}`;
  return `\n${palette.head('Files')}\n${aligned([...rows, ...passed])}${todo}`;
}

/** Prints what a guest is: the verdict, why, then what was found, then the files. */
export async function printGuest(report: GuestReport, source: GuestSource, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const section = (title: string, body: string): string => (body === '' ? '' : `\n${palette.head(title)}\n${body}`);
  const { verdict, hypervisors } = report;
  const sure = verdict.likelihood === undefined ? '' : ` (${verdict.likelihood})`;
  return [
    `${palette.strong(wrap(printable(`${verdict.text}${sure}`), io.columns))}\n`,
    palette.dim(`${wrap(printable(source.title), io.columns)}\n`),
    section('Which hypervisor, and why', hypervisors.map((guess) => guessText(guess, palette, io)).join('')),
    section('Firmware and tables', findings(report, ['firmware'], palette, io)),
    section('The layer below', findings(report, ['virtualisation', 'platform'], palette, io)),
    section('CPU', cpuText(report.cpu, io, verdict.hypervisor) + findings(report, ['cpu'], palette, io)),
    section('Devices', devicesText(report, palette, io)),
    section('Disks', disksText(report)),
    section('Network', networksText(report, palette, io)),
    section('Guest add-ons', addOnsText(report, palette, io)),
    filesText(source, report, palette),
  ].join('');
}

/** The report as a JSON value. */
export function guestObject(report: GuestReport, { files, skipped }: GuestSource): object {
  const { cpu, addOns, ...rest } = report;
  const { inference, sameCore, sameLine, cores, ...facts } = cpu;
  const named = (machines: typeof sameCore): readonly string[] => machines.map(({ name }) => name);
  return {
    ...rest,
    addOns: addOns.map(({ name, row, evidence }) => ({
      name,
      suite: row.suite,
      purpose: row.purpose,
      hypervisor: row.hypervisor,
      evidence,
    })),
    cpu: {
      ...facts,
      cores,
      sameCore: named(sameCore),
      sameLine: named(sameLine),
      verdict: inference?.verdict,
      causes: inference?.causes,
      releases: inference?.ranges,
      certain: inference?.usualArchFeatures.certain,
    },
    files,
    skipped,
  };
}
