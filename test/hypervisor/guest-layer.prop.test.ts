import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyGuestLayers } from '../../src/hypervisor/guest-layer.ts';
import { machine } from '../support/arbitraries.ts';
import { guestLayer } from '../support/guest-layers.ts';
import { runs } from '../support/runs.ts';

const layers = () => fc.array(guestLayer(), { maxLength: 3 });

it('applying layers twice is applying them once', () => {
  fc.assert(
    fc.property(machine(), layers(), (host, applied) => {
      const once = applyGuestLayers(host, applied).machine;
      const twice = applyGuestLayers(once, applied).machine;
      expect(twice).toEqual(once);
    }),
    { numRuns: runs(60) },
  );
});

it('a layer changes only the bits that it names, and gives each its value', () => {
  fc.assert(
    fc.property(machine(), guestLayer(), (host, layer) => {
      const guest = applyGuestLayers(host, [layer]).machine;
      for (const [index, { registers }] of host.cpus.entries()) {
        const own = guest.cpus[index]!.registers;
        for (const name of new Set([...Object.keys(registers), ...Object.keys(own)]) as Set<keyof typeof registers>) {
          const changes = layer.changes.filter(({ register }) => register === name);
          const named = changes.reduce((mask, change) => mask | change.mask, 0n);
          const wanted = changes.reduce((value, change) => (value & ~change.mask) | change.value, registers[name] ?? 0n);
          expect((own[name] ?? 0n) & ~named).toBe((registers[name] ?? 0n) & ~named);
          expect(own[name] ?? 0n).toBe(wanted);
        }
      }
    }),
    { numRuns: runs(60) },
  );
});

it('effects tell of every register that changed, and of no other', () => {
  fc.assert(
    fc.property(machine(), guestLayer(), (host, layer) => {
      const { machine: guest, effects } = applyGuestLayers(host, [layer]);
      for (const [index, { registers }] of host.cpus.entries()) {
        const own = guest.cpus[index]!.registers;
        const changed = Object.keys(own).filter((name) => own[name as keyof typeof own] !== registers[name as keyof typeof own]);
        const told = new Set<string>(effects.filter(({ cpus }) => cpus.includes(index)).map(({ register }) => register));
        expect(changed.every((name) => told.has(name))).toBe(true);
      }
    }),
    { numRuns: runs(60) },
  );
});
