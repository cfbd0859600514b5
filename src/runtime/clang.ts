import type { Process } from '../process/process.ts';
import { CLANG_CORES, CLANG_NAMED_BY, LLVM_PROGRAM } from './generated/programs.ts';
import { type Answer, judgeProgram } from './judge-program.ts';

/** The features of a core; of one that has no list, none. */
function listOf(core: string): readonly string[] {
  return CLANG_CORES.find(({ name }) => name === core)?.list.split(' ') ?? [];
}

/**
 * What Clang makes of `-mcpu=native`: the core's name, and the fixed list of features that it has for it. Features are not looked at, so
 * code may use what a hypervisor hides.
 */
export function concludeClang(process: Process): readonly Answer[] {
  const { names, open } = judgeProgram(process, LLVM_PROGRAM, CLANG_NAMED_BY)[0]!;
  const lists = names.map(listOf);
  return [
    { name: 'cpu', kind: 'first', names, open },
    { name: 'features', kind: 'list', names: lists.flat(), open: [...new Set(open.flatMap(listOf))] },
  ];
}
