// Puts the command together, so that it starts fast. dist/cli holds
//
//   main.js      what is run: loads command.js, by Node's compile cache where it has one
//   command.js   src/cli/main.ts and what every call needs
//   derive.js, text.js, others    what a call may need besides, each file read only when something of it is asked for
//
// Which modules lie together is not written down but seen: first every module is put into a file of its own, some calls are run, and
// what one of them loads besides those before it becomes one file.
// The library (dist/ without dist/cli) is put together by library.mjs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, minify } from 'vite';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SRC = join(ROOT, 'src');
const CLI = join(ROOT, 'dist', 'cli');
/** Every module by itself; in dist/, where the packages that it imports are found. */
const PARTS = join(ROOT, 'dist', '.parts');

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
      const loads =
        /Promise\.resolve\(\)\.then\(\(\)=>(?:[\w$.]+\()?require\(([`"'])(\.\.\/silicon\/generated\/machines\/(?!index)[^`"']+)\1\)(?:,1\))?\)/g;
      file.code = file.code.replace(loads, 'import($1$2$1)');
      if (/require\([`"']\.\.\/silicon\/generated\/machines\/(?!index)/.test(file.code))
        throw new Error(`${file.fileName} loads known machines in a way that is not known here`);
    }
  },
};

/** What a table of the library is called; {@link libraryTables} says of which of them the command has none of its own. */
const TABLE =
  /^(?:(?:answers|arch|formats|linux|runtime|silicon)[\\/]generated[\\/](?:captures[\\/](?!index\.)|machines[\\/](?=notes\.))?[\w-]+|rows[\\/]generated[\\/]vector-kernel)\.ts$/;

/** How the command's files call a table that is the library's. */
const LIBRARY = 'library:';

/** So long, in bytes, a table that an ordinary start needs costs more in the package than it saves of the start. */
const LARGE = 60_000;

/** The tables that no ordinary start needs, and large ones, are read from the library's files when they are asked for: the package holds them once. */
function libraryTables(needed) {
  const left = new Set(readFileSync(join(ROOT, 'dist', '.npmignore'), 'utf8').split('\n'));
  const isRead = (id) => {
    const path = relative(SRC, id);
    if (!TABLE.test(path) || (needed.has(id) && statSync(id).size < LARGE)) return false;
    return !left.has(`/${path.split(sep).join('/').replace(/ts$/, 'js')}`) && !/^import (?!type )/m.test(readFileSync(id, 'utf8'));
  };
  return {
    name: 'library-tables',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const id = (await this.resolve(source, importer, { ...options, skipSelf: true }))?.id;
      if (id === undefined || !isRead(id)) return null;
      return { id: `${LIBRARY}${relative(SRC, id).split(sep).join('/').replace(/ts$/, 'js')}`, external: true };
    },
    /** What is loaded by `import()` is loaded like the rest. */
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        file.code = file.code.replace(
          /(?<=\.then\(\(\)=>)(?:[\w$.]+\()?require\([`"']library:([^`"']+)[`"']\)(?:,1\))?(?=\))/g,
          'require("./library-table.js").libraryTable("$1")',
        );
      }
    },
  };
}

/**
 * A file with what a file loads others by, and what it gives names to others by: an object that loads another file when something is first
 * asked of it, and keeps each answer; and what stands behind a name at the time, since files may load each other.
 */
const WHEN_ASKED =
  'module.exports=(load,to)=>[path=>Object.create(new Proxy({},{get(_,name,box){' +
  `const value=(path.startsWith("${LIBRARY}")?require("./library-table.js").libraryTable(path.slice(${LIBRARY.length})):load(path))[name];` +
  'if(value!==undefined)Object.defineProperty(box,name,{value});return value}})),' +
  '(name,get)=>Object.defineProperty(to,name,{enumerable:true,get})];\n';
