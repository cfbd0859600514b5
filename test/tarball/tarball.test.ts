import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatedRelease, type Fetched, install, type NodeRelease, nodeRelease, pack, ROOT, VERSIONS } from './nodes.ts';

const folder = mkdtempSync(join(tmpdir(), 'armlens-tarball-'));
const project = join(folder, 'project');
const main = join(project, 'node_modules', 'armlens', 'dist', 'cli', 'main.js');
let archive = '';

const LIBRARY = `const { system } = { system: boot({ cpus: [{ registers: { ID_AA64PFR0_EL1: 0x11n } }] }, { release: '6.12.107' }) };
console.log(system.release, [...system.hwcaps.names].join(' '), typeof compile, typeof readAny);
`;
const EXPECTED = '6.12.107 fp asimd evtstrm cpuid function function\n';

/** Files of a project that uses the package. */
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "project", "private": true, "type": "commonjs" }\n',
  'registers.txt': 'MIDR_EL1: 0x410fd0c0\nID_AA64PFR0_EL1: 0x1100000010112222\n',
  'record.ndjson': `{"id":1,"kernel":{"release":"6.12.107"},"cpus":[{"registers":{"ID_AA64PFR0_EL1":"0x11"}}]}\n`,
  'import.mjs': `import { boot } from 'armlens';\nimport { readAny } from 'armlens/formats';\nimport { compile } from 'armlens/rows';\n${LIBRARY}`,
  'require.cjs': `const { boot } = require('armlens');\nconst { readAny } = require('armlens/formats');\nconst { compile } = require('armlens/rows');\n${LIBRARY}`,
  'browser.js': `export { boot, inferFeatures } from 'armlens';\nexport { readAny } from 'armlens/formats';\nexport { compile } from 'armlens/rows';\n`,
  'use.mts': `import { type Machine, boot, type System } from 'armlens';
import { readAny } from 'armlens/formats';
import { compile } from 'armlens/rows';
const machine: Machine = { cpus: [{ registers: { ID_AA64PFR0_EL1: 0x11n } }] };
export const system: System = boot(machine, { release: '6.12.107' });
export const doors = [readAny, compile];
`,
};

/** Calls of the command, each of which goes another way through it. */
const CALLS: readonly (readonly string[])[] = [
  ['--version'],
  ['derive', 'registers.txt', '--kernel', '6.12.107'],
  ['derive', '--ndjson', 'record.ndjson'],
  ['list', 'machines'],
  ['why', 'ilrcpc', 'kunpeng-920'],
  ['infer', 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid'],
  ['boot', 'raspberry-pi-4', '--json'],
  ['--help'],
];

function run([program = '', ...before]: readonly string[], args: readonly string[]) {
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '80', HOME: folder, TMPDIR: folder };
  const { status, signal, stdout, stderr } = spawnSync(program, [...before, ...args], { cwd: project, encoding: 'utf8', env });
  return { status, signal, stdout, stderr };
}

beforeAll(() => {
  const setup = spawnSync(process.execPath, [join(ROOT, '.ci', 'setup.mjs'), '--build'], { encoding: 'utf8' });
  if (setup.status !== 0) throw new Error(setup.stderr);
  mkdirSync(project);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(project, name), text);
  archive = pack(folder);
  const failure = install(archive, project);
  if (failure !== undefined) throw new Error(`the package cannot be installed: ${failure}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the tarball', () => {
  it('is smaller than 1.2 MB', () => {
    expect(statSync(archive).size).toBeLessThan(1_200_000);
  });

  it('names nothing of the machine that built it', () => {
    const installed = join(project, 'node_modules', 'armlens');
    const paths = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const words = [ROOT, homedir()].filter((word) => word.length > '/root'.length);
    const found = paths
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => words.some((word) => readFileSync(path).includes(word)));
    expect(found).toEqual([]);
  });

  it('is found by npm as a command', () => {
    const { stdout } = run(['npm'], ['exec', '--offline', '--', 'armlens', '--version']);
    expect(stdout).toBe(run([process.execPath], [main, '--version']).stdout);
  });
});

describe('types, with those of libraries checked', () => {
  it.each([
    ['node16', ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16],
    ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
    ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ])('resolve as %s', (_, module, moduleResolution) => {
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: ts.ScriptTarget.ES2022,
      module,
      moduleResolution,
      types: [],
    };
    const found = ts.getPreEmitDiagnostics(ts.createProgram([join(project, 'use.mts')], options));
    expect(found.map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)).toEqual([]);
  });
});

it('is put together for a browser, and runs where there is nothing of Node', async () => {
  const { outputFiles } = await build({
    entryPoints: [join(project, 'browser.js')],
    absWorkingDir: project,
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'armlens',
    // What is asked for only when Arrow data is read.
    external: ['apache-arrow'],
    logLevel: 'silent',
  });
  const page = createContext({ TextDecoder, TextEncoder, WebAssembly, performance, printed: '' });
  const use = `const { system } = { system: armlens.boot({ cpus: [{ registers: { ID_AA64PFR0_EL1: 0x11n } }] }, { release: '6.12.107' }) };
printed = [...system.hwcaps.names].join(' ');`;
  runInContext(`${outputFiles[0]!.text}\n${use}`, page);
  expect(page.printed).toBe('fp asimd evtstrm cpuid');
});

/** Does the same with another Node as with the one that runs the tests. */
function sameWith(fetched: Fetched, calls: readonly (readonly string[])[]): void {
  if ('missing' in fetched) process.stderr.write(`skipped: the tarball on ${fetched.title}: ${fetched.missing}\n`);
  describe.skipIf('missing' in fetched)(fetched.title, () => {
    const { command } = fetched as NodeRelease;

    it.each(calls.map((args) => ({ args, line: args.join(' ') })))('armlens $line', ({ args }) => {
      expect(run(command, [main, ...args])).toEqual(run([process.execPath], [main, ...args]));
    });

    it('twice, as where Node keeps what it has compiled', () => {
      for (let i = 0; i < 2; i++)
        expect(run(command, [main, 'derive', 'kunpeng-920', '-k', '6.12.107'])).toMatchObject({ status: 0, signal: null });
    });

    it.each(['import.mjs', 'require.cjs'])('the library by %s', (file) => {
      expect(run(command, [file])).toMatchObject({ status: 0, signal: null, stdout: EXPECTED });
    });
  });
}

for (const version of VERSIONS) sameWith(nodeRelease(version), CALLS);
// What fails on another architecture fails at once; an emulator takes its time.
sameWith(emulatedRelease(), CALLS.slice(0, 3));
