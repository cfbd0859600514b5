// Completes dist/web to a site for any web server: the tables that the explorer reads from the library stand under lib/ (see
// shared-tables.mjs). None of it goes into the package, where they lie beside the explorer.
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist');
const LIB = join(DIST, 'web', 'lib');

rmSync(LIB, { recursive: true, force: true });
for (const path of readdirSync(DIST, { recursive: true }))
  if (/^\w+[\\/]generated[\\/][\w-]+\.js$/.test(path)) cpSync(join(DIST, path), join(LIB, path));
