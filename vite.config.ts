import { defineConfig, type Plugin } from 'vite';
import { guidePages } from './.ci/guide-pages.mjs';
import { licenceNotices } from './.ci/licences.mjs';
import { offlineWorker } from './.ci/offline-worker.mjs';
import { sharedTables } from './.ci/shared-tables.mjs';
import { shortNames } from './.ci/short-names.mjs';
import { together } from './.ci/together.mjs';

/** Styles and scripts are asked for as plain files: what is opened from a folder may have the styles, too. */
function plainLinks(): Plugin {
  return { name: 'armlens-plain-links', transformIndexHtml: (html) => html.replaceAll(' crossorigin', '') };
}

/** How files are called; the hash keeps a browser from taking an old one. Names are most of what small files import: short-names.mjs shortens them. */
const HASHED = '[name].[hash:7]';

/** The files of together.mjs that bring tables with them. */
const LARGE = /\/(?:engine|way|machine)\./;

export default defineConfig({
  root: 'src/web',
  base: './',
  publicDir: false,
  plugins: [sharedTables(), guidePages(), licenceNotices(), plainLinks(), offlineWorker(), shortNames()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // The large files are asked for at once with a page; the small ones are there before what those ask for in turn.
    modulePreload: { polyfill: false, resolveDependencies: (_, files) => files.filter((file) => LARGE.test(file)) },
    // Nothing is put into the page itself, so that its content security policy can forbid what stands inline.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // What is fetched when it is asked for may lie together with what is there.
      checks: { ineffectiveDynamicImport: false },
      input: ['src/web/index.html', 'src/web/offline/worker.ts'],
      // What a browser runs beside the pages has to lie above them, under one name for all builds.
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : `assets/${HASHED}.js`),
        chunkFileNames: `assets/${HASHED}.js`,
        assetFileNames: `assets/${HASHED}[extname]`,
        codeSplitting: { groups: [together()] },
        // No property of ours does anything by being read.
        minify: { compress: { target: 'es2023', treeshake: { propertyReadSideEffects: false } }, mangle: { toplevel: true } },
      },
    },
  },
});
