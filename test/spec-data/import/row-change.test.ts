import { expect, it } from 'vitest';
import { rowChange } from '../../../spec-data/import/row-change.ts';

it('tells what of a row an edit changes, and nothing of what stays', () => {
  const was = {
    name: 'WORKAROUND_42',
    since: '6.10',
    backports: [{ series: '6.1', since: '6.1.20' }],
    affected: [{ midr: 'CORTEX_A76', since: '6.10' }, { midr: 'CORTEX_A77' }],
  };
  const is = {
    ...was,
    since: '6.9',
    until: '7.2',
    backports: [...was.backports, { series: '6.6', since: '6.6.63' }],
    affected: [{ midr: 'CORTEX_A76', since: '6.10', backports: [{ series: '6.6', since: '6.6.63' }] }],
  };
  expect([...rowChange(was, is)]).toEqual([
    'since: "6.10" → "6.9"',
    'backports + {"series":"6.6","since":"6.6.63"}',
    'affected - {"midr":"CORTEX_A77"}',
    'affected CORTEX_A76 backports + {"series":"6.6","since":"6.6.63"}',
    'until: "7.2"',
  ]);
  expect([...rowChange(was, structuredClone(was))]).toEqual([]);
});
