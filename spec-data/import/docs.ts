import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Node, parseTree } from 'jsonc-parser';
import type { SpecReader } from '../build/linux.ts';

/** A row or a file of spec-data as it is edited. */
// biome-ignore lint/suspicious/noExplicitAny: rows of every kind are edited here by the names of their members
export type Json = any;

/** spec-data as it is being edited: every file is read once and changed in memory; {@link Docs.write} puts the changes into the texts. */
export class Docs implements SpecReader {
  readonly folderPath: string;
  readonly #docs = new Map<string, { text: string | undefined; doc: Json }>();

  constructor(folderPath: string) {
    this.folderPath = folderPath;
  }

  /** A file's content; what is changed in it is kept. */
  read(path: string): Json {
    const known = this.#docs.get(path);
    if (known) return known.doc;
    const text = readFileSync(join(this.folderPath, path), 'utf8');
    const doc: Json = JSON.parse(text);
    this.#docs.set(path, { text, doc });
    return doc;
  }

  /** Whether there is such a file. */
  has(path: string): boolean {
    return this.#docs.has(path) || existsSync(join(this.folderPath, path));
  }

  /** A new file. */
  create(path: string, doc: Json): void {
    this.#docs.set(path, { text: undefined, doc });
  }

  /** Every file of a folder, new ones too, in the order of their names. */
  folder(path: string): readonly Json[] {
    const onDisk = readdirSync(join(this.folderPath, path))
      .filter((name) => name.endsWith('.json'))
      .map((name) => `${path}/${name}`);
    const created = [...this.#docs.keys()].filter((each) => dirname(each) === path);
    return [...new Set([...onDisk, ...created])].sort().map((each) => this.read(each));
  }

  /** The files that were changed, with their new texts. */
  changed(): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const [path, { text, doc }] of this.#docs) {
      if (text === undefined) texts.set(path, `${JSON.stringify(doc)}\n`);
      else if (!isDeepStrictEqual(JSON.parse(text), doc)) texts.set(path, spliced(text, doc));
    }
    return texts;
  }

  /** Writes what was changed, each text in the form that `form` gives it; returns the paths of the files. */
  write(form: (path: string, text: string) => string): readonly string[] {
    return [...this.changed()].map(([path, text]) => {
      const file = join(this.folderPath, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, form(path, text));
      return file;
    });
  }
}

/** A replacement of a piece of a text. */
interface Splice {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** A JSON text with only the pieces replaced that differ from a new content; the rest keeps its form. */
export function spliced(text: string, content: Json): string {
  const root = parseTree(text);
  if (!root) return `${JSON.stringify(content)}\n`;
  const splices: Splice[] = [];
  collect(root, JSON.parse(text), content, splices);
  // From the end; what is replaced at a place goes before what is put in front of it.
  splices.sort((a, b) => b.offset - a.offset || b.length - a.length);
  return splices.reduce((now, { offset, length, text: piece }) => now.slice(0, offset) + piece + now.slice(offset + length), text);
}

/** What names a row among its neighbours. */
function identity(row: Json): string {
  if (typeof row !== 'object' || row === null) return JSON.stringify(row);
  const { name, midr, vector, bit, bits, release, series, since, register } = row;
  return JSON.stringify(
    name !== undefined ? [name, bits] : [midr, vector, bit, bits, release, series, register, midr === undefined ? since : undefined],
  );
}

function collect(node: Node, old: Json, now: Json, splices: Splice[]): void {
  if (isDeepStrictEqual(old, now)) return;
  const isList = Array.isArray(old) && Array.isArray(now) && old.length > 0 && typeof old[0] === 'object';
  if (isList && collectList(node, old, now, splices)) return;
  const isObject =
    !Array.isArray(old) && typeof old === 'object' && typeof now === 'object' && old !== null && now !== null && !Array.isArray(now);
  if (isObject && isDeepStrictEqual(Object.keys(old), Object.keys(now))) {
    for (const property of node.children ?? []) {
      const key = property.children![0]!.value as string;
      collect(property.children![1]!, old[key], now[key], splices);
    }
    return;
  }
  splices.push({ offset: node.offset, length: node.length, text: JSON.stringify(now) });
}

/** Rows that were only changed and added; false if some were taken away or moved. */
function collectList(node: Node, old: readonly Json[], now: readonly Json[], splices: Splice[]): boolean {
  const children = node.children ?? [];
  const within: Splice[] = [];
  /** What is inserted before a row of the old list, by its place; behind the last one by their number. */
  const added = new Map<number, string>();
  let at = 0;
  for (const row of now) {
    if (at < old.length && identity(old[at]) === identity(row)) {
      collect(children[at]!, old[at], row, within);
      at++;
    } else added.set(at, `${added.get(at) ?? ''}${at < old.length ? `${JSON.stringify(row)},\n` : `,\n${JSON.stringify(row)}`}`);
  }
  if (at < old.length) return false;
  const last = children.at(-1)!;
  for (const [place, text] of added) {
    splices.push({ offset: place < old.length ? children[place]!.offset : last.offset + last.length, length: 0, text });
  }
  splices.push(...within);
  return true;
}
