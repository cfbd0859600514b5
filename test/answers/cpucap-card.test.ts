import { expect, it } from 'vitest';
import { allCpucaps, cpucapCard, cpucapDescription } from '../../src/answers/cpucap-card.ts';
import { errataOfCore } from '../../src/answers/erratum-cores.ts';
import { coreNamed } from '../../src/silicon/core.ts';

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

it.each([
  ['Neoverse-N1', 'WORKAROUND_1418040', 'of its own row'],
  ['Neoverse-N1', 'WORKAROUND_1542419', 'that a function tests'],
  ['Cortex-A72', 'SPECTRE_V3A', 'that a function tests'],
  ['Cortex-A76', 'WORKAROUND_REPEAT_TLBI_SYNC', 'of which options tell which cores'],
])('%s has %s, an erratum %s', (name, cpucap) => {
  expect(errataOfCore(coreNamed(name)!).map((erratum) => erratum.cpucap)).toContain(cpucap);
});

it('a core that a function calls safe has no such erratum', () => {
  expect(errataOfCore(coreNamed('Cortex-A53')!).map(({ cpucap }) => cpucap)).not.toContain('SPECTRE_BHB');
});
