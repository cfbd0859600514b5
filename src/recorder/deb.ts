import { spawn } from 'node:child_process';
import { RecorderFault } from './fault.ts';

/** A file inside a package. */
interface PackedFile {
  readonly path: string;
  readonly bytes: Buffer;
}

const BLOCK = 512;
/** The largest kernel that is believed. */
const MAX_SIZE = 256 << 20;

/** Goes through a tar archive as it comes, and keeps the plain files that are wanted. */
class TarFiles {
  readonly files: PackedFile[] = [];
  readonly #wanted: (path: string) => boolean;
  #pending: Buffer = Buffer.alloc(0);
  /** Bytes of the file at hand that are still to come, padding included; and the parts of it, if it is wanted. */
  #left = 0;
  #file: { readonly path: string; readonly size: number; readonly parts: Buffer[] } | undefined;

  constructor(wanted: (path: string) => boolean) {
    this.#wanted = wanted;
  }

  #body(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, this.#left);
    this.#left -= part.length;
    this.#file?.parts.push(part);
    if (this.#left === 0 && this.#file !== undefined) {
      const { path, size, parts } = this.#file;
      this.files.push({ path, bytes: Buffer.concat(parts).subarray(0, size) });
      this.#file = undefined;
    }
    return chunk.subarray(part.length);
  }

  #head(block: Buffer): void {
    const size = Number.parseInt(block.toString('latin1', 124, 136), 8) || 0;
    const path = block.toString('latin1', 0, 100).replace(/\0.*/s, '');
    const isPlain = block[156] === 0x30 || block[156] === 0;
    this.#left = Math.ceil(size / BLOCK) * BLOCK;
    if (isPlain && size > 0 && size <= MAX_SIZE && this.#wanted(path)) this.#file = { path, size, parts: [] };
  }

  add(chunk: Buffer): void {
    let rest = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    while (rest.length > 0) {
      if (this.#left > 0) rest = this.#body(rest);
      else if (rest.length < BLOCK) break;
      else {
        this.#head(rest.subarray(0, BLOCK));
        rest = rest.subarray(BLOCK);
      }
    }
    this.#pending = rest;
  }
}

/** Unpacks the files of a Debian package that are wanted, by dpkg-deb. */
export async function filesOfDeb(path: string, wanted: (path: string) => boolean): Promise<readonly PackedFile[]> {
  const child = spawn('dpkg-deb', ['--fsys-tarfile', path], { stdio: ['ignore', 'pipe', 'pipe'] });
  const tar = new TarFiles(wanted);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString()}`.slice(0, 500);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  child.stdout.on('data', (chunk: Buffer) => tar.add(chunk));
  const code = await ended.catch((cause: NodeJS.ErrnoException) => {
    const message = `${path}: a Debian package is unpacked by dpkg-deb, which is not there (${cause.code}); give the kernel's image itself`;
    throw new RecorderFault('work', message);
  });
  if (code !== 0) throw new RecorderFault('input', `${path}: it cannot be unpacked: ${complaint.trim().split('\n')[0]}`);
  return tar.files;
}
