import type { SafeRule } from '../release/rows.ts';

/**
 * Merges two values of a field into one that is safe to promise for both CPUs.
 *
 * @param fallback What the kernel's table calls the safe value; it need be neither of the two.
 * @see Linux `arch/arm64/kernel/cpufeature.c`, `arm64_ftr_safe_value()`.
 */
export function safeValue<T extends number | bigint>(rule: SafeRule, a: T, b: T, fallback: T): T {
  switch (rule) {
    case 'exact':
      return fallback;
    case 'lower':
      return a < b ? a : b;
    case 'higher-or-zero':
      if (!a) return a;
      if (!b) return b;
      return a > b ? a : b;
    case 'higher':
      return a > b ? a : b;
  }
}
