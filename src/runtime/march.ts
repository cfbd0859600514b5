/**
 * What compilers and language runtimes make of a CPU: the flags that let a program use all that is there, and nothing that is not.
 *
 * A compiler's `-march` is a level with extensions behind it (this file). What a level turns on differs between compilers, and from
 * what the architecture makes mandatory; both are data. `rust.ts` and `goarm64.ts` do the same for Rust and Go, `target-cpu.ts` finds
 * the `-mcpu` of a core, `hwcap-names.ts` says what everybody calls a hwcap.
 *
 * @module
 */
import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { type ArchLevelName, includedLevels } from '../arch/level.ts';
import { GCC_ROW, LLVM_ROW } from './generated/compilers.ts';
import type { CompilerLevelRow, CompilerRow, ExtensionRow } from './runtime-rows.ts';

export type { CompilerRow } from './runtime-rows.ts';

/** What GCC's `-march` takes. */
export const GCC: CompilerRow = GCC_ROW;

/** What LLVM's `-march` takes, and so Clang's. */
export const LLVM: CompilerRow = LLVM_ROW;

/** A value for `-march`. */
export interface March {
  /** Such as `armv8.2-a+crypto`. */
  readonly text: string;
  readonly level: ArchLevelName;
  /** The extensions behind the level; none that another one brings with it. */
  readonly extensions: readonly string[];
  /** What had to be taken away: a machine without floating point. */
  readonly without: readonly string[];
  /** What the level takes for granted and the machine has not; the compiler emits none of it by itself. */
  readonly tolerated: readonly ArchFeatureName[];
  /** The compiler's version whose names these are. */
  readonly version: string;
}

/** What a level of a compiler turns on, with the levels below it. */
export function levelFeatures({ levels }: CompilerRow, level: ArchLevelName): ReadonlySet<ArchFeatureName> {
  const names = new Set(includedLevels(level).map(({ name }) => name));
  return new Set(levels.filter((row) => names.has(row.level)).flatMap(({ adds = [] }) => adds));
}

/** An extension and all that comes with it. */
function withRequired({ extensions }: CompilerRow, name: string): ReadonlySet<ExtensionRow> {
  const found = new Set<ExtensionRow>();
  const visit = (wanted: string): void => {
    const row = extensions.find((candidate) => candidate.name === wanted);
    if (row === undefined || found.has(row)) return;
    found.add(row);
    for (const required of row.requires ?? []) visit(required);
  };
  visit(name);
  return found;
}

/** What an extension turns on, with what it requires. */
export function extensionFeatures(compiler: CompilerRow, name: string): ReadonlySet<ArchFeatureName> {
  return new Set([...withRequired(compiler, name)].flatMap(({ features }) => features));
}

/**
 * What a compiler may emit unasked: what an extension stands for, but for privileged instructions and hints. Tags of memory it writes
 * only under a sanitizer.
 */
export function emittedFeatures({ extensions, notGenerated }: CompilerRow): ReadonlySet<ArchFeatureName> {
  const named = extensions.filter(({ name }) => name !== 'memtag').flatMap(({ features }) => features);
  return new Set(named.filter((name) => !notGenerated.includes(name)));
}

/** An extension and all that cannot be without it. */
export function requiringExtensions(compiler: CompilerRow, name: string): readonly ExtensionRow[] {
  const gone = compiler.extensions.find((candidate) => candidate.name === name)?.standsFor ?? [name];
  return compiler.extensions.filter((other) => [...withRequired(compiler, other.name)].some((part) => gone.includes(part.name)));
}

const BASE: ArchLevelName = 'Armv8.0-A';

/** The highest level of which the machine has all that the compiler may emit. */
function levelFor(compiler: CompilerRow, has: ReadonlySet<ArchFeatureName>): CompilerLevelRow {
  const harmless = new Set(compiler.notGenerated);
  const fits = ({ level }: CompilerLevelRow): boolean =>
    [...levelFeatures(compiler, level)].every((name) => has.has(name) || harmless.has(name));
  return compiler.levels.findLast(fits) ?? compiler.levels.find(({ level }) => level === BASE)!;
}

/** Extensions of the base level that a machine lacks, the one that takes the others with it. */
function missingFromBase(compiler: CompilerRow, level: ArchLevelName, has: ReadonlySet<ArchFeatureName>): readonly string[] {
  const lacking = [...levelFeatures(compiler, level)].filter((name) => !has.has(name) && !compiler.notGenerated.includes(name));
  const names = compiler.extensions.filter(({ features }) => features.some((name) => lacking.includes(name))).map(({ name }) => name);
  return names.filter(
    (name) => !names.some((other) => other !== name && [...withRequired(compiler, name)].some((row) => row.name === other)),
  );
}

/** The extensions that a level lacks and the machine has, each only if all that comes with it is there too. */
function extensionsFor(compiler: CompilerRow, level: ArchLevelName, has: ReadonlySet<ArchFeatureName>): readonly string[] {
  const given = levelFeatures(compiler, level);
  const harmless = new Set(compiler.notGenerated);
  const wanted = compiler.extensions
    .filter(({ features }) => features.some((name) => !given.has(name)) && !features.every((name) => harmless.has(name)))
    .filter(({ name }) => [...extensionFeatures(compiler, name)].every((feature) => has.has(feature)))
    .map(({ name }) => name);
  const brought = (name: string): boolean =>
    wanted.some((other) => other !== name && [...withRequired(compiler, other)].some((row) => row.name === name));
  return wanted.filter((name) => !brought(name)).sort();
}

/**
 * The `-march` with which a compiler may use all that a machine has, and nothing that it has not: the highest level of which all is
 * there, and the extensions that the level lacks.
 *
 * @param has - What programs may use. An architecture feature that is there but not enabled by the kernel does not belong here.
 *
 * @example
 * ```js
 * marchFor(GCC, new Set(['FEAT_FP', 'FEAT_AdvSIMD'])).text // → 'armv8-a'
 * ```
 */
export function marchFor(compiler: CompilerRow, has: ReadonlySet<ArchFeatureName>): March {
  const { level, march } = levelFor(compiler, has);
  const without = missingFromBase(compiler, level, has);
  const lost = new Set(without.flatMap((name) => [...extensionFeatures(compiler, name)]));
  const extensions = extensionsFor(compiler, level, has).filter(
    (name) => ![...extensionFeatures(compiler, name)].some((feature) => lost.has(feature)),
  );
  return {
    text: [march, ...extensions, ...without.map((name) => `no${name}`)].join('+'),
    level,
    extensions,
    without,
    tolerated: [...levelFeatures(compiler, level)].filter((name) => !has.has(name) && compiler.notGenerated.includes(name)).sort(),
    version: compiler.version,
  };
}
