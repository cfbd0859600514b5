import { describe, expect, it } from 'vitest';
import { spliced } from '../../../spec-data/import/docs.ts';

const TEXT = `{
  "rows": [
    { "name": "a", "since": "1.0" },
    {
      "name": "c",
      "since": "1.0",
      "changes": [{ "since": "2.0", "value": 1 }]
    }
  ]
}
`;

function edited(edit: (rows: { name: string; [member: string]: unknown }[]) => void): string {
  const doc = JSON.parse(TEXT);
  edit(doc.rows);
  const text = spliced(TEXT, doc);
  expect(JSON.parse(text)).toEqual(doc);
  return text;
}

describe('an edit of a JSON text', () => {
  it('leaves a text as it is where nothing changes', () => {
    expect(edited(() => {})).toBe(TEXT);
  });

  it('puts a row between others and leaves their form', () => {
    const text = edited((rows) => rows.splice(1, 0, { name: 'b', since: '2.0' }));
    expect(text).toBe(TEXT.replace('    {\n      "name": "c"', '    {"name":"b","since":"2.0"},\n{\n      "name": "c"'));
  });

  it('adds rows and steps at several ends at once', () => {
    edited((rows) => {
      (rows[1]!.changes as unknown[]).push({ since: '3.0', value: 2 }, { since: '4.0', value: 3 });
      rows.push({ name: 'd', since: '2.0' }, { name: 'e', since: '2.0' });
    });
  });

  it('changes a row and puts another in front of it', () => {
    edited((rows) => {
      rows[1]!.until = '5.0';
      rows.splice(1, 0, { name: 'b', since: '2.0' });
    });
  });

  it('takes rows away', () => {
    edited((rows) => rows.splice(0, 1));
  });
});
