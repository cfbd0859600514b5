import { constants } from 'node:fs';
import { type FileHandle, lstat, open, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, EXIT, type FolderFiles } from './io.ts';

/** Bounds of what is read of a folder, so that pointing at the wrong one does no harm. */
const MAX_FILE_BYTES = 4 << 20;
const MAX_TOTAL_BYTES = 64 << 20;
const MAX_FILES = 500;
const MAX_DEPTH = 4;

interface Reading {
  readonly root: string;
  readonly files: { path: string; text: string }[];
  readonly skipped: { path: string; reason: string }[];
  /** Bytes that may still be read. */
  left: number;
  seen: number;
  full: boolean;
}

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  if (code === 'ELOOP') return 'a link, which is not followed';
  return code ?? 'it cannot be read';
}

/** Reads at most `limit` bytes. Files of /proc tell a size of 0, so that the size is found by reading. */
async function readUpTo(handle: FileHandle, limit: number): Promise<{ readonly bytes: Buffer; readonly more: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  while (length <= limit) {
    const part = Buffer.alloc(Math.min(1 << 16, limit + 1 - length));
    const { bytesRead } = await handle.read(part, 0, part.length, null);
    if (bytesRead === 0) break;
    parts.push(part.subarray(0, bytesRead));
    length += bytesRead;
  }
  const bytes = Buffer.concat(parts);
  return { bytes: bytes.subarray(0, limit), more: bytes.length > limit };
}

async function readOne(reading: Reading, path: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    // Whatever was put in the place of the file meanwhile: no link is followed and no pipe waited for.
    handle = await open(join(reading.root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (!(await handle.stat()).isFile()) {
      reading.skipped.push({ path, reason: 'no plain file' });
      return;
    }
    const limit = Math.min(MAX_FILE_BYTES, reading.left);
    const { bytes, more } = await readUpTo(handle, limit);
    if (more) reading.skipped.push({ path, reason: `only its first ${limit} bytes are read` });
    reading.left -= bytes.length;
    reading.files.push({ path, text: bytes.toString('utf8') });
  } catch (cause) {
    reading.skipped.push({ path, reason: reasonOf(cause) });
  } finally {
    await handle?.close();
  }
}

interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** The entries of a folder by name. No more are taken than could be read. */
async function entriesOf(reading: Reading, folder: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  const directory = await opendir(join(reading.root, folder));
  for await (const entry of directory) {
    if (entries.length > MAX_FILES) break;
    const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other';
    entries.push({ name: entry.name, kind });
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readBelow(reading: Reading, folder: string, depth: number): Promise<void> {
  let entries: readonly Entry[];
  try {
    // A folder that was swapped for a link since it was listed is not entered.
    if (folder !== '' && !(await lstat(join(reading.root, folder))).isDirectory()) return;
    entries = await entriesOf(reading, folder);
  } catch (cause) {
    reading.skipped.push({ path: folder, reason: reasonOf(cause) });
    return;
  }
  for (const { name, kind } of entries) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (reading.full) return;
    if (reading.seen++ === MAX_FILES || reading.left <= 0) {
      reading.full = true;
      reading.skipped.push({ path, reason: 'it and what follows: the capture is too large' });
      return;
    }
    if (kind === 'link') reading.skipped.push({ path, reason: 'a link, which is not followed' });
    else if (kind === 'other') reading.skipped.push({ path, reason: 'no plain file' });
    else if (kind === 'folder' && name.startsWith('.')) reading.skipped.push({ path, reason: 'a hidden folder' });
    else if (kind === 'file') await readOne(reading, path);
    else if (depth < MAX_DEPTH) await readBelow(reading, path, depth + 1);
    else reading.skipped.push({ path, reason: 'it lies too deep' });
  }
}

/** Reads the plain files below a folder. Links are not followed, and neither a large nor a deep folder takes long. */
export async function readFolder(folder: string): Promise<FolderFiles | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return undefined;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CommandError(EXIT.badInput, `${folder}: ${reasonOf(cause)}`);
  }
  const reading: Reading = { root: folder, files: [], skipped: [], left: MAX_TOTAL_BYTES, seen: 0, full: false };
  await readBelow(reading, '', 1);
  return { files: reading.files, skipped: reading.skipped };
}
