import { ALL_ARCH_FEATURE_RULES, type ArchFeatureName } from '../../arch/arch-feature-rule.ts';
import { ArmlensError } from '../../errors.ts';
import type { Process } from '../../process/process.ts';
import { concludeClang } from '../clang.ts';
import { concludeGcc } from '../gcc/conclude-gcc.ts';
import { GCC_PROGRAM } from '../generated/programs.ts';
import { emittedFeatures, GCC, LLVM, levelFeatures } from '../march.ts';
import type { Build, UnknownFlag } from './build-use.ts';
import { compilerBuild } from './compiler-flags.ts';

/** What a target feature of LLVM turns on; `+v9a` is a level. */
function targetFeature(word: string): readonly ArchFeatureName[] {
  const name = word.slice(1);
  const march = `arm${name.replace(/a$/, '-a')}`;
  const level = LLVM.levels.find((row) => row.march === march)?.level;
  if (level !== undefined) return [...levelFeatures(LLVM, level)];
  const own = name === 'sve2-bitperm' ? 'sve-bitperm' : name;
  return ALL_ARCH_FEATURE_RULES.filter(({ llvm }) => llvm?.targetFeature === own).map((feature) => feature.name);
}

function gccNative(option: 'march' | 'mcpu', version: string, process: Process): Build | UnknownFlag {
  const [by, flag] = [`GCC ${version}`, `-${option}=native`];
  const answer = concludeGcc(process, version).find(({ name }) => name === option)!;
  if (answer.open.length > 0) return { by, flag, message: 'what was built with is not known: the builder is known in part only' };
  const [text] = answer.names;
  if (text === undefined) return { ...(compilerBuild(GCC, 'march', 'armv8-a') as Build), by, flag: `${flag} (dropped)` };
  const build = compilerBuild(GCC, answer.option === 'cpu' ? 'mcpu' : 'march', text);
  return 'uses' in build ? { ...build, by, flag: `${flag} → ${build.flag}` } : { ...build, by };
}

function clangNative(process: Process): Build | UnknownFlag {
  const [cpu, features] = concludeClang(process);
  const [by, flag] = ['Clang 19', '-mcpu=native'];
  const name = cpu?.names[0];
  if (name === undefined) return { by, flag, message: 'what was built with is not known: the builder is known in part only' };
  const uses = features!.names.flatMap((word) => targetFeature(word).map((archFeature) => ({ archFeature, from: word })));
  return { by, flag: `${flag} → -mcpu=${name}`, uses, emits: emittedFeatures(LLVM) };
}

/**
 * What `-march=native` or `-mcpu=native` meant on the machine that built.
 *
 * @throws ArmlensError `bad-value` if it is not known where it was built.
 */
export function nativeBuilds(option: 'march' | 'mcpu', builtOn: Process | undefined): readonly (Build | UnknownFlag)[] {
  if (builtOn === undefined) throw new ArmlensError('bad-value', `-${option}=native means the machine that builds; --built-on names it`);
  const gcc = GCC_PROGRAM.versions.map((version) => gccNative(option, version, builtOn));
  return option === 'mcpu' ? [...gcc, clangNative(builtOn)] : gcc;
}
