// Puts the command together, so that it starts fast. dist/cli holds
//
//   main.js        what is run: loads the two below
//   command.js     src/cli/main.ts and all that it imports, in one piece
//   command.cache  what V8 makes of command.js when a machine is derived; where it does not fit this Node, V8 reads the text instead
//
// The library (dist/ without dist/cli) is compiled file by file and does not pass through here.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CLI = join(ROOT, 'dist', 'cli');

const { outputFiles } = await build({
  entryPoints: [join(ROOT, 'src', 'cli', 'main.ts')],
  bundle: true,
  write: false,
  // Modules of this kind are loaded without waiting, and what is imported later is only run later.
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '__moduleUrl' },
  minify: true,
  charset: 'ascii',
  logLevel: 'warning',
});
const body = outputFiles[0].text.replace(/^#!.*/, '');
// Bytes that are all ASCII are read without decoding.
const text = `(function (exports, require, module, __moduleUrl) {${body}\n})\n`.replace(
  /[^\0-\x7f]/g,
  (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
);
mkdirSync(CLI, { recursive: true });
writeFileSync(join(CLI, 'command.js'), text);
writeFileSync(join(CLI, 'package.json'), '{ "type": "commonjs" }\n');
writeFileSync(join(CLI, 'main.js'), readFileSync(join(ROOT, '.ci', 'launch.cjs'), 'utf8'));

// A typical run, after which V8 tells what it has compiled.
const folder = mkdtempSync(join(tmpdir(), 'armlens-build-'));
const machine = join(folder, 'machine.json');
writeFileSync(machine, '{"kernel":{"release":"6.12.107"},"cpus":[{"registers":{"MIDR_EL1":"0x410fd0c0","ID_AA64PFR0_EL1":"0x11"}}]}\n');
const remember = `process.argv.push('derive', ${JSON.stringify(machine)});
const { script } = require(${JSON.stringify(join(CLI, 'main.js'))});
process.once('beforeExit', () => require('node:fs').writeFileSync(${JSON.stringify(join(CLI, 'command.cache'))}, script.createCachedData()));`;
const { status, stderr } = spawnSync(process.execPath, ['-e', remember, 'armlens'], { encoding: 'utf8' });
rmSync(folder, { recursive: true, force: true });
if (status !== 0) throw new Error(`the command does not run: ${stderr}`);
