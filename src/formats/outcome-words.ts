import type { Outcome } from '../linux/bring-up/evaluate.ts';
import { RULES } from '../linux/rules/judge-rule.ts';
import { kindOf } from '../logic/tree.ts';
import { formatCondition, ruleMark, shortened } from './condition.ts';
import { formatValue } from './value-words.ts';

/** What a condition came to, to stand behind it; nothing if it holds. */
function verdictMark({ held, open }: Outcome): string {
  return held ? '' : open ? ' — not known' : ' — does not hold';
}

function comparisonLine({ condition, found, hidden, open }: Outcome): string {
  const is =
    found === undefined || open || !('field' in condition)
      ? ''
      : `: it is ${formatValue(condition.field, found)}${hidden ? ', but EL0 does not see the field' : ''}`;
  return `${formatCondition(shortened(condition))}${is}`;
}

/** The parts that are told one by one: of a rule those of what it asks, unless words say it. */
function toldParts({ condition, parts = [] }: Outcome): readonly Outcome[] {
  return 'rule' in condition && RULES[condition.rule]!.says !== undefined ? [] : parts;
}

/** Writes what a condition came to, part by part. */
export function outcomeLines(outcome: Outcome): readonly string[] {
  const { condition } = outcome;
  const parts = toldParts(outcome);
  if (parts.length === 0) return [`${comparisonLine(outcome)}${verdictMark(outcome)}`];
  if (parts.length === 1) {
    if (kindOf(condition) === 'not') {
      const [inner = ''] =
        toldParts(parts[0]!).length === 0 ? [comparisonLine(parts[0]!)] : [formatCondition(condition).slice('not '.length)];
      return [`not ${inner}${verdictMark(outcome)}`];
    }
    const [first = '', ...rest] = outcomeLines(parts[0]!);
    return 'rule' in condition
      ? [`${first.replace(/:$/, '')}${ruleMark(condition)}${rest.length > 0 ? ':' : ''}`, ...rest]
      : [first, ...rest];
  }
  const word = kindOf(condition) === 'any' ? 'one of' : 'all of';
  return [`${word}:`, ...parts.flatMap((part) => outcomeLines(part).map((line) => `  ${line}`))];
}

/** What of a condition that does not hold keeps it from that: what is there and should not be. */
function obstacles(outcome: Outcome): readonly string[] {
  if (outcome.held) return [];
  const parts = toldParts(outcome);
  if (kindOf(outcome.condition) === 'not') return [formatCondition(shortened(parts[0]!.condition))];
  return parts.flatMap(obstacles);
}

/** What a condition that does not hold lacks; `undefined` if nothing could be added. */
function lack(outcome: Outcome): string | undefined {
  if (outcome.held || kindOf(outcome.condition) === 'not') return undefined;
  const parts = toldParts(outcome);
  if (parts.length === 0) return formatCondition(shortened(outcome.condition));
  const isAny = kindOf(outcome.condition) === 'any';
  // What something stands in the way of needs more than what it lacks.
  if (!isAny && parts.some((part) => !part.held && kindOf(part.condition) === 'not')) return undefined;
  const texts = parts.flatMap((part) => lack(part) ?? []);
  return texts.length === 0 ? undefined : texts.join(isAny ? ', or ' : ', and ');
}

/** Says why a condition does not hold: what stands in the way, and what would be needed. */
export function whyNot(outcome: Outcome): string {
  const inTheWay = [...new Set(obstacles(outcome))];
  const lacking = lack(outcome);
  if (inTheWay.length === 0) return lacking === undefined ? 'never' : `needed, and not so: ${lacking}`;
  return `${inTheWay.join(', and ')}${lacking === undefined ? '' : `; otherwise needed, and not so: ${lacking}`}`;
}

/** Says why a condition holds: of several that would do, the first that does. */
export function whySo(outcome: Outcome): readonly string[] {
  const parts = toldParts(outcome);
  if (parts.length === 0) return [formatCondition(shortened(outcome.condition))];
  if (kindOf(outcome.condition) === 'not') return [];
  if (kindOf(outcome.condition) !== 'any') return parts.flatMap(whySo);
  const first = parts.find(({ held }) => held);
  return first === undefined ? [] : whySo(first);
}

/** What stood in one way to a condition that holds on another: `although` of what {@link whySo} tells. */
export function although(outcome: Outcome): readonly string[] {
  const parts = toldParts(outcome);
  if (kindOf(outcome.condition) === 'any' && outcome.held) return parts.filter(({ held }) => !held).flatMap(obstacles);
  return parts.flatMap((part) => (part.held ? although(part) : []));
}
