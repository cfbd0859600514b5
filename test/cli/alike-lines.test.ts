import { describe, expect, it } from 'vitest';
import { AlikeLines, namedLine } from '../../src/cli/alike-lines.ts';
import { run } from '../support/fake-io.ts';

describe('lines that are equal but for the id', () => {
  it('are told by their rest, if the line begins with an id that means nothing but itself', () => {
    expect(namedLine('{"id":"a 1","x":0}')).toEqual({ id: '"a 1"', rest: ',"x":0}' });
    expect(namedLine('{ "id": 7 , "x":0}')).toEqual({ id: '7', rest: ', "x":0}' });
    for (const other of ['{"id":"\\u0061","x":0}', '{"id":07,"x":0}', '{"id":-1,"x":0}', '{"x":0,"id":1}', '{"id":1}', 'id 1'])
      expect(namedLine(other)).toBeUndefined();
  });

  it('are kept up to some size, those that were asked for last', () => {
    const kept = new AlikeLines<number>(100);
    const line = (name: string) => namedLine(`{"id":1,"${name}":0}`)!;
    for (const [i, name] of ['a', 'b', 'c', 'd'].entries()) {
      kept.keep(line(name), i, 15);
      expect(kept.get(line('a'))).toBe(0);
    }
    kept.keep(line('e'), 4, 15);
    expect(['a', 'b', 'c', 'd', 'e'].filter((name) => kept.get(line(name)) !== undefined)).toEqual(['a', 'c', 'd', 'e']);
    kept.keep(line('large'), 5, 1000);
    expect(kept.get(line('large'))).toBeUndefined();
  });

  it('get the same answers from derive --ndjson as each gets alone', async () => {
    const line = (id: unknown, more = '') =>
      `{"id":${JSON.stringify(id)},"kernel":{"release":"6.12"},"cpus":[{"registers":{"ID_AA64PFR0_EL1":"0x11","NONE":"0x1"}}]${more}}\n`;
    const bad = (id: number) => `{"id":${id},"kernel":{"release":"6.12"},"cpus":[]}\n`;
    const lines = [
      line('a'),
      line('b'),
      line(3),
      line('é'),
      line('c', ',"id":"d"'),
      line('e', ',"id":"d"'),
      line('d', ',"id":"d"'),
      bad(1),
      bad(2),
    ];
    const together = await run(['derive', '--ndjson'], { '-': lines.join('') });
    const alone = await Promise.all(lines.map((one) => run(['derive', '--ndjson'], { '-': one })));
    expect(together.out.replace(/line \d/g, 'line 1')).toBe(alone.map(({ out }) => out).join(''));
  });

  it('are machines of their own to audit', async () => {
    const line = (id: number, pfr0: string) =>
      `{"id":${id},"unlisted":"zero","kernel":{"release":"6.12"},"cpus":[{"registers":{"MIDR_EL1":"0x410fd083","ID_AA64PFR0_EL1":"${pfr0}"}}]}\n`;
    const { out } = await run(['audit', 'fleet.ndjson', '--csv'], {
      'fleet.ndjson': [1, 2, 3].map((id) => line(id, '0x11')).join('') + line(4, '0x22'),
    });
    const rows = out.trimEnd().split('\n').slice(1);
    expect(rows.map((row) => row.split(',')[0])).toEqual([1, 2, 3, 4].map((number) => `fleet.ndjson:${number}`));
    expect(new Set(rows.slice(0, 3).map((row) => row.slice(row.indexOf(',')))).size).toBe(1);
  });
});
