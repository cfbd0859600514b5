// Makes what people fetch of the library small, once it is put together (library.mjs).
//
//   * The tables are minified.
//   * Tables that pack better column by column than row by row are written so.
//   * Words of known machines are written as hexadecimal numbers.
//   * The schemas of answers are written without the blanks that people read them by.
//   * dist/.npmignore names the modules that none of the package's doors (`exports` in package.json) reaches. Nobody can import them from the
//     package; the command and the explorer have what they need of them put in.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify as minified } from 'vite';
import { inColumns } from './columns.mjs';
import { DOORS } from './doors.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(ROOT, 'dist');

/** The command and the explorer are minified by those who put them together. */
const BUNDLED = /^(?:cli|web|site)$/;

const files = readdirSync(DIST, { recursive: true }).filter((path) => !BUNDLED.test(path.split(sep)[0]));

/** Words as people write registers: the zeros in them are many, and a file of such packs better than one of their decimal numbers. */
const inHex = (code) => code.replace(/(?<=[:[,])\d{4,}n(?=[,}\]])/g, (word) => `0x${BigInt(word.slice(0, -1)).toString(16)}n`);

async function minify(path) {
  const file = join(DIST, path);
  const text = await inColumns(readFileSync(file, 'utf8'));
  const { code, errors } = await minified(path, text, { module: true, compress: { target: 'es2023' }, mangle: { toplevel: true } });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const small = /[\\/]machines[\\/]/.test(path) ? inHex(code) : code;
  writeFileSync(file, small);
}

/** The modules that doors import, and so on. */
function reached() {
  const seen = new Set();
  const open = DOORS.map((door) => `${door}.js`);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path) || !existsSync(join(DIST, path))) continue;
    seen.add(path);
    const imports = readFileSync(join(DIST, path), 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"`](\.[^'"`]+)['"`]/g);
    for (const [, target] of imports) open.push(join(dirname(path), target));
  }
  return seen;
}

/** Copies the schemas of answers to dist/schemas/, as one line each. */
function copySchemas() {
  const from = join(ROOT, 'spec-data', 'schemas', 'answers');
  mkdirSync(join(DIST, 'schemas'), { recursive: true });
  for (const name of readdirSync(from))
    writeFileSync(join(DIST, 'schemas', name), `${JSON.stringify(JSON.parse(readFileSync(join(from, name), 'utf8')))}\n`);
}

copySchemas();
for (const path of files.filter((one) => one.endsWith('.js') && one.split(sep).includes('generated'))) await minify(path);
const wanted = reached();
const left = files.filter((path) => path.endsWith('.js') && !wanted.has(path)).map((path) => `/${path.split(sep).join('/')}`);
writeFileSync(join(DIST, '.npmignore'), `${left.sort().join('\n')}\n`);
