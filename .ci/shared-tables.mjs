// The explorer reads the tables of the library as they lie in dist/, instead of a copy of its own. `armlens serve` shows them under lib/,
// and a site for any other server has them there (site.mjs).
import { tablesOutside } from './tables-outside.mjs';

/** Tables and the known machines, which import nothing of the library's code; two words are no table, what letters stand for and a few cpucaps are only pages tell, and two are too small to be asked for. */
const TABLE =
  /^(?:arch|linux|runtime|silicon)\/generated\/(?!known-range|hwcap-letters|cpucap-words|told-fields|hwcap-tests)(?:machines\/)?[\w-]+\.ts$/;

/** A plugin of the bundler. */
export const sharedTables = () =>
  tablesOutside(
    (path) => TABLE.test(path),
    () => '../lib/',
  );
