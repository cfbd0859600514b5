import { execFile } from 'node:child_process';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Host, HostFile } from './host.ts';

/** The most that is taken of a file, packed or not: no configuration of a kernel comes near. */
const MAX_BYTES = 16 << 20;
const MAX_OUTPUT = 8 << 20;
const TIMEOUT_MS = 10_000;

/** Reads to the end or the limit. Files of /proc tell a size of 0. */
async function readUpTo(handle: FileHandle, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let length = 0; length < limit; ) {
    const part = Buffer.alloc(Math.min(1 << 16, limit - length));
    const { bytesRead } = await handle.read(part, 0, part.length, null);
    if (bytesRead === 0) break;
    parts.push(part.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(parts);
}

async function unpacked(path: string, bytes: Buffer): Promise<Buffer> {
  if (!path.endsWith('.gz')) return bytes;
  return promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)(bytes, { maxOutputLength: MAX_BYTES });
}

async function readFileOf(path: string): Promise<HostFile> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    if (!(await handle.stat()).isFile()) return { refusal: 'failed' };
    return { bytes: await unpacked(path, await readUpTo(handle, MAX_BYTES)) };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return { refusal: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : code === 'EACCES' || code === 'EPERM' ? 'denied' : 'failed' };
  } finally {
    await handle?.close();
  }
}

async function outputOf(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(program, [...args], { timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT, windowsHide: true });
    return stdout;
  } catch {
    return undefined;
  }
}

/**
 * The machine that the process runs on.
 *
 * @param root - A folder with a tree captured on a Linux machine, which is looked at instead; nothing is run then.
 */
export function nodeHost(root: string | undefined): Host {
  const place = (path: string): string => (root === undefined ? path : join(root, path));
  return {
    platform: root === undefined ? process.platform : 'linux',
    architecture: root === undefined ? process.arch : undefined,
    read: (path) => readFileOf(place(path)),
    list: (path) => readdir(place(path)).catch(() => []),
    run: async (program, args) => (root === undefined ? outputOf(program, args) : undefined),
  };
}
