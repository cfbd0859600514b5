// Makes a fresh clone ready with Node and npm alone; every npm script starts with it.
//
//   node .ci/setup.mjs            checks Node, installs the dependencies if they are missing or out of date, and writes the modules of the
//                                 known machines, which repeat spec-data/machines and are not in the repository
//   node .ci/setup.mjs --build    the same, then compiles src/ to dist/, the explorer to dist/web/, if dist/ is missing or older than
//                                 the sources
//
// It runs before anything is installed, so it imports nothing but Node. Progress goes to standard error; when there is nothing to do
// it says nothing. It may be run from any folder.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK = join(ROOT, 'package-lock.json');
const MODULES = join(ROOT, 'node_modules');
/** What was installed; it lies in node_modules so that it goes where they go. */
const INSTALLED = join(MODULES, '.armlens-setup');
const DIST = join(ROOT, 'dist');
/** Where the compiler writes declarations, a file a module. */
const DECLARATIONS = join(DIST, '.declarations');
/** What dist was compiled from. */
const BUILT = join(DIST, '.armlens-build');
const LEAST_NODE = [20, 19];

function say(text) {
  process.stderr.write(`armlens: ${text}\n`);
}

/** Ends the run with a reason that a person can act upon. */
class Stop extends Error {}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function hashOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(part.length)).update('\n').update(part);
  return hash.digest('hex');
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  throw new Stop(
    `needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node} (${process.execPath}). See https://nodejs.org`,
  );
}

// ---- one at a time --------------------------------------------------------------------------------------------------------------

/** Names the set-up that is at work in this clone; two at once would take the folders from each other. */
const LOCK_FILE = join(tmpdir(), `armlens-setup-${hashOf([ROOT]).slice(0, 16)}`);

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function takeLock() {
  try {
    writeFileSync(LOCK_FILE, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    // A folder for temporary files that cannot be written is no reason to do nothing.
    if (error.code !== 'EEXIST') return true;
  }
  const owner = Number(readText(LOCK_FILE) ?? 0);
  if (owner === 0 || isAlive(owner)) return false;
  rmSync(LOCK_FILE, { force: true });
  return takeLock();
}

/** Does what is left to do, unless or after another set-up does it. */
function alone(isDone, work) {
  if (isDone()) return;
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; !takeLock(); waited++) {
    if (waited === 0) say('waiting for another set-up of this clone …');
    if (waited > 6000) throw new Stop(`another set-up does not end; if there is none, delete ${LOCK_FILE}`);
    Atomics.wait(clock, 0, 0, 100);
  }
  try {
    if (!isDone()) work();
  } finally {
    rmSync(LOCK_FILE, { force: true });
  }
}

// ---- dependencies ---------------------------------------------------------------------------------------------------------------

/** Names the dependencies as they should be: the lock, what package.json asks for, and what binaries depend on. */
function wantedInstall() {
  const { dependencies, devDependencies } = readJson(join(ROOT, 'package.json')) ?? {};
  const asked = JSON.stringify([dependencies, devDependencies, process.platform, process.arch, process.versions.modules]);
  return hashOf([readText(LOCK) ?? '', asked]);
}

/** Whether every direct dependency is there; finds a node_modules that lost a part. */
function isComplete() {
  const { dependencies = {}, devDependencies = {} } = readJson(join(ROOT, 'package.json')) ?? {};
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) => existsSync(join(MODULES, name, 'package.json')));
}

/** Whether npm itself, run by hand, has installed what the lock says. npm writes its own copy of the lock last. */
function matchesLock() {
  const wanted = readJson(LOCK)?.packages;
  const present = readJson(join(MODULES, '.package-lock.json'))?.packages;
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || (present[path] ? present[path].version === version : optional),
  );
}

/** A cache folder for npm if its own cannot be written, as with a read-only home. */
function substituteCache() {
  let folder = process.env.npm_config_cache ?? join(process.env.HOME ?? homedir(), '.npm');
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch {
    return mkdtempSync(join(tmpdir(), 'armlens-npm-'));
  }
}

