import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How many folders up the explorer is looked for: it lies beside the command, which may be in pieces, or is run from its sources. */
const LEVELS = 4;

/** The folder of the built explorer; `undefined` if it is not there. */
export function findWebFolder(from: string = dirname(fileURLToPath(import.meta.url))): string | undefined {
  let folder = from;
  for (let level = 0; level < LEVELS; level++) {
    for (const candidate of [join(folder, 'web'), join(folder, 'dist', 'web')]) {
      // The sources have an index.html too, but nothing that a browser can run.
      if (existsSync(join(candidate, 'index.html')) && existsSync(join(candidate, 'assets'))) return candidate;
    }
    folder = dirname(folder);
  }
  return undefined;
}
