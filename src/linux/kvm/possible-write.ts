import { MAX_SET_WIDTH } from '../../bits/partial-word.ts';
import { isAArch32 } from '../bring-up/cpu-registers.ts';
import { fieldOfPath } from './field-of-path.ts';
import type { KvmGuest } from './guest-under-kvm.ts';
import { IDENTIFICATION, setOneReg, type WriteOutcome } from './write.ts';

/** Registers that KVM looks at as a whole, or beside others. */
const WHOLE: ReadonlySet<string> = new Set([...IDENTIFICATION, 'CLIDR_EL1', 'PMCR_EL0']);

/** The guest with other bits in a register, as it is and as it may be at most. */
function having(guest: KvmGuest, name: string, bits: bigint, value: bigint): KvmGuest {
  const put = (words: ReadonlyMap<string, bigint>): ReadonlyMap<string, bigint> =>
    new Map(words).set(name, ((words.get(name) ?? 0n) & ~bits) | (value & bits));
  return { ...guest, registers: put(guest.registers), limits: put(guest.limits) };
}

/** Whether it hangs on something that is not known of the host, besides the bits that are written, what becomes of them. */
function hangsBeside({ host, vcpu, open }: KvmGuest, name: string, mask: bigint): boolean {
  if (isAArch32(name) && host.hasOpen32BitEl0) return true;
  if (WHOLE.has(name)) return [name, 'CTR_EL0'].some((one) => (open.get(one) ?? 0n) !== 0n) || host.hasOpen32BitEl0;
  return host.model.writes.some(({ field, when, host: asHost }) => {
    const { register, mask: ones, shift } = fieldOfPath(field);
    const bits = ones << shift;
    if (register !== name || (bits & mask) === 0n) return false;
    return host.verdict(when, vcpu) === undefined || (asHost === true && (host.open(name) & bits) !== 0n);
  });
}

/**
 * What becomes of a write on a host that may be known in part; `undefined`: not known. A field that is not known of the host is tried
 * with all values that it may have.
 *
 * @param mask - The bits that are written; all others stay as they are.
 */
export function possibleWrite(guest: KvmGuest, name: string, asked: bigint, mask: bigint): WriteOutcome | undefined {
  const unknown = guest.open.get(name) ?? 0n;
  if (guest.host.system.unknown !== undefined && hangsBeside(guest, name, mask)) return undefined;
  if ((unknown & mask) === 0n) return setOneReg(guest, name, asked, unknown);
  const fields = guest.host.trackedFields(name).filter((field) => (field.mask & unknown & mask) !== 0n);
  const covered = fields.reduce((bits, field) => bits | field.mask, 0n);
  if ((unknown & (covered ^ mask)) !== 0n || fields.some(({ width }) => width > MAX_SET_WIDTH)) return undefined;
  const others = having(guest, name, unknown & mask, asked);
  const each = fields.map((field) =>
    Array.from({ length: 2 ** field.width }, (_, value) => BigInt(value) << BigInt(field.lsb))
      .filter((value) => ((value ^ (guest.limits.get(name) ?? 0n)) & field.mask & ~unknown) === 0n)
      .map((value) => setOneReg(having(others, name, field.mask & unknown, value), name, asked, unknown & ~mask)),
  );
  const refusal = each.find((outcomes) => outcomes.every((one) => 'errno' in one))?.[0];
  const [first, ...rest] = each.flat();
  const isSame = (one: WriteOutcome): boolean => 'stored' in one && 'stored' in first! && one.stored === first.stored;
  return refusal ?? (isSame(first!) && rest.every(isSame) ? first : undefined);
}
