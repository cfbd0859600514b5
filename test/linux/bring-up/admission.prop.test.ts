import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boot } from '../../../src/linux/boot.ts';
import type { System } from '../../../src/linux/system.ts';
import { kernel, machine, overrideWords, registerFile } from '../../support/arbitraries.ts';

/** What programs get of a system. */
function seen({ hwcaps, compat, registers, tainted, cpucaps }: System): object {
  return { hwcaps, compat, registers, tainted, cpucaps };
}

it('never refuses a CPU that equals the boot CPU, early or late, whatever the command line says', () => {
  fc.assert(
    fc.property(registerFile(), kernel(), overrideWords(), (registers, { release }, words) => {
      const system = boot({ cpus: [{ registers }, { registers }, { registers, late: true }] }, { release, cmdline: words.join(' ') });
      expect(system.panic).toBeNull();
      expect(system.online).toEqual([0, 1, 2]);
    }),
    { numRuns: 150 },
  );
});

it('shows nothing of a refused CPU: without it, the others see the same', () => {
  let refused = 0;
  fc.assert(
    fc.property(machine({ late: true, refusable: true }), kernel(), ({ cpus }, release) => {
      const system = boot({ cpus }, release);
      if (system.panic !== null || system.online.length === cpus.length) return;
      refused++;
      const without = boot({ cpus: cpus.filter((_, index) => system.online.includes(index)) }, release);
      expect(seen(without)).toEqual(seen(system));
      expect(without.online).toHaveLength(system.online.length);
    }),
    { numRuns: 200 },
  );
  expect(refused).toBeGreaterThan(10);
});

it('says why each CPU that is not online was refused', () => {
  fc.assert(
    fc.property(machine({ late: true, refusable: true }), kernel(), (cpus, release) => {
      const system = boot(cpus, release);
      fc.pre(system.panic === null);
      for (const { index, online, refused } of system.cpus) {
        expect(online).toBe(system.online.includes(index));
        expect(refused === undefined).toBe(online);
      }
    }),
    { numRuns: 100 },
  );
});

it('never changes a hwcap after boot: late CPUs, taken or refused, leave them as they are', () => {
  let late = 0;
  fc.assert(
    fc.property(machine({ late: true }), kernel(), ({ cpus }, release) => {
      const early = cpus.filter(({ late: comesLate }) => comesLate !== true);
      if (early.length < cpus.length) late++;
      const before = boot({ cpus: early }, release);
      const after = boot({ cpus }, release);
      if (before.panic !== null) return;
      expect(after.hwcaps).toEqual(before.hwcaps);
      expect(after.compat).toEqual(before.compat);
    }),
    { numRuns: 150 },
  );
  expect(late).toBeGreaterThan(20);
});
