// Puts the library together: dist/ as the compiler left it has a file a module, and whoever imports one name would load all of them.
//
//   index.js, formats/index.js, rows/index.js    the doors of package.json
//   shared/                                      what several doors need, and what is loaded when it is asked for
//   */generated/                                 the tables, a file each: the command and the explorer read them there, too
//
// What a module works out when it is loaded is marked as free of effects. So a bundler leaves out what a page does not use, as it does
// of single files, although many modules lie in one.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { build } from 'vite';
import { DOORS } from './doors.mjs';
import { tablesOutside } from './tables-outside.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SRC = join(ROOT, 'src');
const DIST = join(ROOT, 'dist');

/** Generated modules hold nothing but constants, or load other tables when they are asked. */
const isTable = (path) => /(?:^|\/)generated\//.test(path);

/** Whether working out an expression runs anything: a call, something that is read of an object, but not the body of a function. */
function runs(node) {
  if (ts.isFunctionLike(node)) return false;
  return (
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isSpreadElement(node) ||
    ts.isSpreadAssignment(node) ||
    ts.isTemplateExpression(node) ||
    ts.forEachChild(node, runs) === true
  );
}

const WORK_OUT = 'armlens:work-out';

/** Marks what constants of modules are worked out by as free of effects; a function of its own, so that the minifier leaves the mark. */
const withoutEffects = {
  name: 'without-effects',
  enforce: 'pre',
  resolveId: (source) => (source === WORK_OUT ? `\0${WORK_OUT}` : null),
  load: (id) => (id === `\0${WORK_OUT}` ? 'export function workOut(make) { return make(); }' : null),
  transform(code, id) {
    if (!id.startsWith(SRC.split(sep).join('/'))) return null;
    const { statements } = ts.createSourceFile(id, code, ts.ScriptTarget.Latest, true);
    const values = statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => declarationList.declarations.flatMap(({ initializer }) => initializer ?? []))
      .filter(runs);
    if (values.length === 0) return null;
    const marked = values.reduceRight((text, value) => {
      const [from, to] = [value.getStart(), value.end];
      return `${text.slice(0, from)}/*#__PURE__*/ workOut(() => (${text.slice(from, to)}))${text.slice(to)}`;
    }, code);
    return { code: `import { workOut } from '${WORK_OUT}';\n${marked}`, map: null };
  },
  /** A file that is imported for nothing but being loaded need not be. */
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk') file.code = file.code.replace(/\bimport"\.[^"]+";/g, '').replaceAll('/* @__PURE__ */', '/*#__PURE__*/');
  },
};

const out = mkdtempSync(join(DIST, '.library-'));
try {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    plugins: [withoutEffects, tablesOutside(isTable, (file) => '../'.repeat(file.split('/').length - 1) || './')],
    build: {
      ssr: true,
      outDir: out,
      emptyOutDir: false,
      target: 'es2023',
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        // What is fetched when it is asked for may lie together with what is there.
        checks: { ineffectiveDynamicImport: false },
        input: Object.fromEntries(DOORS.map((door) => [door, join(SRC, `${door}.ts`)])),
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'shared/[name].js',
          comments: { annotation: true, jsdoc: false, legal: false },
        },
      },
    },
  });
  for (const path of readdirSync(DIST, { recursive: true })) {
    const isModule = path.endsWith('.js') && !/^(?:cli|web|site|\.)/.test(path);
    if (isModule && !isTable(path.split(sep).join('/'))) rmSync(join(DIST, path));
  }
  cpSync(out, DIST, { recursive: true });
} finally {
  rmSync(out, { recursive: true, force: true });
}
