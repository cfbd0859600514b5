/**
 * spec-data → src/<layer>/generated/*.ts, and from these data/. `npm run gen` writes the files, `npm run gen -- --check` fails if one is out
 * of date. With `--machines` it writes the modules of the known machines alone, which are not in the repository.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateArch } from './build/arch.ts';
import { generateFormats } from './build/formats.ts';
import { generateGuest } from './build/guest.ts';
import { generateLinux } from './build/linux.ts';
import { generateMachines } from './build/machines.ts';
import { generateRuntime } from './build/runtime.ts';
import { generateSilicon } from './build/silicon.ts';
import type { GeneratedFile } from './build/spec-file.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
const machinesOnly = process.argv.includes('--machines');
let stale = 0;

function update(files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    stale++;
    if (check) console.error(`out of date: ${path}`);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      if (!machinesOnly) console.log(`wrote ${path}`);
    }
  }
}

update(generateMachines());
if (machinesOnly) process.exit();
update([...generateArch(), ...generateSilicon(), ...generateLinux(), ...generateRuntime(), ...generateFormats(), ...generateGuest()]);
// Loaded only now: it reads the tables that were just written.
const { generateHwcapTable } = await import('./build/hwcap-table.ts');
update(generateHwcapTable());
const { generateCompiled } = await import('./build/compiled.ts');
update(await generateCompiled());
const { generateKvmHwcaps } = await import('./build/kvm-hwcaps.ts');
update(generateKvmHwcaps());
const { generateReleasesAlike } = await import('./build/releases-alike.ts');
update([generateReleasesAlike()]);
const { generateToldFields } = await import('./build/told-fields.ts');
update(await generateToldFields());
const { generateListedCores } = await import('./build/listed-cores.ts');
update([generateListedCores()]);
const { generateFirstMachines } = await import('./build/first-machines.ts');
update(await generateFirstMachines());
// What the guide says of the command; the command answers from all of the tables.
const { generateGuide } = await import('./build/guide.ts');
update(await generateGuide());
if (check && stale > 0) {
  console.error('run `npm run gen` and commit the result');
  process.exitCode = 1;
} else if (stale === 0) console.log('generated files are up to date');
