import type { KvmGuest } from '../../linux/kvm/guest-under-kvm.ts';
import { hasTrait } from '../../linux/kvm/vcpu.ts';
import { coreKey } from '../../silicon/midr.ts';
import type { MoveFault } from './move.ts';

/** The kernel's name of the register that holds a vCPU's vector lengths: a bit for each multiple of 128 bits. */
export const VECTOR_LENGTHS = 'KVM_REG_ARM64_SVE_VLS';

function bitmap(lengths: readonly number[]): bigint {
  return lengths.reduce((bits, bytes) => bits | (1n << BigInt(bytes / 16 - 1)), 0n);
}

function upTo(lengths: readonly number[], most: number): readonly number[] {
  return lengths.filter((bytes) => bytes <= most);
}

function inBits(lengths: readonly number[]): string {
  return lengths.map((bytes) => bytes * 8).join(', ');
}

/** Whether the vector lengths of hosts with SVE cannot be compared: they are not known of one, and another core is beside it. */
export function hasOpenGuestLengths(guests: readonly KvmGuest[]): boolean {
  if (!guests.some(({ vcpu }) => hasTrait(vcpu, 'sve')) || guests.every(({ sveVl }) => sveVl !== undefined)) return false;
  const cores = guests.map(({ host }) => (host.openHardware('MIDR_EL1') === 0n ? coreKey(host.hardware('MIDR_EL1')) : undefined));
  return cores.some((core) => core === undefined || core !== cores[0]);
}

/**
 * What keeps vector lengths from being set on another host: up to the longest of them it must have the same.
 *
 * @see Linux `arch/arm64/kvm/guest.c`, `set_sve_vls()`.
 */
export function lengthFaults(from: KvmGuest, to: KvmGuest): readonly MoveFault[] {
  const [asked, there] = [from.sveVl, to.sveVl];
  if (asked === undefined || there === undefined) return [];
  const [value, target] = [bitmap(asked), bitmap(there)];
  if (bitmap(upTo(there, Math.max(...asked))) === value) return [];
  const because = `the guest has vectors of ${inBits(asked)} bits, the host of ${inBits(there)}`;
  return [{ kind: 'refused', register: VECTOR_LENGTHS, value, target, fields: [], errno: 22, because }];
}

/** The most vector lengths that all hosts can give alike, in bytes; `undefined`: not known, or no SVE; none: they have no length in common. */
export function commonGuestLengths(guests: readonly KvmGuest[]): readonly number[] | undefined {
  const all = guests.map(({ sveVl }) => sveVl);
  const known = all.filter((lengths) => lengths !== undefined);
  if (known.length === 0 || known.length < all.length) return undefined;
  const longest = [...known[0]!].sort((a, b) => b - a).find((most) => new Set(known.map((one) => bitmap(upTo(one, most)))).size === 1);
  return longest === undefined ? [] : upTo(known[0]!, longest);
}
