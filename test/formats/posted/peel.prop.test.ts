import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peel } from '../../../src/formats/posted/peel.ts';
import { splitPieces } from '../../../src/formats/posted/pieces.ts';
import { readAny } from '../../../src/formats/read-any.ts';
import { growsLinearly } from '../../support/growth.ts';

/** How many texts each law gets; `ARMLENS_FUZZ_RUNS=100000 npx vitest run peel.prop` is a long run. */
const RUNS = Number(process.env.ARMLENS_FUZZ_RUNS ?? 100);

/** What people and programs put into posted texts, in any order. */
const FRAGMENTS = [
  '> ',
  '| ',
  '```\n',
  '`',
  '* ',
  '+',
  '@@ -1,2 +3,4 @@\n',
  '\u001b[01;31m',
  '[0m',
  '\\n',
  '"',
  '\n',
  '\r\n',
  '\t',
  '   ',
  '|---|\n',
  '<pre>',
  '<br>',
  '&lt;',
  '\u00a0',
  '$ cat /proc/cpuinfo\n',
  'user@host:~$ lscpu\n',
  'processor\t: 0\n',
  'Features\t: fp asimd crc32\n',
  'CPU part\t: 0xd08\n',
  'Flags:  fp asimd\n',
  'Architecture: aarch64\n',
  '[    0.000000] ',
  'Nov 12 10:11:12 host kernel: ',
  'CPU features: detected: CRC32 instructions\n',
  'Booting Linux on physical CPU 0x0 [0x410fd083]\n',
  '*-scsi\n',
  'Bus 001 Device 002: ID 203a:fffb x\n',
  '{"log":"a\\n"}\n',
  'ID_AA64PFR0_EL1: 0x11\n',
  'AT_HWCAP: 887\n',
];

function posted(): fc.Arbitrary<string> {
  const fragment = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...FRAGMENTS) }, fc.string({ unit: 'binary', maxLength: 12 }));
  return fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(''));
}

it('whatever is posted, every line keeps a place in it, and nothing throws', async () => {
  await fc.assert(
    fc.asyncProperty(posted(), async (text) => {
      const count = text.split(/\r\n?|\n/).length;
      for (const { number, column } of peel(text)) expect(number >= 1 && number <= count && column >= 0).toBe(true);
      const { lines } = await readAny(text);
      if (lines !== undefined) expect(Math.min(lines.read, lines.passed, lines.unread)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: RUNS },
  );
});

it('what is peeled stays as it is when it is peeled again, where nothing is quoted in quotes', () => {
  const lines = ['processor\t: 0', 'Features\t: fp asimd', '[    0.000000] Booting Linux on physical CPU 0x0 [0x410fd083]', 'plain words'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 8 }), fc.constantFrom('', '> ', '* '), (some, front) => {
      const once = peel(some.map((line) => front + line).join('\n')).map(({ text }) => text);
      expect(peel(once.join('\n')).map(({ text }) => text)).toEqual(once);
    }),
    { numRuns: RUNS },
  );
});

describe('work grows in proportion to', () => {
  it.each([
    ['quotes', '> '],
    ['lines of quotes', '> a\n'],
    ['bars', '| a '],
    ['rows of a table', '| a | b |\n'],
    ['escapes', '\u001b[0'],
    ['line ends in a string', 'a\\n'],
    ['numbered lines', '1: a\n'],
    ['added lines', '+a\n'],
    ['tags', '<td>a'],
    ['prompts', '$ ls\n'],
    ['names of hwcaps', 'fp asimd crc32\n'],
    ['flags that go on', 'Flags: fp\n fp asimd\n'],
    ['stamps', '[    0.000000] '],
    ['log lines that go on', '[    0.000000] CPU features:\nfoo\n'],
    ['blanks and bars', ' |'],
    ['stars', '**a'],
  ])('%s', async (_, piece) => {
    const work = (text: string) => [splitPieces(peel(text)).length, readAny(text)];
    expect(
      await growsLinearly(
        async (text: string) => Promise.all(work(text)),
        (size) => piece.repeat(size / piece.length),
        1 << 11,
      ),
    ).toBe(true);
  });
});
