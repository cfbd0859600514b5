import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic.ts';
import { readAny } from '../../src/formats/read-any.ts';
import type { Reader } from '../../src/formats/reader.ts';
import { decodeText, READERS } from '../../src/formats/readers.ts';
import { growsLinearly } from '../support/growth.ts';
import { runs } from '../support/runs.ts';

const RUNS = runs(60);

const FOLDER = new URL('samples/', import.meta.url);
const SAMPLES: readonly string[] = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => decodeText(readFileSync(new URL(name, FOLDER))).slice(0, 6000));

/** What breaks careless readers. */
const HOSTILE = [
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  '\udfff',
  '\u001b[31m',
  '\u202e',
  '\u2028',
  '\r',
  '\n\n',
  '"',
  '\\',
  '{"a":',
  '[[[[[[[[',
  ']',
  '}',
  ',',
  ';',
  '\t',
  ':',
  '=',
  '0x',
  '0xffffffffffffffffffffffff',
  '-1',
  '1e999',
  'NaN',
  'cpu 99999999999999999999',
  'CPU#4294967296',
  ' '.repeat(300),
  '9'.repeat(400),
  'a'.repeat(400),
  '\ufeff',
] as const;

type Mutation = readonly ['cut' | 'insert' | 'double' | 'swap', number, number, string];

const mutation = (): fc.Arbitrary<Mutation> =>
  fc.tuple(
    fc.constantFrom('cut' as const, 'insert' as const, 'double' as const, 'swap' as const),
    fc.nat(6000),
    fc.nat(200),
    fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 8 })),
  );

function mutate(text: string, [kind, place, length, mark]: Mutation): string {
  const at = place % (text.length + 1);
  const part = text.slice(at, at + length);
  if (kind === 'cut') return text.slice(0, at) + text.slice(at + length);
  if (kind === 'insert') return text.slice(0, at) + mark + text.slice(at);
  if (kind === 'double') return text.slice(0, at + length) + part + text.slice(at + length);
  return text.slice(0, at) + mark.repeat(2) + text.slice(at + length);
}

const hostileText = (): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...SAMPLES, ''), fc.array(mutation(), { maxLength: 12 }))
    .map(([text, mutations]) => mutations.reduce(mutate, text));

function wellFormed(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every(
    ({ code, severity, where, message }) =>
      /^[a-z][a-z0-9-]*$/.test(code) && ['error', 'warning', 'note'].includes(severity) && where !== '' && message.length < 2000,
  );
}

const readers: readonly Reader[] = await Promise.all(READERS.map(({ load }) => load()));

describe.each(readers.map((reader) => [reader.name, reader] as const))('%s', (_, reader) => {
  it('no text makes it throw, and every finding is well formed', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const sure = reader.recognise(text.slice(0, 65_536));
        expect(sure >= 0 && sure <= 1).toBe(true);
        const { diagnostics, lines } = reader.read(text);
        expect(wellFormed(diagnostics)).toBe(true);
        expect(diagnostics.length).toBeLessThan(1100);
        if (lines !== undefined) expect(Math.min(lines.read, lines.passed, lines.unread)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: RUNS },
    );
  });

  it('no bytes make it throw', () => {
    const { bytes } = reader;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (given) => {
        const run = bytes === undefined ? reader.read(decodeText(given)) : bytes.read(given);
        expect(wellFormed(run.diagnostics)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  /** Each pattern makes some way of matching go back and forth. */
  it.each([
    ['one line of blanks', ' ', ''],
    ['one line of names', 'MIDR_EL1 ', ''],
    ['one line of digits', '0x1', ''],
    ['quotes', '"a",', ''],
    ['open braces', '{"a":', ''],
    ['many short lines', 'a\n', ''],
    ['many empty objects', '{}\n', ''],
    ['many headings', 'cpu 1\n', ''],
    ['many keys', '\\a', '[]'],
    ['colons', ': ', ''],
    ['many registers', 'MIDR_EL1: 0x1\n', ''],
  ])('work grows in proportion to %s', async (__, piece, [open = '', close = ''] = '') => {
    const work = (text: string) => [reader.recognise(text), reader.read(text)];
    expect(await growsLinearly(work, (size) => `${open}${piece.repeat(size / piece.length)}${close}`, 1 << 11)).toBe(true);
  });
});

it('whatever the text, one reader or none takes it', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText(), async (text) => {
      const { recognition, diagnostics } = await readAny(text);
      if (recognition === undefined) expect(diagnostics).toMatchObject([{ code: 'unknown-format' }]);
      else expect(recognition.confidence).toBeGreaterThan(0);
    }),
    { numRuns: RUNS },
  );
});
