import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

interface Block {
  /** The first word after the fence. */
  readonly kind: string;
  /** The rest of that line: the name of the file that a block is. */
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

const BLOCKS: readonly Block[] = [...README.matchAll(/^```(\w+)[ ]?(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
  kind: match[1]!,
  name: match[2]!,
  text: match[3]!,
  line: README.slice(0, match.index).split('\n').length,
}));

/** The commands of a console block, each with the output that is shown for it. */
function sessions({ text, line }: Block): readonly { readonly command: string; readonly shown: string; readonly line: number }[] {
  const parts = text.split(/^\$ /m).slice(1);
  return parts.map((part) => {
    const end = part.indexOf('\n');
    return { command: part.slice(0, end), shown: part.slice(end + 1), line };
  });
}

const folder = mkdtempSync(join(tmpdir(), 'armlens-readme-'));

/** Runs a line as a person would, in a folder that holds the files of the README. */
function output(command: string): string {
  const main = join(ROOT, 'dist', 'cli', 'main.js');
  const shell = `armlens() { "${process.execPath}" "${main}" "$@"; }\n${command === 'npm start' ? 'armlens seed' : command}`;
  const { stdout, error } = spawnSync('sh', ['-c', shell], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '80' },
  });
  if (error) throw error;
  return stdout;
}

/** Whether an output is what is shown, where a line `…` stands for any lines. */
function pattern(shown: string): RegExp {
  const escaped = shown.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/^ *…\n/gm, '(?:.*\\n)*');
  return new RegExp(`^${escaped}$`);
}

/** What an example says that it prints: the comments that follow its calls of console.log. */
function promised(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => (line.startsWith('// ') ? [line.slice(3)] : []));
}

/** Compiles an example, runs it against the built package and returns what it prints. */
function printed(text: string, name: string): readonly string[] {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, outputText.replaceAll("'armlens'", `'${pathToFileURL(join(ROOT, 'dist', 'index.js')).href}'`));
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, '.ci', 'setup.mjs'), '--build'], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  for (const { name, text } of BLOCKS) if (name !== '') writeFileSync(join(folder, name), text);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('what the README shows of the command is what the command prints', () => {
  it.each(BLOCKS.filter(({ kind }) => kind === 'console').flatMap(sessions))('line $line: $command', ({ command, shown }) => {
    expect(command).toMatch(/^(armlens |npm start$|cat |printf )/);
    expect(output(command)).toMatch(pattern(shown));
  });
});

describe('what the README says that its code prints is what it prints', () => {
  it.each(BLOCKS.filter(({ kind }) => kind === 'ts'))('line $line', ({ text, line }) => {
    expect(promised(text).length).toBeGreaterThan(0);
    expect(printed(text, `line-${line}`)).toEqual(promised(text));
  });

  it('is typed as the package is', () => {
    const files = BLOCKS.filter(({ kind }) => kind === 'ts').map(({ text, line }) => {
      const file = join(folder, `line-${line}.mts`);
      writeFileSync(file, text.replaceAll("'armlens'", `'${join(ROOT, 'dist', 'index.js')}'`));
      return file;
    });
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules', '@types')],
    };
    const found = ts.getPreEmitDiagnostics(ts.createProgram(files, options));
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });
});

describe('the README', () => {
  it('shows the first answer, every command, and code', () => {
    const commands = BLOCKS.filter(({ kind }) => kind === 'console')
      .flatMap(sessions)
      .map(({ command }) => command.replace(/^armlens (\w+).*/, '$1'));
    const shown = ['derive', 'boot', 'decode', 'mrs', 'why', 'diff', 'infer', 'level', 'baseline', 'guest', 'list'];
    for (const name of ['npm start', ...shown]) expect(commands).toContain(name);
    expect(BLOCKS.filter(({ kind }) => kind === 'ts').length).toBeGreaterThan(2);
  });

  it('names files that exist', () => {
    const tracked = /`((?:spec-data|src|test|bench|\.ci)\/[\w./-]+)`/g;
    const missing = [...README.matchAll(tracked)].map(([, path]) => path!).filter((path) => !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  it('names scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = [...README.matchAll(/npm (?:run )?(start|test|gen|check|bench|build|\w+:\w+)\b/g)].map(([, name]) => name!);
    expect(new Set(named).size).toBeGreaterThan(4);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});
