import type { ArchFeatureName } from '../../arch/arch-feature-rule.ts';
import { didYouMean } from '../../nearest.ts';
import { LLVM_CPU_ROWS } from '../generated/llvm-cpus.ts';
import { GCC_EXTENSIONS, GCC_NATIVE } from '../generated/programs.ts';
import { emittedFeatures, extensionFeatures, GCC, LLVM, levelFeatures, requiringExtensions } from '../march.ts';
import type { CompilerRow } from '../runtime-rows.ts';
import type { Build, BuildUse, UnknownFlag } from './build-use.ts';

/** What is turned on, by the word that did it last. */
type Uses = Map<ArchFeatureName, string>;

function turnOn(uses: Uses, features: Iterable<ArchFeatureName>, from: string): void {
  for (const feature of features) if (!uses.has(feature)) uses.set(feature, from);
}

/** Takes an extension away, with all that cannot be without it. */
function turnOff(uses: Uses, compiler: CompilerRow, name: string): void {
  for (const row of requiringExtensions(compiler, name)) for (const feature of row.features) uses.delete(feature);
}

/** Applies `+sve2` and `+nosve`; gives what is wrong with the first that is not known. */
function modify(uses: Uses, compiler: CompilerRow, words: readonly string[]): string | undefined {
  const names = compiler.extensions.map(({ name }) => name);
  for (const word of words) {
    const off = word.startsWith('no') && !names.includes(word);
    const name = off ? word.slice(2) : word;
    if (!names.includes(name)) return `no extension +${word}${didYouMean(word, names)}`;
    if (off) turnOff(uses, compiler, name);
    else turnOn(uses, extensionFeatures(compiler, name), `+${word}`);
  }
  return undefined;
}

function buildOf(compiler: CompilerRow, flag: string, uses: Uses): Build {
  return {
    by: `${compiler.title} ${compiler.version}`,
    flag,
    uses: [...uses].map(([archFeature, from]): BuildUse => ({ archFeature, from })),
    emits: emittedFeatures(compiler),
  };
}

function marchBase(compiler: CompilerRow, name: string): Iterable<ArchFeatureName> | undefined {
  const level = compiler.levels.find(({ march }) => march === name)?.level;
  return level && levelFeatures(compiler, level);
}

const GCC_FEATURES: ReadonlyMap<string, readonly ArchFeatureName[]> = new Map(
  GCC_EXTENSIONS.map(({ name, features = [] }) => [name, features]),
);

function gccCore(name: string): Iterable<ArchFeatureName> | undefined {
  const row = GCC_NATIVE.cores.findLast((core) => core.name === name);
  return row?.has.split(' ').flatMap((extension) => GCC_FEATURES.get(extension) ?? []);
}

function llvmCore(name: string): Iterable<ArchFeatureName> | undefined {
  const row = LLVM_CPU_ROWS.find((cpu) => cpu.name === name || cpu.aliases?.includes(name));
  return row && [...(row.level === undefined ? [] : levelFeatures(LLVM, row.level)), ...row.features];
}

/** The names that `-mcpu` takes. */
function coreNames(compiler: CompilerRow): readonly string[] {
  return compiler.name === 'gcc'
    ? GCC_NATIVE.cores.map(({ name }) => name)
    : LLVM_CPU_ROWS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
}

/** What `-march` or `-mcpu` means to a compiler. */
export function compilerBuild(compiler: CompilerRow, option: 'march' | 'mcpu', value: string): Build | UnknownFlag {
  const flag = `-${option}=${value}`;
  const unknown = (message: string): UnknownFlag => ({ by: `${compiler.title} ${compiler.version}`, flag, message });
  const [name = '', ...words] = value.split('+');
  const core = compiler.name === 'gcc' ? gccCore : llvmCore;
  const base = option === 'march' ? marchBase(compiler, name) : core(name);
  if (base === undefined) {
    const names = option === 'march' ? compiler.levels.map(({ march }) => march) : coreNames(compiler);
    return unknown(`no ${option === 'march' ? 'architecture' : 'core'} ${name}${didYouMean(name, names)}`);
  }
  const uses: Uses = new Map();
  turnOn(uses, base, name);
  const fault = modify(uses, compiler, words);
  return fault === undefined ? buildOf(compiler, flag, uses) : unknown(fault);
}

/** GCC and LLVM. */
export const COMPILERS: readonly CompilerRow[] = [GCC, LLVM];
