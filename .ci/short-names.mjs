// Names of the explorer's files with four letters of their hash. The bundler wants seven, to tell the files of one build apart; the hash has
// to tell a file from the one of its name in another build, and names are most of what small files import. It stands behind a dot, so that
// files of the package lie beside those of their name whatever it is, and pack with them.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HASHED = /\.([\w-]{7})\.(?:js|css)$/;
const LETTERS = 4;

/** A plugin of the bundler, the last one. */
export function shortNames() {
  return {
    name: 'armlens-short-names',
    apply: 'build',
    writeBundle({ dir }) {
      const folder = join(dir, 'assets');
      const short = new Map();
      for (const name of readdirSync(folder)) {
        const hash = HASHED.exec(name)?.[1];
        if (hash !== undefined) short.set(name, name.replace(`.${hash}.`, `.${hash.slice(0, LETTERS)}.`));
      }
      if (new Set(short.values()).size < short.size) throw new Error('two files of the explorer have one short name');
      for (const path of readdirSync(dir, { recursive: true })) {
        if (!/\.(?:js|html)$/.test(path)) continue;
        const text = readFileSync(join(dir, path), 'utf8');
        writeFileSync(
          join(dir, path),
          text.replace(/[\w-]+\.[\w-]{7}\.(?:js|css)\b/g, (name) => short.get(name) ?? name),
        );
      }
      for (const [name, to] of short) renameSync(join(folder, name), join(folder, to));
    },
  };
}
