import { isAArch32 } from '../bring-up/cpu-registers.ts';
import { safeValue } from '../bring-up/safe-value.ts';
import type { TrackedField } from '../release/kernel-at.ts';
import { type FieldAt, fieldOfPath, fieldValue, withFieldValue } from './field-of-path.ts';
import type { KvmGuest } from './guest-under-kvm.ts';
import type { WriteAt } from './kvm-at.ts';
import { isListed } from './listed.ts';
import { hasTrait } from './vcpu.ts';

/** What became of a write: the error, or the register's value afterwards. */
export type WriteOutcome = { readonly errno: number; readonly because: string } | { readonly stored: bigint };

const EINVAL = 22;
const ENOENT = 2;
/** What names the core. */
export const IDENTIFICATION: ReadonlySet<string> = new Set(['MIDR_EL1', 'REVIDR_EL1', 'AIDR_EL1']);
const CLIDR_RES0 = ~((1n << 47n) - 1n);
const CTR_IDC = 1n << 28n;

function refused(because: string): WriteOutcome {
  return { errno: EINVAL, because };
}

function signedField(value: bigint, { lsb, width, signed }: TrackedField): bigint {
  const field = value >> BigInt(lsb);
  return signed ? BigInt.asIntN(width, field) : BigInt.asUintN(width, field);
}

/** Whether a field may go from its limit to a value: equal, or safe by the host's own table. */
function isSafe(field: TrackedField, limit: bigint, value: bigint, lower: boolean): boolean {
  const asked = signedField(value, field);
  const most = signedField(limit, field);
  if (asked === most) return true;
  const fallback = field.signed ? BigInt.asIntN(field.width, field.safeValue) : field.safeValue;
  return safeValue(lower ? 'lower' : field.safe, asked, most, fallback) === asked;
}

/** Checks a value against the limit, field by field; what no field covers must be as the limit has it. */
function checkFields(guest: KvmGuest, name: string, value: bigint, rows: readonly WriteAt[]): string | undefined {
  const limit = guest.limits.get(name)!;
  const mask = guest.writable.get(name) ?? 0n;
  let checked = 0n;
  for (const field of guest.host.trackedFields(name)) {
    if ((field.mask & mask) !== field.mask) continue;
    checked |= field.mask;
    const lower = rows.some((row) => row.lower === true && fieldOfPath(row.field).shift === BigInt(field.lsb));
    if (!isSafe(field, limit, value, lower)) return `bits ${field.lsb + field.width - 1}:${field.lsb} would promise more than the host has`;
  }
  const differs = (value ^ limit) & ~checked;
  return differs === 0n ? undefined : `bits 0x${differs.toString(16)} cannot be written`;
}

/** Applies the rules about single fields: what is refused, what is taken for something else. */
function applyRows(guest: KvmGuest, name: string, asked: bigint, rows: readonly WriteAt[]): bigint | string {
  let value = asked;
  for (const row of rows) {
    const field = fieldOfPath(row.field);
    const found = Number(fieldValue(value, field));
    if (row.refuse?.includes(found)) return `${row.field} cannot be ${found}`;
    const most = fieldValue(guest.limits.get(name)!, field);
    if (row.fixed && BigInt(found) !== most) return `${row.field} can only be ${most}`;
    const other = row.store?.[String(found)];
    if (other !== undefined) value = withFieldValue(value, field, BigInt(other));
    if (row.host && fieldValue(value, field) === fieldValue(guest.host.sanitised(name), field)) {
      value = withFieldValue(value, field, most);
    }
  }
  return value;
}

/** A write where only the present value is accepted, but for some fields. */
function writeInvariant(guest: KvmGuest, name: string, value: bigint, rows: readonly WriteAt[]): WriteOutcome {
  const present = guest.registers.get(name)!;
  const limit = guest.limits.get(name)!;
  let rest = value ^ present;
  for (const row of rows) {
    const field = fieldOfPath(row.field);
    const found = fieldValue(value, field);
    const most = fieldValue(limit, field);
    if (row.refuse?.includes(Number(found))) return refused(`${row.field} cannot be ${found}`);
    const allowed = row.accept?.includes(Number(found)) || (row.lower ? found <= most : found === most);
    if (allowed) rest &= ~(field.mask << field.shift);
  }
  return rest === 0n ? { stored: value } : refused('before Linux 6.6 the register is as the host has it');
}

