import type { Machine } from '../../silicon/machine.ts';

/** Which CPUs an edit is made on: all, those that are the same core, or the one that is shown. */
export const EDIT_SCOPES = ['all', 'alike', 'one'] as const;

/** One of {@link EDIT_SCOPES}. */
export type EditScope = (typeof EDIT_SCOPES)[number];

/** The CPUs of a scope, by index; `undefined`: all. */
export function cpusOfScope(scope: EditScope, { cpus }: Machine, cpu: number): readonly number[] | undefined {
  if (scope === 'all' || cpus.length === 1) return undefined;
  if (scope === 'one') return [cpu];
  const midr = cpus[cpu]?.registers.MIDR_EL1;
  const alike = [...cpus.keys()].filter((index) => cpus[index]?.registers.MIDR_EL1 === midr);
  return alike.length === cpus.length ? undefined : alike;
}
