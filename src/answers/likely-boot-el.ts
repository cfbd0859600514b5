import { hasEl2 } from '../linux/environment.ts';
import type { KnownMachine } from '../silicon/known-machine.ts';

/**
 * The exception level at which a kernel is entered on a known machine, where no recording says it: EL1 in a virtual machine, and on the
 * machine itself EL2 if it has that.
 *
 * @returns `undefined` if that is not known.
 */
export function likelyBootEl({ kind, machine, recorded }: Pick<KnownMachine, 'kind' | 'machine' | 'recorded'>): 1 | 2 | undefined {
  if (recorded?.bootEl !== undefined) return recorded.bootEl;
  if (kind === 'virtual-machine') return 1;
  const has = hasEl2(machine);
  if (has === false) return 1;
  return has === true && kind !== 'recorded' ? 2 : undefined;
}
