import { given } from '../given.ts';
import { leavesOf } from '../logic/tree.ts';
import { gccDriver } from './gcc/driver-tables.ts';
import { holdsIn } from './judge-program.ts';
import { PROGRAM_NAMES, PROGRAMS, type ProgramName } from './program.ts';
import type { ProcessCondition } from './runtime-rows.ts';

/** A name by which a program tells of a hwcap. */
export interface HwcapInProgram {
  /** Such as `HasSVE`, `sve2`, `+sve`. */
  readonly name: string;
  /** Which of the program's answers it stands in; absent where there is but one. */
  readonly answer?: string;
  /** The versions that have it, of those that are known. */
  readonly versions: readonly string[];
  /** Whether it asks for nothing else. */
  readonly alone: boolean;
}

/** What becomes of a hwcap in a program. */
export interface HwcapFate {
  readonly program: ProgramName;
  readonly title: string;
  readonly names: readonly HwcapInProgram[];
  /** The known versions that have no name for it. */
  readonly overlookedBy: readonly string[];
}

/** Whether a rule goes by a hwcap, or by the word of Features of the same name. */
export function goesBy(when: ProcessCondition, hwcap: string): boolean {
  return leavesOf(when).some(
    ({ leaf, wanted }) => wanted && (('hwcap' in leaf && leaf.hwcap === hwcap) || ('word' in leaf && leaf.word === hwcap)),
  );
}

type Named = Omit<HwcapInProgram, 'versions'>;

function namesIn(program: ProgramName, version: string, hwcap: string): readonly Named[] {
  if (program === 'gcc') {
    return gccDriver(version).extensions.flatMap(({ name, when, standsFor }) =>
      when === undefined || standsFor !== undefined || !goesBy(when, hwcap) ? [] : [{ name, alone: leavesOf(when).length === 1 }],
    );
  }
  return PROGRAMS[program].answers
    .filter((answer) => holdsIn(answer, version))
    .flatMap(({ name: answer, rows }) =>
      rows
        .filter((row) => row.when !== undefined && holdsIn(row, version) && goesBy(row.when, hwcap))
        .map(({ name, when }) => ({ name, ...given({ answer }), alone: leavesOf(when!).length === 1 })),
    );
}

function fateIn(program: ProgramName, hwcap: string): HwcapFate {
  const { title, versions } = PROGRAMS[program];
  const found = new Map<string, HwcapInProgram & { readonly versions: string[] }>();
  for (const version of versions) {
    for (const named of namesIn(program, version, hwcap)) {
      const key = `${named.answer ?? ''} ${named.name}`;
      const known = found.get(key) ?? { ...named, versions: [] };
      known.versions.push(version);
      found.set(key, known);
    }
  }
  const names = [...found.values()];
  return { program, title, names, overlookedBy: versions.filter((version) => !names.some((one) => one.versions.includes(version))) };
}

/** What becomes of a hwcap in each program that goes by hwcaps, or by the words of /proc/cpuinfo. Clang goes by neither. */
export function hwcapFates(hwcap: string): readonly HwcapFate[] {
  return PROGRAM_NAMES.filter((program) => program !== 'clang').map((program) => fateIn(program, hwcap));
}
