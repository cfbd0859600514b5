import { hwcapTable } from '../../src/answers/hwcap-table.ts';
import type { GeneratedFile } from './spec-file.ts';

/**
 * The table of hwcaps as the package ships it. It is made from what the other generators wrote, so it comes
 * last.
 */
export function generateHwcapTable(): readonly GeneratedFile[] {
  const { hwcaps, ...head } = hwcapTable();
  const keys = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  const rows = hwcaps.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  return [
    {
      path: 'spec-data/exports/hwcaps.json',
      text: `{
${keys.join('')}  "hwcaps": [
${rows}
  ]
}
`,
    },
  ];
}
