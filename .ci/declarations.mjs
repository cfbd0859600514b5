// Puts the declarations of the library together: the compiler writes a file a module (dist/.declarations), and a door of the package
// leads to few of their names. Each door becomes one file, beside those that doors share; what no door leads to is left out.
//
// They keep what a name is, its units and errors; the examples and sources stand in the reference of the site. They are not indented, and
// their comments have no stars.
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { DOORS } from './doors.mjs';

const DIST = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist');

/** An example or a source in a comment, up to the next tag or the comment's end. */
const EXAMPLE = /\n[ \t]*\*[ \t]*(?:\n[ \t]*\*[ \t]*)?@(?:example|see)\b[\s\S]*?(?=\n[ \t]*\*[ \t]*@\w|\n[ \t]*\*\/)/g;

const withoutStars = (comment) =>
  comment
    .replace(/\n\*(?!\/) ?/g, '\n')
    .replace(/^\/\*\*\n/, '/** ')
    .replace(/\n\*\/$/, ' */');

/**
 * Exports names where they are declared, and those of other files straight from there, as far as nothing else needs them: a list at the end
 * names each once more.
 */
function exportedInPlace(text) {
  const listed = /\nexport \{([^}]*)\};\s*$/.exec(text);
  if (listed === null) return text;
  let code = text.slice(0, listed.index);
  const uses = code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^import .*$/gm, '');
  const left = [];
  const passedOn = new Set();
  for (const entry of listed[1].trim().split(/\s*,\s*/)) {
    const [, name] = /^(?:type )?(\w+)$/.exec(entry) ?? [];
    const declared = new RegExp(`^(?=(?:declare (?:function|const|class)|interface|type) ${name}\\b)`, 'gm');
    if (name !== undefined && declared.test(code)) code = code.replace(declared, 'export ');
    else if (name !== undefined && !new RegExp(`\\b${name}\\b`).test(uses)) passedOn.add(name);
    else left.push(entry);
  }
  code = code.replace(/^import \{ (.*) \} from (".*");$/gm, (_, names, from) => {
    const [out, used] = [true, false].map((is) => names.split(', ').filter((name) => passedOn.has(name) === is));
    return [
      ...(used.length > 0 ? [`import { ${used.join(', ')} } from ${from};`] : []),
      ...(out.length > 0 ? [`export { ${out.join(', ')} } from ${from};`] : []),
    ].join('\n');
  });
  // Without a list all would be exported.
  return `${code}\nexport {${left.length === 0 ? '' : ` ${left.join(', ')} `}};\n`;
}

/** Makes declarations small; what the bundler remarks of where it took them from goes, too. */
const slim = {
  name: 'slim',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      const plain = file.code
        .replace(EXAMPLE, '')
        .replace(/^ +(?=\S)/gm, '')
        .replace(/^\/\/.*\n/gm, '')
        .replace(/\/\*\*\n[\s\S]*?\n\*\//g, withoutStars);
      file.code = exportedInPlace(plain);
    }
  },
};

for (const path of readdirSync(DIST, { recursive: true })) if (path.endsWith('.d.ts') && !path.startsWith('.')) rmSync(join(DIST, path));
const input = Object.fromEntries(DOORS.map((door) => [door, join(DIST, '.declarations', `${door}.d.ts`)]));
const bundle = await rolldown({ input, plugins: [dts({ dtsInput: true }), slim] });
await bundle.write({ dir: DIST, entryFileNames: '[name].ts', chunkFileNames: 'shared/[name].d.ts', minifyInternalExports: false });
