import { fieldSetOf, setMembers } from '../bits/partial-word.ts';
import type { KnownMachine } from '../silicon/known-machine.ts';
import { type Machine, registerWord } from '../silicon/machine.ts';

/** The place of ID_AA64PFR0_EL1.EL2. */
const EL2_LSB = 8;

/** Whether the boot CPU has EL2; `undefined` if that is not known. */
function hasEl2(machine: Machine): boolean | undefined {
  const [boot] = machine.cpus;
  const word = boot && registerWord(machine, boot, 'ID_AA64PFR0_EL1');
  const values = word && setMembers(fieldSetOf(word, EL2_LSB, 4));
  if (values === undefined || values.every((value) => value === 0)) return false;
  return values.every((value) => value !== 0) ? true : undefined;
}

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
