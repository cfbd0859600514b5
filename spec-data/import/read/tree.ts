import type { Gate } from '../../../src/linux/release/rows.ts';
import { evaluate, NotConstant } from '../c/evaluate.ts';
import { type Declared, declaredIn, type Entry } from '../c/initializer.ts';
import { expand, type Macros, preprocess } from '../c/preprocess.ts';
import type { Token } from '../c/tokens.ts';
import { readSysregs } from './sysregs.ts';

/** What could not be read, and where. */
export interface Unread {
  readonly table: string;
  readonly row?: string;
  /** `file:line` where it is known. */
  readonly where: string;
  readonly why: string;
}

/** The texts of a kernel tree, by path. */
export interface TreeFiles {
  readonly read: (path: string) => string | undefined;
}

/** A C file of the tree: its tokens and its tables. */
export interface CFile {
  readonly path: string;
  readonly tokens: readonly Token[];
  readonly declared: ReadonlyMap<string, Declared>;
}

/** Headers whose macros the tables use, in the order in which they build on one another. */
const HEADERS = [
  'arch/arm64/include/asm/cputype.h',
  'arch/arm64/include/asm/sysreg.h',
  'arch/arm64/include/asm/cache.h',
  'arch/arm64/include/uapi/asm/hwcap.h',
  'arch/arm64/include/asm/hwcap.h',
  'arch/arm64/include/asm/cpufeature.h',
];

/** A kernel tree as the extractors see it. */
export class Tree {
  readonly unread: Unread[] = [];
  /** Capabilities of which the history says itself which CPUs a function names. */
  readonly spelledOut: ReadonlySet<string>;
  readonly headers: Macros = new Map();
  /** Constants of arch/arm64/tools/sysreg. */
  readonly sysregs: ReadonlyMap<string, bigint>;
  readonly #files: TreeFiles;
  readonly #parsed = new Map<string, CFile | undefined>();
  #macros: Macros = this.headers;

  constructor(files: TreeFiles, spelledOut: ReadonlySet<string> = new Set()) {
    this.#files = files;
    this.spelledOut = spelledOut;
    for (const path of HEADERS) {
      const text = files.read(path);
      if (text !== undefined) preprocess(text, this.headers);
    }
    const sysregs = files.read('arch/arm64/tools/sysreg');
    this.sysregs =
      sysregs === undefined ? new Map() : readSysregs(sysregs, (line, why) => this.miss('sysregs', `arch/arm64/tools/sysreg:${line}`, why));
  }

  /** The text of a file; `undefined` if the tree has none. */
  text(path: string): string | undefined {
    return this.#files.read(path);
  }

  /** A C file, read once. Its macros count from now on for {@link valueOf}. */
  file(path: string): CFile | undefined {
    const known = this.#parsed.get(path);
    if (known || this.#parsed.has(path)) return known;
    const text = this.#files.read(path);
    if (text === undefined) {
      this.#parsed.set(path, undefined);
      return undefined;
    }
    const macros = new Map(this.#macros);
    const tokens = preprocess(text, macros);
    this.#macros = macros;
    const file = {
      path,
      tokens,
      declared: declaredIn(tokens, macros, (line) =>
        this.miss('tables', `${path}:${line}`, 'a line that is no C: a call that does not end'),
      ),
    };
    this.#parsed.set(path, file);
    return file;
  }

  /** Takes in a header's macros, for the files that are read after it. */
  include(path: string): void {
    const macros = new Map(this.#macros);
    preprocess(this.#files.read(path) ?? '', macros);
    this.#macros = macros;
  }

  /** Notes what could not be read. */
  miss(table: string, where: string, why: string, row?: string): void {
    this.unread.push({ table, where, why, ...(row === undefined ? {} : { row }) });
  }

  /** The value of a name: of the register file, or of a macro. */
  valueOf = (name: string): bigint | undefined => {
    const known = this.sysregs.get(name);
    if (known !== undefined) return known;
    const macro = this.#macros.get(name);
    if (!macro || macro.parameters || macro.body.length === 0) return undefined;
    try {
      return this.constant(macro.body, new Set([name]));
    } catch {
      return undefined;
    }
  };

  /** A macro's body as it is written; `undefined` if there is none. */
  macro(name: string): readonly Token[] | undefined {
    return this.#macros.get(name)?.body;
  }

  /** The names of all macros. */
  macroNames(): Iterable<string> {
    return this.#macros.keys();
  }

  /**
   * The value of a constant expression.
   *
   * @throws {NotConstant} if a name is not known.
   */
  constant(tokens: readonly Token[], within: ReadonlySet<string> = new Set()): bigint {
    return evaluate(expand(tokens, this.#macros, within), { valueOf: this.valueOf });
  }

  /** The value of a constant expression, or `undefined`. */
  constantOrNot(tokens: readonly Token[]): bigint | undefined {
    try {
      return this.constant(tokens);
    } catch (error) {
      if (error instanceof NotConstant) return undefined;
      throw error;
    }
  }
}

/** The members of a struct's initialiser, by name; what C would take, the last of several, and those before it. */
export interface Members {
  readonly line: number;
  readonly gates: readonly Gate[];
  readonly of: ReadonlyMap<string, readonly Entry[]>;
}

/** The members of one entry of a table; those given by place get the names of the struct's own order. */
export function membersOf(entry: Entry, order: readonly string[] = []): Members {
  const of = new Map<string, Entry[]>();
  (entry.value.list ?? []).forEach((member, i) => {
    const name = member.name ?? order[i];
    if (name === undefined) return;
    const others = of.get(name);
    if (others) others.push(member);
    else of.set(name, [member]);
  });
  return { line: entry.line, gates: entry.gates, of };
}

/** The entry of a member that holds: the last under no option, else the last one. */
export function member(members: Members, name: string): Entry | undefined {
  const entries = members.of.get(name);
  return entries?.findLast(({ gates }) => gates.every((gate) => 'not' in gate)) ?? entries?.at(-1);
}

/** A member that is one word, such as a function or a constant. */
export function word(members: Members, name: string): string | undefined {
  const tokens = member(members, name)?.value.tokens.filter(({ text }) => text !== '&' && text !== '(' && text !== ')');
  return tokens?.length === 1 ? tokens[0]!.text : undefined;
}

/** A member that is a string, which may be written in pieces. */
export function string(members: Members, name: string): string | undefined {
  const tokens = member(members, name)?.value.tokens;
  if (!tokens || tokens.length === 0 || tokens.some(({ kind }) => kind !== 'string')) return undefined;
  return tokens.map(({ text }) => text).join('');
}
