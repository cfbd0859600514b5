import fc from 'fast-check';
import { ALL_BITS } from '../../src/bits/field.ts';
import { type GuestChange, type GuestLayer, guestChange } from '../../src/hypervisor/guest-layer.ts';
import { registerName, word64 } from './arbitraries.ts';

/** Any bits of any register. */
export function change(): fc.Arbitrary<GuestChange> {
  return fc
    .tuple(registerName(), fc.bigInt({ min: 1n, max: ALL_BITS }), word64())
    .map(([register, mask, value]) => guestChange(register, mask, value));
}

/** A layer of a few changes, under a name. */
export function guestLayer(kind: GuestLayer['kind'] = 'mask', name: string = 'layer'): fc.Arbitrary<GuestLayer> {
  return fc.array(change(), { maxLength: 6 }).map((changes) => ({ name, kind, changes }));
}
