import type { SafeRule } from '../release/rows.ts';

/**
 * Merges two values of a field into one that is safe to promise for both CPUs.
 *
 * @param fallback What the kernel's table calls the safe value; it need be neither of the two.
 * @see Linux `arch/arm64/kernel/cpufeature.c`, `arm64_ftr_safe_value()`.
 */
export function safeValue(rule: SafeRule, a: bigint, b: bigint, fallback: bigint): bigint {
  switch (rule) {
    case 'exact':
      return fallback;
    case 'lower':
      return a < b ? a : b;
    case 'higher-or-zero':
      if (a === 0n || b === 0n) return 0n;
      return a > b ? a : b;
    case 'higher':
      return a > b ? a : b;
  }
}
