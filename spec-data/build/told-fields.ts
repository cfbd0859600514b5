import { toldByLine } from '../../src/answers/infer/told-fields.ts';
import { KNOWN_MACHINES, loadMachine } from '../../src/silicon/known-machine.ts';
import { type GeneratedFile, header } from './spec-file.ts';

/**
 * What the recorded lines of known machines say of the fields behind them: whoever looks at such a machine needs no more than that, and
 * not what it was found out by. It is made from all other tables, so it comes after them.
 */
export async function generateToldFields(): Promise<readonly GeneratedFile[]> {
  const told: string[] = [];
  for (const { name } of KNOWN_MACHINES) {
    const { machine, recorded } = await loadMachine(name);
    if (machine.unlisted !== 'unknown' || recorded === undefined) continue;
    const fields = [...(toldByLine(recorded.features)?.fields ?? [])].map(([path, values]) => `${path}:${values.toString(16)}`);
    if (fields.length > 0) told.push(`${JSON.stringify(name)}:${JSON.stringify(fields.join(' '))}`);
  }
  const text = `${header('spec-data/machines/ and spec-data/linux/')}
/** By the name of a machine: fields and, in hexadecimal, the set of their values that its recorded line leaves possible. */
export const TOLD_FIELDS: Readonly<Record<string, string>> = JSON.parse(\`{
${told.join(',\n')}
}\`);
`;
  return [{ path: 'src/silicon/generated/told-fields.ts', text }];
}
