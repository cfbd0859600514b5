import type { BootState } from '../bring-up/boot-state.ts';
import { verdictOn } from '../bring-up/evaluate.ts';
import { isWholeBoot } from '../environment.ts';
import type { FieldCondition } from '../release/rows.ts';
import { knownCores, OWN, type Rule, type RuleSituation } from './rule.ts';

/** A core that says by itself that it is safe from Meltdown; the function of 4.16 looks at the field, later ones have it in the table. */
const CSV3: FieldCondition = { field: 'ID_AA64PFR0_EL1.CSV3', atLeast: 1 };

/** The erratum of ThunderX that forbids page tables of the kernel's own. */
const ERRATUM = 'WORKAROUND_CAVIUM_27456';

/** Whether the kernel runs at a random address. */
function hasKaslr({ environment, parameters, overrides }: BootState): boolean {
  const off = ['nokaslr', 'disabled'].some((name) => (overrides.software.get(name) ?? 0) !== 0);
  if (off || parameters.noKaslr === true) return false;
  return environment.kaslr ?? isWholeBoot(environment);
}

/** Whether address randomisation asks for separate page tables: not where E0PD does the same job or the workaround forbids it. */
function kaslrNeedsKpti({ state, cpu }: RuleSituation): boolean {
  const { option } = state.model;
  if (option('CONFIG_RANDOMIZE_BASE') !== 'y') return false;
  if (option('CONFIG_ARM64_E0PD') === 'y' && cpu.field('ID_AA64MMFR2_EL1', 60) !== 0) return false;
  return !state.cpuMatches(ERRATUM, cpu);
}

/** Settles, once and for all CPUs, whether the kernel's page tables are forced to be separate or not. */
function settleKpti(situation: RuleSituation): void {
  const { state, cpu } = situation;
  const settle = (on: boolean, by: string): void => {
    if (state.kpti.get() === undefined) state.kpti.set({ on, by });
  };
  const { kpti: asked, mitigationsOff } = state.parameters;
  if (asked !== undefined) settle(asked, 'kpti command line option');
  const isForbidden = state.model.behaviour['kpti-asked-first'] !== true && state.cpuMatches(ERRATUM, cpu);
  if (isForbidden) state.kpti.set({ on: false, by: `ARM64_${ERRATUM}` });
  if (hasKaslr(state) && kaslrNeedsKpti(situation)) settle(true, 'KASLR');
  if (mitigationsOff === true) settle(false, 'mitigations=off');
}

/** Whether the kernel hides itself from programs' page tables. */
function unmapsKernel(situation: RuleSituation): boolean {
  const { state, cpu, facts } = situation;
  const safe = cpu.isIn('meltdown-safe') || state.reader.decide(verdictOn(CSV3, facts));
  settleKpti(situation);
  if (state.model.option('CONFIG_UNMAP_KERNEL_AT_EL0') === 'n') {
    state.printOnce('kpti', 'cpufeature', { code: 'kpti-not-configured' });
    return false;
  }
  const decided = state.kpti.get();
  if (!decided) return !safe;
  state.printOnce('kpti', 'cpufeature', { code: 'kpti-forced', ...decided });
  return decided.on;
}

/** Rules about page tables of the kernel's own. */
export const KPTI_RULES: Readonly<Record<string, Rule>> = {
  unmap_kernel_at_el0: {
    asks: {
      all: [
        { config: 'CONFIG_UNMAP_KERNEL_AT_EL0' },
        { not: { all: [{ cpucap: ERRATUM }, { not: { rule: 'kpti-asked-first' } }] } },
        { not: { rule: 'kpti-refused' } },
        {
          any: [
            { rule: 'kpti-asked' },
            { rule: 'kaslr-needs-kpti' },
            { all: [{ not: { rule: 'mitigations-off' } }, { not: { rule: 'meltdown-safe' } }, { not: { any: [OWN, CSV3] } }] },
          ],
        },
      ],
    },
    judge: unmapsKernel,
  },
  'kpti-asked': {
    says: 'kpti=on is on the command line',
    cmdline: ['kpti=on'],
    judge: ({ state }) => state.parameters.kpti === true,
  },
  'kpti-asked-first': {
    says: 'this kernel decides it before it looks for the erratum',
    judge: ({ state }) => state.model.behaviour['kpti-asked-first'] === true,
  },
  'kpti-refused': {
    says: 'kpti=off is on the command line',
    cmdline: ['kpti=off'],
    judge: ({ state }) => state.parameters.kpti === false,
  },
  'kaslr-needs-kpti': {
    asks: {
      all: [
        { rule: 'random-address' },
        { config: 'CONFIG_RANDOMIZE_BASE' },
        { not: { all: [{ config: 'CONFIG_ARM64_E0PD' }, { field: 'ID_AA64MMFR2_EL1.E0PD', atLeast: 1 }] } },
      ],
    },
  },
  'random-address': {
    says: 'the kernel runs at a random address (KASLR)',
    cmdline: ['nokaslr'],
    judge: ({ state }) => hasKaslr(state),
  },
  'mitigations-off': {
    says: 'mitigations=off is on the command line',
    cmdline: ['mitigations=off'],
    judge: ({ state }) => state.parameters.mitigationsOff === true,
  },
  'meltdown-safe': knownCores('meltdown-safe', 'the core is one of those known to be safe from Meltdown'),
};
