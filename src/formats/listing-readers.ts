/**
 * Readers of what tools list on a machine: devices, modules, tables of firmware, folders. They say little of CPUs, and much of a guest.
 *
 * @module
 */
import {
  type DmiField,
  type Evidence,
  evidenceOf,
  type HardwareNode,
  type ListingKey,
  type Word,
  type WordKey,
} from '../answers/guest/listings.ts';
import type { Parsed } from '../diagnostic.ts';
import { parseDmesg } from './dmesg.ts';
import { cpusOfDmi, isDmiIdName, parseDmidecode, parseDmiId } from './dmidecode.ts';
import { parseFolderListing } from './folder-listing.ts';
import { parseIpLink } from './ip-link.ts';
import { parseLsblk } from './lsblk.ts';
import { cpusOfLshw, parseLshw } from './lshw.ts';
import { parseLsmod } from './lsmod.ts';
import { parseLspci } from './lspci.ts';
import { parseLsusb } from './lsusb.ts';
import type { Capture, Reader, ReaderHint } from './reader.ts';
import { listingLines } from './text-lines.ts';
import { parseVirtioListing } from './virtio-listing.ts';

interface ListingForm {
  readonly name: string;
  readonly title: string;
  readonly key: ListingKey;
  /** What the content has in one of its lines. */
  readonly content: RegExp;
  /** How sure that makes it. Default 0.85. */
  readonly confidence?: number;
  read(text: string, file: string, hint: ReaderHint): Parsed<readonly { readonly at: Evidence }[]>;
  /** What the rows say besides. */
  more?(rows: readonly { readonly at: Evidence }[]): Capture;
}

const FORMS: readonly ListingForm[] = [
  {
    name: 'lspci',
    title: "lspci's list",
    key: 'pci',
    content: /^(?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] \S/im,
    read: parseLspci,
  },
  {
    name: 'lsusb',
    title: "lsusb's list",
    key: 'usb',
    content: /^[ \t]*(?:Bus \d+ Device \d+: |\|__ .*|)ID [0-9a-f]{4}:[0-9a-f]{4}/m,
    read: parseLsusb,
  },
  { name: 'lsblk', title: "lsblk's list", key: 'blocks', content: /^NAME +\S.*\b(?:SIZE|TYPE)\b/m, read: parseLsblk },
  {
    name: 'lsmod',
    title: "lsmod's list",
    key: 'modules',
    content: /^(?:Module +Size +Used by|[a-z0-9_]+ \d+ \d+ \S+ Live)/m,
    read: parseLsmod,
  },
  {
    name: 'lshw',
    title: "lshw's tree",
    key: 'hardware',
    content: /^ *\*-[a-z][\w:]*(?: [A-Z]+)*\s*$/m,
    read: parseLshw,
    more: (rows) => cpusOfLshw(rows as readonly HardwareNode[]),
  },
  {
    name: 'dmidecode',
    title: "dmidecode's output",
    key: 'dmi',
    content:
      /^(?:# dmidecode \d|Handle 0x[0-9a-f]{4}, DMI type \d|SMBIOS \d.* present|.{0,40}\/dmi\/id\/(?:sys_vendor|product_name|bios_vendor)[^\w\n]{1,6}\w)/im,
    read: parseDmidecode,
    more: (rows) => cpusOfDmi(rows as readonly DmiField[]),
  },
  {
    name: 'dmi-id',
    title: 'a file of /sys/class/dmi/id',
    key: 'dmi',
    content: /(?!)/,
    read: (text, file, { name = '' }) => parseDmiId(text, file, name.slice(name.lastIndexOf('/') + 1)),
  },
  {
    name: 'ip-link',
    title: 'the list of network cards',
    key: 'interfaces',
    content: /^[ \t]+(?:link\/ether|link\/loopback|ether) /m,
    read: parseIpLink,
  },
  {
    name: 'ls',
    title: 'a list of files',
    key: 'folders',
    content: /^(?:(?!\/proc\/cpuinfo:)[./~]\S*:|total \d+|[-dl][-rwxsStT]{9}[.+@]? .+)$/m,
    confidence: 0.5,
    read: (text, file, { folder }) => parseFolderListing(text, file, folder),
  },
  {
    name: 'virtio',
    title: 'the list of virtio devices',
    key: 'virtio',
    content: /^virtio\d+ 0x[0-9a-f]{4}\b/m,
    confidence: 0.94,
    read: parseVirtioListing,
  },
  { name: 'interrupts', title: '/proc/interrupts', key: 'interrupts', content: /^ +CPU0(?!\S)/m, read: parseDmesg },
];

interface WordForm {
  readonly name: string;
  readonly title: string;
  readonly key: WordKey;
  /** The line that tells. */
  readonly line: RegExp;
  /** Whether the text holds nothing else. */
  readonly alone: boolean;
}

const WORDS: readonly WordForm[] = [
  {
    name: 'detect-virt',
    title: 'the word of systemd-detect-virt',
    key: 'detectVirt',
    line: /^\s*(?:none|kvm|amazon|qemu|bochs|xen|uml|vmware|oracle|microsoft|zvm|parallels|bhyve|qnx|acrn|powervm|apple|sre|google|vm-other)\s*$/,
    alone: true,
  },
  { name: 'psci-method', title: 'how PSCI is called', key: 'psciMethod', line: /^(?:hvc|smc)\s*$/, alone: true },
  { name: 'acpi-fadt', title: 'the FADT', key: 'psciMethod', line: /\bMust use HVC for PSCI\b/, alone: false },
];

/** Kinds that are read on the word of a file's name alone, where no other form is likely: bare names are a list too. */
const BY_NAME: ReadonlySet<string> = new Set(['lsmod', 'ls', 'kernel-log']);

/** Kinds whose listing may rightly be empty. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['lspci', 'lsusb', 'lsblk', 'lsmod', 'ls', 'virtio']);

/** What names of files say, the surest first. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/dmesg|kern(?:el)?[-_.]?log|journal|boot-?log/i, 'kernel-log'],
  [/lspci|^pci/i, 'lspci'],
  [/lsusb|^usb/i, 'lsusb'],
  [/lsblk/i, 'lsblk'],
  [/lsmod|^modules/i, 'lsmod'],
  [/lshw/i, 'lshw'],
  [/dmidecode|^dmi\b/i, 'dmidecode'],
  [/interrupts/i, 'interrupts'],
  [/^ip[-_ ]|ifconfig/i, 'ip-link'],
  [/detect-?virt|^virt-what/i, 'detect-virt'],
  [/virtio/i, 'virtio'],
  [/^ls\b|^ls[-_.]|^find|tree|folder|listing/i, 'ls'],
];

/**
 * The form that a file's name tells, where its content does not say otherwise.
 *
 * @returns `undefined` if the name says nothing, or the content must tell.
 */
export function formOfName(path: string, text: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isDmiIdName(name)) return 'dmi-id';
  const named = NAMES.find(([pattern]) => pattern.test(name))?.[1];
  if (named === undefined) return undefined;
  return BY_NAME.has(named) || (text.trim() === '' && MAY_BE_EMPTY.has(named)) ? named : undefined;
}

