import { given } from '../../given.ts';
import type { Truth } from '../../logic/truth.ts';
import { printOnEnabling } from '../log/print-mitigations.ts';
import type { Capability, Scope } from '../release/capability.ts';
import type { HwcapRule } from '../release/kernel-at.ts';
import type { BootState } from './boot-state.ts';
import type { CpuRegisters } from './cpu-registers.ts';
import { verdictOn } from './evaluate.ts';
import { factsOfHwcaps } from './hwcaps.ts';
import { commonLengths, hasOpenLengths, lengthsOf, longestForGuests } from './vector-lengths.ts';

/** Why a CPU does not come up, and whether the whole system stops with it. */
export interface CpuRefusal {
  readonly reason: string;
  readonly panics: boolean;
}

/** Something that a CPU may not fulfil: whether it does not, and what follows. */
export interface Objection {
  /** Whether it holds against the CPU. */
  readonly verdict: Truth;
  /** Prints what the kernel says of it. */
  readonly refuse: () => CpuRefusal;
}

/** The width of address space identifiers, in bits; an encoding that is not known counts as the smaller one, with a warning. */
export function asidBits(state: BootState, cpu: CpuRegisters): number {
  const field = cpu.field('ID_AA64MMFR0_EL1', 4);
  if (field !== 0 && field !== 2) state.print('cpufeature', { code: 'unknown-asid-size', field }, cpu);
  return field === 2 ? 16 : 8;
}

/** The ways in which a capability may stand between the system and a CPU: what each has, and whether they then do not go together. */
function standings(
  { optionalForLate, permittedForLate }: Capability,
  system: Truth,
  own: Truth,
): readonly { readonly system: boolean; readonly conflicts: boolean }[] {
  const possible = (verdict: Truth): readonly boolean[] => (verdict === undefined ? [true, false] : [verdict]);
  return possible(system).flatMap((has) =>
    possible(own).map((cpuHas) => ({
      system: has,
      conflicts: has ? !cpuHas && !optionalForLate : cpuHas && !permittedForLate,
    })),
  );
}

/** A capability in which a CPU may not go with the system. */
function conflict(state: BootState, cpu: CpuRegisters, capability: Capability): Objection {
  const { name, description, index, panicOnConflict } = capability;
  const own = verdictOn(capability.when, state.local(cpu));
  const ways = standings(capability, state.capabilities.verdict(name), own);
  const conflicts = ways.filter((way) => way.conflicts);
  return {
    verdict: conflicts.length === ways.length ? true : conflicts.length === 0 ? false : undefined,
    refuse: () => {
      for (const { system } of conflicts) {
        const event = { code: 'conflict', number: index, ...given({ description }), system, own: !system } as const;
        state.when(conflicts.length === 1 ? true : undefined, () => state.print('cpufeature', event, cpu));
      }
      const has = conflicts[0]!.system;
      return {
        reason: `capability ${name}${description ? ` (${description})` : ''}: the system ${has ? 'has' : 'lacks'} it, the CPU ${has ? 'does not' : 'has it'}`,
        panics: panicOnConflict && state.model.behaviour['strict-boot-panics'] === true,
      };
    },
  };
}

function* conflicts(state: BootState, cpu: CpuRegisters, scopes: readonly Scope[]): Iterable<Objection> {
  for (const capability of state.model.capabilities) {
    const { scope, name } = capability;
    if (!scopes.includes(scope)) continue;
    yield conflict(state, cpu, capability);
    // What the system has is switched on here, whether this CPU has it or not.
    if (scope !== 'boot') printOnEnabling(state, name, cpu);
  }
}

/** Narrower address space identifiers than the boot CPU's. */
function smallerAsid(state: BootState, cpu: CpuRegisters): Objection {
  const widths = state.explore(() => ({ own: asidBits(state, cpu), boot: state.asidBits.get() })).results;
  const smaller = widths.filter(({ own, boot }) => own < boot);
  return {
    verdict: smaller.length === widths.length ? true : smaller.length === 0 ? false : undefined,
    refuse: () => {
      const { own, boot } = smaller[0]!;
      state.print('cpufeature', { code: 'smaller-asid', own, boot }, cpu);
      return { reason: `${own}-bit ASIDs, fewer than the boot CPU's ${boot}`, panics: true };
    },
  };
}

