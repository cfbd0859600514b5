import { ArmlensError } from '../../errors.ts';
import { given } from '../../given.ts';
import { GOARM64_LEVELS, GOARM64_VERSION, goArm64Features, type HadFeatures } from '../goarm64.ts';
import type { CompilerRow } from '../runtime-rows.ts';
import type { Build, UnknownFlag } from './build-use.ts';
import { COMPILERS, compilerBuild } from './compiler-flags.ts';
import { rustBuild } from './rust-flags.ts';

/** What flags mean, to each compiler that takes them. */
export interface ParsedFlags {
  readonly builds: readonly (Build | UnknownFlag)[];
  /** The versions of a function, as `target_clones` names them; each is one or more names joined by `+`, or `default`. */
  readonly clones: readonly string[];
  /** Flags that say nothing of the machine. */
  readonly ignored: readonly string[];
}

/** What `native` meant where it was built. */
export type Native = (option: 'march' | 'mcpu') => readonly (Build | UnknownFlag)[];

function goBuild(value: string, { certain, possible }: HadFeatures): Build | UnknownFlag {
  const [by, flag] = [`Go ${GOARM64_VERSION}`, `GOARM64=${value}`];
  const [features, most] = [certain, possible].map((has) => goArm64Features(value, has));
  if (features === undefined || most === undefined) {
    return { by, flag, message: `GOARM64 takes ${GOARM64_LEVELS[0]} to ${GOARM64_LEVELS.at(-1)}, and behind it ,lse and ,crypto` };
  }
  const uses = [...most].map((archFeature) => ({
    archFeature,
    from: value,
    ...given({ conditional: !features.has(archFeature) || undefined }),
  }));
  return { by, flag, uses };
}

const CLONES = /(?:target_clones|target_version)\s*[=(]\s*((?:"[^"]*"|[\w+, -])+)\)?/g;

function clonesIn(text: string): readonly string[] {
  return [...text.matchAll(CLONES)].flatMap(([, list = '']) =>
    list
      .replaceAll('"', '')
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
  );
}

/** Who compiles, if the flags begin with a compiler's name, as a command line does: `gcc-14`, `aarch64-linux-gnu-g++`, `/usr/bin/clang`. */
function compilersOf(words: readonly string[]): readonly CompilerRow[] {
  const name = words
    .map((word) => /^(?:.*[/-])?(gcc|g\+\+|clang|clang\+\+)(?:-[\d.]+)?$/.exec(word)?.[1])
    .find((found) => found !== undefined);
  if (name === undefined) return COMPILERS;
  return COMPILERS.filter((compiler) => (compiler.name === 'llvm') === name.startsWith('clang'));
}

/** The last value of an option; a later one replaces an earlier one. */
function last(words: readonly string[], start: string): string | undefined {
  return words.findLast((word) => word.startsWith(start))?.slice(start.length);
}

const KNOWN = ['-march=', '-mcpu=', 'GOARM64=', 'target-cpu=', 'target-feature='];

/**
 * Reads what is given to compilers: `-march=…`, `-mcpu=…`, `-C target-cpu=…`, `-C target-feature=…`, `GOARM64=…`,
 * `target_clones("sve2","default")`; several at once, as on a command line. One that begins with a compiler's name is judged by that one.
 *
 * @param has - What programs may use on the machine: some levels of GOARM64 ask for more where there is more.
 * @param native - What `native` means.
 * @throws ArmlensError `bad-value` if nothing of it says what the code may use.
 */
export function parseFlags(text: string, has: HadFeatures, native: Native): ParsedFlags {
  const clones = clonesIn(text);
  const words = text
    .replace(CLONES, ' ')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '-C' && word !== '')
    .map((word) => word.replace(/^-C(?=target)/, ''));
  const [march, mcpu, go, cpu] = ['-march=', '-mcpu=', 'GOARM64=', 'target-cpu='].map((start) => last(words, start));
  const features = words
    .filter((word) => word.startsWith('target-feature='))
    .flatMap((word) => word.slice(15).split(','))
    .filter(Boolean);
  const builds: (Build | UnknownFlag)[] = [];
  // Where both are given, -mcpu only tunes.
  const value = march ?? mcpu;
  const option = march === undefined ? 'mcpu' : 'march';
  if (value === 'native') builds.push(...native(option));
  else if (value !== undefined) builds.push(...compilersOf(words).map((compiler) => compilerBuild(compiler, option, value)));
  if (cpu !== undefined || features.length > 0) builds.push(rustBuild(cpu, features));
  if (go !== undefined) builds.push(goBuild(go, has));
  if (builds.length === 0 && clones.length === 0) {
    throw new ArmlensError('bad-value', `${text}: no flag that says what code may use; known are ${KNOWN.join(' ')} target_clones(…)`);
  }
  return {
    builds,
    clones,
    ignored: words.filter(
      (word) => !KNOWN.some((start) => word.startsWith(start)) && word !== 'rustc' && compilersOf([word]) === COMPILERS,
    ),
  };
}
