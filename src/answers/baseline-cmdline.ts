import type { RegisterName } from '../arch/register.ts';
import { extractField, maskOf } from '../bits/field.ts';
import type { PartialWord } from '../bits/partial-word.ts';
import { given } from '../given.ts';
import { boot } from '../linux/boot.ts';
import { OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../linux/release/history.ts';
import { resolveRelease } from '../linux/release/known-trees.ts';
import type { Release } from '../linux/release/release.ts';
import { stateAt } from '../linux/release/timeline.ts';
import type { System } from '../linux/system.ts';
import type { Machine } from '../silicon/machine.ts';
import { keptWord } from './machine-word.ts';
import type { Subject } from './subject.ts';

/** How far the kernel's command line can bring a machine to the common hwcaps. */
export interface CommandLine {
  /** Words to add, such as `arm64.nosve`; none if nothing is to be hidden, or nothing can be. */
  readonly words: readonly string[];
  /** The hwcaps that the machine still has beyond the common ones; empty: the words suffice. */
  readonly left: readonly string[];
  /** The common hwcaps that the words cost. */
  readonly lost: readonly string[];
  /** Of those to hide and the common ones: of which it is not known whether the machine has them with the words. Absent: none. */
  readonly open?: readonly string[];
}

function wordValue(value: bigint): string {
  return value < 10n ? String(value) : `0x${value.toString(16)}`;
}

/** Every field of the command line in which a system has, or may have, another value than wanted. */
function fieldWords({ system }: Subject, wanted: ReadonlyMap<RegisterName, PartialWord>, release: Release): readonly string[] {
  return OVERRIDE_REGISTER_ROWS.flatMap(({ name, register, fields }) => {
    const target = wanted.get(register as RegisterName);
    const current = keptWord(system, register as RegisterName);
    if (target === undefined || current === undefined) return [];
    return fields.flatMap((field) => {
      const state = stateAt<{ readonly bits: readonly [number, number] }>(field, release);
      if (state === undefined) return [];
      const [msb, lsb] = state.bits;
      const mask = maskOf({ msb, lsb });
      const alike = ((current.open | (current.value ^ target.value)) & mask) === 0n;
      return alike || (target.open & mask) !== 0n ? [] : [`${name}.${field.name}=${wordValue(extractField(target.value, { msb, lsb }))}`];
    });
  });
}

/** Puts the names that people know in the place of fields: `arm64.nosve` for `id_aa64pfr0.sve=0`. */
function withAliases(words: readonly string[], release: Release): readonly string[] {
  let left = [...words];
  const aliases: string[] = [];
  for (const row of OVERRIDE_ALIAS_ROWS) {
    const expands = stateAt<{ readonly expands: readonly string[] }>(row, release)?.expands;
    if (expands === undefined || !row.name.startsWith('arm64.no')) continue;
    if (!expands.some((word) => left.includes(word)) || words.some((word) => !expands.includes(word) && sameField(word, expands))) continue;
    aliases.push(row.name);
    left = left.filter((word) => !expands.includes(word));
  }
  return [...aliases, ...left];
}

/** Whether a word sets a field otherwise than an alias does. */
function sameField(word: string, expands: readonly string[]): boolean {
  const [field] = word.split('=');
  return expands.some((other) => other.split('=')[0] === field);
}

/**
 * Finds the words of the command line that take from a machine what others lack. Every answer has been booted.
 *
 * @param wanted - The ID registers to come near to.
 * @param common - The hwcaps to end with, and those that may be among them.
 */
export function commandLineFor(
  machine: Machine,
  subject: Subject,
  wanted: ReadonlyMap<RegisterName, PartialWord>,
  common: { readonly certain: readonly string[]; readonly open: readonly string[] },
): CommandLine {
  const { kernel, system } = subject;
  const release = resolveRelease(kernel.release);
  const systemWith = (words: readonly string[]): System =>
    words.length === 0
      ? system
      : boot(machine, { ...kernel, cmdline: [kernel.cmdline ?? '', ...words].join(' ').trim() }, system.environment);
  const outcome = (words: readonly string[]): Omit<CommandLine, 'words'> => {
    const { hwcaps, unknown } = systemWith(words);
    const open = (unknown?.hwcaps ?? []).filter((name) => extra.includes(name) || common.certain.includes(name));
    return {
      left: beyond(hwcaps.names),
      lost: common.certain.filter((name) => !hwcaps.names.includes(name) && !open.includes(name)),
      ...given({ open: open.length === 0 ? undefined : open }),
    };
  };
  const beyond = (names: readonly string[]): readonly string[] =>
    names.filter((name) => !common.certain.includes(name) && !common.open.includes(name));
  const score = ({ left, lost, open = [] }: Omit<CommandLine, 'words'>): number => left.length + lost.length + open.length;
  const extra = beyond(system.hwcaps.names);
  if (extra.length === 0) return { words: [], left: [], lost: [] };
  let words = withAliases(fieldWords(subject, wanted, release), release);
  let found = outcome(words);
  for (const word of [...words]) {
    const without = words.filter((other) => other !== word);
    const tried = outcome(without);
    if (score(tried) > score(found)) continue;
    words = without;
    found = tried;
  }
  return { words, ...found };
}
