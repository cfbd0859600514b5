import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const GUIDE: string = join(ROOT, 'src', 'guide');

/** A fenced block of a page. */
export interface Block {
  /** The first word after the fence. */
  readonly kind: string;
  /** The rest of that line: the name of the file that a block is. */
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

/** A page of the documentation with its blocks. */
export interface Page {
  /** Relative to the root, such as `src/guide/stream.md`. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w+)[ ]?(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    kind: match[1]!,
    name: match[2]!,
    text: match[3]!,
    line: text.slice(0, match.index).split('\n').length,
  }));
}

function pageAt(path: string): Page {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return { path, text, blocks: blocksOf(text) };
}

/** The names of the pages of the guide, such as `stream`. */
export const GUIDE_NAMES: readonly string[] = readdirSync(GUIDE)
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -3))
  .sort();

/** The README, every page of the guide, and what contributors read. */
export const PAGES: readonly Page[] = ['README.md', ...GUIDE_NAMES.map((name) => `src/guide/${name}.md`), '.github/CONTRIBUTING.md'].map(
  pageAt,
);

/** A command of a console block with the output that is shown for it. */
export interface Session {
  readonly command: string;
  readonly shown: string;
  readonly line: number;
}

/** The commands of the console blocks of a page. */
export function sessionsOf({ blocks }: Page): readonly Session[] {
  return blocks
    .filter(({ kind }) => kind === 'console')
    .flatMap(({ text, line }) =>
      text
        .split(/^\$ /m)
        .slice(1)
        .map((part) => {
          const end = part.indexOf('\n');
          return { command: part.slice(0, end), shown: part.slice(end + 1), line };
        }),
    );
}

/** Whether an output is what is shown, where a line `…` stands for any lines. */
export function patternOf(shown: string): RegExp {
  const escaped = shown
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/^ *…\n/gm, '(?:.*\\n)*')
    .replaceAll('…', '.*');
  return new RegExp(`^${escaped}$`);
}

/** What an example says that it prints: the comments that follow its calls of console.log. */
export function promisedBy(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => (line.startsWith('// ') ? [line.slice(3)] : []));
}

/** The doors of the library, by the name that an import has, and where the built package has them. */
export const DOORS: Readonly<Record<string, string>> = {
  armlens: 'index',
  'armlens/formats': 'formats/index',
  'armlens/rows': 'rows/index',
};

/** An example whose imports of the library are those of the built package. */
export function withDoors(text: string, address: (path: string) => string): string {
  return text.replace(/from '(armlens(?:\/\w+)?)'/g, (whole, door: string) =>
    DOORS[door] === undefined ? whole : `from '${address(join(ROOT, 'dist', `${DOORS[door]}.js`))}'`,
  );
}
