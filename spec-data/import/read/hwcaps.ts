import type { HwcapVector } from '../../../src/linux/release/rows.ts';
import { allOf } from '../c/gates.ts';
import type { Entry } from '../c/initializer.ts';
import type { Terms } from '../condition-text.ts';
import type { FlatRow } from '../flat.ts';
import { hwcapLine, WORD } from '../lines.ts';
import { ConditionReader } from './conditions.ts';
import { membersOf, type Tree, word } from './tree.ts';

const CPUFEATURE = 'arch/arm64/kernel/cpufeature.c';
const CPUINFO = 'arch/arm64/kernel/cpuinfo.c';
const SETUP = 'arch/arm64/kernel/setup.c';

/** A bit of a hwcap word. */
interface Bit {
  readonly vector: HwcapVector;
  readonly bit: number;
}

const VECTORS: readonly HwcapVector[] = ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'];

/** The bit of `HWCAP_X`, `HWCAP2_X`, `KERNEL_HWCAP_X`, `COMPAT_HWCAP2_X` …; `undefined` if the tree does not define it. */
function bitOf(tree: Tree, constant: string): Bit | undefined {
  const match = /^(KERNEL_|COMPAT_)?HWCAP([23])?_(\w+)$/.exec(constant);
  if (!match) return undefined;
  const [, prefix = '', number = '', tail = ''] = match;
  const names = prefix === 'KERNEL_' ? ['', '2', '3'].map((each) => `HWCAP${each}_${tail}`) : [`${prefix}HWCAP${number}_${tail}`];
  for (const name of names) {
    const value = tree.valueOf(name);
    if (value === undefined || value <= 0n) continue;
    const place = /HWCAP([23])?_/.exec(name)![1];
    return { vector: VECTORS[place === undefined ? 0 : Number(place) - 1]!, bit: value.toString(2).length - 1 };
  }
  return undefined;
}

/** The strings that /proc/cpuinfo prints, by word and bit; a hole is `null`. */
type Printed = ReadonlyMap<string, string | null>;

function place({ vector, bit }: Bit): string {
  return `${WORD[vector]}.${bit}`;
}

/** A bit from the index of a string: a constant in it, or its place in the table. */
function bitAt(tree: Tree, entry: Entry, at: number, vector: HwcapVector): Bit | undefined {
  const name = entry.index?.find(({ kind, text }) => kind === 'name' && /HWCAP/.test(text))?.text;
  if (!entry.index) return { vector: vector === 'AT_HWCAP' && at >= 32 ? 'AT_HWCAP2' : vector, bit: at % 32 };
  const bit = name === undefined ? undefined : bitOf(tree, name);
  if (bit) return bit;
  const value = tree.constantOrNot(entry.index);
  return value === undefined ? undefined : { vector, bit: Number(value) };
}

/** A table of strings. */
function printedIn(tree: Tree, table: string, vector: HwcapVector): Printed | undefined {
  for (const path of [CPUINFO, SETUP]) {
    const file = tree.file(path);
    const declared = file?.declared.get(table);
    if (!declared) continue;
    const printed = new Map<string, string | null>();
    declared.entries.forEach((entry, at) => {
      const tokens = entry.value.tokens;
      const text = tokens.length > 0 && tokens.every(({ kind }) => kind === 'string') ? tokens.map((token) => token.text).join('') : null;
      if (text === null && !entry.index && at === declared.entries.length - 1) return;
      const bit = bitAt(tree, entry, at, vector);
      if (bit) printed.set(place(bit), text);
      else tree.miss('cpuinfo-order', `${path}:${entry.line}`, `the bit of ${text ?? 'a hole'}`);
    });
    return printed;
  }
  return undefined;
}

/** What the tree says of hwcaps. */
export interface ReadHwcaps {
  readonly hwcaps: readonly FlatRow[];
  readonly 'cpuinfo-order': readonly FlatRow[];
  readonly 'compat-hwcaps': readonly FlatRow[];
  readonly 'compat-words': readonly FlatRow[];
}

function table(tree: Tree, name: string, label: string, printed: Printed, terms: Terms): readonly FlatRow[] {
  const file = tree.file(CPUFEATURE);
  const declared = file?.declared.get(name);
  if (!file || !declared) {
    tree.miss(label, CPUFEATURE, `no table ${name}`);
    return [];
  }
  const reader = new ConditionReader(tree, file, label);
  return declared.entries.flatMap((entry): FlatRow[] => {
    const members = membersOf(entry);
    const constant = word(members, 'hwcap');
    const where = `${CPUFEATURE}:${entry.line}`;
    if (constant === undefined) {
      if (members.of.size > 0) tree.miss(label, where, 'an entry without a constant');
      return [];
    }
    const bit = bitOf(tree, constant);
    const compat2 = word(members, 'hwcap_type') === 'CAP_COMPAT_HWCAP2';
    const own = bit && (compat2 ? { ...bit, vector: 'AT_HWCAP2' as const } : bit);
    const name = own && printed.get(place(own));
    if (!own || !name) {
      tree.miss(label, where, own ? 'no string for its bit' : 'its bit', constant);
      return [];
    }
    const { when } = reader.asked(members, constant);
    if (!when) {
      tree.miss(label, where, 'what it asks', constant);
      return [];
    }
    const config = allOf(entry.gates);
    const state = { when, ...(config ? { config } : {}) };
    const row = { name, ...own };
    const tail = constant.replace(/^(KERNEL_|COMPAT_)?HWCAP[23]?_/, '');
    return [{ key: name, line: hwcapLine(row, state, terms), state: { ...row, constant: tail, ...state }, where }];
  });
}

/** The AArch32 hwcaps that hold without a test. */
function compatDefault(tree: Tree): FlatRow | undefined {
  const macro = tree.macro('COMPAT_ELF_HWCAP_DEFAULT');
  const value = macro && tree.constantOrNot(macro);
  if (value === undefined) {
    tree.miss('compat-words', CPUFEATURE, 'the value of COMPAT_ELF_HWCAP_DEFAULT');
    return undefined;
  }
  return { key: 'default', line: `default 0x${value.toString(16)}`, state: { value: Number(value) }, where: CPUFEATURE };
}

/** The tables of hwcaps, with the strings and bits that go with them. */
export function readHwcaps(tree: Tree, terms: Terms): ReadHwcaps {
  const printed = printedIn(tree, 'hwcap_str', 'AT_HWCAP') ?? new Map();
  const compat = new Map([
    ...(printedIn(tree, 'compat_hwcap_str', 'AT_HWCAP') ?? []),
    ...(printedIn(tree, 'compat_hwcap2_str', 'AT_HWCAP2') ?? []),
  ]);
  const order = [...printed].map(([key, name]) => ({ key, line: `${key} ${name}`, where: CPUINFO }));
  const number = (key: string): number => key.split('.').reduce((sum, part) => sum * 64 + Number(part), 0);
  const given = compatDefault(tree);
  return {
    hwcaps: table(tree, 'arm64_elf_hwcaps', 'hwcaps', printed, terms),
    'cpuinfo-order': order.sort((a, b) => number(a.key) - number(b.key)),
    'compat-hwcaps': table(tree, 'compat_elf_hwcaps', 'compat-hwcaps', compat, terms),
    'compat-words': [
      ...(given ? [given] : []),
      ...[...compat].map(([key, name]) => ({
        key,
        line: `${key} ${name ?? '-'}`,
        state: name === null ? { hole: true } : { name },
        where: CPUINFO,
      })),
    ],
  };
}
