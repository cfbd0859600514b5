import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { type Mutant, switchable } from './mutants.ts';

/** The folder of the project. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

/** A mutant and the file that it stands in. */
export interface Place {
  readonly file: string;
  readonly mutant: Mutant;
}

const TRY = join(ROOT, 'test/mutation/try.ts');
const FEW_WORDS = join(ROOT, 'test/mutation/few-words.ts');

/** Puts the mutants into the sources, each under its place in the list; lets modules find their neighbours where they lay. */
function withMutants(places: readonly Place[]): Plugin {
  const byFile = new Map<string, (readonly [number, Mutant])[]>();
  for (const [number, { file, mutant }] of places.entries()) byFile.set(file, [...(byFile.get(file) ?? []), [number, mutant]]);
  return {
    name: 'with-mutants',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^vitest$/ }, ({ importer }) =>
        importer === FEW_WORDS ? { path: 'vitest', external: true } : { path: FEW_WORDS },
      );
      onLoad({ filter: /\.ts$/ }, ({ path }) => ({
        loader: 'ts',
        contents: switchable(readFileSync(path, 'utf8'), byFile.get(relative(ROOT, path)) ?? [])
          .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
          .replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      }));
    },
  };
}

/**
 * Makes tests ready in a folder, with all mutants asleep in the code that they reach.
 *
 * @returns The program that runs them, and the tests in the order in which they were given.
 */
export async function bundleTests(folder: string, tests: readonly string[], places: readonly Place[]): Promise<readonly string[]> {
  await build({
    entryPoints: [TRY, ...tests.map((test) => join(ROOT, test))],
    outdir: folder,
    outbase: ROOT,
    bundle: true,
    splitting: true,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    platform: 'node',
    packages: 'external',
    ignoreAnnotations: true,
    logLevel: 'error',
    plugins: [withMutants(places)],
  });
  return ['test/mutation/try.ts', ...tests].map((file) => join(folder, file.replace(/\.ts$/, '.mjs')));
}
