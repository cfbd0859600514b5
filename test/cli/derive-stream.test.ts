import { describe, expect, it } from 'vitest';
import { CommandError, EXIT } from '../../src/cli/io.ts';
import { run } from '../support/fake-io.ts';

const record = (id: unknown, more: object = {}) =>
  JSON.stringify({ id, kernel: { release: '6.12' }, cpus: [{ registers: { ID_AA64PFR0_EL1: '0x11' } }], ...more });

async function derive(lines: string | readonly Uint8Array[], ...options: string[]) {
  const result = await run(['derive', '--ndjson', ...options], { '-': lines });
  return {
    ...result,
    answers: result.out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
}

describe('derive --ndjson', () => {
  it('answers in order, also in the midst of errors, and skips blank lines', async () => {
    const lines = [
      record(1),
      '',
      '{"id":2,',
      '   ',
      record(3, { cpus: [] }),
      '[]',
      record(4, { kernel: { release: '9.9' } }),
      record(5),
      record(6, { kernel: { release: '6.1', config: 'none' } }),
    ];
    const { code, answers, err } = await derive(`${lines.join('\n')}\n`, '--fields', 'hwcaps');
    expect(answers.map(({ id, error }) => [id, error?.code ?? 'ok'])).toEqual([
      [1, 'ok'],
      [2, 'bad-json'],
      [3, 'bad-record'],
      [null, 'bad-record'],
      [4, 'unknown-release'],
      [5, 'ok'],
      [6, 'bad-config'],
    ]);
    expect(answers[0].hwcaps.names).toEqual(['fp', 'asimd', 'evtstrm', 'cpuid']);
    expect(answers[2].error.message).toMatch(/^line 5: cpus: expected/);
    expect(code).toBe(3);
    expect(err).toBe('5 lines could not be answered; the errors stand in their places\n');
  });

  it('takes an empty stream, a byte order mark, and a last line without line feed', async () => {
    expect(await derive('')).toMatchObject({ code: 0, out: '', err: '' });
    expect((await derive(`\ufeff${record('a')}`)).answers).toMatchObject([{ id: 'a' }]);
  });

  it('gives one answer a line, with every part unless some are asked for', async () => {
    const { answers } = await derive(`${record('a')}\n${record('a')}\n`);
    expect(answers).toHaveLength(2);
    expect(answers[0]).toHaveProperty('sanitised.ID_AA64PFR0_EL1');
    const { answers: few } = await derive(record('a'), '--fields', 'online,panic');
    expect(few).toEqual([{ id: 'a', online: [0], panic: null }]);
  });

  it('says that parts were passed over where the answers do not', async () => {
    const lines = `${record(1, { cpus: [{ registers: { ID_AA64PRF0_EL1: '0x1' } }] })}\n${record(2)}\n`;
    const hidden = await derive(lines, '--fields', 'hwcaps');
    expect(hidden).toMatchObject({ code: 0, err: '1 line has parts that were passed over; --fields diagnostics names them\n' });
    const shown = await derive(lines, '--fields', 'online,diagnostics');
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.answers[0].diagnostics).toContainEqual(expect.objectContaining({ code: 'unknown-register' }));
  });

  it('refuses a line of 100 MB in its place, without keeping it, and goes on', async () => {
    const piece = new Uint8Array(10_000_000).fill(0x61);
    const text = (value: string) => new TextEncoder().encode(value);
    const { code, answers } = await derive(
      [text(`${record(1)}\n{"id":"big","x":"`), ...new Array<Uint8Array>(10).fill(piece), text(`"}\n${record(2)}\n`)],
      '--fields',
      'online',
    );
    expect(answers).toEqual([
      { id: 1, online: [0] },
      { id: 'big', error: { code: 'line-too-long', message: 'line 2: the line is longer than 64 MiB' } },
      { id: 2, online: [0] },
    ]);
    expect(code).toBe(3);
  });

  it('hands on the answers of one piece of input before it takes the next', async () => {
    const events: string[] = [];
    const encoder = new TextEncoder();
    await run(
      ['derive', '--ndjson', '--fields', 'online'],
      {},
      {
        async *stream() {
          for (const id of [1, 2]) {
            events.push(`read ${id}`);
            yield encoder.encode(`${record(id)}\n`);
          }
        },
        async write(text) {
          events.push(`write ${JSON.parse(String(text)).id}`);
        },
      },
    );
    expect(events).toEqual(['read 1', 'write 1', 'read 2', 'write 2']);
  });

  it('ends with one line and 4 when nobody reads any more', async () => {
    const result = await run(
      ['derive', '--ndjson'],
      { '-': `${record(1)}\n` },
      {
        write: () => Promise.reject(new CommandError(EXIT.failed, 'standard output: nobody reads it any more')),
      },
    );
    expect(result).toEqual({ code: 4, out: '', err: 'armlens: standard output: nobody reads it any more\n' });
  });

  it.each([
    [['--kernel', '6.1'], '--ndjson takes no --kernel'],
    [['--fields', 'hwcap'], 'there is no part hwcap; did you mean hwcaps?'],
    [['--fields', 'nonsense-all-over'], 'there are hwcaps, compat'],
  ])('%j is a usage error', async (options, message) => {
    const { code, err } = await derive('', ...options);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
