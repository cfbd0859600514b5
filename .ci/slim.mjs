// Makes what people fetch of the library small, and leaves it readable: the code stays as the compiler wrote it, a file a module.
//
//   * The modules' comments go: they stand in the .d.ts beside each, where editors look for them.
//   * dist/.npmignore names the modules and the declarations that the library's entry does not reach. Nobody can import them from the
//     package; the command and the explorer have what they need of them put in.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

const DIST = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist');

/** The command and the explorer are minified by those who put them together. */
const BUNDLED = /^(?:cli|web)$/;

const files = readdirSync(DIST, { recursive: true }).filter((path) => !BUNDLED.test(path.split(sep)[0]));

async function takeComments(path) {
  const file = join(DIST, path);
  const text = readFileSync(file, 'utf8');
  if (!/\/\*|\/\//.test(text)) return;
  const { code } = await transform(text, { legalComments: 'none', charset: 'utf8', target: 'es2023' });
  if (code !== text) writeFileSync(file, code);
}

/** The files of an ending that a file imports, and so on. */
function reached(start, ending) {
  const seen = new Set();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path) || !existsSync(join(DIST, path))) continue;
    seen.add(path);
    const imports = readFileSync(join(DIST, path), 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]/g);
    for (const [, target] of imports) open.push(join(dirname(path), target.replace(/\.(js|ts)$/, ending)));
  }
  return seen;
}

function unreached(ending) {
  const found = reached(`index${ending}`, ending);
  return files.filter((path) => path.endsWith(ending) && !found.has(path));
}

for (const path of files.filter((one) => one.endsWith('.js'))) await takeComments(path);
const left = [...unreached('.js'), ...unreached('.d.ts')].map((path) => `/${path.split(sep).join('/')}`);
writeFileSync(join(DIST, '.npmignore'), `${left.sort().join('\n')}\n`);
