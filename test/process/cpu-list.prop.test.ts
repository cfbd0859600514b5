import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatCpuList } from '../../src/process/cpu-list.ts';

/** Reads a list of CPUs back. */
function expand(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Array.from({ length: last! - first! + 1 }, (_, i) => first! + i);
  });
}

const cpus = () => fc.uniqueArray(fc.nat(40)).map((numbers) => numbers.sort((a, b) => a - b));

it('a list of CPUs reads back as what was written', () => {
  fc.assert(
    fc.property(cpus(), (numbers) => {
      expect(expand(formatCpuList(numbers))).toEqual(numbers);
    }),
  );
});

it('neighbours always stand in one range', () => {
  fc.assert(
    fc.property(cpus(), (numbers) => {
      const gaps = numbers.filter((cpu, i) => i > 0 && cpu !== numbers[i - 1]! + 1).length;
      expect(formatCpuList(numbers).split(',').filter(Boolean).length).toBe(numbers.length === 0 ? 0 : gaps + 1);
    }),
  );
});
