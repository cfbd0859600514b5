import type { SafeRule, SanitisedFieldState } from '../../../src/linux/release/rows.ts';
import type { Entry } from '../c/initializer.ts';
import type { Token } from '../c/tokens.ts';
import type { FlatRow } from '../flat.ts';
import { fieldLine, registerLine } from '../lines.ts';
import { encodingOf } from './sysregs.ts';
import { type CFile, type Members, member, membersOf, type Tree, word } from './tree.ts';

const CPUFEATURE = 'arch/arm64/kernel/cpufeature.c';

const SAFE_RULES: Readonly<Record<string, SafeRule>> = {
  FTR_EXACT: 'exact',
  FTR_LOWER_SAFE: 'lower',
  FTR_HIGHER_SAFE: 'higher',
  FTR_HIGHER_OR_ZERO_SAFE: 'higher-or-zero',
};

/** The order of struct arm64_ftr_bits where a table names no members. */
const FTR_MEMBERS = ['sign', 'visible', 'strict', 'type', 'shift', 'width', 'safe_val'];

/** The register of `SYS_<NAME>`. */
export function registerOf(symbol: string): string {
  return symbol.replace(/^SYS_/, '');
}

/** Whether EL0 sees a field: always, with an option, or never (absent). */
function visibleOf(tokens: readonly Token[]): true | string | undefined {
  const option = tokens.find(({ text }) => text.startsWith('CONFIG_'));
  if (option) return option.text;
  return tokens.some(({ text }) => text === 'FTR_VISIBLE' || text === 'true') ? true : undefined;
}

/** Whether a flag of a field is set; `undefined` if the table says neither. */
function flag(tree: Tree, members: Members, name: string, on: string, off: string): boolean | undefined {
  const tokens = member(members, name)?.value.tokens;
  if (!tokens) return undefined;
  const single = tokens.length === 1 ? tokens[0]!.text : '';
  if (single === on) return true;
  if (single === off) return false;
  const value = tree.constantOrNot(tokens);
  return value === undefined ? undefined : value !== 0n;
}

/** A field of a table of arm64_ftr_bits; `undefined` for what ends the table, or with a note of what was not read. */
function fieldOf(
  tree: Tree,
  register: string,
  entry: Entry,
): { readonly bits: readonly [number, number]; readonly state: SanitisedFieldState } | undefined {
  const members = membersOf(entry, FTR_MEMBERS);
  const number = (name: string): bigint | undefined => {
    const tokens = member(members, name)?.value.tokens;
    return tokens && tree.constantOrNot(tokens);
  };
  const width = number('width');
  if (width === 0n || members.of.size === 0) return undefined;
  const shift = number('shift');
  const safe = SAFE_RULES[word(members, 'type') ?? ''];
  if (width === undefined || shift === undefined || safe === undefined) {
    const why = [width === undefined ? 'its width' : '', shift === undefined ? 'its place' : '', safe ? '' : 'its safe rule']
      .filter(Boolean)
      .join(' and ');
    tree.miss('fields', `${CPUFEATURE}:${entry.line}`, why, register);
    return undefined;
  }
  const mask = (1n << width) - 1n;
  const safeValue = Number((number('safe_val') ?? 0n) & mask);
  const visible = visibleOf(member(members, 'visible')?.value.tokens ?? []);
  const state: SanitisedFieldState = {
    safe,
    ...(safeValue === 0 ? {} : { safeValue }),
    ...(flag(tree, members, 'sign', 'FTR_SIGNED', 'FTR_UNSIGNED') ? { sign: 'signed' as const } : {}),
    ...(visible === undefined ? {} : { visible }),
    ...(flag(tree, members, 'strict', 'FTR_STRICT', 'FTR_NONSTRICT') === false ? { strict: false as const } : {}),
  };
  return { bits: [Number(shift + width) - 1, Number(shift)], state };
}

/** A register of arm64_ftr_regs: its symbol, its table, what can override it. */
interface RegisterEntry {
  readonly symbol: string;
  readonly table: string;
  readonly override: string | undefined;
}

function registerEntry(file: CFile, entry: Entry): RegisterEntry | undefined {
  const members = membersOf(entry, ['sys_id', 'reg']);
  const symbol = word(members, 'sys_id');
  const reg = member(members, 'reg')?.value;
  if (symbol === undefined || reg === undefined) return undefined;
  const named = reg.tokens.find(({ kind }) => kind === 'name')?.text ?? '';
  const list = reg.list ?? file.declared.get(named)?.entries;
  if (!list) return undefined;
  const inner = membersOf({ ...entry, value: { tokens: [], list } }, [
    'name',
    'strict_mask',
    'user_mask',
    'sys_val',
    'user_val',
    'override',
    'ftr_bits',
  ]);
  const nameIn = (member_: string): string | undefined =>
    member(inner, member_)?.value.tokens.find(({ kind, text }) => kind === 'name' && text !== 'NULL')?.text;
  const table = nameIn('ftr_bits');
  return table === undefined ? undefined : { symbol, table, override: nameIn('override') };
}

/** The registers that the kernel merges over CPUs, and their fields. */
export function readRegisters(tree: Tree): { readonly registers: readonly FlatRow[]; readonly fields: readonly FlatRow[] } {
  const file = tree.file(CPUFEATURE);
  const table = file?.declared.get('arm64_ftr_regs');
  if (!file || !table) {
    tree.miss('registers', CPUFEATURE, 'no table arm64_ftr_regs');
    return { registers: [], fields: [] };
  }
  const registers: FlatRow[] = [];
  const fields: FlatRow[] = [];
  for (const entry of table.entries) {
    const read = registerEntry(file, entry);
    if (!read) {
      if ((entry.value.list ?? []).length > 0) tree.miss('registers', `${CPUFEATURE}:${entry.line}`, 'an entry of arm64_ftr_regs');
      continue;
    }
    const name = registerOf(read.symbol);
    const encoding = tree.valueOf(read.symbol);
    if (encoding === undefined) {
      tree.miss('registers', `${CPUFEATURE}:${entry.line}`, 'its encoding', name);
      continue;
    }
    const override = read.override !== undefined && read.override !== 'no_override';
    const line = registerLine(name, encodingOf(encoding), override);
    registers.push({
      key: name,
      line,
      state: { encoding: encodingOf(encoding), ...(override ? { override: true } : {}) },
      where: `${CPUFEATURE}:${entry.line}`,
    });
    fields.push(...fieldsOf(tree, file, name, read.table));
  }
  return { registers, fields };
}

function* fieldsOf(tree: Tree, file: CFile, register: string, table: string): Iterable<FlatRow> {
  const declared = file.declared.get(table);
  if (!declared) {
    tree.miss('fields', CPUFEATURE, `its table ${table}`, register);
    return;
  }
  for (const entry of declared.entries) {
    const field = fieldOf(tree, register, entry);
    if (!field) continue;
    const key = `${register}[${field.bits.join(':')}]`;
    yield { key, line: fieldLine(register, field.bits, field.state), state: field.state, where: `${CPUFEATURE}:${entry.line}` };
  }
}
