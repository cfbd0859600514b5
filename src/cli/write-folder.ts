import { lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileFault } from './fault.ts';
import { CommandError, EXIT } from './io.ts';

type Failure = NodeJS.ErrnoException;

function failed(path: string, cause: unknown): CommandError {
  return fileFault(`${path}: it cannot be written`, cause, EXIT.badInput);
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if ((cause as Failure).code === 'ENOENT') return [];
    if ((cause as Failure).code === 'ENOTDIR') throw new CommandError(EXIT.usage, `${folder}: it is no folder`);
    throw failed(folder, cause);
  }
}

/** Makes a folder unless it is there; a link in its place could lead elsewhere and is refused. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (cause) {
    if ((cause as Failure).code !== 'EEXIST') throw failed(path, cause);
    if (!(await lstat(path)).isDirectory()) throw new CommandError(EXIT.usage, `${path}: it is no folder; nothing is written through it`);
  }
}

/**
 * Makes a folder and those above it that are missing. Node's own way never ends where a file system, such as /proc, says of a new
 * folder that it does not exist.
 */
async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (cause) {
    const { code } = cause as Failure;
    if (code === 'EEXIST') return;
    const above = dirname(path);
    if (code !== 'ENOENT' || above === path) throw cause;
    const isThere = await lstat(above).then(
      () => true,
      () => false,
    );
    if (isThere) throw cause;
    await makeFolders(above);
    await mkdir(path);
  }
}

async function writeBelow(folder: string, name: string, text: string): Promise<void> {
  const steps = name.split('/').filter(Boolean);
  let path = folder;
  for (const step of steps.slice(0, -1)) {
    path = join(path, step);
    await makeFolder(path);
  }
  const file = join(folder, ...steps);
  try {
    // Whatever has the name is replaced, not written through.
    await rm(file, { force: true });
    await writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    throw failed(file, cause);
  }
}

/**
 * Writes files below a folder, which is made if it is missing. Nothing is ever written outside of it.
 *
 * @param files - Path below the folder → text. Paths must not hold `..`.
 * @param force - Whether a folder that is not empty may be written into; files of other names stay.
 * @throws CommandError if the folder is not empty, or cannot be written.
 */
export async function writeFolder(folder: string, files: ReadonlyMap<string, string>, force: boolean): Promise<void> {
  if ((await entriesOf(folder)).length > 0 && !force) {
    throw new CommandError(EXIT.usage, `${folder}: the folder is not empty; --force writes into it all the same`);
  }
  await makeFolders(folder).catch((cause: unknown) => {
    throw failed(folder, cause);
  });
  for (const [name, text] of files) await writeBelow(folder, name, text);
}
