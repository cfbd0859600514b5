import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly bin: { readonly armlens: string };
  readonly man: string;
  readonly exports: { readonly '.': { readonly types: string; readonly default: string } };
};

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
}

interface Packed {
  /** In bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

let dryRun: Packed | undefined;

/** What a package would hold. */
function packed(): Packed {
  if (dryRun !== undefined) return dryRun;
  const cache = mkdtempSync(join(tmpdir(), 'armlens-pack-'));
  try {
    const { stdout, stderr } = run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error', '--no-update-notifier'], {
      npm_config_cache: cache,
    });
    expect(stderr).toBe('');
    // An array of packages, or (newer npm) an object of them by name.
    dryRun = Object.values(JSON.parse(stdout) as Readonly<Record<string, Packed>>)[0]!;
    return dryRun;
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/** The paths of what a package would hold. */
function packedPaths(): readonly string[] {
  return packed().files.map(({ path }) => path);
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

beforeAll(() => {
  const { status, stderr } = run(process.execPath, ['.ci/setup.mjs', '--build']);
  expect(status, stderr).toBe(0);
}, 120_000);

/** What a package may weigh, compressed. */
const MOST_BYTES = 1_200_000;

describe('what is packed', () => {
  it('weighs less than 1.2 MB', () => {
    expect(packed().size).toBeLessThan(MOST_BYTES);
  });

  it('is dist, the table of hwcaps, the schemas, the licence and the README; the changelog stands in the repository', () => {
    const paths = packedPaths();
    const besides = paths.filter((path) => !path.startsWith('dist/'));
    const table = ['spec-data/exports/hwcaps.json', 'spec-data/schemas/hwcap-table.schema.json'];
    expect(besides.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json', ...table].toSorted());
    for (const name of readdirSync(join(ROOT, 'spec-data', 'schemas', 'answers'))) expect(paths).toContain(`dist/schemas/${name}`);
    expect(paths).toContain('dist/cli/main.js');
    expect(paths).toContain('dist/index.js');
    expect(paths).toContain('dist/index.d.ts');
    expect(paths).toContain(MANIFEST.man.replace('./', ''));
  });

  it('holds nothing but modules and their types, the explorer, the command, schemas: no tests, no source maps, nothing that a machine has compiled', () => {
    const paths = packedPaths().filter((path) => path.startsWith('dist/'));
    const allowed =
      /^dist\/(?:[\w/-]+\.(d\.ts|js)|web\/[\w/.-]+\.(html|css|js|svg|txt)|schemas\/[\w-]+\.schema\.json|cli\/package\.json|man\/armlens\.1)$/;
    const strange = paths.filter((path) => !allowed.test(path));
    expect(strange).toEqual([]);
    expect(paths).toContain('dist/web/index.html');
  });

  it('holds every module and declaration that one of them imports', () => {
    const paths = new Set(packedPaths().filter((path) => /^dist\/(?!cli\/|web\/).*\.(js|d\.ts)$/.test(path)));
    const missing: string[] = [];
    for (const path of paths) {
      const ending = path.endsWith('.d.ts') ? '.d.ts' : '.js';
      for (const [, target] of readFileSync(join(ROOT, path), 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]/g)) {
        const imported = join(dirname(path), target!.replace(/\.(js|ts)$/, ending));
        if (!paths.has(imported.replaceAll('\\', '/'))) missing.push(`${path}: ${target}`);
      }
    }
    expect(missing).toEqual([]);
    for (const door of ['index', 'formats/index', 'rows/index'])
      for (const ending of ['.js', '.d.ts']) expect(paths).toContain(`dist/${door}${ending}`);
  });

  it('has declarations for every source of the library and tables of their own, and none of sources that are gone', () => {
    const modules = (folder: string, ending: string): readonly string[] =>
      filesUnder(join(ROOT, folder))
        .map((path) => path.slice(join(ROOT, folder).length + 1).replaceAll('\\', '/'))
        .filter((path) => path.endsWith(ending) && !/^(cli|web|recorder)\//.test(path)) // put together by others
        .map((path) => path.slice(0, -ending.length))
        .toSorted();
    const sources = modules('src', '.ts');
    expect(modules('dist/.declarations', '.d.ts')).toEqual(sources);
    const isTable = (path: string): boolean => path.includes('/generated/');
    expect(modules('dist', '.js').filter(isTable)).toEqual(sources.filter(isTable));
  });
});

/** What a program that imports something weighs when it is put together for a browser, minified. */
async function bundled(source: string): Promise<number> {
  const { outputFiles, warnings } = await build({
    stdin: { contents: source, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  return outputFiles[0]!.contents.length;
}

describe('the package in use', () => {
  it('resolves by its name, in JavaScript and in TypeScript', () => {
    const { stdout, stderr } = run(process.execPath, [
      '--input-type=module',
      '-e',
      "import('armlens').then((m) => console.log(typeof m.boot))",
    ]);
    expect(stderr + stdout).toBe('function\n');
    for (const path of Object.values(MANIFEST.exports['.'])) expect(statSync(join(ROOT, path)).isFile()).toBe(true);
  });

  it('is loaded in few files, of which a bundle takes what it uses', async () => {
    const loaded = filesUnder(join(ROOT, 'dist')).filter((path) => !/[\\/](?:cli|web|generated)[\\/]/.test(path) && path.endsWith('.js'));
    expect(loaded.length).toBeLessThan(100);
    const whole = await bundled(`export * from 'armlens'`);
    expect(await bundled(`import { parseMidr } from 'armlens'; console.log(parseMidr(1n))`)).toBeLessThan(whole / 100);
    expect(await bundled(`import { coreName } from 'armlens/formats'; console.log(coreName)`)).toBeLessThan(whole / 10);
  });

  it('has a command that can be run as it is', () => {
    const main = join(ROOT, MANIFEST.bin.armlens);
    expect(readFileSync(main, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    if (process.platform !== 'win32') expect(statSync(main).mode & 0o111).toBe(0o111);
    expect(run(process.execPath, [main, '--version']).stdout).toBe(`${MANIFEST.version}\n`);
  });

  it('imports nothing from outside itself, except in the command', () => {
    const imports = /(?:^(?:import|export)\b[^"';]*\bfrom\s*|^import\s*|\b(?:import|require)\(\s*)["']([^."'][^"']*)["']/gm;
    const library = filesUnder(join(ROOT, 'dist')).filter((path) => path.endsWith('.js') && !path.startsWith(join(ROOT, 'dist', 'cli')));
    expect(library.length).toBeGreaterThan(100);
    const found = library.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(imports)].map(([, name]) => `${path}: ${name}`));
    expect(found).toEqual([]);
    const command = filesUnder(join(ROOT, 'dist', 'cli')).map((path) => readFileSync(path, 'utf8'));
    expect(command.some((text) => [...text.matchAll(imports)].some(([, name]) => name === 'node:fs'))).toBe(true);
  });
});

describe('the repository', () => {
  it('has no file that a person could not review: none over 300 KB', () => {
    const large = ['src', 'test', 'spec-data', 'bench', '.ci']
      .flatMap((folder) => filesUnder(join(ROOT, folder)))
      .filter((path) => statSync(path).size > 300_000);
    expect(large.filter((path) => !path.includes(join('bench', 'results')))).toEqual([]);
  });

  it('locks its dependencies without naming a registry', () => {
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly resolved?: string }>>;
    };
    const named = Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined);
    expect(named).toEqual([]);
  });
});
