import { expect, it } from 'vitest';
import { listingLines } from '../../src/formats/text-lines.ts';

it('says at which line it began to cut', () => {
  const { diagnostics } = listingLines(`short\n${'a'.repeat(3000)}\n${'b'.repeat(3000)}\n`);
  expect(diagnostics.map(({ code, where }) => [code, where])).toEqual([['too-long', 'line 2']]);
});
