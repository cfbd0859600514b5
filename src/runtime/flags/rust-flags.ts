import { given } from '../../given.ts';
import { didYouMean } from '../../nearest.ts';
import { RUST } from '../generated/programs.ts';
import { rustArchFeatures } from '../rust.ts';
import type { Build, BuildUse, UnknownFlag } from './build-use.ts';
import { COMPILERS, compilerBuild } from './compiler-flags.ts';

const NAMES: readonly string[] = RUST.answers[0]!.rows.map(({ name }) => name);

/**
 * What `-C target-cpu` and `-C target-feature` mean to Rust: the core's list is LLVM's; a name of `target-feature` stands for the
 * architecture features whose hwcaps `is_aarch64_feature_detected!` asks for.
 */
export function rustBuild(cpu: string | undefined, features: readonly string[]): Build | UnknownFlag {
  const by = `Rust ${RUST.versions.at(-1)}`;
  const flag = [
    ...(cpu === undefined ? [] : [`-C target-cpu=${cpu}`]),
    ...(features.length === 0 ? [] : [`-C target-feature=${features.join(',')}`]),
  ].join(' ');
  const core = compilerBuild(COMPILERS[1]!, 'mcpu', cpu ?? 'generic');
  if ('message' in core) return { by, flag, message: core.message };
  const uses = new Map(core.uses.map((use) => [use.archFeature, use]));
  for (const word of features) {
    const name = word.slice(1);
    if (!/^[+-]/.test(word) || !NAMES.includes(name)) return { by, flag, message: `no target feature ${word}${didYouMean(name, NAMES)}` };
    const named = rustArchFeatures(name);
    // Taking a name away leaves what it stands on.
    if (word.startsWith('-')) for (const archFeature of named.slice(0, 1)) uses.delete(archFeature);
    else for (const archFeature of named) uses.set(archFeature, uses.get(archFeature) ?? ({ archFeature, from: word } satisfies BuildUse));
  }
  return { by, flag, uses: [...uses.values()], ...given({ emits: core.emits }) };
}
