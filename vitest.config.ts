import { defineConfig } from 'vitest/config';
import { guidePages } from './.ci/guide-pages.mjs';

/** The layers whose answers must be right; each has to be covered by itself. */
const CORE = ['bits', 'arch', 'silicon', 'linux', 'process'];

export default defineConfig({
  plugins: [guidePages()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // No measure of anything: only an end to what hangs, on a busy machine too.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 90_000 } },
    projects: [
      {
        extends: true,
        // Modules are loaded once a worker, not once a file.
        test: {
          name: 'parts',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/tarball/**'],
          isolate: false,
          // What tests make and drop is collected less often.
          execArgv: ['--max-semi-space-size=64'],
          globalSetup: 'test/support/generated-setup.ts',
        },
      },
      { extends: true, test: { name: 'tarball', include: ['test/tarball/**/*.test.ts'] } },
      {
        extends: true,
        // A browser is started once a worker.
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          isolate: false,
          globalSetup: 'test/support/explorer-setup.ts',
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: CORE.map((layer) => `src/${layer}/**/*.ts`),
      exclude: ['src/**/generated/**'],
      reporter: ['text'],
      reportOnFailure: true,
      thresholds: Object.fromEntries(CORE.map((layer) => [`src/${layer}/**/*.ts`, { lines: 95, branches: 95 }])),
    },
  },
});