function listingReader({ name, title, key, content, confidence = 0.85, read, more }: ListingForm): Reader {
  return {
    name,
    title,
    recognise: (head) => (content.test(head) ? confidence : 0),
    read(text, hint = {}) {
      const { value, diagnostics } = read(text, '', hint);
      const told = new Set(value.map(({ at }) => at.line)).size;
      const all = listingLines(text).lines.filter((line) => line.text.trim() !== '').length;
      const unread = diagnostics.filter(({ code }) => code === 'bad-line').length;
      const lines = { read: told, passed: Math.max(0, all - told - unread), unread };
      return { value: { ...more?.(value), [key]: { file: '', rows: value } }, diagnostics, lines };
    },
  };
}

function wordReader({ name, title, key, line: pattern, alone }: WordForm): Reader {
  const plain = (text: string): string => text.replaceAll('\0', '');
  return {
    name,
    title,
    recognise: (head) => (pattern.test(alone ? plain(head).trim() : head) ? 0.8 : 0),
    read(text) {
      const { lines } = listingLines(plain(text));
      const found = lines.find((one) => pattern.test(one.text));
      const word: Word | undefined = found && { text: found.text.trim(), at: evidenceOf('', found.number, found.text) };
      const full = lines.filter((one) => one.text.trim() !== '').length;
      const read = word === undefined ? 0 : 1;
      return { value: word === undefined ? {} : { [key]: word }, diagnostics: [], lines: { read, passed: full - read, unread: 0 } };
    },
  };
}

/** The readers of listings, in the order in which they are asked. */
export const LISTING_READERS: readonly Reader[] = [...FORMS.map(listingReader), ...WORDS.map(wordReader)];

/** Their names. */
export const LISTING_FORMATS: ReadonlySet<string> = new Set(LISTING_READERS.map(({ name }) => name));
