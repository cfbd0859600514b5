import { ALL_ARCH_FEATURES, type ArchFeatureName } from '../../arch/arch-feature.ts';
import { given } from '../../given.ts';
import { foldTree } from '../../logic/tree.ts';
import { didYouMean } from '../../nearest.ts';
import { RUST } from '../generated/rust.ts';
import type { ProcessLeaf } from '../runtime-rows.ts';
import type { Build, BuildUse, UnknownFlag } from './build-use.ts';
import { COMPILERS, compilerBuild } from './compiler-flags.ts';

const ROWS = RUST.answers[0]!.rows;
const NAMES: readonly string[] = ROWS.map(({ name }) => name);

/** The hwcaps that a name of Rust stands for; what a rule only shuns is left out. */
function hwcapsOf(name: string): readonly string[] {
  const when = ROWS.find((row) => row.name === name)?.when;
  if (when === undefined) return [];
  return foldTree<ProcessLeaf, readonly string[]>(
    when,
    (leaf) => ('hwcap' in leaf ? [leaf.hwcap] : 'name' in leaf ? hwcapsOf(leaf.name) : []),
    {
      all: (parts) => parts.flat(),
      any: () => [],
      not: () => [],
    },
  );
}

/** The architecture feature that a hwcap tells of first. */
function archFeatureOf(hwcap: string): readonly ArchFeatureName[] {
  return ALL_ARCH_FEATURES.filter(({ linuxHwcaps = [], status }) => linuxHwcaps[0] === hwcap && status === 'current')
    .map(({ name }) => name)
    .slice(0, 1);
}

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
    const named = hwcapsOf(name).flatMap(archFeatureOf);
    // Taking a name away leaves what it stands on.
    if (word.startsWith('-')) for (const archFeature of named.slice(0, 1)) uses.delete(archFeature);
    else for (const archFeature of named) uses.set(archFeature, uses.get(archFeature) ?? ({ archFeature, from: word } satisfies BuildUse));
  }
  return { by, flag, uses: [...uses.values()], ...given({ emits: core.emits }) };
}
