import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Line, lineAt, longLine, splitBlocks } from '../../src/cli/lines.ts';

async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield bytes.slice(at, at + size);
    at += size;
  }
}

async function linesOf(text: string, sizes: readonly number[], limit?: number): Promise<Line[]> {
  const all: Line[] = [];
  for await (const block of splitBlocks(chunked(new TextEncoder().encode(text), sizes), limit)) {
    if ('tooLong' in block) all.push(longLine(block.head, all.length + 1));
    else
      for (let at = 0; at < block.bytes.length; ) {
        const { line, next } = lineAt(block.bytes, at, all.length + 1, limit);
        all.push(line);
        at = next;
      }
  }
  return all;
}

it('gives the same lines however the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' })),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (lines, sizes) => {
        const clean = lines.map((line) => line.replaceAll('\n', ''));
        const text = clean.map((line) => `${line}\n`).join('');
        expect(await linesOf(text, sizes)).toEqual(clean.map((line, i) => ({ number: i + 1, text: line })));
      },
    ),
  );
});

it('gives a last line that has no line feed', async () => {
  expect(await linesOf('a\nb', [1])).toEqual([
    { number: 1, text: 'a' },
    { number: 2, text: 'b' },
  ]);
});

it('gives nothing for an empty stream', async () => {
  expect(await linesOf('', [1])).toEqual([]);
});

it('drops what a line has beyond the limit, keeps its beginning, and goes on', async () => {
  const long = `{"id":"x",${'y'.repeat(2000)}}`;
  for (const sizes of [[1], [7], [100_000]]) {
    expect(await linesOf(`a\n${long}\nb\n`, sizes, 1000)).toEqual([
      { number: 1, text: 'a' },
      { number: 2, tooLong: true, head: long.slice(0, 512) },
      { number: 3, text: 'b' },
    ]);
  }
  expect(await linesOf(`${'z'.repeat(1000)}\n`, [64], 1000)).toEqual([{ number: 1, text: 'z'.repeat(1000) }]);
});

it('tells how far it came', async () => {
  const seen: number[] = [];
  for await (const _ of splitBlocks(chunked(new TextEncoder().encode('ab\ncd\n'), [3]), 100, (bytes) => seen.push(bytes)))
    expect(seen.length).toBeGreaterThan(0);
  expect(seen).toEqual([3, 6]);
});
