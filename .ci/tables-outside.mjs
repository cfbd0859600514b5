// Leaves tables of the library where they lie in dist/ instead of putting them into a bundle: they are most of what the package weighs,
// and it holds them once.
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const SRC = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src');

/** How a table is called until the place of the file that imports it is known. */
export const MARK = 'armlens-table:';

/**
 * A plugin of the bundler.
 *
 * @param isTable - Whether a module is such a table, by its path from src/.
 * @param placeOf - Where the tables lie from a file of the bundle, by that file's name: a path that ends in a stroke.
 */
export function tablesOutside(isTable, placeOf) {
  return {
    name: 'tables-outside',
    enforce: 'pre',
    apply: 'build',
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith('.')) return null;
      const path = relative(SRC, join(dirname(importer), source))
        .split(sep)
        .join('/');
      return path.endsWith('.ts') && !path.startsWith('..') && isTable(path)
        ? { id: MARK + path.replace(/\.ts$/, '.js'), external: true }
        : null;
    },
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = file.code.replaceAll(MARK, placeOf(file.fileName));
    },
  };
}
