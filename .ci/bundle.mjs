// Puts the command together, so that it starts fast. dist/cli holds
//
//   main.js      what is run: loads command.js, by Node's compile cache where it has one
//   command.js   src/cli/main.ts and what every call needs; what a call may need lies in the files beside it
//
// The library (dist/ without dist/cli) is compiled file by file and does not pass through here.
import { copyFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CLI = join(ROOT, 'dist', 'cli');

await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: 'src/cli/main.ts',
    outDir: CLI,
    emptyOutDir: true,
    target: 'node20',
    minify: true,
    modulePreload: false,
    rolldownOptions: {
      output: {
        // Modules of this kind are loaded without waiting.
        format: 'cjs',
        dynamicImportInCjs: false,
        entryFileNames: 'command.js',
        chunkFileNames: '[name].js',
        comments: false,
      },
    },
  },
});
writeFileSync(join(CLI, 'package.json'), '{ "type": "commonjs" }\n');
copyFileSync(join(ROOT, '.ci', 'launch.cjs'), join(CLI, 'main.js'));
