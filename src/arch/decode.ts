import type { RegisterName } from './generated/names.ts';
import { REGISTERS } from './generated/registers.ts';
import type { RegisterVariant } from './register-descriptor.ts';
import { type DecodedRegister, splitWord } from './split-word.ts';

export { archFeaturesAt, type DecodedField, type DecodedRegister } from './split-word.ts';

/**
 * Splits a register's value into its fields.
 *
 * @param value - The register; bits above 63 are ignored.
 * @param variant - The layout, for CCSIDR_EL1; absent: `legacy`.
 *
 * @example
 * ```js
 * decodeRegister('ID_AA64ISAR1_EL1', 0x20_0000n).fields.find(({ field }) => field.name === 'LRCPC').name // → 'LRCPC2'
 * ```
 */
export function decodeRegister(name: RegisterName, value: bigint, variant?: RegisterVariant): DecodedRegister {
  return splitWord(REGISTERS[name], value, variant);
}
