import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseRelease, type Release } from '../../src/linux/release/release.ts';
import { WANTED } from './read/index.ts';
import type { TreeFiles } from './read/tree.ts';

/** A mistake of the caller, or a tree that cannot be read: one line, no stack trace. */
export class ImportError extends Error {
  readonly exitCode: 2 | 3 | 4;
  constructor(exitCode: 2 | 3 | 4, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** How far a long read is: bytes of so many. */
export type Progress = (done: number, total: number) => void;

/** A tree that is open, and how to let go of it. */
export interface OpenTree extends TreeFiles {
  readonly close: () => void;
}

const COMPRESSED: Readonly<Record<string, string>> = { xz: '-J', gz: '-z', bz2: '-j', zst: '--zstd' };

/** Opens a kernel tree: a folder, or a tarball, which is read once from front to end and of which only the files that matter are kept. */
export async function openTree(path: string, progress: Progress): Promise<OpenTree> {
  if (!existsSync(path)) throw new ImportError(3, `${path}: no such folder or file`);
  if (statSync(path).isDirectory()) return inFolder(path, path, () => {});
  const kind = /\.tar(?:\.(\w+))?$/.exec(path) ?? /\.t(xz|gz|bz2)$/.exec(path);
  if (!kind) {
    const hint = path.endsWith('.deb') ? '; unpack it first (dpkg-deb -x), the tarball is in usr/src/' : '';
    throw new ImportError(3, `${path}: expected a kernel's source folder, or a tarball of it (.tar, .tar.xz, .tar.gz, .tar.bz2)${hint}`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'armlens-import-'));
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    await unpack(path, kind[1] === undefined ? undefined : COMPRESSED[kind[1]], folder, progress);
    const inner = readdirSync(folder);
    return inFolder(path, inner.length === 1 && !existsSync(join(folder, 'Makefile')) ? join(folder, inner[0]!) : folder, close);
  } catch (error) {
    close();
    throw error;
  }
}

function inFolder(shown: string, folder: string, close: () => void): OpenTree {
  if (!existsSync(join(folder, 'arch/arm64/kernel/cpufeature.c'))) {
    close();
    throw new ImportError(
      3,
      `${shown}: no arch/arm64/kernel/cpufeature.c in it, so it is no source tree of an arm64 kernel (4.3 or newer)`,
    );
  }
  const read = (path: string): string | undefined => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  return { read, close };
}

/** Takes the wanted files out of a tarball. */
function unpack(path: string, compression: string | undefined, folder: string, progress: Progress): Promise<void> {
  const patterns = WANTED.flatMap((each) => [each, `*/${each}`])
    .filter((each) => each !== '*/Makefile')
    .concat('*/Makefile');
  const options = [
    '-x',
    ...(compression ? [compression] : []),
    '-f',
    '-',
    '-C',
    folder,
    '--wildcards',
    '--no-wildcards-match-slash',
    ...patterns,
  ];
  return new Promise((resolve, reject) => {
    const tar = spawn('tar', options, { stdio: ['pipe', 'ignore', 'pipe'] });
    let errors = '';
    tar.stderr.on('data', (piece: Buffer) => {
      if (errors.length < 10_000) errors += piece.toString();
    });
    tar.on('error', (error) => reject(new ImportError(4, `cannot run tar, which unpacks ${path}: ${error.message}`)));
    tar.on('close', () => {
      const failure = errors.split('\n').find((line) => line !== '' && !/Not found in archive|Exiting with failure/.test(line));
      if (failure === undefined) resolve();
      else reject(new ImportError(3, `${path} cannot be unpacked: ${failure.replace(/^tar: /, '')}`));
    });
    tar.stdin.on('error', () => {});
    const total = statSync(path).size;
    let done = 0;
    createReadStream(path)
      .on('data', (piece) => {
        done += piece.length;
        progress(done, total);
      })
      .on('error', (error) => reject(new ImportError(3, `${path}: ${error.message}`)))
      .pipe(tar.stdin);
  });
}

/** The release that a tree's Makefile names. */
export function releaseOf(tree: TreeFiles, shown: string): Release {
  const text = tree.read('Makefile') ?? '';
  const value = (name: string): string => new RegExp(`^${name}\\s*=[ \\t]*(\\S*)`, 'm').exec(text)?.[1] ?? '';
  const [version, patch, sub, extra] = ['VERSION', 'PATCHLEVEL', 'SUBLEVEL', 'EXTRAVERSION'].map(value);
  if (version === '' || patch === '') throw new ImportError(3, `${shown}: its Makefile names no release; say it with --release X.Y.Z`);
  const candidate = /^-rc\d+/.exec(extra!)?.[0];
  return parseRelease(candidate === undefined ? `${version}.${patch}.${sub || '0'}` : `${version}.${patch}${candidate}`);
}

/** What a tree is called where it is listed: a file's name without its endings. */
export function treeName(path: string): string {
  return basename(path).replace(/\.t(ar(\.\w+)?|xz|gz|bz2)$/, '') || path;
}
