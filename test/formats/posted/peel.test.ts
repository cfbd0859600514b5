import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/formats/posted/embedded.ts';
import { peel } from '../../../src/formats/posted/peel.ts';

const LINES = ['processor\t: 0', 'Features\t: fp asimd crc32', 'CPU part\t: 0xd08'];
const textOf = (text: string): readonly string[] => peel(text).map((line) => line.text);
const each = (front: string, back = ''): string => LINES.map((line) => `${front}${line}${back}`).join('\n');

/** The same three lines as people post them. */
const POSTED: Readonly<Record<string, string>> = {
  'as they are': each(''),
  quoted: each('> '),
  'quoted twice': each('>> '),
  'quoted with a bar': each('| '),
  'in a diff': `@@ -0,0 +1,3 @@\n${each('+')}`,
  'in a diff without its head': each('+'),
  'with numbers': LINES.map((line, i) => `${i + 1}\t${line}`).join('\n'),
  'with numbers and colons': LINES.map((line, i) => `${i + 7}: ${line}`).join('\n'),
  'by grep with the file’s name': each('/proc/cpuinfo:'),
  'in colours': LINES.map((line) => `\u001b[01;31m\u001b[K${line.slice(0, 4)}\u001b[m\u001b[K${line.slice(4)}`).join('\n'),
  'in colours written out': each('\\x1b[32m', '\\x1b[0m'),
  'in backticks': each('`', '`'),
  'as a list': each('* '),
  'with a byte order mark and CR LF': `\ufeff${LINES.join('\r\n')}`,
  'as a string of JSON': JSON.stringify(LINES.join('\n')),
  'as strings of Go': LINES.map((line) => `"${line.replaceAll('\t', '\\t')}\\n" +`).join('\n'),
  'in HTML': `<pre>${LINES.join('<br>')}</pre>`,
  'by a CI': each('2025-11-12T10:11:12.1234567Z '),
};

describe('takes off the presentation', () => {
  it.each(Object.entries(POSTED))('%s', (_, text) => {
    expect(textOf(text).filter((line) => line.trim() !== '')).toEqual(LINES);
  });
});

/** What somebody puts around what somebody put around a text. */
const AROUND: Readonly<Record<string, (text: string) => string>> = {
  quoted: (text) => text.replace(/^/gm, '> '),
  'standing in': (text) => text.replace(/^/gm, '    '),
  numbered: (text) =>
    text
      .split('\n')
      .map((line, i) => `${String(i + 1).padStart(5)}\t${line}`)
      .join('\n'),
  'in HTML': (text) => `<pre><code>${text.replaceAll('>', '&gt;')}</code></pre>`,
  'by a CI': (text) => text.replace(/^/gm, '2025-11-12T10:11:12.1234567Z '),
  'in a diff without its head': (text) => text.replace(/^/gm, '+'),
};

describe.each(Object.entries(AROUND))('takes off what is %s', (_, outer) => {
  it.each(Object.entries(AROUND).filter(([, inner]) => inner !== outer))('and %s before', (__, inner) => {
    expect(textOf(outer(inner(LINES.join('\n')))).filter((line) => line.trim() !== '')).toEqual(LINES);
  });
});

it('an empty line stands around what HTML shows as it is written', () => {
  expect(textOf('<p>It prints</p>\n<pre>Flags: fp asimd</pre>\n<p>thanks</p>')).toEqual(['It prints', '', 'Flags: fp asimd', '', 'thanks']);
});

it('makes rows of tables of names and values', () => {
  expect(textOf('| Field | Value |\n|---|---|\n| Model name: | `Cortex-A72` |\n| Flags | fp asimd |')).toEqual([
    'Model name: Cortex-A72',
    'Flags: fp asimd',
  ]);
});

it('takes off what Markdown needs to show brackets and underlines as they are', () => {
  expect(textOf('\\[    0.1] cpu\\_map \\[0x1]')).toEqual(['[    0.1] cpu_map [0x1]']);
  expect(textOf(' \\_ sh\n\\initrd.img')).toEqual([' \\_ sh', '\\initrd.img']);
});

it('leaves trees, bits in angle brackets and paths of sysfs alone', () => {
  const lines = [
    '├─sda1 8:1',
    '`-sda2 8:2',
    '|-sda3 8:3',
    '  *-core',
    '<CRC32>',
    '/sys/devices/system/cpu/cpu0/regs/identification/midr_el1:0x1',
  ];
  expect(textOf(lines.join('\n'))).toEqual(lines);
});

it('keeps the place of each line in the text as posted', () => {
  expect(peel('x\n> > y\n  3\tz').map(({ number, column }) => [number, column])).toEqual([
    [1, 0],
    [2, 4],
    [3, 0],
  ]);
});

it('an empty line between each two lines is no part of a listing', () => {
  const rows = ['processor : 0', 'Features : fp asimd', 'crc32 cpuid', 'CPU implementer : 0x41', 'CPU variant : 0x0', 'CPU part : 0xd08'];
  expect(textOf(rows.join('\n\n'))).toEqual(rows);
  const paragraphs = ['I have a board.', 'It stops.', 'Then I tried again.', 'And again.', 'Nothing helps.', 'Any hints?'].join('\n\n');
  expect(textOf(paragraphs)).toContain('');
});

// More lines than a function takes arguments.
it.each([
  ['added lines', '+ a\n'],
  ['rows of a table', '| a | b |\n'],
])('a text may have any number of %s', (_, line) => {
  const count = 200_000;
  expect(peel(line.repeat(count)).filter(({ text }) => text.trim() !== '')).toHaveLength(count);
});

it('a list in JSON may have any number of texts', async () => {
  expect(await unwrap(JSON.stringify(Array.from({ length: 200_000 }, () => 'processor : 0')))).toHaveProperty('embedded');
});
