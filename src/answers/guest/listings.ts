/** Where something was read: the file, the line, and its text. */
export interface Evidence {
  /** The file's name in the capture. */
  readonly file: string;
  /** From 1 on; absent if the file as a whole says it, as an empty listing does. */
  readonly line?: number;
  /** The line, cut to 200 characters. */
  readonly text: string;
}

/** What one tool listed. An empty list is something that was said; a listing that was not captured is absent. */
export interface Listing<T> {
  readonly file: string;
  readonly rows: readonly T[];
}

/** A message of the kernel, without its time stamp. */
export interface LogLine {
  readonly text: string;
  readonly at: Evidence;
}

/** A PCI function. */
export interface PciDevice {
  /** Such as `00:01.0`. */
  readonly slot: string;
  /** Four hex digits in lower case; absent if lspci was run without -n or -nn. */
  readonly vendor?: string;
  readonly device?: string;
  /** As lspci names it: class and device. */
  readonly name: string;
  /** The kernel driver in use. */
  readonly driver?: string;
  readonly at: Evidence;
}

/** A USB device; vendor and product have four hex digits in lower case. */
export interface UsbDevice {
  readonly vendor: string;
  readonly product: string;
  readonly name: string;
  readonly at: Evidence;
}

/** A row of lsblk. */
export interface BlockDevice {
  readonly name: string;
  /** As printed, such as `127.5G`. */
  readonly size?: string;
  /** Such as `disk`, `part` or `rom`. */
  readonly type?: string;
  /** The disk that a partition lies on. */
  readonly parent?: string;
  readonly mountpoint?: string;
  readonly model?: string;
  readonly at: Evidence;
}

/** A module of the kernel that is loaded. */
export interface KernelModule {
  readonly name: string;
  readonly at: Evidence;
}

/** A node of lshw's tree. */
export interface HardwareNode {
  /** Such as `virtio0`. */
  readonly id: string;
  /** 0 for the machine itself. */
  readonly depth: number;
  /** The words behind the id, such as `UNCLAIMED` or `DISABLED`. */
  readonly flags: readonly string[];
  /** By name, such as `description`; `configuration` as printed. */
  readonly fields: ReadonlyMap<string, string>;
  /** Every name that the system has for it, such as `/dev/cdrom` and `/dev/sr0`. */
  readonly logicalNames: readonly string[];
  /** The nodes that it lies in, the outermost first. */
  readonly within: readonly HardwareNode[];
  readonly at: Evidence;
}

/** The name of a field that is two of SMBIOS, of which nothing tells where the first one ends. */
export const MAKER_AND_PRODUCT = 'Manufacturer, Product Name';

/** A field of SMBIOS, such as `System Information` / `Manufacturer`. */
export interface DmiField {
  readonly structure: string;
  readonly name: string;
  readonly value: string;
  readonly at: Evidence;
}

/** A network card and its address. */
export interface NetworkInterface {
  readonly name: string;
  /** In lower case, with colons. */
  readonly address: string;
  readonly at: Evidence;
}

/** A name in a folder that was listed. */
export interface FolderEntry {
  /** Absent if the listing does not say. */
  readonly folder?: string;
  readonly name: string;
  readonly at: Evidence;
}

/** A device on the virtio bus, from sysfs. */
export interface VirtioEntry {
  /** Such as `virtio0`. */
  readonly name: string;
  /** The type that the virtio specification gives it. */
  readonly type: number;
  readonly driver?: string;
  readonly at: Evidence;
}

/** A line of a small file that has but one: `uname -a`, `systemd-detect-virt`. */
export interface Word {
  readonly text: string;
  readonly at: Evidence;
}

/** What a person says of the machine in words between listings: what it has, and how many of it. */
export interface Remark {
  readonly subject: 'uefi' | 'acpi' | 'smbios' | 'psci' | 'breakpoints';
  /** Absent where the words tell no number. */
  readonly count?: number;
  readonly at: Evidence;
}

/** What tools listed on a machine, and what its kernel said; a listing that was not captured is absent. */
export interface Listings {
  /** Every message of the kernel, whatever it is about. */
  readonly messages?: Listing<LogLine>;
  readonly pci?: Listing<PciDevice>;
  readonly usb?: Listing<UsbDevice>;
  readonly blocks?: Listing<BlockDevice>;
  readonly modules?: Listing<KernelModule>;
  readonly hardware?: Listing<HardwareNode>;
  readonly dmi?: Listing<DmiField>;
  readonly interfaces?: Listing<NetworkInterface>;
  readonly folders?: Listing<FolderEntry>;
  readonly virtio?: Listing<VirtioEntry>;
  readonly interrupts?: Listing<LogLine>;
  readonly remarks?: Listing<Remark>;
  readonly uname?: Word;
  readonly detectVirt?: Word;
  /** How PSCI is called: from the device tree, or from the FADT as iasl prints it. */
  readonly psciMethod?: Word;
  /** What the machine of a listing is that is no Arm: `x86_64`. */
  readonly foreign?: Word;
}

/** A listing of rows. */
export type ListingKey = Exclude<keyof Listings, WordKey>;

/** A listing of one word. */
export type WordKey = 'uname' | 'detectVirt' | 'psciMethod' | 'foreign';

/** The listings of rows. */
export const LISTING_KEYS: readonly ListingKey[] = [
  'messages',
  'pci',
  'usb',
  'blocks',
  'modules',
  'hardware',
  'dmi',
  'interfaces',
  'folders',
  'virtio',
  'interrupts',
  'remarks',
];

/** The listings of one word. */
export const WORD_KEYS: readonly WordKey[] = ['uname', 'detectVirt', 'psciMethod', 'foreign'];

const SHOWN = 200;

/** Makes evidence of a line. */
export function evidenceOf(file: string, line: number, text: string): Evidence {
  const plain = text.trim();
  return { file, line, text: plain.length > SHOWN ? `${plain.slice(0, SHOWN)}…` : plain };
}
