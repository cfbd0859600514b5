import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { findCoreRow } from '../silicon/core-row.ts';
import type { Midr } from '../silicon/midr.ts';
import { LLVM_CPU_ROWS } from './generated/llvm-cpus.ts';
import { emittedFeatures, LLVM, levelFeatures } from './march.ts';

/** What `-mcpu` (Clang) and `-C target-cpu` (Rust) would take for a core. */
export interface TargetCpu {
  /** Such as `neoverse-n1`. */
  readonly name: string;
  /** What it turns on and the machine has not: with it, a program may end with SIGILL. */
  readonly lacking: readonly ArchFeatureName[];
}

const EMITTED = emittedFeatures(LLVM);

/**
 * LLVM's name for a core.
 *
 * @param has - What programs may use on the machine.
 * @returns `undefined` if LLVM has none.
 *
 * @example
 * ```js
 * targetCpuFor({ implementer: 0x41, part: 0xfff }, new Set()) // → undefined
 * ```
 */
export function targetCpuFor(midr: Pick<Midr, 'implementer' | 'part'>, has: ReadonlySet<ArchFeatureName>): TargetCpu | undefined {
  const name = findCoreRow(midr)?.llvmCpu;
  const row = LLVM_CPU_ROWS.find((candidate) => candidate.name === name || candidate.aliases?.includes(name ?? '') === true);
  if (name === undefined || row === undefined) return undefined;
  const turned = new Set([...(row.level === undefined ? [] : levelFeatures(LLVM, row.level)), ...row.features]);
  return { name, lacking: [...turned].filter((feature) => EMITTED.has(feature) && !has.has(feature)).sort() };
}
