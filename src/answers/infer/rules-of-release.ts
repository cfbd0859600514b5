import { RELEASES_ALIKE } from '../generated/releases-alike.ts';
import { buildRuleSet, type RuleSet } from './rule-set.ts';

const byRelease = new Map<string, RuleSet>();
const byContent = new Map<string, RuleSet>();

/** Of releases with the same rules the first one, whose rules are built. */
const FIRST_ALIKE = new Map(
  RELEASES_ALIKE.flatMap((alike) => {
    const [first, ...others] = alike.split(' ');
    return others.map((other) => [other, first!] as const);
  }),
);

function sharedRuleSet(text: string): RuleSet {
  const rules = buildRuleSet(text);
  const content = JSON.stringify(rules);
  const shared = byContent.get(content) ?? rules;
  byContent.set(content, shared);
  return shared;
}

/**
 * The rules of a release, built once.
 *
 * @throws {ArmlensError} `bad-release` or `unknown-release`.
 */
export function ruleSetAt(text: string): RuleSet {
  const known = byRelease.get(text);
  if (known) return known;
  const first = FIRST_ALIKE.get(text);
  const rules = first === undefined ? sharedRuleSet(text) : ruleSetAt(first);
  byRelease.set(text, rules);
  return rules;
}
