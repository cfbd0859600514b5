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

/** The known machines lie in the library, and the command fetches them from there: the package holds them once. */
const knownMachines = {
  name: 'known-machines',
  enforce: 'pre',
  resolveId(source, importer) {
    const isMachines = /[\\/]silicon[\\/]generated[\\/]machines[\\/]index\.ts$/.test(importer ?? '') && /^\.\/[\w-]+\.ts$/.test(source);
    return isMachines ? { id: `../silicon/generated/machines/${source.slice(2).replace(/ts$/, 'js')}`, external: true } : null;
  },
  /** They are modules of the other kind, which only `import` loads everywhere. */
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      const loads = /Promise\.resolve\(\)\.then\(\(\)=>(?:[\w$.]+\()?require\(([`"'])(\.\.\/silicon\/[^`"']+)\1\)(?:,1\))?\)/g;
      file.code = file.code.replace(loads, 'import($1$2$1)');
      if (/require\([`"']\.\.\/silicon/.test(file.code))
        throw new Error(`${file.fileName} loads known machines in a way that is not known here`);
    }
  },
};

await build({
  root: ROOT,
  plugins: [knownMachines],
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
