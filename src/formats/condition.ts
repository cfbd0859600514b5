import { valueName } from '../arch/field-values.ts';
import type { Condition, ConditionLeaf, FieldCondition, RuleCondition } from '../linux/release/rows.ts';
import { askedBy, RULES } from '../linux/rules/judge-rule.ts';
import { replaceLeaves } from '../logic/tree.ts';
import { formatTree } from './tree-text.ts';

function formatComparison({ field, atLeast, atMost, sign }: FieldCondition): string {
  const name = valueName(field, atLeast);
  const bounds = atMost === undefined ? `≥ ${atLeast}` : atMost === atLeast ? `= ${atLeast}` : `in ${atLeast}..${atMost}`;
  return `${field} ${bounds}${name === undefined ? '' : ` (${name})`}${sign === 'signed' ? ' signed' : ''}`;
}

/** A core and its revisions as a condition names them; a range of one is that one. */
export function formatCoreRange(midr: string): string {
  return midr.replace(/ (r\d+p\d+)\.\.\1$/, ' $1');
}

/** How many cores a condition names one by one. */
const NAMED_CORES = 4;

/** A condition without long lists of cores. */
export function shortened(condition: Condition): Condition {
  return replaceLeaves<ConditionLeaf, ConditionLeaf>(condition, (leaf) =>
    'midr' in leaf && leaf.midr.length > NAMED_CORES
      ? { midr: [...leaf.midr.slice(0, NAMED_CORES), `${leaf.midr.length - NAMED_CORES} others`] }
      : leaf,
  );
}

/** The name of the kernel's function, to stand behind what it asks; nothing for facts that have a name of ours. */
export function ruleMark({ rule }: RuleCondition): string {
  return rule.includes('-') ? '' : ` (${rule})`;
}

/** Writes what a function of the kernel asks, in words, with its name behind. */
function formatRule(condition: RuleCondition): string {
  const { says } = RULES[condition.rule]!;
  const words = says ?? formatCondition(shortened(askedBy(condition)!));
  return `${words === '' ? 'always' : words}${ruleMark(condition)}`;
}

function formatLeaf(leaf: ConditionLeaf): string {
  if ('field' in leaf) return formatComparison(leaf);
  if ('midr' in leaf) return `core is ${leaf.midr.map(formatCoreRange).join(' or ')}`;
  if ('config' in leaf) return leaf.config;
  return 'cpucap' in leaf ? `cpucap ${leaf.cpucap}` : formatRule(leaf);
}

/**
 * Writes a condition as a line: `ID_AA64ISAR1_EL1.LRCPC ≥ 2 (LRCPC2)`. What a function of the kernel asks stands there in words.
 *
 * @example
 * ```js
 * formatCondition({ field: 'ID_AA64ISAR1_EL1.LRCPC', atLeast: 2 }) // → 'ID_AA64ISAR1_EL1.LRCPC ≥ 2 (LRCPC2)'
 * ```
 */
export function formatCondition(condition: Condition): string {
  return formatTree(condition, formatLeaf);
}

/** Writes what is asked of a field: `ID_AA64PFR0_EL1.SVE ≥ 1 (IMP)`, or what must not be so. */
export function formatNeed(needs: FieldCondition, wanted: boolean): string {
  return wanted ? formatCondition(needs) : `not ${formatCondition(needs)}`;
}
