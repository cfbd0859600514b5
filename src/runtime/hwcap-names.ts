import { given } from '../given.ts';
import { foldTree } from '../logic/tree.ts';
import { GCC_EXTENSIONS } from './generated/gcc.ts';
import { HWCAP_NAME_ROWS, WINDOWS_FEATURE_ROWS } from './generated/hwcap-names.ts';
import { CPU_FEATURES, GO, LLVM_PROGRAM, RUST } from './generated/programs.ts';
import type { AnswerRow, HwcapNamesElsewhereRow, ProcessCondition, ProcessLeaf, ProgramRow, WindowsFeatureRow } from './runtime-rows.ts';

export type { WindowsFeatureRow } from './runtime-rows.ts';

/** What other systems, runtimes and libraries call a hwcap; an absent name: they have none for it. */
export interface HwcapNamesRow extends HwcapNamesElsewhereRow {
  readonly goXSysCpu?: string;
  readonly goInternalCpu?: string;
  readonly rust?: readonly string[];
  readonly cpuFeatures?: string;
  readonly llvmHost?: string;
  readonly gcc?: readonly string[];
}

/** Every processor feature of Windows, by number. */
export const WINDOWS_FEATURES: readonly WindowsFeatureRow[] = WINDOWS_FEATURE_ROWS;

/** The hwcaps, or words of Features, that a rule itself asks for; what only stands behind a `not`, or beside one, is left out. */
function askedBy(when: ProcessCondition): readonly string[] {
  return (
    foldTree<ProcessLeaf, readonly string[] | undefined>(
      when,
      (leaf) => ('hwcap' in leaf ? [leaf.hwcap] : 'word' in leaf ? [leaf.word] : []),
      {
        all: (parts) => parts.flatMap((part) => part ?? []),
        any: (parts) => (parts.includes(undefined) ? [] : parts.flatMap((part) => part ?? [])),
        not: () => undefined,
      },
    ) ?? []
  );
}

type Asking = readonly { readonly name: string; readonly asked: readonly string[] }[];

/** The names that stand for a hwcap: of those whose rules ask for it, the ones that ask for the least besides. */
function namesFor(hwcap: string, rows: Asking): readonly string[] | undefined {
  const found = rows.filter(({ asked }) => asked.includes(hwcap));
  const least = Math.min(...found.map(({ asked }) => asked.length));
  const names = found.filter(({ asked }) => asked.length === least).map(({ name }) => name);
  return names.length === 0 ? undefined : names;
}

function rowsOf({ versions }: ProgramRow, { rows }: AnswerRow): Asking {
  const newest = versions.at(-1)!;
  return rows
    .filter(({ in: held, when }) => when !== undefined && (held === undefined || held.includes(newest)))
    .map(({ name, when }) => ({ name, asked: askedBy(when!) }));
}

function gccRows(): Asking {
  return GCC_EXTENSIONS.flatMap(({ name, rows }) => {
    const row = rows.at(-1)!;
    return row.when === undefined || row.standsFor !== undefined ? [] : [{ name, asked: askedBy(row.when) }];
  });
}

const tables = {
  goInternalCpu: rowsOf(GO, GO.answers[0]!),
  goXSysCpu: rowsOf(GO, GO.answers[1]!),
  rust: rowsOf(RUST, RUST.answers[0]!),
  cpuFeatures: rowsOf(CPU_FEATURES, CPU_FEATURES.answers[0]!),
  llvmHost: rowsOf(LLVM_PROGRAM, LLVM_PROGRAM.answers[1]!),
  gcc: gccRows(),
};

/** The field of the Go package's variable. */
function goName(names: readonly string[] | undefined): string | undefined {
  return names && `ARM64.${names[0]}`;
}

/**
 * What others call a hwcap; `undefined` if Linux has none of that name.
 *
 * @example
 * ```js
 * hwcapNames('ilrcpc').freebsd // → 'HWCAP_ILRCPC'
 * ```
 */
export function hwcapNames(name: string): HwcapNamesRow | undefined {
  const row = HWCAP_NAME_ROWS.find((candidate) => candidate.name === name);
  if (row === undefined) return undefined;
  const { name: _name, ...elsewhere } = row;
  return {
    name,
    ...given({
      goXSysCpu: goName(namesFor(name, tables.goXSysCpu)),
      goInternalCpu: goName(namesFor(name, tables.goInternalCpu)),
      rust: namesFor(name, tables.rust),
      cpuFeatures: namesFor(name, tables.cpuFeatures)?.[0],
      llvmHost: namesFor(name, tables.llvmHost)?.[0]?.slice(1),
      gcc: namesFor(name, tables.gcc),
    }),
    ...elsewhere,
  };
}

/** What others call each hwcap, by vector and bit. */
export const ALL_HWCAP_NAMES: readonly HwcapNamesRow[] = HWCAP_NAME_ROWS.map(({ name }) => hwcapNames(name)!);
