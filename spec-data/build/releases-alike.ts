import { buildRuleSet } from '../../src/answers/infer/rule-set.ts';
import { allPoints } from '../../src/linux/release/points.ts';
import { type GeneratedFile, header } from './spec-file.ts';

/** Which releases print Features lines by the same rules: whoever reads a line has less than half of the rules to build then. */
export function generateReleasesAlike(): GeneratedFile {
  const byContent = new Map<string, string[]>();
  for (const { release } of allPoints()) {
    const content = JSON.stringify(buildRuleSet(release.text));
    byContent.set(content, [...(byContent.get(content) ?? []), release.text]);
  }
  const alike = [...byContent.values()].filter(({ length }) => length > 1);
  return {
    path: 'src/answers/generated/releases-alike.ts',
    text: `${header('spec-data/linux/')}
/** Releases that print Features lines by the same rules. */
export const RELEASES_ALIKE: readonly string[] = [
${alike.map((texts) => `  '${texts.join(' ')}',\n`).join('')}];
`,
  };
}
