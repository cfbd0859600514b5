import type { LogMessage } from './log-event.ts';

/** How urgent a line is, as in printk: 2 critical, 4 warning, 6 information. */
export type LogLevel = 2 | 4 | 6;

/** The level of each message: what stops a CPU is critical, what should not be so is a warning, all else is information. */
const LEVELS: Readonly<Record<LogMessage['code'], LogLevel>> = {
  'icache-policy': 6,
  override: 4,
  detected: 6,
  'detected-amu': 6,
  'detected-on': 6,
  'kpti-forced': 6,
  'kpti-not-configured': 6,
  'unknown-asid-size': 4,
  'smaller-asid': 2,
  conflict: 2,
  'will-not-boot': 2,
  'sanity-check': 4,
  'unsupported-variation': 4,
  'missing-hwcap': 2,
  'vector-lengths-missing': 4,
  'vector-lengths-unsupported': 4,
  'vector-length-mismatch': 2,
  'narrower-for-kvm': 2,
  'minimum-vector-length': 6,
  'maximum-vector-length': 6,
  'default-vector-length': 6,
  'unvirtualisable-vector-lengths': 4,
  'no-cache-writeback-granule': 4,
  'emulated-pan': 6,
  'asymmetric-32bit-el0': 6,
  'mitigation-disabled': 6,
  'started-at-el': 6,
  breakpoints: 6,
  kvm: 6,
};

/**
 * The level at which the kernel prints a message. They are those of kernels of today; an old one may differ in one of them.
 *
 * @see Linux `arch/arm64/kernel/cpufeature.c`, the uses of `pr_crit()`, `pr_warn()` and `pr_info()`.
 *
 * @example
 * ```js
 * logLevel({ code: 'icache-policy', policy: 'PIPT' }) // → 6
 * ```
 */
export function logLevel({ code }: LogMessage): LogLevel {
  return LEVELS[code];
}
