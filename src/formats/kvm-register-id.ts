import { formatEncoding, packEncoding, parseEncoding, type SystemRegisterEncoding, unpackEncoding } from '../arch/encoding.ts';
import { genericNameOf } from '../process/mrs.ts';
import type { SystemRegisterName } from '../silicon/machine.ts';
import { registerOfEncoding } from '../silicon/register-at.ts';

/** KVM's id of a 64-bit arm64 system register with all operands 0: architecture, size, and the group "system register". */
const SYSTEM_REGISTER = 0x6030_0000_0013_0000n;

/** The bits of a KVM id that tell the architecture and the group. */
const ARCHITECTURE = 0xff00_0000_0000_0000n;
const GROUP = 0x0fff_0000n;
const ARM64 = 0x6000_0000_0000_0000n;

/** The part of a KVM id that tells the encoding. */
const OPERANDS = 0xffffn;

/** What other groups of KVM ids hold. */
const GROUPS: Readonly<Record<number, string>> = {
  16: 'a core register (PC, SP, general or vector registers)',
  17: 'a cache size register',
  20: 'a firmware register',
  21: 'an SVE register',
  22: 'a bitmap of firmware features',
};

/** What a KVM id stands for. */
export type KvmRegister =
  | { readonly kind: 'known'; readonly name: SystemRegisterName }
  /** Something that no ID-register file has room for; `words` go behind "is". */
  | { readonly kind: 'other'; readonly words: string };

/**
 * What a KVM register id stands for.
 *
 * @example
 * ```js
 * resolveKvmId(0x603000000013c000n) // → { kind: 'known', name: 'MIDR_EL1' }
 * ```
 */
export function resolveKvmId(id: bigint): KvmRegister {
  if ((id & ARCHITECTURE) !== ARM64) return { kind: 'other', words: 'no register of arm64' };
  if ((id & ~OPERANDS) !== SYSTEM_REGISTER) {
    return { kind: 'other', words: GROUPS[Number((id & GROUP) >> 16n)] ?? 'a register of a group that is not known' };
  }
  const encoding = unpackEncoding(Number(id & OPERANDS));
  const name = registerOfEncoding(encoding);
  if (name !== undefined) return { kind: 'known', name };
  return { kind: 'other', words: `the system register ${formatEncoding(encoding)}, which is no ID register` };
}

/** The encoding of a register, of those outside the ID space too. */
export function encodingOfAny(register: SystemRegisterName): SystemRegisterEncoding {
  return parseEncoding(genericNameOf(register))!;
}

/**
 * The id by which KVM knows a register.
 *
 * @see Linux `arch/arm64/include/uapi/asm/kvm.h`, `ARM64_SYS_REG`.
 *
 * @example
 * ```js
 * kvmIdOf('MIDR_EL1') // → 0x603000000013c000n
 * ```
 */
export function kvmIdOf(register: SystemRegisterName): bigint {
  return SYSTEM_REGISTER | BigInt(packEncoding(encodingOfAny(register)));
}
