import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explainGuest } from '../../src/answers/guest.ts';
import { parseCapture } from '../../src/formats/capture.ts';
import { loadCapture } from '../../src/formats/known-capture.ts';
import { MAX_LINE } from '../../src/formats/text-lines.ts';

const captures = await Promise.all(['parallels-m1', 'qemu-cortex-a76'].map(loadCapture));
const files = captures.flatMap((capture) => capture.files);

/** A known listing with a piece of it replaced by anything. */
function damaged(): fc.Arbitrary<{ readonly path: string; readonly text: string }> {
  return fc
    .record({
      file: fc.constantFrom(...files),
      at: fc.nat(30_000),
      length: fc.nat(400),
      piece: fc.string({ unit: 'binary', maxLength: 60 }),
    })
    .map(({ file, at, length, piece }) => {
      const from = at % (file.text.length + 1);
      return { path: file.path, text: file.text.slice(0, from) + piece + file.text.slice(from + length) };
    });
}

const anyFile = fc.record({
  path: fc.oneof(fc.string(), fc.constantFrom(...files.map(({ path }) => path))),
  text: fc.string({ unit: 'binary', maxLength: 300 }),
});

it('reads any set of damaged or made-up files, and answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(damaged(), anyFile), { maxLength: 6 }), async (texts) => {
      const { value } = parseCapture(texts);
      expect(value.files.map(({ path }) => path)).toEqual(texts.map(({ path }) => path));
      const report = await explainGuest(value.capture);
      expect(report.verdict.text).not.toBe('');
    }),
    { numRuns: 60 },
  );
});

it('gives evidence that stands in the file and the line that it names', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(files.filter((_, i) => i < 8)), async (texts) => {
      const { findings, devices, addOns } = await explainGuest(parseCapture(texts).value.capture);
      for (const { evidence } of [...findings, ...devices, ...addOns]) {
        for (const { file, line, text } of evidence) {
          const whole = texts.find(({ path }) => path === file)?.text;
          expect(whole).toBeDefined();
          if (line !== undefined) expect(whole?.split('\n')[line - 1]).toContain(text.replace(/…$/, ''));
        }
      }
    }),
    { numRuns: 20 },
  );
});

const HOSTILE: readonly (readonly [string, string])[] = [
  ['one huge line', 'x'.repeat(4_000_000)],
  ['spaces', ' '.repeat(4_000_000)],
  ['colons', ':'.repeat(1_000_000)],
  ['empty lines', '\n'.repeat(4_000_000)],
  ['many CPUs', Array.from({ length: 300_000 }, (_, i) => `processor : ${i}`).join('\n')],
  [
    'many nodes',
    `vm\n${Array.from(
      { length: 100_000 },
      (_, i) => `${' '.repeat(i % 1_500)}*-virtio${i}\n${' '.repeat(i % 1_500)}  logical name: /dev/sda`,
    )
      .join('\n')
      .slice(0, 4_000_000)}`,
  ],
  ['a wide lsblk', `NAME SIZE TYPE ${'A '.repeat(900)}\n${`${'a '.repeat(900)}\n`.repeat(2_000)}`],
  ['many disks', `NAME SIZE TYPE\n${Array.from({ length: 100_000 }, (_, i) => `sda${i} 1G disk`).join('\n')}`],
  ['many log lines', '[    0.000000] virtio_net virtio0: x at MMIO 0x1 is a is a is a\n'.repeat(60_000)],
  ['control characters', '\u001b[2J\u0007\u009b31m\u202e\n'.repeat(10_000)],
];

it.each(HOSTILE)(
  'takes no long time for %s',
  async (_, text) => {
    const start = performance.now();
    for (const path of ['cpuinfo', 'dmesg', 'lspci', 'lsusb', 'lsblk', 'lsmod', 'lshw', 'dmidecode', 'ls', 'ip-link', 'virtio']) {
      await explainGuest(parseCapture([{ path, text }]).value.capture);
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  },
  40_000,
);

it('keeps lines as evidence only up to a bound', () => {
  const { value } = parseCapture([{ path: 'dmesg', text: `psci: ${'a'.repeat(10 * MAX_LINE)}\n` }]);
  expect(value.capture.log?.rows[0]?.text.length).toBe(MAX_LINE);
  expect(value.capture.log?.rows[0]?.at.text.length).toBeLessThan(210);
});
