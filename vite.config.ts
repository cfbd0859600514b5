import { defineConfig } from 'vite';
import { guidePages } from './.ci/guide-pages.mjs';
import { licenceNotices } from './.ci/licences.mjs';

export default defineConfig({
  root: 'src/web',
  base: './',
  publicDir: false,
  plugins: [guidePages(), licenceNotices()],
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
            // The tables of the architecture and of all kernels, which every view needs: a change of code leaves them in the cache,
            // and neither is larger than the build warns of. What a view weighs in all is measured in test/e2e/budget.test.ts.
            { name: 'arch-tables', test: /[\\/]src[\\/]arch[\\/]generated[\\/]/ },
            { name: 'linux-tables', test: /[\\/]src[\\/]linux[\\/]generated[\\/]/ },
          ],
        },
      },
    },
  },
});