/** What a secondary must fulfil before anything is taken over from it, in the order in which the kernel asks. */
export function* earlyObjections(state: BootState, cpu: CpuRegisters): Iterable<Objection> {
  yield smallerAsid(state, cpu);
  yield* conflicts(state, cpu, ['boot']);
}

/** How a late CPU's vector lengths differ from those that the system has settled on. */
function lengthFault(
  state: BootState,
  cpu: CpuRegisters,
  extension: 'SVE' | 'SME',
  early: readonly CpuRegisters[],
): 'shorter' | 'missing' | 'unsupported' | undefined {
  const control = extension === 'SVE' ? 'ZCR_EL1' : 'SMCR_EL1';
  const own = lengthsOf(cpu, extension);
  const common = commonLengths(early, extension);
  // Where the kernel keeps a pseudo register of the longest vector, it looks at that first.
  if (state.registers.has(control) && cpu.tracked(control) < state.sanitised(control)) return 'shorter';
  if (common.some((length) => !own.includes(length))) return 'missing';
  if (extension === 'SME' || !hasKvm(state)) return undefined;
  return Math.min(...own.filter((length) => !common.includes(length))) <= longestForGuests(early) ? 'unsupported' : undefined;
}

/** Whether the kernel can be a hypervisor. */
function hasKvm({ environment, model }: BootState): boolean {
  return environment.bootEl === 2 && model.option('CONFIG_KVM') === 'y';
}

/** Vector lengths that are not the system's. */
function badLengths(state: BootState, cpu: CpuRegisters, extension: 'SVE' | 'SME', early: EarlyCpus): Objection {
  const inUse = state.capabilities.verdict(extension);
  const isOpen = early.open || [cpu, ...early.cpus].some((one) => hasOpenLengths(one, extension));
  const fault = lengthFault(state, cpu, extension, early.cpus);
  return {
    verdict: inUse === false ? false : isOpen ? undefined : fault === undefined ? false : inUse,
    refuse: () => {
      if (fault === 'missing') state.print('fpsimd', { code: 'vector-lengths-missing', extension }, cpu);
      if (fault === 'unsupported') state.print('fpsimd', { code: 'vector-lengths-unsupported', extension }, cpu);
      state.print('cpufeature', { code: 'vector-length-mismatch', extension }, cpu);
      const common = commonLengths(early.cpus, extension);
      const own = lengthsOf(cpu, extension);
      const bits = (lengths: readonly number[]): string => lengths.map((length) => length * 8).join(', ');
      const reasons = {
        shorter: `the longest ${extension} vector of ${Math.max(...own) * 8} bits is too short`,
        missing: `${extension} vector lengths ${bits(common.filter((length) => !own.includes(length)))} bits are missing`,
        unsupported: `${extension} vector lengths ${bits(own.filter((length) => !common.includes(length)))} bits are not the system's`,
      };
      return { reason: fault === undefined ? `other ${extension} vector lengths` : reasons[fault], panics: false };
    },
  };
}

/** The CPUs that came up before a late one. */
export interface EarlyCpus {
  readonly cpus: readonly CpuRegisters[];
  /** Whether it is not known of some of them that they did. */
  readonly open: boolean;
}

/** The hwcaps that programs were promised, and those of which that is not known. */
export interface Promised {
  readonly certain: ReadonlySet<string>;
  readonly open: ReadonlySet<string>;
}

