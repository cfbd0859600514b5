import { ArmlensError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { PROGRAM_NAMES, PROGRAMS, type ProgramName, type ProgramVersion } from './program.ts';

/** A version that was asked for, and the known one that stands in for it. */
export interface ChosenVersion extends ProgramVersion {
  /** What was asked, where it is not known itself. */
  readonly asked?: string;
}

/** The numbers of a version, and the library that it is of: `libgcc 14`. */
function parts(version: string): readonly [library: string, ...numbers: readonly number[]] {
  const [, library = '', numbers = ''] = /^(?:([a-z-]+)[ -])?([\d.]+)/.exec(version) ?? [];
  return [library, ...numbers.split('.').map(Number)];
}

function isAtMost(a: readonly number[], b: readonly number[]): boolean {
  for (const [i, number] of a.entries()) if (number !== (b[i] ?? 0)) return number < (b[i] ?? 0);
  return true;
}

/** Libraries that are known under the program that reads what they find. */
const LIBRARIES: Readonly<Record<string, ProgramName>> = { libgcc: 'fmv', 'compiler-rt': 'fmv' };

/** What may be asked for. */
export const PROGRAM_WORDS: readonly string[] = [...PROGRAM_NAMES, ...Object.keys(LIBRARIES)];

function programOf(word: string): ProgramName {
  const name = word.trim().toLowerCase().replaceAll('-', '_');
  const found = LIBRARIES[word.trim().toLowerCase()] ?? PROGRAM_NAMES.find((program) => program === name);
  if (found !== undefined) return found;
  throw new ArmlensError(
    'unknown-name',
    `no program ${word.trim()}${didYouMean(word.trim(), PROGRAM_WORDS)}; known are ${PROGRAM_WORDS.join(', ')}`,
  );
}

/**
 * The known version that a version stands for: itself, or the newest that is older. `14.2` is `14`.
 *
 * @throws ArmlensError `unknown-name` if it is older than all that are known.
 */
function versionOf(program: ProgramName, library: string, asked: string): ChosenVersion {
  const wanted = library === '' ? asked : `${library} ${asked}`;
  const { versions, title } = PROGRAMS[program];
  if (versions.includes(wanted)) return { program, version: wanted };
  const [of, ...numbers] = parts(wanted);
  const older = versions.filter((version) => {
    const [own, ...least] = parts(version);
    return own === of && isAtMost(least, numbers);
  });
  const version = older.at(-1);
  if (numbers.some(Number.isNaN) || version === undefined) {
    throw new ArmlensError('unknown-name', `${title} ${asked} is not known; known are ${versions.join(', ')}`);
  }
  const [, ...taken] = parts(version);
  return numbers.slice(0, taken.length).join('.') === taken.join('.') ? { program, version } : { program, version, asked };
}

/**
 * The versions that a list names: `go` (all that are known), `rust@1.85`, `libgcc@14`.
 *
 * @throws ArmlensError `unknown-name` for what is not known.
 */
export function chooseVersions(list: string): readonly ChosenVersion[] {
  return list.split(',').flatMap((item): readonly ChosenVersion[] => {
    const [word = '', asked] = item.split('@');
    const program = programOf(word);
    const library = program === 'fmv' && word.trim() !== 'fmv' ? word.trim().toLowerCase() : '';
    if (asked !== undefined) return [versionOf(program, library, asked.trim())];
    return PROGRAMS[program].versions.filter((version) => version.startsWith(library)).map((version) => ({ program, version }));
  });
}
