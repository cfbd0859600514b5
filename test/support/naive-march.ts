import { readSpec } from '../../spec-data/build/spec-file.ts';

interface CompilerFile {
  readonly notGenerated: { readonly features: readonly string[] };
  readonly levels: readonly { readonly level: string; readonly march: string; readonly adds?: readonly string[] }[];
  readonly extensions: readonly { readonly name: string; readonly features: readonly string[]; readonly requires?: readonly string[] }[];
}

/** GCC tells of an extension version by version; the newest comes last. */
interface ProgramFile {
  readonly flags: CompilerFile;
  readonly extensions?: readonly {
    readonly name: string;
    readonly features?: readonly string[];
    readonly rows: readonly { readonly on?: string }[];
  }[];
}

function readCompiler(compiler: 'gcc' | 'llvm'): CompilerFile {
  const { flags, extensions } = readSpec<ProgramFile>(`runtime/${compiler}.json`);
  if (extensions === undefined) return flags;
  const newest = extensions.map(({ name, features = [], rows }) => ({ name, features, requires: rows.at(-1)?.on?.split(' ') ?? [] }));
  return { ...flags, extensions: newest };
}

interface LevelFile {
  readonly levels: readonly { readonly name: string; readonly implies?: readonly string[] }[];
}

const levels = readSpec<LevelFile>('arch/levels.json').levels;

/** What a -march turns on, read from the data files alone; undefined if a name in it is not known. */
export function naiveMarch(compiler: 'gcc' | 'llvm', text: string): ReadonlySet<string> | undefined {
  const file = readCompiler(compiler);
  const [march = '', ...words] = text.split('+');
  const top = file.levels.find((row) => row.march === march)?.level;
  if (top === undefined) return undefined;
  const found = new Set<string>();
  const addLevel = (name: string): void => {
    for (const feature of file.levels.find((row) => row.level === name)?.adds ?? []) found.add(feature);
    for (const below of levels.find((row) => row.name === name)?.implies ?? []) addLevel(below);
  };
  addLevel(top);
  let known = true;
  const addExtension = (name: string): void => {
    const row = file.extensions.find((candidate) => candidate.name === name);
    if (row === undefined) known = false;
    for (const feature of row?.features ?? []) found.add(feature);
    for (const required of row?.requires ?? []) addExtension(required);
  };
  const removed = words.filter((word) => word.startsWith('no') && !file.extensions.some(({ name }) => name === word));
  for (const word of words) if (!removed.includes(word)) addExtension(word);
  const gone = new Set(removed.map((word) => word.slice(2)));
  for (let size = -1; size !== gone.size; ) {
    size = gone.size;
    for (const { name, requires = [] } of file.extensions) if (requires.some((other) => gone.has(other))) gone.add(name);
  }
  for (const { name, features } of file.extensions) if (gone.has(name)) for (const feature of features) found.delete(feature);
  return known ? found : undefined;
}

/** What a compiler never emits by itself. */
export function notGenerated(compiler: 'gcc' | 'llvm'): ReadonlySet<string> {
  return new Set(readCompiler(compiler).notGenerated.features);
}
