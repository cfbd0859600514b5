import { CORE_LIST_ROWS } from '../../src/linux/generated/behaviour.ts';
import { ERRATUM_ROWS } from '../../src/linux/release/history.ts';
import { ruleSpans } from '../../src/linux/release/row-timeline.ts';
import type { Condition, ConditionLeaf } from '../../src/linux/release/rows.ts';
import { RULES } from '../../src/linux/rules/judge-rule.ts';
import { leavesOf } from '../../src/logic/tree.ts';
import { type GeneratedFile, header } from './spec-file.ts';

/** The cores, by Linux' constants, one of which a condition asks for, by itself or through the rules that it names. */
function coresAskedFor(condition: Condition): readonly string[] {
  return leavesOf<ConditionLeaf>(condition).flatMap(({ leaf, wanted }) => {
    if (!wanted) return [];
    if ('midr' in leaf) return leaf.midr.map((core) => core.split(' ')[0]!);
    const { list, asks } = ('rule' in leaf && RULES[leaf.rule]) || {};
    const listed = CORE_LIST_ROWS.filter(({ name }) => name === list).flatMap(({ cores }) => cores.map(({ midr }) => midr.split(' ')[0]!));
    return [...listed, ...(asks === undefined ? [] : coresAskedFor(asks))];
  });
}

/** Which cores errata are about whose rows name none. */
export function generateListedCores(): GeneratedFile {
  const rows = ERRATUM_ROWS.filter(({ affected }) => affected === undefined).flatMap((row) => {
    const cores = [...new Set(ruleSpans(row).flatMap(({ when }) => coresAskedFor(when)))];
    return cores.length === 0 ? [] : [`  ${row.name}: '${cores.join(' ')}',\n`];
  });
  return {
    path: 'src/answers/generated/listed-cores.ts',
    text: `${header('spec-data/linux/')}
/** The cores that errata are about which a function tests: Linux' constants, by cpucap. */
export const LISTED_CORES: Readonly<Record<string, string>> = {
${rows.join('')}};
`,
  };
}
