import { expect, it } from 'vitest';
import { safeValue } from '../../../src/linux/bring-up/safe-value.ts';

// Linux arch/arm64/kernel/cpufeature.c, arm64_ftr_safe_value(): 6 stands for the table's safe value, which need be neither.
it.each([
  ['exact', 1n, 2n, 6n],
  ['lower', 1n, 2n, 1n],
  ['lower', 2n, -1n, -1n],
  ['higher', 1n, 2n, 2n],
  ['higher', 2n, 1n, 2n],
  ['higher-or-zero', 4n, 0n, 0n],
  ['higher-or-zero', 0n, 4n, 0n],
  ['higher-or-zero', 4n, 3n, 4n],
  ['higher-or-zero', 3n, 4n, 4n],
] as const)('%s of %d and %d is %d', (rule, a, b, safe) => {
  expect(safeValue(rule, a, b, 6n)).toBe(safe);
});
