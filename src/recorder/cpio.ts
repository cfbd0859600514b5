/** A file of an archive; a folder if it has neither bytes nor a device. */
export interface CpioEntry {
  /** Without a slash in front. */
  readonly path: string;
  readonly bytes?: Uint8Array;
  /** The numbers of a character device. */
  readonly device?: readonly [major: number, minor: number];
}

const FOLDER = 0o040755;
const PROGRAM = 0o100755;
const CHARACTER_DEVICE = 0o020600;

function modeOf({ bytes, device }: CpioEntry): number {
  if (device !== undefined) return CHARACTER_DEVICE;
  return bytes === undefined ? FOLDER : PROGRAM;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array((bytes.length + 3) & ~3);
  whole.set(bytes);
  return whole;
}

function record(entry: CpioEntry, inode: number): Uint8Array {
  const { path, bytes = new Uint8Array(), device = [0, 0] } = entry;
  const links = entry.bytes === undefined && entry.device === undefined ? 2 : 1;
  // c_ino, c_mode, c_uid, c_gid, c_nlink, c_mtime, c_filesize, c_devmajor, c_devminor, c_rdevmajor, c_rdevminor, c_namesize, c_check
  const fields = [inode, modeOf(entry), 0, 0, links, 0, bytes.length, 0, 0, ...device, path.length + 1, 0];
  const head = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${path}\0`;
  const [start, body] = [padded(new TextEncoder().encode(head)), padded(bytes)];
  const whole = new Uint8Array(start.length + body.length);
  whole.set(start);
  whole.set(body, start.length);
  return whole;
}

/**
 * Writes an archive as Linux unpacks it into its first file system: cpio, the new ASCII form without checksums.
 *
 * @see Linux `Documentation/driver-api/early-userspace/buffer-format.rst`.
 */
export function formatCpio(entries: readonly CpioEntry[]): Uint8Array {
  const parts = [...entries, { path: 'TRAILER!!!', bytes: new Uint8Array() }].map((entry, i) => record(entry, i + 1));
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
