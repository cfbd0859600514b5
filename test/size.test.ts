import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Bundles what a page would load, minified, and gives its size as it goes over the wire. */
async function gzippedSize(entry: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

describe('size', () => {
  // Issue 13: what is known in part needs the whole evaluator here, too; 69.9 KB.
  it.fails('the way from rows to hwcaps takes less than 60 KB', async () => {
    expect(await gzippedSize("export { compile } from '../src/rows/compile.ts';")).toBeLessThan(60_000);
  });
});
