import { ArmlensError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { CLANG, CPU_FEATURES, FMV, GCC_PROGRAM, GLIBC, GO, LLVM_PROGRAM, OPENSSL, RUST } from './generated/programs.ts';
import type { ProgramRow } from './runtime-rows.ts';

/** A program whose conclusions are known. */
export type ProgramName = 'go' | 'rust' | 'gcc' | 'llvm' | 'clang' | 'glibc' | 'fmv' | 'openssl' | 'cpu_features';

/** The programs, languages first. */
export const PROGRAMS: Readonly<Record<ProgramName, ProgramRow>> = {
  go: GO,
  rust: RUST,
  gcc: GCC_PROGRAM,
  llvm: LLVM_PROGRAM,
  clang: CLANG,
  glibc: GLIBC,
  fmv: FMV,
  openssl: OPENSSL,
  cpu_features: CPU_FEATURES,
};

/** Their names. */
export const PROGRAM_NAMES: readonly ProgramName[] = Object.keys(PROGRAMS) as ProgramName[];

/** A version of a program. */
export interface ProgramVersion {
  readonly program: ProgramName;
  readonly version: string;
}

/**
 * The program of a version.
 *
 * @throws ArmlensError `unknown-name` if there is no such program or version.
 */
export function findProgram(program: string, version: string): ProgramRow {
  const row = Object.hasOwn(PROGRAMS, program) ? PROGRAMS[program as ProgramName] : undefined;
  if (row === undefined) {
    throw new ArmlensError(
      'unknown-name',
      `no program ${program}${didYouMean(program, PROGRAM_NAMES)}; known are ${PROGRAM_NAMES.join(', ')}`,
    );
  }
  if (!row.versions.includes(version)) {
    throw new ArmlensError('unknown-name', `${row.title} ${version} is not known; known are ${row.versions.join(', ')}`);
  }
  return row;
}
