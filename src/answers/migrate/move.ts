import { fieldsOf, findRegister } from '../../arch/register.ts';
import { isAArch32 } from '../../linux/bring-up/cpu-registers.ts';
import type { KvmGuest } from '../../linux/kvm/guest-under-kvm.ts';
import { isListed, listedBesides } from '../../linux/kvm/listed.ts';
import { haveSameOpenPmcr } from '../../linux/kvm/pmu.ts';
import { type GuestRead, guestReads, openReads } from '../../linux/kvm/reads.ts';
import { setOneReg } from '../../linux/kvm/write.ts';
import { hasOpenGuestLengths, lengthFaults, VECTOR_LENGTHS } from './vector-lengths.ts';

/** What keeps a register of a guest from being restored on another host, or makes it read otherwise there. */
export interface MoveFault {
  /**
   * `missing`: KVM_GET_REG_LIST of the target does not have it. `refused`: KVM_SET_ONE_REG gives an error. `changed`: it is taken, and stored otherwise.
   * `reads-otherwise`: it is stored, and yet the guest reads something else, since no trap stands before it.
   */
  readonly kind: 'missing' | 'refused' | 'changed' | 'reads-otherwise';
  readonly register: string;
  /** What the guest has; absent of registers besides the ID space. */
  readonly value?: bigint;
  /** What the target has; absent where the register is missing. */
  readonly target?: bigint;
  /** The bits that are not known of one of the hosts, zero in both values; absent: none. */
  readonly open?: bigint;
  /** The fields in which both differ, by name; `[msb:lsb]` where Arm names none. */
  readonly fields: readonly string[];
  readonly errno?: number;
  readonly because?: string;
}

/** The fields of a register in which two values differ. */
export function differingFields(register: string, a: bigint, b: bigint): readonly string[] {
  const descriptor = findRegister(register);
  return (descriptor === undefined ? [] : fieldsOf(descriptor)).flatMap(({ name, msb, lsb }) => {
    const mask = ((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb);
    return ((a ^ b) & mask) === 0n ? [] : [name];
  });
}

function restoreFault(register: string, value: bigint, to: KvmGuest, open: bigint): MoveFault | undefined {
  const target = to.registers.get(register);
  const shown = { register, value: value & ~open, ...(open === 0n ? {} : { open }) };
  if (target === undefined || !isListed(to, register)) return { kind: 'missing', ...shown, fields: [] };
  const outcome = setOneReg(to, register, value);
  const fault = { ...shown, target: target & ~open, fields: differingFields(register, value, target) };
  if ('errno' in outcome) return { kind: 'refused', ...fault, errno: outcome.errno, because: outcome.because };
  return outcome.stored === value || open !== 0n ? undefined : { kind: 'changed', ...fault };
}

/** A guest with other values in its registers. */
export function withRegisters(guest: KvmGuest, registers: ReadonlyMap<string, bigint>): KvmGuest {
  return { ...guest, registers };
}

function readFault(register: string, from: GuestRead | undefined, to: GuestRead | undefined): MoveFault | undefined {
  if (typeof from !== 'bigint' || typeof to !== 'bigint' || from === to) return undefined;
  return { kind: 'reads-otherwise', register, value: from, target: to, fields: differingFields(register, from, to) };
}

/** Whether the inputs of all hosts have a register of the hardware, and tell whether writes of it are looked at. */
export function isTold(register: string, guests: readonly KvmGuest[]): boolean {
  return guests.every(({ host }) => host.knows(register) && !(host.hasOpen32BitEl0 && isAArch32(register)));
}

/** Whether hosts can be compared in a register: all have been told it, and no bit of it is open. */
export function isComparable(register: string, guests: readonly KvmGuest[]): boolean {
  return isTold(register, guests) && guests.every(({ open }) => !open.has(register));
}

/**
 * The same guests, as alike as they can be: what is not known of one is as with the first of which it is. What keeps them apart even so does
 * whatever it is.
 */
export function asAlike(guests: readonly KvmGuest[]): readonly KvmGuest[] {
  const shared = new Map<string, bigint>();
  for (const register of new Set(guests.flatMap(({ open }) => [...open.keys()]))) {
    let [value, settled] = [0n, 0n];
    for (const { registers, open } of guests) {
      const known = ~(open.get(register) ?? 0n) & ~settled;
      value |= (registers.get(register) ?? 0n) & known;
      settled |= known;
    }
    shared.set(register, value);
  }
  const filled = (values: ReadonlyMap<string, bigint>, open: ReadonlyMap<string, bigint>): ReadonlyMap<string, bigint> =>
    new Map(
      [...values].map(([name, value]) => {
        const mask = open.get(name) ?? 0n;
        return [name, (value & ~mask) | ((shared.get(name) ?? 0n) & mask)];
      }),
    );
  return guests.map((guest) => ({ ...guest, registers: filled(guest.registers, guest.open), limits: filled(guest.limits, guest.open) }));
}

/** The registers of which some bits are not known of a host, and may be unlike another's, so that nothing is said of them. */
export function openRegisters(guests: readonly KvmGuest[]): readonly string[] {
  const lengths = hasOpenGuestLengths(guests) ? [VECTOR_LENGTHS] : [];
  const registers = guests.flatMap((guest) => [...guest.open.keys(), ...openReads(guest).keys()].filter((name) => isListed(guest, name)));
  const alike = haveSameOpenPmcr(guests.map(({ host }) => host)) ? 'PMCR_EL0' : undefined;
  return [...new Set([...registers, ...lengths])].filter((name) => name !== alike);
}

/** Registers besides the ID space that the source lists and the target does not: QEMU and Firecracker restore all or nothing. */
function unlistedThere(from: KvmGuest, to: KvmGuest): readonly MoveFault[] {
  const there = listedBesides(to);
  return [...listedBesides(from)].flatMap(([register, isThere]): readonly MoveFault[] =>
    isThere === true && (!there.has(register) || there.get(register) === false) ? [{ kind: 'missing', register, fields: [] }] : [],
  );
}

/**
 * What keeps a guest from moving to a vCPU of another host: each of its registers is written there, in the order of KVM_GET_REG_LIST.
 * None: it can move, as far as it is known.
 */
export function moveFaults(from: KvmGuest, to: KvmGuest): readonly MoveFault[] {
  const [source, target] = asAlike([from, to]) as readonly [KvmGuest, KvmGuest];
  const told = [...source.registers].filter(([register]) => isListed(from, register) && isTold(register, [from, to]));
  const openIn = (register: string): bigint => (from.open.get(register) ?? 0n) | (to.open.get(register) ?? 0n);
  const faults = told.flatMap(([register, value]) => restoreFault(register, value, target, openIn(register)) ?? []);
  const ends = [from, withRegisters(to, from.registers)];
  const [here, there] = ends.map(guestReads);
  const unread = ends.flatMap((guest) => [...openReads(guest).keys()]);
  const passed = new Set([...unread, ...faults.map(({ register }) => register)]);
  const compared = told.filter(([register]) => !passed.has(register) && isComparable(register, [from, to]));
  const silent = compared.flatMap(([register]) => readFault(register, here!.get(register), there!.get(register)) ?? []);
  return [...faults, ...lengthFaults(from, to), ...unlistedThere(from, to), ...silent];
}
