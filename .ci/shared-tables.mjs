// The explorer reads the tables of the library as they lie in dist/, instead of a copy of its own: they are most of what it weighs, and
// the package holds them once. `armlens serve` shows them under lib/, and a site for any other server has them there (site.mjs).
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SRC = join(ROOT, 'src');

/** Tables and the known machines, which import nothing of the library's code; two words are no table, and what letters stand for and a few cpucaps are only pages tell. */
const TABLE = /^(?:arch|linux|runtime|silicon)\/generated\/(?!known-range|hwcap-letters|cpucap-words)(?:machines\/)?[\w-]+\.ts$/;

/** How a table is called until the place of the file that imports it is known. */
const MARK = 'armlens-table:';

/** Where a table lies from a file of dist/web/assets. */
const PLACE = '../lib/';

/** A plugin of the bundler. */
export function sharedTables() {
  return {
    name: 'shared-tables',
    enforce: 'pre',
    apply: 'build',
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith('.')) return null;
      const path = relative(SRC, join(dirname(importer), source))
        .split(sep)
        .join('/');
      return TABLE.test(path) ? { id: MARK + path.replace(/\.ts$/, '.js'), external: true } : null;
    },
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = file.code.replaceAll(MARK, PLACE);
    },
  };
}
