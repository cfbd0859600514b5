import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bounds, so that pointing at the wrong folder does no harm. */
const MAX_FILES = 100_000;
const MAX_DEPTH = 12;

async function below(folder: string, depth: number, files: string[]): Promise<void> {
  const folders: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (files.length >= MAX_FILES) return;
      if (entry.name.startsWith('.')) continue;
      if (entry.isFile()) files.push(join(folder, entry.name));
      else if (entry.isDirectory()) folders.push(join(folder, entry.name));
    }
  } catch {
    // A folder that may not be read has nothing for us.
    return;
  }
  if (depth < MAX_DEPTH) for (const one of folders) await below(one, depth + 1, files);
}

/** The plain files below a folder, in the order of their paths; links and hidden files are left out. */
export async function listFiles(folder: string): Promise<readonly string[] | undefined> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined || !found.isDirectory()) return undefined;
  const files: string[] = [];
  await below(folder, 0, files);
  return files.sort();
}
