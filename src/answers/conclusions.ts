import type { Process } from '../process/process.ts';
import { conclude } from '../runtime/conclude.ts';
import type { Answer } from '../runtime/judge-program.ts';
import { PROGRAM_NAMES, PROGRAMS, type ProgramVersion } from '../runtime/program.ts';

/** What one version of a program concludes. */
export interface Conclusion extends ProgramVersion {
  readonly answers: readonly Answer[];
}

/** Every version of every program that is known. */
export const ALL_PROGRAM_VERSIONS: readonly ProgramVersion[] = PROGRAM_NAMES.flatMap((program) =>
  PROGRAMS[program].versions.map((version) => ({ program, version })),
);

/** The newest version of every program; of libraries that share a program, the newest of each. */
export const NEWEST_PROGRAM_VERSIONS: readonly ProgramVersion[] = PROGRAM_NAMES.flatMap((program) => {
  const libraries = new Map(PROGRAMS[program].versions.map((version) => [version.replace(/ ?(?<![\d.-])[\d.-]+$/, ''), version] as const));
  return [...libraries.values()].map((version) => ({ program, version }));
});

/** What programs conclude from what a process sees. */
export function concludeAll(process: Process, versions: readonly ProgramVersion[] = ALL_PROGRAM_VERSIONS): readonly Conclusion[] {
  return versions.map(({ program, version }) => ({ program, version, answers: conclude(process, program, version) }));
}
