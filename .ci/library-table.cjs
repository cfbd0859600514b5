'use strict';
// Gives the command a table of the library, from the library's own file: the package holds it once. That file is a module of the other
// kind, which cannot be loaded without waiting; it holds nothing but constants, so that its text can be read as a function's.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The files that were read. */
const kept = {};

/** What a file of constants exports; `path` is in the library's folder. */
exports.libraryTable = (path) => (kept[path] ??= read(path));

function read(path) {
  const exported = [];
  const code = readFileSync(join(__dirname, '..', path), 'utf8')
    .replace(/(^|;)export const (\w+)/gm, (_, before, name) => {
      exported.push(`${name}:${name}`);
      return `${before}const ${name}`;
    })
    .replace(/\bexport\s*\{([^{}]*)\};?\s*$/, (_, names) => {
      for (const one of names.split(',')) {
        const [own, name = own] = one.trim().split(/\s+as\s+/);
        if (own !== '') exported.push(`${name}:${own}`);
      }
      return '';
    });
  return new Function(`${code}\nreturn{${exported}}`)();
}
