/**
 * `npm run import -- TREE`: reads a kernel's source tree, compares its tables with the history in spec-data/linux/ at that release, and
 * proposes, or makes, the edits that the history lacks. Only facts leave the tree: names, numbers, relations.
 *
 * The way through the folder: `source.ts` opens the tree, `c/` reads C (tokens, macros, initialisers, constants), `read/` takes each table
 * out of it, `flatten.ts` gives the same tables of the history, `compare.ts` sets the two side by side, `propose.ts` and what it calls
 * edit the rows, `docs.ts` puts the edits into the files.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { ArmlensError } from '../../src/errors.ts';
import { parseRelease } from '../../src/linux/release/release.ts';
import { linuxRows } from '../build/linux.ts';
import { SPEC_DATA } from '../build/spec-file.ts';
import { asides } from './asides.ts';
import { asInTree, beliefs } from './believed.ts';
import { compare } from './compare.ts';
import { type TreeDigests, withDigests } from './digests.ts';
import { Docs } from './docs.ts';
import { type Flat, TABLES, type TableName, treeLines } from './flat.ts';
import { flatten } from './flatten.ts';
import { propose } from './propose.ts';
import { readTree } from './read/index.ts';
import { RULE_FILES } from './read/rules.ts';
import { differs, type Found, reportJson, reportText } from './report.ts';
import { roleOf } from './role.ts';
import { ImportError, openTree, releaseOf, treeName } from './source.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const DIGESTS = join(ROOT, 'test/spec-data/linux-trees.json');

interface Options {
  readonly release?: string;
  readonly data: string;
  readonly source?: string;
  readonly write?: true;
  readonly json?: true;
}

const command = new Command('npm run import --')
  .description("Compares a kernel's source tree with the history in spec-data/linux/ and proposes what to add.")
  .argument('<tree>', "a kernel's source folder, or a tarball of it such as Debian's linux-source-6.12.tar.xz")
  .option('--release <release>', "the release, where the tree's Makefile does not tell it (such as 6.12.107)")
  .option('--source <text>', 'where the tree came from, for the list of trees; default: its name')
  .option('--data <folder>', 'the spec-data to compare with', SPEC_DATA)
  .option('--write', 'make the proposed edits, and count the tree in test/spec-data/linux-trees.json')
  .option('--json', 'print the answer as JSON')
  .addHelpText('after', '\nExit code: 0 nothing differs, 1 something does, 2 wrong use, 3 no such tree, 4 the work itself failed.')
  .exitOverride()
  .showHelpAfterError('(--help tells more)');

/** A bar for reading a tarball, on a terminal only. */
function bar(): { readonly update: (done: number, total: number) => void; readonly stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const single = new SingleBar({ format: 'reading {bar} {percentage}%', stream: process.stderr, clearOnComplete: true });
  let started = false;
  const update = (done: number, total: number): void => {
    if (!started) single.start(total, 0);
    started = true;
    single.update(done);
  };
  return { update, stop: () => started && single.stop() };
}

/** In which tables the tree differs from the mainline release that it grew from, for another update of a series. */
function growth(docs: Docs, series: string | undefined, flat: Flat): Pick<TreeDigests, 'grewFrom' | 'differsIn'> {
  const rows = linuxRows(docs);
  const base =
    series === undefined
      ? undefined
      : rows.releases.find(({ release, mainline }) => mainline && parseRelease(release).series === series)?.release;
  if (base === undefined) return {};
  const from = parseRelease(base);
  const asRead = Object.entries(flatten(rows, from)).map(([table, lines]) => [
    table,
    lines.map((row) => ({ ...row, line: asInTree(beliefs(), table as TableName, row, from) })),
  ]);
  const [own, other] = [treeLines(flat), treeLines(Object.fromEntries(asRead))];
  return { grewFrom: base, differsIn: TABLES.filter((table) => own[table].join('\n') !== other[table].join('\n')) };
}

/** A text in the project's form; as it is where the formatter is missing or does not want it. */
function formatted(path: string, text: string): string {
  try {
    return execFileSync(join(ROOT, 'node_modules/.bin/biome'), ['format', `--stdin-file-path=${path}`], {
      cwd: ROOT,
      input: text,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  } catch {
    return text;
  }
}

/** Makes the edits: spec-data's files, and the tree's digests. */
function write(docs: Docs, found: Found): readonly string[] {
  const files = [...docs.write((path, text) => formatted(`spec-data/${path}`, text))];
  if (docs.folderPath === SPEC_DATA && existsSync(DIGESTS)) {
    const { trees } = JSON.parse(readFileSync(DIGESTS, 'utf8')) as { readonly trees: readonly TreeDigests[] };
    const { role, tree } = found;
    const list = { trees: withDigests(trees, role.release.text, tree.flat, growth(docs, role.series, tree.flat)) };
    writeFileSync(DIGESTS, formatted('test/spec-data/linux-trees.json', `${JSON.stringify(list, null, 2)}\n`));
    files.push(DIGESTS);
  }
  return files;
}

async function find(path: string, options: Options): Promise<Found> {
  const progress = bar();
  const opened = await openTree(path, progress.update).finally(progress.stop);
  try {
    const release = options.release === undefined ? releaseOf(opened, path) : parseRelease(options.release);
    if (!existsSync(join(options.data, 'linux/releases.json')))
      throw new ImportError(3, `${options.data}: no linux/releases.json in it, so it is no spec-data`);
    // A row that is told by a file which is not there would look like one that has ended.
    const lacking = RULE_FILES.filter((file) => opened.read(file) === undefined);
    if (lacking.length > 0) throw new ImportError(3, `${path}: the tree is not whole: it lacks ${lacking.join(', ')}`);
    const docs = new Docs(options.data);
    const rows = linuxRows(docs);
    const ours = flatten(rows, release);
    const spelledOut = new Set(
      ours.cpucaps
        .filter(({ state }) => state && 'when' in state && typeof state.when === 'object' && state.when !== null && 'midr' in state.when)
        .map(({ key }) => key),
    );
    const lists = rows.lists.filter(({ name }) => ours['core-lists'].some(({ key }) => key === name));
    const tree = readTree(opened, release, { cores: rows.cores, options: ours.kconfig.map(({ key }) => key), spelledOut, lists });
    const role = roleOf(release, rows.releases);
    const comparison = compare(tree.flat, ours, release, beliefs());
    const proposed = propose(docs, tree, role, options.source ?? treeName(path), beliefs());
    const beside = asides(tree.tree, docs, release, [...tree.flat.cpucaps, ...tree.flat.errata]);
    const found: Found = { role, tree, comparison, proposed, asides: beside, written: [] };
    return options.write ? { ...found, written: write(docs, found) } : found;
  } finally {
    opened.close();
  }
}

/** Runs the import; gives the exit code. */
async function run(args: readonly string[]): Promise<number> {
  try {
    command.parse(args, { from: 'user' });
    const options = command.opts<Options>();
    const found = await find(command.args[0]!, options);
    process.stdout.write(options.json ? reportJson(found) : reportText(found));
    return differs(found) ? 1 : 0;
  } catch (error) {
    if (error instanceof ImportError) console.error(error.message);
    else if (error instanceof ArmlensError) console.error(error.message);
    else if (error instanceof Error && 'exitCode' in error) return error.exitCode === 0 ? 0 : 2;
    else throw error;
    return error instanceof ImportError ? error.exitCode : 3;
  }
}

process.exitCode = await run(process.argv.slice(2));
