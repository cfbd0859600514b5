import { defineConfig } from 'vitest/config';

/** The layers whose answers must be right; each has to be covered by itself. */
const CORE = ['bits', 'arch', 'silicon', 'linux', 'process'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
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
