import { beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { loadAllCommands } from '../../src/cli/commands.ts';
import { run, widest } from '../support/fake-io.ts';

const FILES = {
  'n1.txt': 'MIDR_EL1 0x410fd400\nCTR_EL0 0x8444c004\nID_AA64PFR0_EL1 0x1101000110111111\nID_AA64ISAR0_EL1 0x10211120\n',
  'mask.txt': 'ID_AA64PFR0_EL1[35:32] = 0\n',
  'template.json': JSON.stringify({
    reg_modifiers: [{ addr: '0x603000000013c020', bitmap: `0b${'x'.repeat(28)}0000${'x'.repeat(32)}` }],
  }),
};

let commands: readonly Command[] = [];
beforeAll(async () => {
  commands = await loadAllCommands();
});

/** The commands that boot a machine, with what each needs besides it. */
const MACHINE_COMMANDS: readonly (readonly string[])[] = [
  ['derive'],
  ['decode'],
  ['boot'],
  ['mrs', 'ID_AA64PFR0_EL1'],
  ['why', 'sve'],
  ['level'],
  ['baseline'],
  ['runtime'],
];

describe('an option', () => {
  it('is spelled alike, described alike and takes a value alike in every command that has it', () => {
    const kinds = new Map<string, Set<string>>();
    for (const { flags } of commands.flatMap(({ options }) => options)) {
      const name = /--[\w-]+/.exec(flags)![0];
      kinds.set(name, (kinds.get(name) ?? new Set()).add(flags));
    }
    expect([...kinds].filter(([, spellings]) => spellings.size > 1)).toEqual([]);
  });

  it('is not described twice in one command', () => {
    for (const { options } of commands) {
      const names = options.map(({ flags }) => /--[\w-]+/.exec(flags)![0]);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe.each(MACHINE_COMMANDS)('%s %s', (...words) => {
  const call = words.filter((word) => word !== undefined);

  it.each([
    ['--mask', 'mask.txt'],
    ['--template', 'template.json'],
    ['--set', 'ID_AA64PFR0_EL1.SVE=0'],
  ])('takes %s %s, and gives what it gives of a machine that is so', async (...guest) => {
    const kernel = ['-k', '6.12', '-c', 'debian', '--cmdline', 'quiet'];
    const { code, out, err } = await run([...call, 'n1.txt', ...guest, ...kernel, '--json'], FILES);
    expect({ code, err: err.includes('armlens:') }).toEqual({ code: words[0] === 'why' ? 1 : 0, err: false });
    const none = { ...FILES, 'n1.txt': FILES['n1.txt'].replace('0x1101000110111111', '0x1101000010111111') };
    // A guest starts at EL1, as only these commands show.
    const startsAtEl1 = words[0] === 'derive' || words[0] === 'boot' ? ['--env', '{"bootEl":1}'] : [];
    const masked = await run([...call, 'n1.txt', ...kernel, ...startsAtEl1, '--json'], none);
    const plain = await run([...call, 'n1.txt', ...kernel, '--json'], FILES);
    expect(out).not.toBe(plain.out);
    const found = (text: string): object => ({ ...JSON.parse(text.replaceAll('n1.txt as a guest', 'n1.txt')), subject: undefined });
    if (words[0] !== 'why') expect(found(out)).toEqual(found(masked.out));
  });

  it('takes a known machine by --machine and as a word', async () => {
    const byOption = await run([...call, '--machine', 'raspberry-pi-4', '-k', '6.12', '--json']);
    const byWord = await run([...call, 'raspberry-pi-4', '-k', '6.12', '--json']);
    expect(byOption).toEqual(byWord);
    expect(byWord.out).not.toBe('');
  });
});

describe('decode', () => {
  it('decodes the registers as a program reads them', async () => {
    const { out } = await run(['decode', 'n1.txt', '--as', 'el0', '-k', '6.12'], FILES);
    expect(out).toContain('ID_AA64PFR0_EL1 = 0x0001000100110011');
  });
});

describe('a command line that is wrong ends with one line that helps', () => {
  it.each([
    [['derive', 'n1.txt', '-k', '6.1', '--kernel', '6.12'], '--kernel: given twice'],
    [['derive', 'n1.txt', '-c', 'debian', '-c', 'debian'], '--config: given twice'],
    [['why', 'sve', 'n1.txt', '--cmdline', 'a', '--cmdline', 'b'], '--cmdline: given twice'],
    [['help', 'foo'], 'there is no command foo; there are derive, '],
    [['foo'], 'there is no command foo; there are derive, '],
    [['help', 'boto'], 'there is no command boto; did you mean boot?'],
    [['rk3588'], 'did you mean armlens derive rk3588?'],
    [['derive', 'n1.txt', '--kernal', '6.1'], 'did you mean --kernel?'],
    [['derive', 'n1.txt', '--xyzzy'], 'armlens derive --help lists them'],
    [['derive', 'n1.txt', '--kernel'], '--kernel: a value is missing'],
    [['derive', 'ampere-altr', '-k', '6.1'], 'did you mean ampere-altra?'],
    [['derive', 'zzzzzz', '-k', '6.1'], 'no machine zzzzzz'],
    [['decode', 'n1.txt', '--as', 'me'], 'there is no reader me; there are silicon, kernel, el0'],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await run(argv, FILES);
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toContain(message);
    expect(err.startsWith('armlens: ')).toBe(true);
  });
});

describe('the help', () => {
  it.each([80, 70])('fits %d columns, but for a word that does not', async (columns) => {
    for (const name of ['', ...commands.map((command) => command.name)]) {
      const { code, out } = await run(name === '' ? ['--help'] : ['help', name], {}, { columns });
      expect(code).toBe(0);
      const prose = out.split('\n').filter((line) => !line.startsWith('  armlens ') && !line.includes('https://'));
      expect(widest(prose.join('\n')), name).toBeLessThanOrEqual(columns);
    }
  });
});
