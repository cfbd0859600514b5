import { fieldPlace } from '../../src/linux/bring-up/evaluate.ts';
import { CORE_IDS } from '../../src/linux/generated/names.ts';
import type { Condition, FixedRevision } from '../../src/linux/release/rows.ts';

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

/** ` if …` for a gate: an option's name, or a condition. */
export function gateText(gate: string | Condition | undefined): string {
  if (gate === undefined) return '';
  return ` if ${typeof gate === 'string' ? gate : conditionText(gate, false)}`;
}

/** Revisions that are mended, by REVIDR_EL1. */
export function fixedText(fixed: readonly FixedRevision[] = []): string {
  return fixed
    .map(({ variant, revision, revidrMask }) => `fixed r${variant}p${revision} 0x${revidrMask.toString(16)}`)
    .sort()
    .join(' ');
}

/** A core with its revisions, by implementer and part instead of by name. */
export function coreText(midr: string): string {
  const [name, revisions] = midr.split(' ') as [string, string?];
  return revisions === undefined ? CORE_IDS[name]! : `${CORE_IDS[name]} ${revisions}`;
}

/** CPUs, each with its own gate. */
export function coresText(cores: readonly string[]): string {
  return `cpu {${[...cores].sort().join(', ')}}`;
}

/** The kernel's function: where it judges by the capability that it is asked for, it is two rules here. */
function functionOf(rule: string): string {
  return rule.replace(/^(has_mismatched_cache_type)_of_(lines|rest)$/, '$1');
}

/** A condition in neutral terms: bits instead of field names, numbers instead of core names. */
export function conditionText(condition: Condition, signedComparison: boolean): string {
  const text = (part: Condition): string => conditionText(part, signedComparison);
  if ('all' in condition) return allText(condition.all.map(text));
  if ('any' in condition) return anyText(condition.any.map(text));
  if ('not' in condition) return `!${text(condition.not)}`;
  if ('config' in condition) return condition.config;
  if ('cpucap' in condition) return `cpucap ${condition.cpucap}`;
  if ('midr' in condition) return [coresText(condition.midr.map(coreText)), fixedText(condition.fixed)].filter(Boolean).join(' ');
  if ('rule' in condition) return [`rule ${functionOf(condition.rule)}`, ...(condition.of ? [text(condition.of)] : [])].join(' ; ');
  const { register, lsb, width } = fieldPlace(condition.field);
  const sign = signedComparison || condition.sign === 'signed' ? 's' : 'u';
  const limit = condition.atMost === undefined ? '' : `..${condition.atMost}`;
  return `${register}[${lsb + width - 1}:${lsb}] ${sign}>=${condition.atLeast}${limit}`;
}