function writeClidr(guest: KvmGuest, value: bigint): WriteOutcome {
  if (guest.host.model.behaviour['cache-registers'] === 'physical') return writeInvariant(guest, 'CLIDR_EL1', value, []);
  if ((value & CLIDR_RES0) !== 0n) return refused('bits 63:47 are reserved');
  const level = (shift: bigint): bigint => (value >> shift) & 7n;
  const idc = level(24n) === 0n || (level(21n) === 0n && level(27n) === 0n);
  if (idc && (guest.host.sanitised('CTR_EL0') & CTR_IDC) === 0n)
    return refused('it would promise CTR_EL0.IDC, which the host does not have');
  return { stored: value };
}

function writeIdentification(guest: KvmGuest, name: string, value: bigint): WriteOutcome {
  if (value === guest.registers.get(name)) return { stored: value };
  if (guest.vcpu.writableImpId !== true) return refused('the VM lacks KVM_CAP_ARM_WRITABLE_IMP_ID_REGS');
  const mask = guest.writable.get(name) ?? 0n;
  return (value & ~mask) === 0n ? { stored: value } : refused(`bits 0x${(value & ~mask).toString(16)} cannot be written`);
}

const PMCR_BITS = 0xffn;
const PMCR_LC = 1n << 6n;
const PMCR_N = 0x1fn << 11n;

/** PMCR_EL0: its control bits, and no more counters than the host has; what is above is passed over. */
function writePmcr(guest: KvmGuest, asked: bigint): WriteOutcome {
  if (guest.host.model.behaviour['pmcr-reset'] === 'physical') return { stored: asked };
  const present = guest.registers.get('PMCR_EL0')!;
  const most = guest.limits.get('PMCR_EL0')! & PMCR_N;
  const counters = (asked & PMCR_N) <= most && !hasTrait(guest.vcpu, 'el2') ? asked & PMCR_N : present & PMCR_N;
  return { stored: (asked & PMCR_BITS) | counters | (guest.host.has32BitEl0 ? 0n : PMCR_LC) };
}

/** Whether a register is one of AArch32's on a host without 32-bit EL0, where writes are not looked at. */
function isIgnored(guest: KvmGuest, name: string): boolean {
  return isAArch32(name) && guest.host.model.behaviour['aarch32-ignored'] === true && !guest.host.has32BitEl0;
}

/**
 * What KVM_SET_ONE_REG does with a register of a vCPU that has not run yet.
 *
 * @param kept - Bits that are not known, and stay as they are. Default: none.
 * @see Linux `arch/arm64/kvm/sys_regs.c`, `set_id_reg()`, `arm64_check_features()`.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('ampere-altra');
 * const host = boot(machine, { release: '6.12' }, { bootEl: 2 });
 * setOneReg(guestUnderKvm(host).guest, 'ID_AA64ISAR0_EL1', 0n) // → { stored: 0n }
 * ```
 */
export function setOneReg(guest: KvmGuest, name: string, asked: bigint, kept: bigint = 0n): WriteOutcome {
  const present = guest.registers.get(name);
  if (present === undefined || !isListed(guest, name)) return { errno: ENOENT, because: 'KVM_GET_REG_LIST does not have it' };
  if (IDENTIFICATION.has(name)) return writeIdentification(guest, name, asked);
  if (name === 'CLIDR_EL1') return writeClidr(guest, asked);
  if (name === 'PMCR_EL0') return writePmcr(guest, asked);
  if (isIgnored(guest, name)) return { stored: present };
  const isKept = ({ mask, shift }: FieldAt): boolean => ((mask << shift) & kept) !== 0n;
  const rows = guest.host.model.writes.filter(
    ({ field, when }) => field.startsWith(`${name}.`) && guest.host.judge(when, guest.vcpu) && !isKept(fieldOfPath(field)),
  );
  if (guest.host.model.behaviour.writes === 'invariant') return writeInvariant(guest, name, asked, rows);
  const value = applyRows(guest, name, asked, rows);
  if (typeof value === 'string') return refused(value);
  const fault = checkFields(guest, name, value, rows);
  return fault === undefined ? { stored: value } : refused(fault);
}
