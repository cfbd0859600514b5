// Tells the worker that keeps the explorer for times without a network (src/web/offline/worker.ts) what there is to keep: the files of
// this build, the tables that they read (shared-tables.mjs), and a name that changes whenever one of them does.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SRC = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src');
const WORKER = 'worker.js';
const MARK = 'ARMLENS_BUILD';
const MACHINES = 'silicon/generated/machines';

/** The tables of some code, and the known machines, which one of them loads by itself. */
function tablesOf(code) {
  const named = [...code.matchAll(/\.\.\/(lib\/[\w/-]+\.js)/g)].map(([, path]) => path);
  const machines = existsSync(join(SRC, MACHINES)) ? readdirSync(join(SRC, MACHINES)).filter((name) => name.endsWith('.ts')) : [];
  return [...new Set([...named, ...machines.map((name) => `lib/${MACHINES}/${name.replace(/ts$/, 'js')}`)])].sort();
}

/** A plugin of the bundler; it comes after the one for shared tables. */
export function offlineWorker() {
  return {
    name: 'offline-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const own = bundle[WORKER];
        if (own === undefined) return;
        const files = Object.keys(bundle)
          .filter((name) => name.startsWith('assets/'))
          .sort();
        const tables = tablesOf(files.map((name) => bundle[name].code ?? '').join('\n'));
        const hash = createHash('sha256').update(own.code);
        for (const name of files) hash.update(name).update(bundle[name].code ?? bundle[name].source);
        for (const path of tables) hash.update(path).update(readFileSync(join(SRC, path.replace(/^lib\//, '').replace(/js$/, 'ts'))));
        const build = { name: hash.digest('hex').slice(0, 16), files: [...files, ...tables] };
        own.code = own.code.replaceAll(MARK, JSON.stringify(build));
      },
    },
  };
}
