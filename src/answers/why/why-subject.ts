import { ALL_ARCH_FEATURES, findArchFeature } from '../../arch/arch-feature.ts';
import { ALL_REGISTERS, findField, findRegister, type RegisterField } from '../../arch/register.ts';
import { widthOf } from '../../bits/field.ts';
import { ArmlensError } from '../../errors.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../../linux/generated/cpucaps.ts';
import { didYouMean, nearestName } from '../../nearest.ts';
import { allHwcaps, findHwcap } from '../hwcap-facts.ts';

/** What can be asked about: something that is there or not. */
export type WhySubject =
  | { readonly kind: 'hwcap'; readonly name: string }
  | { readonly kind: 'arch-feature'; readonly name: string }
  | { readonly kind: 'cpucap'; readonly name: string }
  /** A field of the system's registers that reaches a value; its path is the name. */
  | { readonly kind: 'field'; readonly name: string; readonly atLeast: number };

let cpucapNames: readonly string[] | undefined;

/** The names of all cpucaps of all releases. */
export function allCpucapNames(): readonly string[] {
  cpucapNames ??= [...new Set([...FEATURE_ROWS, ...ERRATUM_ROWS].map(({ name }) => name))];
  return cpucapNames;
}

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

function cpucapSubject(text: string): WhySubject | undefined {
  const plain = text.toUpperCase().replace(/^ARM64_/, '');
  const named = (wanted: string): string | undefined => allCpucapNames().find((name) => name.toUpperCase() === wanted);
  const name = named(plain) ?? named(`HAS_${plain}`);
  return name === undefined ? undefined : { kind: 'cpucap', name };
}

function archFeatureSubject(text: string): WhySubject | undefined {
  const found = findArchFeature(text);
  return found === undefined ? undefined : { kind: 'arch-feature', name: found.name };
}

function hwcapSubject(text: string): WhySubject | undefined {
  const found = findHwcap(text);
  return found === undefined ? undefined : { kind: 'hwcap', name: found.name };
}

const BY_KIND: Readonly<Record<string, (text: string) => WhySubject | undefined>> = {
  hwcap: hwcapSubject,
  feat: archFeatureSubject,
  cpucap: cpucapSubject,
  field: fieldSubject,
};

function allNames(): readonly string[] {
  return [...allHwcaps().map(({ name }) => name), ...ALL_ARCH_FEATURES.map(({ name }) => name), ...allCpucapNames()];
}

/** The nearest field for a path, or the nearest name of any kind. */
function suggestion(text: string): string {
  const [registerName = '', fieldName = ''] = text.split('.');
  if (!text.includes('.')) return didYouMean(text, allNames());
  const register = findRegister(registerName);
  if (register === undefined)
    return didYouMean(
      registerName,
      ALL_REGISTERS.map(({ name }) => name),
    );
  const plain = fieldName.replace(/\W.*$/, '');
  const names = register.fields.map(({ name }) => name);
  const nearest = nearestName(plain, names);
  return nearest === undefined ? `; ${register.name} has ${names.join(', ')}` : `; did you mean ${register.name}.${nearest}?`;
}

/**
 * Finds what a name stands for: a hwcap (`sve2`, `SVE2`, `HWCAP2_SVE2`), an architecture feature (`FEAT_SVE2`, `LSE`), a cpucap
 * (`HAS_LSE_ATOMICS`, `ARM64_HAS_LSE_ATOMICS`), or a field (`ID_AA64PFR0_EL1.SVE`, `ID_AA64ISAR0_EL1.Atomic>=2`). Where kinds share a
 * name the hwcap comes first; `cpucap:SVE`, `feat:SVE` and `hwcap:sve` choose.
 *
 * @throws {ArmlensError} `unknown-name`, with the nearest name of any kind.
 */
export function findWhySubject(text: string): WhySubject {
  const [, kind, rest = ''] = /^(\w+):(.+)$/.exec(text) ?? [];
  const chosen = kind === undefined ? undefined : BY_KIND[kind.toLowerCase()];
  const found = chosen?.(rest.trim()) ?? fieldSubject(text) ?? hwcapSubject(text) ?? cpucapSubject(text) ?? archFeatureSubject(text);
  if (found !== undefined) return found;
  throw new ArmlensError(
    'unknown-name',
    `there is no hwcap, FEAT_*, cpucap or field ${JSON.stringify(text.slice(0, 60))}${suggestion(text)}`,
  );
}

/** The other things of the same name that could have been meant, as a person would ask for them. */
export function otherMeanings(text: string, subject: WhySubject): readonly string[] {
  if (/[:.]/.test(text) || /^(?:feat|hwcap\d?|kernel_hwcap)_/i.test(text)) return [];
  const cpucap = cpucapSubject(text);
  const archFeature = archFeatureSubject(text);
  return [
    ...(cpucap !== undefined && subject.kind === 'hwcap' ? [`cpucap:${cpucap.name}`] : []),
    ...(archFeature !== undefined && subject.kind !== 'arch-feature' ? [archFeature.name] : []),
  ];
}
