import { fieldBits } from '../arch/field-bits.ts';
import type { FieldPath, RegisterName } from '../arch/register.ts';
import { maskOf } from '../bits/field.ts';
import { knownWord } from '../bits/partial-word.ts';
import { type Cpu, listedWord } from './machine.ts';

/**
 * Registers that describe an extension, and the fields that say whether it is there: without it the register reads as zero.
 *
 * @see Arm ARM DDI 0487, "ID_AA64ZFR0_EL1, SVE Feature ID Register 0", "ID_AA64SMFR0_EL1, SME Feature ID Register 0".
 */
const EXTENSION_FIELDS: ReadonlyMap<RegisterName, readonly FieldPath[]> = new Map<RegisterName, readonly FieldPath[]>([
  ['ID_AA64ZFR0_EL1', ['ID_AA64PFR0_EL1.SVE', 'ID_AA64PFR1_EL1.SME']],
  ['ID_AA64SMFR0_EL1', ['ID_AA64PFR1_EL1.SME']],
]);

/** The registers that describe an extension. */
export const EXTENSION_REGISTERS: readonly RegisterName[] = [...EXTENSION_FIELDS.keys()];

/** Whether the fields of an extension say that it is or may be there, so that nothing tells that the register that describes it is zero. */
export function isPromised(cpu: Pick<Cpu, 'registers' | 'partly'>, name: RegisterName): boolean {
  const fields = EXTENSION_FIELDS.get(name) ?? [];
  return fields.some((path) => {
    const { register, ...bits } = fieldBits(path);
    const { value, open } = listedWord(cpu, register) ?? knownWord(0n);
    return ((value | open) & maskOf(bits)) !== 0n;
  });
}

/** Whether a CPU's registers show that it lacks an extension; false where they leave that open. */
function lacks({ registers, partly }: Cpu, path: FieldPath): boolean {
  const { register, ...bits } = fieldBits(path);
  const value = registers[register];
  if (value !== undefined) return (value & maskOf(bits)) === 0n;
  const word = partly?.[register];
  return word !== undefined && ((word.value | word.open) & maskOf(bits)) === 0n;
}

/** A CPU with the registers that read as zero by what its other registers say, where nothing is known of them. */
export function withImplied(cpu: Cpu): Cpu {
  const zeros = [...EXTENSION_FIELDS].flatMap(([name, fields]) =>
    cpu.registers[name] === undefined && cpu.partly?.[name] === undefined && fields.every((field) => lacks(cpu, field))
      ? [[name, 0n] as const]
      : [],
  );
  return zeros.length === 0 ? cpu : { ...cpu, registers: { ...cpu.registers, ...Object.fromEntries(zeros) } };
}
