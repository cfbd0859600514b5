import { expect, it } from 'vitest';
import { processOf } from '../../src/process/process.ts';
import { bootedCpu, handmadeSystem } from '../support/system.ts';

it.each([
  ['the first CPU that is online', [1, 2], 0x410f_d083n],
  ['the boot CPU, where none is', [], 0x410f_d034n],
])('a process of which nothing else is said starts on %s', (_, online, midr) => {
  const cpus = [0x410f_d034n, 0x410f_d083n, 0x611f_0221n].map((MIDR_EL1, index) => bootedCpu(index, { MIDR_EL1 }));
  expect(processOf(handmadeSystem({ cpus, online })).el0?.get('S3_0_C0_C0_0')).toBe(midr);
});

// Hardware gives DCZID_EL0 itself, not the kernel.
it.each([
  ['as it is', { DCZID_EL0: 4n }, 4n],
  ['not at all where it is not known', {}, undefined],
])('a process reads DCZID_EL0 %s', (_, registers, seen) => {
  const cpus = [bootedCpu(0, { MIDR_EL1: 0x410f_d034n, ...registers })];
  expect(processOf(handmadeSystem({ cpus, online: [0] })).el0?.get('S3_3_C0_C0_7')).toBe(seen);
});

it('a CPU that may run stands in /proc/cpuinfo by its number', () => {
  const cpus = [0, 1, 2].map((index) => bootedCpu(index, { MIDR_EL1: 0x410f_d034n }));
  const { cpuinfo } = processOf(handmadeSystem({ cpus, online: [0, 2], unknown: { online: [1] } }));
  expect(cpuinfo?.map(({ processor }) => processor)).toEqual([0, 1, 2]);
});
