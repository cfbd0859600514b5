import { expect, it } from 'vitest';
import { ALL_REGISTERS } from '../../src/arch/register.ts';
import { EXTRA_REGISTERS, expandCpus } from '../../src/silicon/machine.ts';

const little = { registers: { MIDR_EL1: 0x410fd034n } };
const big = { registers: { MIDR_EL1: 0x410fd083n }, sveVl: [16], late: true };

it('writes runs out in order, one CPU where no count is given', () => {
  const cpus = expandCpus([{ ...little, count: 4 }, big]);
  expect(cpus).toEqual([little, little, little, little, big]);
});

it('shares the register file within a run', () => {
  const [first, second] = expandCpus([{ ...little, count: 2 }]);
  expect(second?.registers).toBe(first?.registers);
});

it('names no extra register that is among the ID registers already', () => {
  const known = new Set<string>(ALL_REGISTERS.map(({ name }) => name));
  expect(EXTRA_REGISTERS.filter((name) => known.has(name))).toEqual([]);
});
