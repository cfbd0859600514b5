import type { VNode } from 'preact';
import { formatCondition } from '../../formats/condition.ts';
import type { RuleSpan } from '../../linux/release/row-timeline.ts';
import { LinkedText } from '../catalogue/linked-text.tsx';

function optionText({ config }: RuleSpan): string {
  if (config === undefined) return '; no option';
  return `; option ${formatCondition(config)}`;
}

/** What a row asks for; where that changed, one line for each release that changed it, the newest first. */
export function RuleList({ rules }: { readonly rules: readonly RuleSpan[] }): VNode | null {
  const [only] = rules;
  if (only === undefined) return null;
  if (rules.length === 1) return <LinkedText text={formatCondition(only.when)} />;
  const optionsDiffer = new Set(rules.map(optionText)).size > 1;
  return (
    <ul>
      {rules.toReversed().map((rule) => (
        <li key={rule.since}>
          <span class="soft">
            since {rule.since}
            {rule.notIn === undefined ? '' : ` (not in ${rule.notIn})`}:
          </span>{' '}
          <LinkedText text={`${formatCondition(rule.when)}${optionsDiffer ? optionText(rule) : ''}`} />
        </li>
      ))}
    </ul>
  );
}
