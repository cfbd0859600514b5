import { fieldPlace } from '../../src/linux/bring-up/evaluate.ts';
import type { Condition, FixedRevision } from '../../src/linux/release/rows.ts';

/** What is needed to put a condition in neutral terms. */
export interface Terms {
  /** Whether every comparison is signed, as before 4.6. */
  readonly signed: boolean;
  /** Implementer and part of a core by its name. */
  readonly cores: Readonly<Record<string, string>>;
}

/** Parts that must all hold, in one order. */
export function allText(parts: readonly (string | undefined)[]): string {
  const kept = parts
    .filter((part) => part !== undefined && part !== '')
    .flatMap((part) => (part!.startsWith('(') ? [part!] : part!.split(' & ')));
  return [...new Set(kept)].sort().join(' & ');
}

function anyText(parts: readonly string[]): string {
  return `(${[...new Set(parts)].sort().join(' | ')})`;
}

const NO_TERMS: Terms = { signed: false, cores: {} };

/** ` if …` for a gate. */
export function gateText(gate: Condition | undefined): string {
  if (gate === undefined) return '';
  return ` if ${conditionText(gate, NO_TERMS)}`;
}

/** Revisions that are mended, by REVIDR_EL1. */
export function fixedText(fixed: readonly FixedRevision[] = []): string {
  return fixed
    .map(({ variant, revision, revidrMask }) => `fixed r${variant}p${revision} 0x${revidrMask.toString(16)}`)
    .sort()
    .join(' ');
}

/** A core with its revisions, by implementer and part instead of by name. */
export function coreText(midr: string, cores: Terms['cores']): string {
  const [name, revisions] = midr.split(' ') as [string, string?];
  return revisions === undefined ? (cores[name] ?? name) : `${cores[name] ?? name} ${revisions}`;
}

/** CPUs, each with its own gate. */
export function coresText(cores: readonly string[]): string {
  return `cpu {${[...cores].sort().join(', ')}}`;
}

/** The kernel's function: where it judges by the capability that it is asked for, it is two rules here. */
function functionOf(rule: string): string {
  return rule.replace(/^(has_mismatched_cache_type)_of_(lines|rest)$/, '$1');
}

/** Where a field is, by its name or by its bits. */
function placeOf(field: string): { readonly register: string; readonly lsb: number; readonly width: number } {
  const bits = /^(\w+)\[(\d+):(\d+)\]$/.exec(field);
  return bits ? { register: bits[1]!, lsb: Number(bits[3]), width: Number(bits[2]) - Number(bits[3]) + 1 } : fieldPlace(field);
}

/** A condition in neutral terms: bits instead of field names, numbers instead of core names. */
export function conditionText(condition: Condition, terms: Terms): string {
  const text = (part: Condition): string => conditionText(part, terms);
  if ('all' in condition) return allText(condition.all.map(text));
  if ('any' in condition) return anyText(condition.any.map(text));
  if ('not' in condition) return `!${text(condition.not)}`;
  if ('config' in condition) return condition.config;
  if ('cpucap' in condition) return `cpucap ${condition.cpucap}`;
  if ('midr' in condition)
    return [coresText(condition.midr.map((midr) => coreText(midr, terms.cores))), fixedText(condition.fixed)].filter(Boolean).join(' ');
  if ('rule' in condition) return [`rule ${functionOf(condition.rule)}`, ...(condition.of ? [text(condition.of)] : [])].join(' ; ');
  const { register, lsb, width } = placeOf(condition.field);
  const sign = terms.signed || condition.sign === 'signed' ? 's' : 'u';
  const limit = condition.atMost === undefined ? '' : `..${condition.atMost}`;
  return `${register}[${lsb + width - 1}:${lsb}] ${sign}>=${condition.atLeast}${limit}`;
}
