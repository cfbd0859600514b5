import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES, type Page, patternOf, promisedBy, ROOT, sessionsOf, withDoors } from '../support/examples.ts';
import { WarmCommand } from '../support/warm-command.ts';

const ENV = { ...process.env, NO_COLOR: '1', COLUMNS: '80' };

/** What a shell makes of a line, where `armlens` is something else. */
function byShell(command: string, armlens: string, folder: string): string {
  const shell = `armlens() { ${armlens}; }\n${command.replace(/^npm start$/, 'armlens seed').replace(/^npx /, '')}`;
  const { stdout, error } = spawnSync('sh', ['-c', shell], { cwd: folder, encoding: 'utf8', env: ENV });
  if (error) throw error;
  return stdout;
}

let warm: WarmCommand;

/**
 * Runs a line as a person would, in a folder that holds the files of the page. Starting is most of what the command does, so that lines
 * which are nothing but a command share a process.
 */
async function output(command: string, folder: string): Promise<string> {
  if (/[|<>&;]/.test(command)) return byShell(command, `"${process.execPath}" "${join(ROOT, 'dist', 'cli', 'main.js')}" "$@"`, folder);
  const argv = byShell(command, `printf '%s\\0' "$@"`, folder).split('\0').slice(0, -1);
  return (await warm.run(argv, folder)).out;
}

/** Compiles an example, runs it against the built package and returns what it prints. */
function printed(text: string, name: string, folder: string): readonly string[] {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
  const file = join(folder, `${name}.mjs`);
  writeFileSync(
    file,
    withDoors(outputText, (path) => pathToFileURL(path).href),
  );
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

/** The examples of all pages, which are compiled together: most of what that takes are the types of the package and of Node. */
function examplesIn(folder: string): ReadonlyMap<Page, readonly string[]> {
  const examples = PAGES.map((page, i) => {
    const blocks = page.blocks.filter(({ kind }) => kind === 'ts');
    return [page, blocks.map(({ line, text }) => ({ file: join(folder, `page-${i}-line-${line}.mts`), text }))] as const;
  });
  for (const { file, text } of examples.flatMap(([, files]) => files)) {
    writeFileSync(
      file,
      withDoors(text, (path) => path),
    );
  }
  return new Map(examples.map(([page, files]) => [page, files.map(({ file }) => file)]));
}

function programOf(files: readonly string[]): ts.Program {
  return ts.createProgram(files, {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules', '@types')],
  });
}

let examplesFolder = '';
let examples: ReadonlyMap<Page, readonly string[]>;
let program: ts.Program | undefined;

/** What the compiler says of the examples of a page. */
function typeErrors(page: Page): readonly string[] {
  const compiled = program ?? programOf([...examples.values()].flat());
  program = compiled;
  const found = examples.get(page)!.flatMap((file) => ts.getPreEmitDiagnostics(compiled, compiled.getSourceFile(file)));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, '.ci', 'setup.mjs'), '--build'], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  examplesFolder = mkdtempSync(join(tmpdir(), 'armlens-examples-'));
  examples = examplesIn(examplesFolder);
  warm = new WarmCommand(ENV);
}, 120_000);
afterAll(() => {
  warm.close();
  program = undefined;
  rmSync(examplesFolder, { recursive: true, force: true });
});

describe.each(PAGES)('$path', (page) => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'armlens-guide-'));
    for (const { name, text } of page.blocks) if (name !== '') writeFileSync(join(folder, name), text);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const sessions = process.platform === 'win32' ? [] : sessionsOf(page);
  for (const { line, command, shown } of sessions) {
    it(`line ${line}: ${command}`, async () => {
      expect(command).toMatch(/^((npx )?armlens |npm start$|cat |printf )/);
      expect(await output(command, folder)).toMatch(patternOf(shown));
    });
  }

  const own = page.blocks.filter(({ kind }) => kind === 'ts');
  for (const { line, text } of own) {
    it(`line ${line} prints what it says`, () => {
      expect(promisedBy(text).length).toBeGreaterThan(0);
      expect(printed(text, `line-${line}`, folder)).toEqual(promisedBy(text));
    });
  }
  it.runIf(own.length > 0)('is typed as the package is', () => expect(typeErrors(page)).toEqual([]));
});
