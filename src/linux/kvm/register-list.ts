import { formatEncoding, registerAt } from '../../arch/encoding.ts';
import { ID_REGISTER_NAMES } from '../../arch/field-bits.ts';
import { EXTRA_REGISTERS, type SystemRegisterName } from '../../silicon/machine.ts';

/** The name of the register at an encoding of the ID space: Arm's, or the generic one where none is allocated. */
function nameAt(crm: number, op2: number): string {
  const encoding = { op0: 3, op1: 0, crn: 0, crm, op2 };
  return registerAt(encoding) ?? formatEncoding(encoding);
}

/** Every encoding of the ID space proper (op0 3, op1 0, CRn 0, CRm 1 to 7), which KVM traps and lists. */
export const ID_SPACE: readonly string[] = Array.from({ length: 56 }, (_, i) => nameAt(1 + (i >> 3), i & 7));

const HELD: ReadonlySet<string> = new Set([...ID_REGISTER_NAMES, ...EXTRA_REGISTERS]);

/** Whether a machine can hold a register. */
export function isSystemRegister(name: string): name is SystemRegisterName {
  return HELD.has(name);
}
