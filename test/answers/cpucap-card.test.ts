import { expect, it } from 'vitest';
import { allCpucaps, cpucapCard, cpucapDescription } from '../../src/answers/cpucap-card.ts';

it('every cpucap has a description: what kernels print when they find it, or words of ours', () => {
  const without = allCpucaps().filter((name) => cpucapDescription(cpucapCard(name)!) === '');
  expect(without).toEqual([]);
});

it('words of ours stand only where kernels print nothing', () => {
  const both = allCpucaps().flatMap((name) =>
    cpucapCard(name)!.rows.filter(({ about, newest }) => about !== undefined && newest.description !== undefined),
  );
  expect(both).toEqual([]);
});
