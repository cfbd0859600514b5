import { given } from '../../given.ts';
import { readHexDigit, readUnsigned } from '../../linux/cmdline/values.ts';
import { normalName } from '../../linux/cmdline/words.ts';
import { OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS, stateNear } from '../../linux/release/history.ts';
import type { KernelModel } from '../../linux/release/kernel-at.ts';
import type { OverrideFieldRow, OverrideRegisterRow } from '../../linux/release/rows.ts';
import { stateAt } from '../../linux/release/timeline.ts';
import { nearestName } from '../../nearest.ts';
import type { WordEffect } from './station.ts';

/** Bits of a register that a word asks for. */
export interface Target {
  readonly register: string;
  readonly msb: number;
  readonly lsb: number;
}

/** A word of the command line that looks like an override. */
export interface OverrideWord {
  readonly word: string;
  /** The bits that it, or what was meant by it, asks for. */
  readonly targets: readonly Target[];
  /** Set if the kernel does not read it. */
  readonly unread?: Pick<WordEffect, 'outcome' | 'meant' | 'since'>;
}

/** The registers that a filter clears besides its own field. */
const ALSO_CLEARED: Readonly<Record<string, string>> = { pfr0_sve_filter: 'ID_AA64ZFR0_EL1', pfr1_sme_filter: 'ID_AA64SMFR0_EL1' };

interface FieldOfWord {
  readonly register: OverrideRegisterRow;
  readonly field: OverrideFieldRow;
  readonly text: string;
}

function fieldOf(word: string): FieldOfWord | undefined {
  const match = /^([^.=]+)\.([^=]+)=(.*)$/.exec(word);
  const register = OVERRIDE_REGISTER_ROWS.find(({ name }) => name === normalName(match?.[1] ?? ''));
  const field = register?.fields.find(({ name }) => name === normalName(match?.[2] ?? ''));
  return register === undefined || field === undefined ? undefined : { register, field, text: match![3]! };
}

function fieldTargets({ register, field }: FieldOfWord, model: KernelModel): readonly Target[] {
  const state = stateNear<{ readonly bits: readonly [number, number]; readonly filter?: string }>(field, model.release);
  if (register.register === undefined || state === undefined) return [];
  const [msb, lsb] = state.bits;
  const also = state.filter === undefined ? undefined : ALSO_CLEARED[state.filter];
  return [{ register: register.register, msb, lsb }, ...(also === undefined ? [] : [{ register: also, msb: 63, lsb: 0 }])];
}

/** The alias that a word is: of those that are written alike, the one of this release. */
function aliasRow(word: string, { release }: KernelModel): (typeof OVERRIDE_ALIAS_ROWS)[number] | undefined {
  const alike = OVERRIDE_ALIAS_ROWS.filter(({ name }) => normalName(name) === normalName(word));
  return alike.find((row) => stateAt(row, release) !== undefined) ?? alike[0];
}

function aliasTargets(word: string, model: KernelModel): readonly Target[] {
  const row = aliasRow(word, model);
  const expands = row === undefined ? [] : (stateNear<{ readonly expands: readonly string[] }>(row, model.release)?.expands ?? []);
  return expands.flatMap((expanded) => {
    const field = fieldOf(expanded);
    return field === undefined ? [] : fieldTargets(field, model);
  });
}

/** Every word that the kernel of a release takes for an override, without values of fields. */
export function aliasesAt(model: KernelModel): readonly string[] {
  if (!model.behaviour.overrides) return [];
  return OVERRIDE_ALIAS_ROWS.filter((row) => stateAt(row, model.release) !== undefined).map(({ name }) => name);
}

/** The bits that an alias of any release asks for. */
export { aliasTargets };

function sinceOf(row: { readonly since?: string } | undefined): { readonly since?: string } {
  return given({ since: row?.since });
}

/** What a word that stands for no override of this kernel was probably meant to be. */
function meantBy(word: string, model: KernelModel): OverrideWord | undefined {
  if (!/^(?:arm64\.|id_\w+\.|kvm[-_]arm\.mode=)/i.test(word)) return undefined;
  const [bare = word] = word.split('=');
  const aliases = OVERRIDE_ALIAS_ROWS.map(({ name }) => name);
  const meant = aliasRow(bare, model)?.name ?? (word.startsWith('kvm') ? undefined : nearestName(bare, aliases));
  return {
    word,
    targets: meant === undefined ? [] : aliasTargets(meant, model),
    unread: { outcome: 'not-known', ...given({ meant }) },
  };
}

function isReadable(text: string, model: KernelModel): boolean {
  return (model.behaviour['override-value'] === 'hex-digit' ? readHexDigit(text) : readUnsigned(text)) !== undefined;
}

function readWord(word: string, model: KernelModel): OverrideWord | undefined {
  const alias = aliasRow(word, model);
  const field = fieldOf(word);
  if (alias === undefined && field === undefined) return meantBy(word, model);
  const targets = alias === undefined ? fieldTargets(field!, model) : aliasTargets(word, model);
  if (!model.behaviour.overrides) return { word, targets, unread: { outcome: 'no-overrides', ...sinceOf(alias ?? field?.field) } };
  if (stateAt(alias ?? field!.field, model.release) === undefined)
    return { word, targets, unread: { outcome: 'not-known', ...sinceOf(alias ?? field?.field) } };
  if (alias === undefined && !isReadable(field!.text, model)) return { word, targets, unread: { outcome: 'bad-value' } };
  return { word, targets };
}

/** The words of a command line that are overrides, or look as if they were meant to be, in order. */
export function overrideWords(words: readonly string[], model: KernelModel): readonly OverrideWord[] {
  return words.flatMap((word) => readWord(word, model) ?? []);
}
