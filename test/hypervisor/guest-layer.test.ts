import { expect, it } from 'vitest';
import { applyGuestLayers, type GuestLayer, guestChange } from '../../src/hypervisor/guest-layer.ts';
import type { Machine } from '../../src/silicon/machine.ts';

const SVE = { msb: 35, lsb: 32 };
const SVE_MASK = 0xfn << BigInt(SVE.lsb);
const layer = (name: string, ...changes: GuestLayer['changes']): GuestLayer => ({ name, kind: 'mask', changes });
const machine = (...values: (bigint | undefined)[]) => ({
  cpus: values.map((value) => ({ registers: value === undefined ? {} : { ID_AA64PFR0_EL1: value } })),
});

it('hides a field on every CPU and says on which it was there', () => {
  const hide = layer('no-sve', guestChange('ID_AA64PFR0_EL1', SVE_MASK, 0n));
  const { machine: guest, effects } = applyGuestLayers(machine(0x1_0000_0011n, 0x11n, 0x1_0000_0011n), [hide]);
  expect(guest).toEqual(machine(0x11n, 0x11n, 0x11n));
  expect(effects).toEqual([{ layer: 'no-sve', register: 'ID_AA64PFR0_EL1', cpus: [0, 2], before: 0x1_0000_0011n, after: 0x11n }]);
});

it('lets the later of two layers decide', () => {
  const set = (value: bigint) => guestChange('ID_AA64PFR0_EL1', SVE_MASK, value << 32n);
  const { machine: guest, effects } = applyGuestLayers(machine(0n), [layer('one', set(1n)), layer('two', set(2n))]);
  expect(guest).toEqual(machine(0x2_0000_0000n));
  expect(effects.map(({ layer: name, after }) => [name, after])).toEqual([
    ['one', 0x1_0000_0000n],
    ['two', 0x2_0000_0000n],
  ]);
});

it('leaves a register unknown while bits are only cleared, and makes it known when some are set', () => {
  const clear = guestChange('ID_AA64PFR0_EL1', SVE_MASK, 0n);
  expect(applyGuestLayers(machine(undefined), [layer('clear', clear)])).toEqual({ machine: machine(undefined), effects: [] });
  const set = guestChange('ID_AA64PFR0_EL1', SVE_MASK, 1n << 32n);
  expect(applyGuestLayers(machine(undefined), [layer('set', set)])).toEqual({
    machine: machine(1n << 32n),
    effects: [{ layer: 'set', register: 'ID_AA64PFR0_EL1', cpus: [0], after: 1n << 32n }],
  });
});

it('drops value bits outside the mask', () => {
  expect(guestChange('MIDR_EL1', 0xf0n, 0xffn)).toEqual({ register: 'MIDR_EL1', mask: 0xf0n, value: 0xf0n });
});

it('of a machine that was seen at work a layer takes what it names, and leaves what was seen of the rest', () => {
  const fields = new Map([
    ['ID_AA64ISAR0_EL1.AES', 0b100],
    ['ID_AA64ISAR0_EL1.Atomic', 0b100],
    ['ID_AA64ISAR1_EL1.LRCPC', 0b10],
  ]);
  const host: Machine = { cpus: [{ registers: {} }], unlisted: 'unknown', seen: [{ hwcaps: ['aes', 'atomics', 'lrcpc'], fields }] };
  const layer: GuestLayer = { name: 'a mask', kind: 'mask', changes: [guestChange('ID_AA64ISAR0_EL1', 0xf0_0000n, 0n)] };
  const { seen } = applyGuestLayers(host, [layer]).machine;
  expect(seen).toHaveLength(1);
  expect([...seen![0]!.fields!.keys()]).toEqual(['ID_AA64ISAR0_EL1.AES', 'ID_AA64ISAR1_EL1.LRCPC']);
  expect(seen![0]!.hwcaps).toBeUndefined();
});
