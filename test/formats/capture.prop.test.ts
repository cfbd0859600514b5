import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explainGuest } from '../../src/answers/guest.ts';
import { loadCapture } from '../../src/formats/known-capture.ts';
import { readTexts } from '../../src/formats/read-texts.ts';
import { MAX_ROW } from '../../src/formats/text-lines.ts';
import { growsLinearly } from '../support/growth.ts';
import { runs } from '../support/runs.ts';

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
      const { value, files: read } = await readTexts(texts);
      expect([...new Set(read.map(({ path }) => path))]).toEqual([...new Set(texts.map(({ path }) => path))]);
      const report = await explainGuest(value);
      expect(report.verdict.text).not.toBe('');
    }),
    { numRuns: runs(30) },
  );
});

it('gives evidence that stands in the file and the line that it names', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(files.filter((_, i) => i < 8)), async (texts) => {
      const { findings, devices, addOns } = await explainGuest((await readTexts(texts)).value);
      for (const { evidence } of [...findings, ...devices, ...addOns]) {
        for (const { file, line, text } of evidence) {
          const whole = texts.find(({ path }) => path === file)?.text;
          expect(whole).toBeDefined();
          if (line !== undefined) expect(whole?.split('\n')[line - 1]).toContain(text.replace(/…$/, ''));
        }
      }
    }),
    { numRuns: runs(10) },
  );
});

const lines = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** Texts of about so many characters, each made to mislead one of the readers. */
const HOSTILE: readonly (readonly [string, (size: number) => string])[] = [
  ['one huge line', (size) => 'x'.repeat(size)],
  ['spaces', (size) => ' '.repeat(size)],
  ['colons', (size) => ':'.repeat(size)],
  ['empty lines', (size) => '\n'.repeat(size)],
  ['many CPUs', (size) => lines(size / 18, (i) => `processor : ${i}`)],
  ['many nodes', (size) => `vm\n${lines(size / 40, (i) => `*-virtio${i}\n  logical name: /dev/sda`)}`],
  ['deep nodes', (size) => `vm\n${lines(Math.sqrt(size), (i) => `${' '.repeat(i)}*-virtio${i}`)}`],
  ['a wide lsblk', (size) => `NAME SIZE TYPE ${'A '.repeat(90)}\n${`${'a '.repeat(90)}\n`.repeat(size / 180)}`],
  ['many disks', (size) => `NAME SIZE TYPE\n${lines(size / 15, (i) => `sda${i} 1G disk`)}`],
  ['many log lines', (size) => '[    0.000000] virtio_net virtio0: x at MMIO 0x1 is a is a is a\n'.repeat(size / 65)],
  ['control characters', (size) => '\u001b[2J\u0007\u009b31m\u202e\n'.repeat(size / 11)],
];
const LISTINGS = ['cpuinfo', 'dmesg', 'lspci', 'lsusb', 'lsblk', 'lsmod', 'lshw', 'dmidecode', 'ls', 'ip-link', 'virtio'];

it.each(HOSTILE)('work grows in proportion to %s', async (_, make) => {
  const work = async (text: string): Promise<void> => {
    for (const path of LISTINGS) await explainGuest((await readTexts([{ path, text }])).value);
  };
  expect(await growsLinearly(work, make, 1 << 10)).toBe(true);
});

it('keeps lines as evidence only up to a bound', async () => {
  const { value } = await readTexts([{ path: 'dmesg', text: `psci: ${'a'.repeat(10 * MAX_ROW)}\n` }]);
  expect(value.messages?.rows[0]?.text.length).toBe(MAX_ROW);
  expect(value.messages?.rows[0]?.at.text.length).toBeLessThan(210);
});
