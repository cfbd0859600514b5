import { given } from '../../given.ts';
import { normalName } from '../cmdline/words.ts';
import { OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../generated/behaviour.ts';
import type { Release } from './release.ts';
import { stateAt } from './timeline.ts';

/** A field that the command line can override, at one release. */
export interface OverrideField {
  readonly name: string;
  readonly bits: readonly [number, number];
  /** The kernel's function that judges a value before it is taken. */
  readonly filter?: string;
  /** The ID register; absent = a software-only switch. */
  readonly register?: string;
}

/** What the command line of a release can override. */
export interface OverrideTable {
  /** By `register.field` as the command line spells it, with `_` for `-`. */
  readonly fields: ReadonlyMap<string, OverrideField>;
  /** Words that stand for others. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
}

/** The overrides that a release knows. */
export function overrideTableAt(release: Release): OverrideTable {
  const fields = new Map<string, OverrideField>();
  for (const { name, register, fields: rows } of OVERRIDE_REGISTER_ROWS) {
    for (const row of rows) {
      const state = stateAt<{ readonly bits: readonly [number, number]; readonly filter?: string }>(row, release);
      if (state) fields.set(`${name}.${row.name}`, { name: row.name, ...state, ...given({ register }) });
    }
  }
  const aliases = new Map<string, readonly string[]>();
  for (const row of OVERRIDE_ALIAS_ROWS) {
    const state = stateAt<{ readonly expands: readonly string[] }>(row, release);
    if (state) aliases.set(normalName(row.name), state.expands);
  }
  return { fields, aliases };
}

/** Whether the command line can override the field of a register that begins at a bit. */
export function mayOverride({ fields }: OverrideTable, register: string, lsb: number): boolean {
  return [...fields.values()].some((field) => field.register === register && field.bits[1] === lsb);
}

/** What a word of the command line, such as `arm64.nosve`, stands for in the newest release that knows it; `undefined` if in none. */
export function wordsBehind(word: string): readonly string[] | undefined {
  const row = OVERRIDE_ALIAS_ROWS.find(({ name }) => normalName(name) === normalName(word));
  return row?.changes?.findLast(({ expands }) => expands !== undefined)?.expands ?? row?.expands;
}
