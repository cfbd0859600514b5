import type { Gate, KconfigState } from '../../../src/linux/release/rows.ts';
import { type Asked, allOf, conditionOf } from '../c/gates.ts';
import { tokensOf } from '../c/tokens.ts';
import type { Terms } from '../condition-text.ts';
import type { FlatRow } from '../flat.ts';
import { kconfigLine } from '../lines.ts';
import type { Tree } from './tree.ts';

const KCONFIG = 'arch/arm64/Kconfig';

/** One `config` entry as it stands. */
interface Entry {
  readonly name: string;
  readonly line: number;
  /** What the menus and `if`s around it ask. */
  readonly around: readonly string[];
  readonly properties: readonly (readonly [word: string, rest: string])[];
}

/** What the compiler, the assembler and the linker can do; a named configuration takes it as given. */
function isToolchain(name: string): boolean {
  return (
    /^(CC|AS|LD|CLANG|GCC|TOOLCHAIN|RUSTC|DYNAMIC_FTRACE|FUNCTION_GRAPH)_?(HAS|IS|VERSION|CAN|WITH|$)/.test(name) ||
    name.startsWith('$') ||
    /^(CC|AS|LD)_/.test(name) ||
    /_AS_HAS_/.test(name) ||
    name === 'JUMP_LABEL'
  );
}

/** Reads the entries of a Kconfig file. */
export function kconfigEntries(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  const blocks: { readonly word: string; asks: string[] }[] = [];
  let properties: [string, string][] | undefined;
  let helpIndent = -1;
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  lines.forEach((raw, index) => {
    const indent = raw.replace(/\t/g, '        ').search(/\S/);
    if (helpIndent >= 0) {
      if (indent < 0 || indent > helpIndent) return;
      helpIndent = -1;
    }
    const [, word = '', rest = ''] = /^\s*([\w-]+)\s*(.*?)\s*$/.exec(raw.replace(/\s#.*$/, '')) ?? [];
    if (word === 'help' || word === '---help---') helpIndent = indent;
    else if (word === 'config' || word === 'menuconfig') {
      properties = [];
      entries.push({ name: `CONFIG_${rest}`, line: index + 1, around: blocks.flatMap(({ asks }) => asks), properties });
    } else if (word === 'if' || word === 'menu' || word === 'choice') {
      blocks.push({ word, asks: word === 'if' ? [rest] : [] });
      properties = undefined;
    } else if (/^end(if|menu|choice)$/.test(word)) {
      blocks.pop();
      properties = undefined;
    } else if (properties) properties.push([word, rest]);
    else if (word === 'depends' && blocks.length > 0) blocks.at(-1)!.asks.push(rest.replace(/^on\s+/, ''));
  });
  return entries;
}

/** Splits `X if Y`. */
function conditional(rest: string): readonly [value: string, condition: string | undefined] {
  const at = rest.indexOf(' if ');
  return at < 0 ? [rest, undefined] : [rest.slice(0, at).trim(), rest.slice(at + 4).trim()];
}

/** A condition, with the toolchain's part taken as met and noted. */
function asks(text: string, note: () => void, isMet: (name: string) => boolean = () => false): Asked {
  if (text.includes('$(')) {
    note();
    return true;
  }
  return conditionOf(tokensOf(` ${text}`), (name) => {
    if (isToolchain(name)) {
      note();
      return true;
    }
    return /^\w+$/.test(name) && !isMet(`CONFIG_${name}`) ? { config: `CONFIG_${name}` } : true;
  });
}

/** @param isMet - Whether an option is on unless someone turns it off, and no table asks for it. */
function stateOf({ around, properties }: Entry, defaults: ReadonlyMap<string, string>, isMet?: (name: string) => boolean): KconfigState {
  let toolchain = false;
  const note = (): void => {
    toolchain = true;
  };
  let isDefault: string | undefined;
  const depends: Gate[] = [];
  const selects: string[] = [];
  const need = (text: string): void => {
    const asked = asks(text, note, isMet);
    if (typeof asked !== 'boolean') depends.push(asked);
  };
  for (const text of around) need(text);
  for (const [word, rest] of properties) {
    if (word === 'depends') need(rest.replace(/^on\s+/, ''));
    else if (word === 'select') {
      const [written, condition] = conditional(rest);
      const name = written.replace(/^CONFIG_/, '');
      selects.push(condition === undefined ? `CONFIG_${name}` : `CONFIG_${name} if ${condition}`);
    } else if ((word === 'default' || word === 'def_bool') && isDefault === undefined) {
      const [value, condition] = conditional(rest);
      if (condition !== undefined && typeof asks(condition, note) !== 'boolean') continue;
      isDefault = /^[A-Z]/.test(value) ? defaults.get(`CONFIG_${value}`) : value;
    }
  }
  const all = allOf(depends);
  return {
    ...(isDefault === undefined || isDefault === 'n' ? {} : { default: isDefault }),
    ...(all ? { depends: all } : {}),
    ...(toolchain ? { toolchain: true } : {}),
    ...(selects.length > 0 ? { selects } : {}),
  };
}

/** The options among those that the tables ask for, and those that select one of them that is not on by itself. */
export function readKconfig(tree: Tree, used: ReadonlySet<string>, terms: Terms): readonly FlatRow[] {
  const text = tree.text(KCONFIG);
  if (text === undefined) {
    tree.miss('kconfig', KCONFIG, 'no such file');
    return [];
  }
  const entries = kconfigEntries(text);
  const defaults = new Map(entries.map((entry) => [entry.name, stateOf(entry, new Map()).default ?? 'n']));
  const states = new Map<string, { readonly entry: Entry; readonly state: KconfigState }>();
  const isMet = (name: string): boolean => defaults.get(name) === 'y' && !used.has(name);
  for (const entry of entries) if (!states.has(entry.name)) states.set(entry.name, { entry, state: stateOf(entry, defaults, isMet) });
  const wanted = new Set(used);
  for (const [name, { state }] of states) if (state.selects?.some((each) => used.has(each) && defaults.get(each) !== 'y')) wanted.add(name);
  return [...wanted].flatMap((name): FlatRow[] => {
    const found = states.get(name);
    if (!found) return [];
    return [{ key: name, line: kconfigLine(name, found.state, terms), state: found.state, where: `${KCONFIG}:${found.entry.line}` }];
  });
}
