import type { Release } from '../../../src/linux/release/release.ts';
import type { LinuxRows } from '../../build/linux.ts';
import type { Flat, FlatRow, TableName } from '../flat.ts';
import { TABLES } from '../flat.ts';
import { readBehaviour } from './behaviour.ts';
import { readCapabilities, readOrder } from './capabilities.ts';
import { readCoreLists } from './core-lists.ts';
import { readCores } from './cores.ts';
import { readHwcaps } from './hwcaps.ts';
import { readKconfig } from './kconfig.ts';
import { readOverrides } from './overrides.ts';
import { readRegisters } from './registers.ts';
import { RULE_FILES, readRules } from './rules.ts';
import { Tree, type TreeFiles, type Unread } from './tree.ts';

/** The files of a tree that are read, where it has them. */
export const WANTED: readonly string[] = [
  'Makefile',
  'arch/arm64/Kconfig',
  'arch/arm64/include/asm/*.h',
  'arch/arm64/include/uapi/asm/hwcap.h',
  'arch/arm64/kernel/*.c',
  'arch/arm64/kernel/pi/*.c',
  'arch/arm64/kvm/*.c',
  'arch/arm64/kvm/*.h',
  'arch/arm64/kvm/hyp/nvhe/*.c',
  'arch/arm64/tools/cpucaps',
  'arch/arm64/tools/sysreg',
  ...RULE_FILES,
];

/** What a tree says. */
export interface ReadTree {
  readonly flat: Flat;
  /** Implementer and part of the cores that it names. */
  readonly cores: Readonly<Record<string, string>>;
  readonly unread: readonly Unread[];
  /** The tree itself, for what stands in no table. */
  readonly tree: Tree;
}

/** The options that rows ask for. */
function usedOptions(tables: readonly (readonly FlatRow[])[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const row of tables.flat()) for (const [name] of row.line.matchAll(/CONFIG_\w+/g)) used.add(name);
  return used;
}

/**
 * Reads the tables of a kernel tree.
 *
 * @param known - What the history has: implementer and part of cores, for those that the tree does not name itself, the options of
 * the release, which are looked up too, the capabilities whose CPUs its rows spell out, and the lists of cores that the release judges by.
 */
export function readTree(
  files: TreeFiles,
  release: Release,
  known: {
    readonly cores: Readonly<Record<string, string>>;
    readonly options: readonly string[];
    readonly spelledOut: ReadonlySet<string>;
    readonly lists: LinuxRows['lists'];
  },
): ReadTree {
  const tree = new Tree(files, known.spelledOut);
  const cores = readCores(tree);
  const [major, minor] = release.mainline;
  const terms = { signed: major === 4 && minor < 6, cores: { ...known.cores, ...cores } };
  const { registers, fields } = readRegisters(tree);
  const hwcaps = readHwcaps(tree, terms);
  const panics = (tree.text('arch/arm64/include/asm/cpufeature.h') ?? '').includes('PANIC_ON_CONFLICT');
  const cpucaps = readCapabilities(tree, 'cpucaps', terms, panics);
  const errata = readCapabilities(tree, 'errata', terms, panics);
  const kconfig = readKconfig(
    tree,
    new Set([...usedOptions([fields, hwcaps.hwcaps, hwcaps['compat-hwcaps'], cpucaps, errata]), ...known.options]),
    terms,
  );
  const flat: Flat = {
    registers,
    fields,
    ...hwcaps,
    cpucaps,
    errata,
    'core-lists': readCoreLists(tree, known.lists, terms),
    'capability-order': readOrder(tree),
    overrides: readOverrides(tree),
    kconfig,
    behaviour: readBehaviour(tree, registers, kconfig),
    rules: readRules(tree),
  };
  for (const table of TABLES)
    if (flat[table].length === 0 && !mayBeEmpty(table, release) && !(table === 'core-lists' && known.lists.length === 0))
      tree.miss(table, 'the tree', 'nothing was found');
  return { flat, cores, unread: tree.unread, tree };
}

function mayBeEmpty(table: TableName, { mainline: [major, minor] }: Release): boolean {
  return table === 'overrides' && (major < 5 || (major === 5 && minor < 12));
}
