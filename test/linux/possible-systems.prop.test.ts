import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boot, possibleSystems } from '../../src/linux/boot.ts';
import type { Environment } from '../../src/linux/environment.ts';
import { joinSystems } from '../../src/linux/join-systems.ts';
import type { System } from '../../src/linux/system.ts';
import { kernel, machine } from '../support/arbitraries.ts';
import { textsOf } from '../support/claims.ts';
import { hiding, knownInPart, knownWhole } from '../support/partial-knowledge.ts';
import { runs } from '../support/runs.ts';

/** What a system is besides its log, and the environment, of which a join names the first. */
function withoutLog({ log: _, environment: __, unknown = {}, ...rest }: System): object {
  const { log: ___, ...open } = unknown;
  return { ...rest, unknown: open };
}

const environment = (): fc.Arbitrary<Environment> =>
  fc.constantFrom<Environment>({ bootEl: 1 }, { bootEl: 2, timerHz: 24_000_000 }, { openBootEl: true });

it('a boot is what its possible systems have in common, and nothing of it hangs on its log', () => {
  fc.assert(
    fc.property(
      machine({ refusable: true, late: true }),
      hiding(),
      kernel(),
      environment(),
      fc.boolean(),
      (all, hides, release, around, isSeen) => {
        const seen = isSeen ? [textsOf(boot(knownWhole(all), release, around))] : [];
        const part = { ...knownInPart(all, hides), seen };
        const systems = [...possibleSystems(part, release, around)];
        expect(systems.flatMap(({ log, unknown }) => [...log, ...(unknown?.log ?? [])])).toEqual([]);
        expect(withoutLog(joinSystems(systems))).toEqual(withoutLog(boot(part, release, around)));
      },
    ),
    { numRuns: runs(60) },
  );
});
