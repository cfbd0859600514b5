import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allCompatHwcaps } from '../../src/answers/compat-hwcap.ts';
import { allCpucaps } from '../../src/answers/cpucap-card.ts';
import { askedOf } from '../../src/answers/why/asked.ts';
import { bootLayered } from '../../src/answers/why/boot-layered.ts';
import { layered } from '../../src/answers/why/boot-scenario.ts';
import { isOpen, isPresent } from '../../src/answers/why/judge.ts';
import { applyChanges, findWhySubject, type Scenario, why } from '../../src/answers/why.ts';
import { ALL_ARCH_FEATURES } from '../../src/arch/arch-feature.ts';
import { ALL_REGISTERS } from '../../src/arch/register.ts';
import { allHwcaps } from '../../src/linux/release/hwcap-catalogue.ts';
import { MAINLINE_RELEASES } from '../../src/linux/release/known-trees.ts';
import { compareMainline, parseRelease, type Release } from '../../src/linux/release/release.ts';
import type { System } from '../../src/linux/system.ts';
import { kernel, machine, overrideWords } from '../support/arbitraries.ts';
import { guestLayer } from '../support/guest-layers.ts';
import { runs } from '../support/runs.ts';

const bootScenario = (where: Scenario): System => bootLayered(layered(where));

const scenario = (): fc.Arbitrary<Scenario> =>
  fc
    .record({
      machine: machine({ refusable: true, late: true }),
      layers: fc.array(guestLayer(), { maxLength: 1 }),
      kernel: kernel(),
      words: overrideWords(),
      bootEl: fc.constantFrom(1 as const, 2 as const),
    })
    .map(({ words, bootEl, kernel: chosen, ...rest }) => ({
      ...rest,
      kernel: { ...chosen, cmdline: words.join(' ') },
      environment: { bootEl },
    }));

const hwcap = () => fc.constantFrom(...allHwcaps().map(({ name }) => ({ kind: 'hwcap', name }) as const));
const cpucap = () => fc.constantFrom(...allCpucaps().map((name) => ({ kind: 'cpucap', name }) as const));
const archFeature = () => fc.constantFrom(...ALL_ARCH_FEATURES.map(({ name }) => ({ kind: 'arch-feature', name }) as const));
const fieldPaths = ALL_REGISTERS.filter(({ name }) => /^ID_/.test(name)).flatMap(({ name, fields }) =>
  fields.map((field) => `${name}.${field.name}`),
);
const field = () => fc.constantFrom(...fieldPaths).map((path) => findWhySubject(path));
const compat = () => fc.constantFrom(...allCompatHwcaps().map(({ name }) => ({ kind: 'compat', name }) as const));
const subject = () => fc.oneof({ weight: 3, arbitrary: hwcap() }, cpucap(), archFeature(), field(), compat());

it('a hwcap is present exactly when the kernel sets it and does not stop, and then its condition held', () => {
  fc.assert(
    fc.property(scenario(), hwcap(), (where, asked) => {
      const { present, chain, system } = why(asked, where, { maxBoots: 0 });
      // A late CPU may stop a kernel that has settled its hwcaps.
      expect(present).toBe(system.panic === null && system.hwcaps.names.includes(asked.name));
      expect(bootScenario(where).hwcaps).toEqual(system.hwcaps);
      const release = chain.find(({ place }) => place === 'release');
      const outcome = chain.find((station) => station.place === 'condition');
      const options = chain.find((station) => station.place === 'configuration');
      const known = release?.place === 'release' && release.known && options?.fate !== 'lost' && system.panic === null;
      if (known && outcome?.place === 'condition') expect(outcome.outcome.held).toBe(present);
    }),
    { numRuns: runs(80) },
  );
});

it('what is absent was lost somewhere; what is present, or not known, was lost nowhere', () => {
  fc.assert(
    fc.property(scenario(), subject(), (where, asked) => {
      const { present, unknown = false, chain } = why(asked, where, { maxBoots: 0 });
      expect(chain.some(({ fate }) => fate === 'lost')).toBe(!present && !unknown);
    }),
    { numRuns: runs(150) },
  );
});

describe('suggestions', () => {
  it('each one, applied, flips the answer', () => {
    fc.assert(
      fc.property(scenario(), subject(), (where, asked) => {
        const { present, search } = why(asked, where, { maxBoots: 120 });
        expect(search.boots).toBeLessThanOrEqual(120);
        for (const { changes } of search.suggestions) {
          expect(isPresent(asked, bootScenario(applyChanges(where, changes)), askedOf(asked))).toBe(!present);
        }
      }),
      { numRuns: runs(25) },
    );
  });

  it('no mainline release between here and a suggested one flips the answer', () => {
    fc.assert(
      fc.property(scenario(), subject(), (where, asked) => {
        const { present, search } = why(asked, where);
        for (const { changes } of search.suggestions) {
          const [change] = changes;
          if (changes.length > 1 || change?.kind !== 'release' || change.sameSeries) continue;
          const [low, high] = [change.from, change.to].map(parseRelease).sort(compareMainline) as [Release, Release];
          const isBetween = (text: string): boolean =>
            compareMainline(parseRelease(text), low) > 0 && compareMainline(parseRelease(text), high) < 0;
          for (const release of MAINLINE_RELEASES.filter(isBetween)) {
            const system = bootScenario({ ...where, kernel: { ...where.kernel, release } });
            const flips =
              system.panic === null && !isOpen(asked, system, askedOf(asked)) && isPresent(asked, system, askedOf(asked)) !== present;
            expect(flips, `${asked.name} at ${release}, before ${change.to}`).toBe(false);
          }
        }
      }),
      { numRuns: runs(25) },
    );
  });

  it('none does without one of its changes', () => {
    fc.assert(
      fc.property(scenario(), hwcap(), (where, asked) => {
        const { present, search } = why(asked, where, { maxBoots: 120 });
        for (const { changes } of search.suggestions) {
          if (changes.length === 1) continue;
          for (const left of changes) {
            const rest = changes.filter((change) => change !== left);
            expect(isPresent(asked, bootScenario(applyChanges(where, rest)), askedOf(asked))).toBe(present);
          }
        }
      }),
      { numRuns: runs(20) },
    );
  });
});
