/**
 * What runtimes, libraries and compilers conclude from what a process sees.
 *
 * Programs do not read hwcaps; their runtimes do, each with tables of its own. A program here is data: names, each with a rule over the
 * process (a hwcap, a word of /proc/cpuinfo, MIDR_EL1 by MRS, …) and the versions in which it holds; `judge-program.ts`
 * judges them by three values. Two programs go further than rules: GCC's driver writes a text (`gcc/`), Clang looks up a fixed list by the name
 * that LLVM gives a core (`clang.ts`). `march.ts`, `rust.ts` and `goarm64.ts` go the other way, from a machine to flags.
 *
 * @module
 */
import type { Process } from '../process/process.ts';
import { concludeClang } from './clang.ts';
import { concludeGcc } from './gcc/conclude-gcc.ts';
import { type Answer, judgeProgram } from './judge-program.ts';
import { findProgram, type ProgramName } from './program.ts';

/**
 * What a version of a program concludes from what a process sees.
 *
 * @param version - One of those that the program has.
 * @throws ArmlensError `unknown-name` if there is no such program or version.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * const [program] = PROGRAM_NAMES;
 * Array.isArray(conclude(processOf(boot(machine, { release: '6.8' })), program, PROGRAMS[program].versions.at(-1))) // → true
 * ```
 */
export function conclude(process: Process, program: ProgramName, version: string): readonly Answer[] {
  const row = findProgram(program, version);
  if (program === 'gcc') return concludeGcc(process, version);
  if (program === 'clang') return concludeClang(process);
  return judgeProgram(process, row, version);
}
