import type { Entry } from '../c/initializer.ts';
import type { FlatRow } from '../flat.ts';
import { aliasLine, overrideLine } from '../lines.ts';
import { member, membersOf, string, type Tree, word } from './tree.ts';

/** Where the overrides were over time. */
const PATHS = ['arch/arm64/kernel/pi/idreg-override.c', 'arch/arm64/kernel/idreg-override.c'];

/** The members of a field in their order; the width is younger than the others. */
function orderOf(tree: Tree, entry: Entry): readonly string[] {
  const third = entry.value.list?.[2];
  const isFilter = third !== undefined && third.name === undefined && tree.constantOrNot(third.value.tokens) === undefined;
  return isFilter ? ['name', 'shift', 'filter'] : ['name', 'shift', 'width', 'filter'];
}

function fieldRow(tree: Tree, path: string, register: string, entry: Entry): readonly FlatRow[] {
  const members = membersOf(entry, orderOf(tree, entry));
  const name = string(members, 'name');
  if (name === undefined) return [];
  const number = (each: string): number | undefined => {
    const tokens = member(members, each)?.value.tokens;
    const value = tokens && tree.constantOrNot(tokens);
    return value === undefined ? undefined : Number(value);
  };
  const shift = number('shift');
  const width = number('width') ?? 4;
  const key = `${register}.${name}`;
  const where = `${path}:${entry.line}`;
  if (shift === undefined) {
    tree.miss('overrides', where, 'its place', key);
    return [];
  }
  const filter = word(members, 'filter');
  const state = {
    bits: [shift + (width || 4) - 1, shift] as const,
    ...(filter === undefined || filter === 'NULL' || filter === '0' ? {} : { filter }),
  };
  return [{ key, line: overrideLine(key, state), state, where }];
}

/** The fields that the command line can override, and the words that stand for overrides; none before 5.12. */
export function readOverrides(tree: Tree): readonly FlatRow[] {
  const path = PATHS.find((each) => tree.text(each) !== undefined);
  const file = path === undefined ? undefined : tree.file(path);
  if (path === undefined || !file) return [];
  const rows: FlatRow[] = [];
  for (const declared of file.declared.values()) {
    if (declared.struct !== 'ftr_set_desc' || declared.array) continue;
    const members = membersOf({ line: declared.line, gates: [], value: { tokens: [], list: declared.entries } }, [
      'name',
      'override',
      'fields',
    ]);
    const register = string(members, 'name');
    const fields = member(members, 'fields')?.value.list;
    if (register === undefined || !fields) {
      tree.miss('overrides', `${path}:${declared.line}`, `the register ${declared.name}`);
      continue;
    }
    rows.push(...fields.flatMap((entry) => fieldRow(tree, path, register, entry)));
  }
  const aliases = file.declared.get('aliases');
  if (!aliases) tree.miss('overrides', path, 'no table aliases');
  for (const entry of aliases?.entries ?? []) {
    const members = membersOf(entry, ['alias', 'feature']);
    const name = string(members, 'alias');
    const expands = string(members, 'feature');
    if (name === undefined || expands === undefined) continue;
    const words = expands.trim().split(/\s+/);
    rows.push({ key: `${name} =`, line: aliasLine(name, words), state: { expands: words }, where: `${path}:${entry.line}` });
  }
  return rows;
}
