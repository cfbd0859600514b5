import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readSpec, SPEC_DATA } from '../../spec-data/build/spec-file.ts';

/** One data file under spec-data/. */
export interface SpecFile {
  /** Relative to spec-data/, with `/`. */
  readonly path: string;
  readonly content: unknown;
}

/** Every JSON file under spec-data/ that holds data: all but the schemas and the build scripts. */
export function specFiles(): readonly SpecFile[] {
  return readdirSync(SPEC_DATA, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => relative(SPEC_DATA, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/^(schemas|build)\//.test(path))
    .sort()
    .map((path) => ({ path, content: readSpec<unknown>(path) }));
}
