import { describe, expect, it } from 'vitest';
import { Journal, type JournalEntry, joinEntries, seenIn } from '../../../src/linux/log/journal.ts';
import type { LogEvent } from '../../../src/linux/log/log-event.ts';

/** A line that a capability was found, on a CPU or on the system. */
function line(description: string, cpu?: number): LogEvent {
  return { phase: 'system', source: 'cpufeature', code: 'detected', description, erratum: false, ...(cpu === undefined ? {} : { cpu }) };
}

const sure = (event: LogEvent): JournalEntry => ({ event, open: false });
const open = (event: LogEvent): JournalEntry => ({ event, open: true });
const [A, B] = [line('A'), line('B')];

describe('what several ways of a boot printed', () => {
  it.each<[string, readonly (readonly JournalEntry[])[], boolean, readonly JournalEntry[]]>([
    ['one way, which is all there are', [[sure(A), open(B)]], true, [sure(A), open(B)]],
    ['one way of more than these', [[sure(A)]], false, [open(A)]],
    ['nothing', [[], []], true, []],
    ['each the same', [[sure(A)], [sure(A)]], true, [sure(A)]],
    ['each another', [[sure(A)], [sure(B)]], true, [open(A), open(B)]],
    ['one a line, the other none', [[sure(A)], []], true, [open(A)]],
    ['one of which it is not known', [[sure(A)], [open(A)]], true, [open(A)]],
    ['the same, of more ways than these', [[sure(A)], [sure(A)]], false, [open(A)]],
  ])('%s', (_, ways, isAll, joined) => {
    expect(joinEntries(ways, isAll)).toEqual(joined);
  });
});

describe('a journal', () => {
  const journalOf = (...entries: readonly JournalEntry[]): Journal => {
    const journal = new Journal();
    for (const { event, open: isOpen } of entries) journal.print(event, isOpen);
    return journal;
  };

  it('repeats of another CPU what was printed of one, from a line on and up to another', () => {
    const journal = journalOf(sure(line('A', 1)), sure(line('B', 1)), open(line('C', 2)), sure(B));
    journal.repeat(1, 3, 1, 5);
    expect(journal.entries.slice(4)).toEqual([sure(line('B', 5)), open(line('C', 2))]);
  });

  it('keeps nothing of a piece apart, also of one that throws', () => {
    const journal = journalOf(sure(A));
    expect(journal.apart(() => journal.print(B, true))).toEqual([open(B)]);
    expect(() =>
      journal.apart(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(journal.entries).toEqual([sure(A)]);
  });

  it('adds lines as they are, or as open ones', () => {
    const journal = journalOf();
    journal.add([sure(A)], false);
    journal.add([sure(B)], true);
    expect(journal.entries).toEqual([sure(A), open(B)]);
  });

  it('is settled where it is open, by what somebody knows', () => {
    const journal = journalOf(sure(A), open(A), open(B), open(line('C')));
    journal.settle((event) => (event.code === 'detected' && event.description === 'C' ? undefined : event === B));
    expect(journal.entries).toEqual([sure(A), sure(B), open(line('C'))]);
  });

  it('has a line once that is printed once, on whichever CPU, if one of several is certain', () => {
    const journal = journalOf(open(line('A', 0)), sure(B), sure(line('A', 1)), open(line('A', 2)));
    journal.joinRepeated(() => true);
    expect(journal.entries).toEqual([sure(A), sure(B)]);
  });

  it.each<[string, readonly JournalEntry[], boolean]>([
    ['none of several is certain', [open(line('A', 0)), open(line('A', 1))], true],
    ['there is one', [sure(line('A', 1))], true],
    ['it may be printed of each', [sure(line('A', 0)), open(line('A', 1))], false],
  ])('leaves lines as they are where %s', (_, entries, isOnce) => {
    const journal = journalOf(...entries);
    journal.joinRepeated(() => isOnce);
    expect(journal.entries).toEqual(entries);
  });
});

it.each([
  ['of no CPU, whichever CPU it is', [{ code: 'detected', description: 'A' }], [undefined, 3], [true, true]],
  ['of a CPU, of that one', [{ code: 'detected', description: 'A', cpu: 3 }], [undefined, 3, 4], [false, true, false]],
  ['of two CPUs, of each', [3, 4].map((cpu) => ({ code: 'detected', description: 'A', cpu })), [3, 4, 5], [true, true, false]],
  ['of something else, of none', [{ code: 'detected', description: 'B' }], [undefined, 3], [false, false]],
] as const)('a line that was seen stands for one %s', (_, seen, cpus, stand) => {
  const isSeen = seenIn(seen as Parameters<typeof seenIn>[0]);
  expect(cpus.map((cpu) => isSeen(line('A', cpu)))).toEqual(stand);
});
