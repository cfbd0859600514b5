import { encodingOf } from '../arch/encoding.ts';
import type { RegisterName } from '../arch/register.ts';
import type { FieldSetting } from './baseline-registers.ts';

/** One register of a CPU template: which bits a guest finds set and cleared; `x` leaves a bit as it is. */
export interface RegisterModifier {
  /** KVM's id of the register, such as `0x603000000013c020` for ID_AA64PFR0_EL1. */
  readonly addr: string;
  /** `0b` and 64 of `0`, `1` and `x`, from the top bit down. */
  readonly bitmap: string;
}

/** A CPU template as Firecracker takes it. */
export interface GuestTemplate {
  readonly reg_modifiers: readonly RegisterModifier[];
}

/** KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM64_SYSREG. */
const KVM_SYSREG = 0x6030_0000_0013_0000n;

/** KVM's id of a system register. */
function kvmRegisterId(name: RegisterName): string {
  const { op0, op1, crn, crm, op2 } = encodingOf(name);
  return `0x${(KVM_SYSREG | BigInt((op0 << 14) | (op1 << 11) | (crn << 7) | (crm << 3) | op2)).toString(16)}`;
}

function bitmapOf(settings: readonly FieldSetting[]): string {
  const bits = Array.from({ length: 64 }, () => 'x');
  for (const { msb, lsb, value } of settings) {
    for (let bit = lsb; bit <= msb; bit++) bits[63 - bit] = String((value >> BigInt(bit - lsb)) & 1n);
  }
  return `0b${bits.join('')}`;
}

/** The template that sets fields. */
export function templateOf(settings: readonly FieldSetting[]): GuestTemplate {
  const names = [...new Set(settings.map(({ register }) => register))];
  return {
    reg_modifiers: names.map((name) => ({
      addr: kvmRegisterId(name),
      bitmap: bitmapOf(settings.filter(({ register }) => register === name)),
    })),
  };
}
