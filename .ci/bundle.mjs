// Puts the command together, so that it starts fast. dist/cli holds
//
//   main.js      what is run: loads command.js, by Node's compile cache where it has one
//   command.js   src/cli/main.ts and all that it imports, in one piece
//
// The library (dist/ without dist/cli) is compiled file by file and does not pass through here.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
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
const text = `"use strict";const __moduleUrl = require('node:url').pathToFileURL(__filename).href;${body}`.replace(
  /[^\0-\x7f]/g,
  (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
);
mkdirSync(CLI, { recursive: true });
writeFileSync(join(CLI, 'command.js'), text);
writeFileSync(join(CLI, 'package.json'), '{ "type": "commonjs" }\n');
copyFileSync(join(ROOT, '.ci', 'launch.cjs'), join(CLI, 'main.js'));
