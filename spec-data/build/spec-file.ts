import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file that the generator writes, relative to the project's root. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** The folder spec-data/. */
export const SPEC_DATA: string = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Reads one JSON file under spec-data/, or under a copy of it. */
export function readSpec<T>(path: string, data: string = SPEC_DATA): T {
  return JSON.parse(readFileSync(join(data, path), 'utf8')) as T;
}

/** Reads every JSON file of a folder under spec-data/, or under a copy of it, in the order of their names. */
export function readSpecFolder<T>(folder: string, data: string = SPEC_DATA): readonly T[] {
  return readdirSync(join(data, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readSpec<T>(`${folder}/${name}`, data));
}

/** The first line of every generated file. */
export function header(from: string): string {
  return `// Generated from ${from} by \`npm run gen\`. Do not edit.\n`;
}
