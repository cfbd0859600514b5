import { readFileSync } from 'node:fs';

const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** The files by which the library is entered (`exports` of package.json): their paths in dist/, without their endings. */
export const DOORS = Object.values(exports)
  .flatMap((door) => door.default ?? [])
  .map((path) => path.replace(/^\.\/dist\/|\.js$/g, ''));
