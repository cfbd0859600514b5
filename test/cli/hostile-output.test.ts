import { describe, expect, it } from 'vitest';
import { run } from '../support/fake-io.ts';

/** A name that would colour the terminal, clear it, ring, and turn the writing direction. */
const NAME = 'a\u001b[31m\u009b2J\u0007\u202eb\r.txt';
const DUMP = `MIDR_EL1: 0x410fd0c0\nID_AA64PFR0_EL1: 0x11\n${NAME}\n`;
const FILES = {
  [NAME]: DUMP,
  '-': DUMP,
  [`dir/${NAME}`]: DUMP,
  'dir/other.txt': 'nothing of a machine',
  'record.ndjson': `${JSON.stringify({ id: NAME, kernel: { release: '6.12.107', cmdline: NAME }, cpus: [{ registers: { MIDR_EL1: '0x1' } }] })}\n${NAME}\n`,
};

const CALLS: readonly (readonly string[])[] = [
  [NAME],
  ['help', NAME],
  [`--${NAME}`],
  ['derive', NAME],
  ['derive', NAME, '--json'],
  ['derive', NAME, `--${NAME}`],
  ['derive', NAME, '-k', NAME],
  ['derive', NAME, '-k', '6.12', '-c', NAME],
  ['derive', NAME, '-k', '6.12', '--cmdline', NAME],
  ['derive', NAME, '--env', NAME],
  ['derive', NAME, '--fields', NAME],
  ['derive', NAME, '--from', NAME],
  ['derive', NAME, '--set', NAME],
  ['derive', NAME, '--mask', NAME],
  ['derive', NAME, '--template', NAME],
  ['derive', '--machine', NAME],
  ['derive', '--ndjson', 'record.ndjson'],
  ['boot', NAME, '--cmdline', NAME],
  ['boot', NAME, '--cmdline', NAME, '--json'],
  ['boot', NAME, '--log', '--cmdline', NAME],
  ['why', NAME, NAME],
  ['why', 'fp', NAME, '--cmdline', NAME],
  ['mrs', NAME],
  ['mrs', 'MIDR_EL1', NAME],
  ['decode', NAME],
  ['decode', 'MIDR_EL1', NAME],
  ['diff', NAME, 'kunpeng-920', '--cmdline', NAME],
  ['diff', NAME, 'kunpeng-920', '--json'],
  ['level', NAME],
  ['level', NAME, '--at-least', NAME],
  ['baseline', NAME, 'kunpeng-920'],
  ['baseline', NAME, 'kunpeng-920', '--json'],
  ['infer', `fp ${NAME}`],
  ['guest', 'dir'],
  ['audit', 'dir', NAME],
  ['audit', 'dir', NAME, '--json'],
  ['audit', 'dir', NAME, '--csv'],
  ['list', NAME],
  ['list', 'machine', NAME],
  ['completion', NAME],
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/;

describe.each([false, true])('what comes from outside is escaped (coloured: %s)', (color) => {
  it.each(CALLS.map((args, i) => ({ i, args, command: args[0] === NAME ? 'NAME' : args[0] })))('call $i: $command', async ({ args }) => {
    const { out, err, code } = await run(args, FILES, { color });
    expect(code).toBeLessThan(4);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what colours text
    const plain = (text: string): string => (color ? text.replaceAll('a\u001b[31m', 'LEAKED').replace(/\x1b\[\d+m/g, '') : text);
    for (const text of [plain(out), plain(err)]) {
      expect(text).not.toMatch(CONTROLS);
      expect(text).not.toContain('LEAKED');
    }
  });
});
