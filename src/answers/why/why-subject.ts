import { findField, findRegister, type RegisterField } from '../../arch/register.ts';
import { widthOf } from '../../bits/field.ts';
import { ArmlensError } from '../../errors.ts';
import { CAPABILITY_ROWS } from '../../linux/release/history.ts';
import type { CapabilityRow } from '../../linux/release/rows.ts';
import { didYouMean, nearestName } from '../../nearest.ts';
import { knownName, knownNames } from '../known.ts';

/** What can be asked about: something that is there or not. */
export type WhySubject =
  | { readonly kind: 'hwcap'; readonly name: string }
  | { readonly kind: 'arch-feature'; readonly name: string }
  | { readonly kind: 'cpucap'; readonly name: string }
  /** A hwcap of 32-bit programs. */
  | { readonly kind: 'compat'; readonly name: string }
  /** A field of the system's registers that reaches a value; its path is the name. */
  | { readonly kind: 'field'; readonly name: string; readonly atLeast: number };

/** The lowest value of a field that says more than "not implemented". */
function leastImplemented({ field }: RegisterField): number {
  const values = Object.entries(field.values ?? {})
    .filter(([key, { name }]) => name !== 'NI' && key !== String(field.notImplementedValue))
    .map(([key]) => signedValue(Number(key), field));
  if (field.sign === 'signed') return Math.min(0, ...values.filter((value) => value >= 0));
  return Math.min(...values.filter((value) => value > 0), ...(values.some((value) => value > 0) ? [] : [1]));
}

function signedValue(value: number, field: RegisterField['field']): number {
  const width = widthOf(field);
  return field.sign === 'signed' && value >= 2 ** (width - 1) ? value - 2 ** width : value;
}

/** Reads a threshold behind a field: a number, or the short name of a value. */
function threshold(text: string, found: RegisterField): number | undefined {
  if (/^-?\d{1,5}$/.test(text)) return Number(text);
  const named = Object.entries(found.field.values ?? {}).find(([, { name }]) => name?.toLowerCase() === text.toLowerCase());
  return named === undefined ? undefined : signedValue(Number(named[0]), found.field);
}

function fieldSubject(text: string): WhySubject | undefined {
  const match = /^([\w.]+?)(?:\s*(?:>=|≥|=)\s*(-?\w+))?$/.exec(text);
  const found = match === null ? undefined : findField(match[1]!);
  if (match === null || found === undefined) return undefined;
  const atLeast = match[2] === undefined ? leastImplemented(found) : threshold(match[2], found);
  if (atLeast === undefined) return undefined;
  return { kind: 'field', name: `${found.register.name}.${found.field.name}`, atLeast };
}

function named(kind: 'hwcap' | 'arch-feature' | 'cpucap' | 'compat', text: string): WhySubject | undefined {
  const name = knownName(kind, text);
  return name === undefined ? undefined : { kind, name };
}

/** Whether a condition, or a list of them, names an option. */
function namesOption(part: unknown, option: string): boolean {
  if (part === option) return true;
  return typeof part === 'object' && part !== null && Object.values(part).some((inner) => namesOption(inner, option));
}

/** Whether a row is meant by what the log calls it, by a number in that, or by an option that only it needs. */
function isMeant(row: CapabilityRow, text: string): boolean {
  const descriptions = [row, ...(row.changes ?? []), ...(row.backports ?? [])].flatMap(({ description }) => description ?? []);
  if (/^\d{5,}$/.test(text)) return [row.name, ...descriptions].some((one) => one.split(/\D+/).includes(text));
  if (descriptions.some((one) => one.toLowerCase() === text.toLowerCase())) return true;
  const option = `CONFIG_${text.toUpperCase().replace(/^CONFIG_/, '')}`;
  return /_/.test(text) && namesOption([row.config, row.when, row.affected], option);
}

/**
 * The cpucap that a line of the log, the number of an erratum, or its option stands for; none if several might be meant.
 */
