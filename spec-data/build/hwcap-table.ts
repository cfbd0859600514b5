import { hwcapTable } from '../../src/answers/hwcap-table.ts';
import { type GeneratedFile, readSpec } from './spec-file.ts';

/**
 * The table of hwcaps as the package ships it, with its schema beside it. It is made from what the other generators wrote, so it comes
 * last.
 */
export function generateHwcapTable(): readonly GeneratedFile[] {
  const { hwcaps, ...head } = hwcapTable();
  const keys = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  const rows = hwcaps.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  return [
    { path: 'data/hwcaps.json', text: `{\n${keys.join('')}  "hwcaps": [\n${rows}\n  ]\n}\n` },
    { path: 'data/hwcap-table.schema.json', text: `${JSON.stringify(readSpec('schemas/hwcap-table.schema.json'), null, 2)}\n` },
  ];
}
