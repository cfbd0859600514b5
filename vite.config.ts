import { defineConfig } from 'vite';
import { guidePages } from './.ci/guide-pages.mjs';
import { licenceNotices } from './.ci/licences.mjs';
import { sharedTables } from './.ci/shared-tables.mjs';

export default defineConfig({
  root: 'src/web',
  base: './',
  publicDir: false,
  plugins: [sharedTables(), guidePages(), licenceNotices()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    // Nothing is put into the page itself, so that its content security policy can forbid what stands inline.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // A card's matrix shows all machines: three files bring them. The two that the first view needs lie by themselves.
            { name: 'machines-by-manual', test: /[\\/]machines[\\/]trm-[^\\/]*$/ },
            { name: 'machines-emulated', test: /[\\/]machines[\\/](qemu|virt|mixed)-[^\\/]*$/ },
            { name: 'machines', test: /[\\/]machines[\\/](?!index\.|parallels-m1\.|kunpeng-920\.)[^\\/]*$/ },
          ],
        },
      },
    },
  },
});