/** The hwcaps that programs were promised and this CPU may not have. */
function* missingHwcaps(
  state: BootState,
  cpu: CpuRegisters,
  rules: readonly HwcapRule[],
  { certain, open }: Promised,
  asked: Truth,
): Iterable<Objection> {
  const { userMask, openUserMask } = factsOfHwcaps(state);
  const facts = { ...state.local(cpu), ...given({ userMask, openUserMask }) };
  for (const { name, when, constant } of rules) {
    if (!certain.has(name) && !open.has(name)) continue;
    const has = verdictOn(when, facts);
    const isSure = certain.has(name) && asked === true;
    yield {
      verdict: has === true ? false : has === false && isSure ? true : undefined,
      refuse: () => {
        state.print('cpufeature', { code: 'missing-hwcap', constant }, cpu);
        return { reason: `missing hwcap ${name}`, panics: false };
      },
    };
  }
}

/** VMID bits by ID_AA64MMFR1_EL1.VMIDBits: 16 for 2, else 8. */
function vmidBits(field: number): number {
  return field === 2 ? 16 : 8;
}

/** What a hypervisor asks of a late CPU: no narrower VMIDs or intermediate addresses than it has settled on. */
function* missingForKvm(state: BootState, cpu: CpuRegisters): Iterable<Objection> {
  if (!hasKvm(state)) return;
  const narrower = (what: 'VMID width' | 'IPA range', reason: string, isNarrower: () => boolean): Objection => ({
    verdict: state.ask(isNarrower),
    refuse: () => {
      state.print('cpufeature', { code: 'narrower-for-kvm', what }, cpu);
      return { reason, panics: false };
    },
  });
  yield narrower(
    'VMID width',
    'narrower VMIDs than KVM uses',
    () => vmidBits(cpu.field('ID_AA64MMFR1_EL1', 4)) < vmidBits(state.sanitisedField('ID_AA64MMFR1_EL1', 4)),
  );
  if (state.model.behaviour['kvm-ipa-check'] !== 'own') return;
  yield narrower(
    'IPA range',
    'a smaller physical address range than KVM uses',
    () => cpu.field('ID_AA64MMFR0_EL1', 0) < state.sanitisedField('ID_AA64MMFR0_EL1', 0),
  );
}

/** What a CPU that comes after the features are settled must fulfil, in the order in which the kernel asks. */
export function* lateObjections(
  state: BootState,
  cpu: CpuRegisters,
  early: EarlyCpus,
  promised: { readonly hwcaps: Promised; readonly compat: Promised },
): Iterable<Objection> {
  yield* earlyObjections(state, cpu);
  yield* conflicts(state, cpu, ['local', 'system']);
  yield* missingHwcaps(state, cpu, state.model.hwcaps, promised.hwcaps, true);
  const runsAArch32 = state.ask(() => cpu.has32BitEl0);
  if (runsAArch32 !== false) yield* missingHwcaps(state, cpu, state.model.compatHwcaps, promised.compat, runsAArch32);
  yield badLengths(state, cpu, 'SVE', early);
  yield badLengths(state, cpu, 'SME', early);
  yield* missingForKvm(state, cpu);
}

/** What became of a CPU: it came up, it was refused, or (`undefined`) one of the two; and why it was, or may have been, refused. */
export interface Admission {
  readonly admitted: Truth;
  readonly refusals: readonly CpuRefusal[];
}

/** Asks of a CPU one thing after the other, until it is refused. */
export function admit(state: BootState, cpu: CpuRegisters, objections: Iterable<Objection>): Admission {
  const refusals: CpuRefusal[] = [];
  let settled = false;
  const ask = (asked: Iterator<Objection>): void => {
    for (let next = asked.next(); !settled && !next.done; next = asked.next()) {
      const { verdict, refuse } = next.value;
      state.when(verdict, () => {
        const refusal = refuse();
        if (!refusal.panics) state.print('cpufeature', { code: 'will-not-boot' }, cpu);
        refusals.push(refusal);
      });
      settled = verdict === true;
      // Whatever the kernel asks after this, it asks only if the CPU has passed.
      if (verdict === undefined) state.weakly(() => ask(asked));
    }
  };
  ask(objections[Symbol.iterator]());
  return { admitted: refusals.length === 0 ? true : settled ? false : undefined, refusals };
}
