import { isDmiIdName } from './dmidecode.ts';

/** What a file of a capture is. `empty`: nothing stands in it and its name says nothing; `unknown`: it was not read. */
export type CaptureKind =
  | 'cpuinfo'
  | 'features-line'
  | 'lscpu'
  | 'dmesg'
  | 'lspci'
  | 'lsusb'
  | 'lsblk'
  | 'lsmod'
  | 'lshw'
  | 'dmidecode'
  | 'dmi-id'
  | 'ip-link'
  | 'ls'
  | 'virtio'
  | 'interrupts'
  | 'registers'
  | 'uname'
  | 'detect-virt'
  | 'psci-method'
  | 'empty'
  | 'unknown';

/** How much of a file is looked at to tell what it is. */
const LOOKED_AT = 16_384;

/** What names say, the surest first. A name alone does not make a kind: the content must fit, or be empty. */
const NAMES: readonly (readonly [RegExp, CaptureKind])[] = [
  [/cpu-?info/i, 'cpuinfo'],
  [/dmesg|kern(?:el)?[-_.]?log|journal|boot-?log/i, 'dmesg'],
  [/lspci|^pci/i, 'lspci'],
  [/lsusb|^usb/i, 'lsusb'],
  [/lsblk/i, 'lsblk'],
  [/lsmod|^modules/i, 'lsmod'],
  [/lshw/i, 'lshw'],
  [/dmidecode|^dmi\b/i, 'dmidecode'],
  [/interrupts/i, 'interrupts'],
  [/^ip[-_ ]|ifconfig/i, 'ip-link'],
  [/uname|^version/i, 'uname'],
  [/detect-?virt|^virt-what/i, 'detect-virt'],
  [/virtio/i, 'virtio'],
  [/reg(?:ister)?s|sysregs|id_aa64/i, 'registers'],
  [/^ls\b|^ls[-_.]|^find|tree|folder|listing/i, 'ls'],
];

/** What the content of each kind has in one of its lines. */
const CONTENTS: Readonly<Partial<Record<CaptureKind, RegExp>>> = {
  cpuinfo: /^(?:processor|features|cpu implementer)\s*:/im,
  dmidecode: /^(?:# dmidecode \d|Handle 0x[0-9a-f]{4}, DMI type \d|SMBIOS \d.* present)/im,
  lshw: /^ +\*-\w/m,
  lspci: /^(?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] \S/im,
  lsusb: /^(?:Bus \d+ Device \d+: )?ID [0-9a-f]{4}:[0-9a-f]{4}/m,
  lsblk: /^NAME +\S.*\b(?:SIZE|TYPE)\b/m,
  interrupts: /^ +CPU0\b/m,
  'ip-link': /^\s+(?:link\/ether|link\/loopback|ether) /m,
  uname: /^Linux \S+ \d+\.\d+/m,
  virtio: /^virtio\d+ 0x[0-9a-f]{4}\b/m,
  dmesg:
    /^(?:<\d+>)?\[ *\d{1,12}\.\d{1,9}\](?:\[ *[TC]\d+\])? |^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\] |^[^\n]{1,90} kernel: |^(?:Linux version \d|Booting Linux on physical CPU|psci: |hw-breakpoint: |efi: EFI|kvm \[\d+\]: )/m,
  registers: /\b(?:MIDR_EL1|ID_AA64\w+_EL1)\b/,
  lsmod: /^(?:Module +Size +Used by|[a-z0-9_]+ +\d+ +\d+\b|[a-z0-9_]+ \d+ \d+ \S+ Live)/m,
  'detect-virt':
    /^\s*(?:none|kvm|amazon|qemu|bochs|xen|uml|vmware|oracle|microsoft|zvm|parallels|bhyve|qnx|acrn|powervm|apple|sre|google|vm-other)\s*$/,
  ls: /^(?:[./~]\S*:|total \d+|[-dl][-rwxsStT]{9}[.+@]? .+|\/\S+)$/m,
};

/** `/proc/device-tree/psci/method`, which ends in a zero byte, or the line of the FADT that says it. */
export const PSCI_METHOD: RegExp = /^(?:hvc|smc)\s*$|\bMust use HVC for PSCI\b/m;

/** Bytes that text does not have: then a file is none. */
function isBinary(head: string): boolean {
  return head.includes('\u0000');
}

/** Kinds whose listing may rightly be empty. */
const MAY_BE_EMPTY: ReadonlySet<CaptureKind> = new Set(['lspci', 'lsusb', 'lsblk', 'lsmod', 'ls', 'virtio']);

/** Kinds that are read on the word of the name alone, if the content is some text: bare names are a list too. */
const BY_NAME: ReadonlySet<CaptureKind> = new Set(['lsmod', 'ls', 'dmesg']);

/** Tells what a file is, by its name and by its content; where they disagree the content decides. */
export function kindOf({ path, text }: { readonly path: string; readonly text: string }): CaptureKind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const head = text.slice(0, LOOKED_AT);
  if (/^(?:hvc|smc)$/.test(head.replaceAll('\u0000', '').trim())) return 'psci-method';
  if (isBinary(head)) return 'unknown';
  if (/\bMust use HVC for PSCI\b/.test(head)) return 'psci-method';
  const named = NAMES.find(([pattern]) => pattern.test(name))?.[1];
  if (head.trim() === '') return named !== undefined && MAY_BE_EMPTY.has(named) ? named : 'empty';
  if (isDmiIdName(name)) return 'dmi-id';
  if (named !== undefined && CONTENTS[named]?.test(head)) return named;
  const kinds = Object.keys(CONTENTS) as CaptureKind[];
  const content = kinds.find((kind) => CONTENTS[kind]?.test(head));
  if (content !== undefined) return content;
  return named !== undefined && BY_NAME.has(named) ? named : 'unknown';
}