const WANTED = /([\s,;{])([\w$]+)=require\(([`"'])((?:\.|library:)[^`"']+)\3\)(?=[,;])/g;
const GIVEN = /Object\.defineProperty\(exports,([`"'][\w$]+[`"']),\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/g;

/** Files load one another not at their start but when something is asked of them. Nothing but main.ts does anything by being loaded. */
const loadedWhenAsked = {
  name: 'loaded-when-asked',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      const own = (path) => bundle[posix.join(posix.dirname(file.fileName), path)];
      const code = file.code
        .replace(WANTED, (all, before, name, _quote, path) =>
          !path.startsWith(LIBRARY) && (own(path) === undefined || path.endsWith('runtime.js'))
            ? all
            : `${before}${name}=$w(${JSON.stringify(path)})`,
        )
        .replace(GIVEN, '$$g($1,()=>$2)');
      const up = '../'.repeat(file.fileName.split('/').length - 1) || './';
      const head = code === file.code ? '' : `const[$w,$g]=require("${up}when-asked.js")(require,exports);`;
      if (code.includes(`require("${LIBRARY}`) || code.includes(`require(\`${LIBRARY}`))
        throw new Error(`${file.fileName} loads a table of the library in a way that is not known here`);
      file.code = head + code.replace(/^#!.*\n/, '');
    }
    this.emitFile({ type: 'asset', fileName: 'when-asked.js', source: WHEN_ASKED });
  },
};

/** Puts the modules into files. */
function bundle(outDir, output, plugins = []) {
  return build({
    root: ROOT,
    plugins: [knownMachines, ...plugins, loadedWhenAsked],
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: 'src/cli/main.ts',
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        // That a module is fetched on demand in one place and imported in another is no mistake here.
        checks: { ineffectiveDynamicImport: false },
        // Modules of this kind are loaded without waiting.
        output: { format: 'cjs', dynamicImportInCjs: false, comments: false, ...output },
      },
    },
  });
}

/** The sources of the modules that a call loads. */
function loadedBy(folder, args) {
  const told = join(folder, 'loaded.json');
  const script = `
    process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(Object.keys(require.cache))));
    process.argv.splice(1, 0, 'armlens');
    require(${JSON.stringify(join(PARTS, 'cli', 'main.js'))});`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', script, '--', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`armlens ${args.join(' ')} failed: ${stderr}`);
  return JSON.parse(readFileSync(told, 'utf8')).map((path) => join(SRC, relative(PARTS, path).replace(/\.js$/, '.ts')));
}

/** The files besides command.js, each with the modules that its call loads and those before do not; and all that these calls load. */
function started() {
  const folder = mkdtempSync(join(tmpdir(), 'armlens-bundle-'));
  try {
    const { cpus } = JSON.parse(readFileSync(join(ROOT, 'spec-data', 'machines', 'apple-m1', 'machine.json'), 'utf8'));
    const { registers } = cpus[0];
    const [record, text] = [join(folder, 'record.json'), join(folder, 'registers.txt')];
    writeFileSync(record, JSON.stringify({ unlisted: 'zero', kernel: { release: '6.12' }, cpus: [{ registers }] }));
    const lines = Object.entries(registers).map(([name, value]) => `${name}: ${value}\n`);
    writeFileSync(text, lines.join(''));
    const taken = new Set(loadedBy(folder, ['--version']));
    const calls = { derive: ['derive', record], text: ['derive', text] };
    const groups = Object.entries(calls).map(([name, args]) => {
      const own = new Set(loadedBy(folder, args).filter((path) => !taken.has(path)));
      for (const path of own) taken.add(path);
      return { name, test: (id) => own.has(id.split('/').join(sep)), includeDependenciesRecursively: false };
    });
    return { groups, needed: taken };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await bundle(PARTS, { preserveModules: true, preserveModulesRoot: SRC, entryFileNames: '[name].js' });
  writeFileSync(join(PARTS, 'package.json'), '{ "type": "commonjs" }\n');
  const { groups, needed } = started();
  const output = { entryFileNames: 'command.js', chunkFileNames: '[name].js', codeSplitting: { groups } };
  await bundle(CLI, output, [libraryTables(needed)]);
} finally {
  rmSync(PARTS, { recursive: true, force: true });
}
for (const [from, to] of [
  ['launch.cjs', 'main.js'],
  ['library-table.cjs', 'library-table.js'],
])
  writeFileSync(join(CLI, to), readFileSync(join(ROOT, '.ci', from)));
// Once more: what was put in by loadedWhenAsked was not minified, and no property of ours does anything by being read.
const SMALLER = {
  module: false,
  compress: { target: 'es2023', treeshake: { propertyReadSideEffects: false } },
  mangle: { toplevel: true },
};
for (const name of readdirSync(CLI)) {
  const file = join(CLI, name);
  const { code, errors } = await minify(name, readFileSync(file, 'utf8'), SMALLER);
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
  // Node keeps a text of plain ASCII in half the room, and makes it of bytes in a fraction of the time.
  writeFileSync(
    file,
    code.replace(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
writeFileSync(join(CLI, 'package.json'), '{ "type": "commonjs" }\n');
