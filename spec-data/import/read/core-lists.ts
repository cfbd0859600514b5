import type { LinuxRows } from '../../build/linux.ts';
import { coreText, gateText, type Terms } from '../condition-text.ts';
import type { FlatRow } from '../flat.ts';
import { coreListLine } from '../lines.ts';
import { ConditionReader, type Cpus } from './conditions.ts';
import { Functions } from './functions.ts';
import type { CFile, Tree } from './tree.ts';

type CoreList = LinuxRows['lists'][number];

const PROTON_PACK = 'arch/arm64/kernel/proton-pack.c';
/** Where what is in proton-pack.c stood before there was one. */
const BEFORE_PROTON_PACK = 'arch/arm64/kernel/cpu_errata.c';

/** The cores of a table, or of every table of a function; `undefined` if the file has neither. */
function coresIn(tree: Tree, file: CFile, { name, cores }: CoreList, symbol: string, known: Terms['cores']): Cpus['cpus'] | undefined {
  const reader = new ConditionReader(tree, file, 'core-lists');
  if (file.declared.has(symbol)) return reader.listed(symbol, name);
  const words = new Set(new Functions(file.tokens).body(symbol).split(' '));
  if (words.size === 1) return undefined;
  const tables = [...file.declared].flatMap(([table, { struct }]) => (struct === 'midr_range' && words.has(table) ? [table] : []));
  if (tables.length > 0) return tables.flatMap((table) => reader.listed(table, name));
  // A function may spell out the revisions of one core in its own way: they are taken as the history has them.
  const named = [...words].flatMap((word) => (word.startsWith('MIDR_') ? [word.slice('MIDR_'.length)] : []));
  return named.flatMap((core) =>
    known[core] === undefined ? [] : [{ midr: cores.find(({ midr }) => midr.split(' ')[0] === core)?.midr ?? core }],
  );
}

/** The lists of cores of functions, as far as the history has them. */
export function readCoreLists(tree: Tree, lists: readonly CoreList[], terms: Terms): readonly FlatRow[] {
  return lists.flatMap((list): FlatRow[] => {
    const [path = '', symbol = ''] = list.source.replace(/^linux:/, '').split('#');
    const file = tree.file(path) ?? (path === PROTON_PACK ? tree.file(BEFORE_PROTON_PACK) : undefined);
    const affected = file && coresIn(tree, file, list, symbol, terms.cores);
    if (affected === undefined) return [];
    // Several tables of a function may name a core.
    const once = new Map(affected.map((cpu) => [`${coreText(cpu.midr, terms.cores)}${gateText(cpu.config)}`, cpu]));
    const state = { affected: [...once.values()] };
    return [{ key: list.name, line: coreListLine(list.name, state.affected, terms), state, where: `${file!.path}#${symbol}` }];
  });
}