function runNpm(args, cache) {
  // No dependency needs its install script, and a clone should run nobody else's code before its own.
  const options = [
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--loglevel=error',
  ];
  const env = { ...process.env, ...(cache === undefined ? {} : { npm_config_cache: cache }) };
  const own = process.env.npm_execpath;
  // npm tells its scripts where it lies; anything else that runs scripts is asked for npm by name.
  const isNpm = own !== undefined && /^npm-cli\.c?js$/.test(basename(own)) && existsSync(own);
  const [command, first] = isNpm ? [process.execPath, [own]] : ['npm', []];
  const shell = !isNpm && process.platform === 'win32';
  return spawnSync(command, [...first, ...args, ...options], { cwd: ROOT, env, shell, stdio: ['ignore', 2, 2] });
}

function isInstalled() {
  if (!isComplete()) return false;
  if (readText(INSTALLED) === wantedInstall()) return true;
  if (!matchesLock()) return false;
  writeFileSync(INSTALLED, wantedInstall());
  return true;
}

function install() {
  const began = Date.now();
  const command = existsSync(LOCK) ? 'ci' : 'install';
  say(`installing the dependencies (npm ${command}), about half a minute …`);
  rmSync(INSTALLED, { force: true });
  const cache = substituteCache();
  try {
    const { status, signal, error } = runNpm([command], cache);
    if (error) throw new Stop(`npm could not be started: ${error.message}`);
    if (status !== 0)
      throw new Stop(`npm ${command} failed (${signal ?? `exit ${status}`}); it needs the npm registry. Its own words are above`);
  } finally {
    if (cache !== undefined) rmSync(cache, { recursive: true, force: true });
  }
  writeFileSync(INSTALLED, wantedInstall());
  say(`installed in ${seconds(began)}`);
}

// ---- modules of the known machines ----------------------------------------------------------------------------------------------

const MACHINES = join(ROOT, 'src', 'silicon', 'generated', 'machines');
/** What the modules were written from. */
const WRITTEN = join(MACHINES, '.written');
/** What kinds of machines there are. */
const KINDS = join(ROOT, 'src', 'silicon', 'machine-descriptor.ts');

function wantedMachines() {
  const build = join(ROOT, 'spec-data', 'build');
  const sources = [
    ...filesUnder(join(ROOT, 'spec-data', 'machines'), ''),
    join(build, 'machines.ts'),
    join(build, 'spec-file.ts'),
    KINDS,
  ].sort();
  return hashOf(sources.flatMap((path) => [relative(ROOT, path), readFileSync(path)]));
}

function hasMachines() {
  return existsSync(join(MACHINES, 'index.ts')) && readText(WRITTEN) === wantedMachines();
}

function writeMachines() {
  rmSync(MACHINES, { recursive: true, force: true });
  run('the generator', join(MODULES, 'tsx', 'dist', 'cli.mjs'), join('spec-data', 'build.ts'), '--machines');
  writeFileSync(WRITTEN, wantedMachines());
}

// ---- dist -----------------------------------------------------------------------------------------------------------------------

function filesUnder(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path, ending);
    return entry.name.endsWith(ending) ? [path] : [];
  });
}

/** Names of modules, without folder and ending, sorted. */
function modulesUnder(folder, ending) {
  return filesUnder(folder, ending)
    .map((path) => relative(folder, path).slice(0, -ending.length))
    .sort();
}

