import { expect, it } from 'vitest';
import { parseJson } from '../../src/formats/parse-json.ts';

it.each([
  ['{"a":1,}', 'line 1, column 8', 'expected a name in quotes, got "}"'],
  ['{', 'line 1, column 2', 'expected a name in quotes or "}", got the end'],
  ['[1 2]', 'line 1, column 4', 'expected "," or "]", got "2]"'],
  ['[1,\n\n 2,,3]', 'line 3, column 4', 'expected a value, got ",3]"'],
  ['[1]]', 'line 1, column 4', 'expected the end of the text, got "]"'],
  ['{"a" 1}', 'line 1, column 6', 'expected ":", got "1}"'],
  ['', 'line 1, column 1', 'expected a value, got the end'],
])('%j breaks at %s', (text, where, message) => {
  expect(parseJson(text).diagnostics).toMatchObject([{ code: 'bad-json', where, message: expect.stringContaining(message) }]);
});

it('nesting of a million levels is no harm', () => {
  expect(parseJson('['.repeat(1_000_000)).diagnostics).toMatchObject([{ where: 'line 1, column 1000001' }]);
});