export function cpucapOtherwise(text: string): WhySubject | undefined {
  const names = new Set(CAPABILITY_ROWS.filter((row) => isMeant(row, text)).map(({ name }) => name));
  const [name] = names;
  return name === undefined || names.size > 1 ? undefined : { kind: 'cpucap', name };
}

const BY_KIND: Readonly<Record<string, (text: string) => WhySubject | undefined>> = {
  hwcap: (text) => named('hwcap', text),
  feat: (text) => named('arch-feature', text),
  cpucap: (text) => named('cpucap', text),
  compat: (text) => named('compat', text),
  field: fieldSubject,
};

/** The nearest field for a path, or the nearest name of any kind. */
function suggestion(text: string): string {
  const [registerName = '', fieldName = ''] = text.split('.');
  if (!text.includes('.')) return didYouMean(text, knownNames('hwcap', 'arch-feature', 'cpucap', 'compat'));
  const register = findRegister(registerName);
  if (register === undefined) return didYouMean(registerName, knownNames('register'));
  const plain = fieldName.replace(/\W.*/s, '');
  const names = register.fields.map(({ name }) => name);
  const nearest = nearestName(plain, names);
  return nearest === undefined ? `; ${register.name} has ${names.join(', ')}` : `; did you mean ${register.name}.${nearest}?`;
}

/**
 * Finds what a name stands for: a hwcap (`sve2`, `SVE2`, `HWCAP2_SVE2`), an architecture feature (`FEAT_SVE2`, `LSE`), a cpucap
 * (`HAS_LSE_ATOMICS`, `ARM64_HAS_LSE_ATOMICS`; `Privileged Access Never` as the log has it, `843419`, `ARM64_ERRATUM_843419`), or a field (`ID_AA64PFR0_EL1.SVE`, `ID_AA64ISAR0_EL1.Atomic>=2`). Where kinds share a
 * name the hwcap comes first, a hwcap of 32-bit programs last; `cpucap:SVE`, `feat:SVE`, `hwcap:sve` and `compat:aes` choose.
 *
 * @throws {ArmlensError} `unknown-name`, with the nearest name of any kind.
 *
 * @example
 * ```js
 * findWhySubject('HWCAP2_SVE2') // → { kind: 'hwcap', name: 'sve2' }
 * ```
 */
export function findWhySubject(text: string): WhySubject {
  const [, kind, rest = ''] = /^(\w+):(.+)$/.exec(text) ?? [];
  const chosen = kind === undefined ? undefined : BY_KIND[kind.toLowerCase()];
  const found =
    chosen?.(rest.trim()) ??
    fieldSubject(text) ??
    named('hwcap', text) ??
    named('cpucap', text) ??
    named('arch-feature', text) ??
    named('compat', text) ??
    cpucapOtherwise(text.trim());
  if (found !== undefined) return found;
  throw new ArmlensError(
    'unknown-name',
    `there is no hwcap, FEAT_*, cpucap or field ${JSON.stringify(text.slice(0, 60))}${suggestion(chosen === undefined ? text : rest)}`,
  );
}

/**
 * The other things of the same name that could have been meant, as a person would ask for them.
 *
 * @example
 * ```js
 * otherMeanings('sve', findWhySubject('sve')) // → ['cpucap:SVE', 'FEAT_SVE']
 * ```
 */
export function otherMeanings(text: string, subject: WhySubject): readonly string[] {
  if (/[:.]/.test(text) || /^(?:feat|hwcap\d?|kernel_hwcap)_/i.test(text)) return [];
  const cpucap = knownName('cpucap', text);
  const archFeature = knownName('arch-feature', text);
  const compat = knownName('compat', text);
  return [
    ...(cpucap !== undefined && subject.kind === 'hwcap' ? [`cpucap:${cpucap}`] : []),
    ...(archFeature !== undefined && subject.kind !== 'arch-feature' ? [archFeature] : []),
    ...(compat !== undefined && subject.kind !== 'compat' ? [`compat:${compat}`] : []),
  ];
}
