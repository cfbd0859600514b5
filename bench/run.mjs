// Puts the suites together into one module and runs it with plain Node. What compiles modules on the fly would change what is measured:
// it names every function, and it detaches buffers, after which V8 checks every access to typed arrays (see compare.ts).
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const outfile = join(FOLDER, '.main.mjs');
await build({
  entryPoints: [join(FOLDER, 'main.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
try {
  process.exitCode = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(outfile, { force: true });
}