/** Names the sources as they are: their text, the compilers' settings and versions. */
function wantedBuild() {
  const settings = [
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'vite.config.ts',
    '.ci/setup.mjs',
    '.ci/bundle.mjs',
    '.ci/launch.cjs',
    '.ci/library-table.cjs',
    'node_modules/typescript/package.json',
    'node_modules/esbuild/package.json',
    'node_modules/vite/package.json',
    'node_modules/preact/package.json',
    'node_modules/marked/package.json',
    '.ci/guide-pages.mjs',
    '.ci/licences.mjs',
    '.ci/library.mjs',
    '.ci/shared-tables.mjs',
    '.ci/tables-outside.mjs',
    '.ci/together.mjs',
    '.ci/offline-worker.mjs',
    '.ci/short-names.mjs',
    '.ci/slim.mjs',
    '.ci/declarations.mjs',
    '.ci/doors.mjs',
    'node_modules/rolldown-plugin-dts/package.json',
    '.ci/columns.mjs',
  ].map((name) => readText(join(ROOT, name)) ?? '');
  const sources = filesUnder(join(ROOT, 'src'), '').sort();
  return hashOf([...settings, ...sources.flatMap((path) => [relative(ROOT, path), readFileSync(path)])]);
}

/** What there is to build, and what of it is there. */
function buildState() {
  const modules = modulesUnder(join(ROOT, 'src'), '.ts');
  const wanted = wantedBuild();
  const isLibrary = (name) => !/^(?:cli|web|site|recorder)[\\/]/.test(name);
  const isTable = (name) => /[\\/]generated[\\/]/.test(name);
  const built = new Set(modulesUnder(DIST, '.js'));
  const whole =
    modulesUnder(DECLARATIONS, '.d.ts').filter(isLibrary).join('\n') === modules.filter(isLibrary).join('\n') &&
    [...modules.filter((name) => isLibrary(name) && isTable(name)), 'index', join('cli', 'main')].every((name) => built.has(name)) &&
    existsSync(join(DIST, 'web', 'index.html'));
  return { wanted, whole, done: whole && readText(BUILT) === wanted };
}

/** Runs a tool that npm installed. */
function run(what, tool, ...args) {
  // Whoever asks, such as a test, the result is what is shipped: elsewhere the page builder writes paths of this machine into it.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status, signal } = spawnSync(process.execPath, [tool, ...args], { cwd: ROOT, env, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Stop(`${what} found errors (${signal ?? `exit ${status}`})`);
}

/** The manual page is what the command says of itself. */
function writeManual() {
  const { status, stdout } = spawnSync(process.execPath, [join(DIST, 'cli', 'main.js'), 'man'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 2],
  });
  if (status !== 0) throw new Stop('the command could not write its manual page');
  mkdirSync(join(DIST, 'man'), { recursive: true });
  writeFileSync(join(DIST, 'man', 'armlens.1'), stdout);
}

function build() {
  const { wanted, whole } = buildState();
  const began = Date.now();
  say('compiling src/ …');
  // The compiler would trust its notes over what is there: start anew if a module is missing, or is left of one that is gone.
  if (whole) rmSync(BUILT, { force: true });
  else rmSync(DIST, { recursive: true, force: true });
  // The compiler writes declarations and tables; the library and the command are put together into files of which a call loads few.
  run('the compiler', join(MODULES, 'typescript', 'bin', 'tsc'), '-p', join(ROOT, 'tsconfig.build.json'));
  run('the bundler of the library', join(ROOT, '.ci', 'library.mjs'));
  run('the bundler of the declarations', join(ROOT, '.ci', 'declarations.mjs'));
  run('the slimming', join(ROOT, '.ci', 'slim.mjs'));
  rmSync(join(DIST, 'cli'), { recursive: true, force: true });
  run('the bundler', join(ROOT, '.ci', 'bundle.mjs'));
  chmodSync(join(DIST, 'cli', 'main.js'), 0o755);
  writeManual();
  run('the page builder', join(MODULES, 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn');
  writeFileSync(BUILT, wanted);
  say(`compiled in ${seconds(began)}`);
}

try {
  checkNode();
  alone(isInstalled, install);
  alone(hasMachines, writeMachines);
  if (process.argv.includes('--build')) alone(() => buildState().done, build);
} catch (error) {
  say(error instanceof Stop ? error.message : `set-up failed: ${error.stack}`);
  process.exitCode = 1;
}
