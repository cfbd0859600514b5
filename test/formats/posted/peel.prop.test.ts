import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peel } from '../../../src/formats/posted/peel.ts';
import { splitPieces } from '../../../src/formats/posted/pieces.ts';
import { readAny } from '../../../src/formats/read-any.ts';
import { growsLinearly } from '../../support/growth.ts';
import { runs } from '../../support/runs.ts';

const RUNS = runs(100);

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
  'web-1  | ',
  'May  1 10:00:01 host app[1]: ',
  'Architecture: aarch64 CPU(s): 4 Vendor ID: ARM Model: 1 Flags: fp asimd ',
  'fp, asimd, crc32, cpuid ',
  'getauxval(AT_HWCAP) = 0x887 ',
  'MIDR_EL1=0x410fd083 ',
  '=> 0xaaaa <f+1>:\tcasal x0, x1, [x2]\n',
  'instruction bytes: 0x0 0x6 0x38 0xd5\n',
  'INFO:    BL31: cortex_a53: CPU workaround for 843419 was applied\n',
  'CPU-Z TXT Report\n',
  'MIDR\t510f8040h\n',
  'ARM64 Family 8 Model 1\nCRC32 * Supports CRC32\n',
  'CPU NODE SOCKET CORE ONLINE\n',
  'Kernel: Linux 6.1.0\n',
  "'processor\t: 0', 'Features\t: fp asimd', ",
  ' Processor Features 0 = <AdvSIMD,Float,EL3\n',
  'hw.optional.arm.FEAT_LSE: 1\n',
  '0x603000000013c020 ',
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
    ['prefixes', 'web-1 | processor: 0\n'],
    ['prefixes of one line', 'a processor: 0 '],
    ['rows in one line', 'Architecture: aarch64 '],
    ['names in a sentence', 'fp, asimd, crc32 '],
    ['words of hwcaps', 'AT_HWCAP 0x1 '],
    ['registers of one line', 'MIDR_EL1=0x1 '],
    ['broken messages', '[    0.000000] CPU features: a\nb\n'],
    ['broken lists', ' Processor Features 0 = <a\n'],
    ['places of a debugger', '=> 0x1 <a>:\tcasal x0\n'],
    ['bytes of an instruction', 'instruction bytes: 0x0 0x6 0x38 0xd5\n'],
    ['lines of firmware', 'INFO:    BL31: cortex_a53: CPU workaround for 1 was applied\n'],
    ['strings of a list', "'processor: 0', "],
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
