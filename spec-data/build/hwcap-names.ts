import { foldTree } from '../../src/logic/tree.ts';
import type { HwcapNamesRow, ProcessCondition, ProcessLeaf } from '../../src/runtime/runtime-rows.ts';

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

/** A program, as a file of spec-data/runtime/ describes it. */
export interface NamingProgram {
  readonly versions: readonly string[];
  readonly answers: readonly {
    readonly rows: readonly { readonly name: string; readonly in?: readonly string[]; readonly when?: ProcessCondition }[];
  }[];
  /** Of GCC. */
  readonly extensions?: readonly {
    readonly name: string;
    readonly rows: readonly { readonly when?: ProcessCondition; readonly standsFor?: string }[];
  }[];
}

function rowsOf({ versions, answers }: NamingProgram, answer: number): Asking {
  const newest = versions.at(-1)!;
  return answers[answer]!.rows.filter(({ in: held, when }) => when !== undefined && (held === undefined || held.includes(newest))).map(
    ({ name, when }) => ({ name, asked: askedBy(when!) }),
  );
}

function gccRows({ extensions = [] }: NamingProgram): Asking {
  return extensions.flatMap(({ name, rows }) => {
    const row = rows.at(-1)!;
    return row.when === undefined || row.standsFor !== undefined ? [] : [{ name, asked: askedBy(row.when) }];
  });
}

/** The field of the Go package's variable. */
function goName(names: readonly string[] | undefined): string | undefined {
  return names && `ARM64.${names[0]}`;
}

/** What others call each hwcap: names that were written down, and those that follow from what programs ask for. */
export function hwcapNameRows(
  written: readonly HwcapNamesRow[],
  read: (program: 'go' | 'rust' | 'cpu-features' | 'llvm' | 'gcc') => NamingProgram,
): readonly HwcapNamesRow[] {
  const goInternalCpu = rowsOf(read('go'), 0);
  const goXSysCpu = rowsOf(read('go'), 1);
  const rust = rowsOf(read('rust'), 0);
  const cpuFeatures = rowsOf(read('cpu-features'), 0);
  const llvmHost = rowsOf(read('llvm'), 1);
  const gcc = gccRows(read('gcc'));
  return written.map(({ name, ...elsewhere }) => {
    const derived = {
      goXSysCpu: goName(namesFor(name, goXSysCpu)),
      goInternalCpu: goName(namesFor(name, goInternalCpu)),
      rust: namesFor(name, rust),
      cpuFeatures: namesFor(name, cpuFeatures)?.[0],
      llvmHost: namesFor(name, llvmHost)?.[0]?.slice(1),
      gcc: namesFor(name, gcc),
    };
    return { name, ...(Object.fromEntries(Object.entries(derived).filter(([, value]) => value !== undefined)) as object), ...elsewhere };
  });
}
