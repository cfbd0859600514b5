import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boot } from '../../src/linux/boot.ts';
import { machine, RELEASES } from '../support/arbitraries.ts';
import { naiveBoot } from '../support/naive-linux.ts';

/** The options that hide fields and hwcaps. */
const GATES = ['SVE', 'SME', 'PTR_AUTH', 'BTI', 'MTE', 'POE', 'GCS'].map((name) => `CONFIG_ARM64_${name}` as const);

/** A configuration that says y or n to each gate. */
function options(): fc.Arbitrary<Readonly<Record<`CONFIG_${string}`, string>>> {
  return fc.subarray([...GATES, 'CONFIG_ARM_ARCH_TIMER_EVTSTREAM' as const]).map((off) => {
    const all = ['CONFIG_COMPAT', 'CONFIG_ARM_ARCH_TIMER_EVTSTREAM', ...GATES] as const;
    return Object.fromEntries(all.map((name) => [name, (off as readonly string[]).includes(name) ? 'n' : 'y']));
  });
}

describe.each(RELEASES)('Linux %s', (release) => {
  it('gives what a naive model gives, if no CPU is refused', () => {
    let compared = 0;
    fc.assert(
      fc.property(machine({ withoutErrata: true }), options(), (cpus, config) => {
        const system = boot(cpus, { release, config });
        if (system.panic || system.online.length < cpus.cpus.length) return;
        compared++;
        const naive = naiveBoot(cpus, release, config);
        expect(naive.words.slice(0, system.hwcaps.words.length)).toEqual(system.hwcaps.words);
        expect(naive.words.slice(system.hwcaps.words.length).every((word) => word === 0n)).toBe(true);
        expect(naive.compat).toEqual(system.compat.words);
        for (const [name, value] of Object.entries(naive.sanitised)) {
          expect([name, value]).toEqual([name, system.registers.get(name as never)?.value]);
        }
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(20);
  });
});
