/**
 * Answers: what people ask of the layers below, as data. What a hwcap stands for (this file), why it is there or is not (`why.ts`), in
 * what two booted machines differ (`diff.ts`), what a Features line tells (`infer.ts`), which level a machine meets (`level.ts`), what
 * several have in common (`baseline.ts`), what a guest really is (`guest.ts`); `seed.ts` is the question that started the project. The
 * command and the web print these values.
 *
 * @module
 */
import { ALL_ARCH_FEATURES, type ArchFeature } from '../arch/arch-feature.ts';
import { tellingErrata } from '../linux/release/history.ts';
import { type HwcapEntry, listHwcaps } from '../linux/release/hwcap-catalogue.ts';
import type { CapabilityRow, Condition, ConditionLeaf, FieldCondition } from '../linux/release/rows.ts';
import { leavesOf } from '../logic/tree.ts';

/** A hwcap of the catalogue; one that follows from no ID register has a reason in the place of a condition. */
export type AnyHwcap = Omit<HwcapEntry, 'when'> & ({ readonly when: Condition } | { readonly when?: undefined; readonly reason: string });

/** The hwcaps that the kernel sets by itself. */
const BY_KERNEL: readonly AnyHwcap[] = [
  {
    name: 'evtstrm',
    constant: 'HWCAP_EVTSTRM',
    vector: 'AT_HWCAP',
    bit: 2,
    since: '4.4',
    backports: [],
    config: 'CONFIG_ARM_ARCH_TIMER_EVTSTREAM',
    reason: 'no ID register: set when the timer offers an event stream (clocksource.arm_arch_timer.evtstrm=0 turns it off)',
  },
  {
    name: 'cpuid',
    constant: 'HWCAP_CPUID',
    vector: 'AT_HWCAP',
    bit: 11,
    since: '4.11',
    backports: [],
    reason: 'no ID register: set by every kernel that emulates MRS of ID registers at EL0',
  },
];

let all: readonly AnyHwcap[] | undefined;

/**
 * Every hwcap, by vector and bit.
 *
 * @example
 * ```js
 * allHwcaps()[0].name // → 'fp'
 * ```
 */
export function allHwcaps(): readonly AnyHwcap[] {
  all ??= [...listHwcaps(), ...BY_KERNEL].sort((a, b) => (a.vector === b.vector ? a.bit - b.bit : a.vector < b.vector ? -1 : 1));
  return all;
}

/** A hwcap, the architecture features behind it, and what may take it away. */
export interface HwcapFacts {
  readonly entry: AnyHwcap;
  /** In the order of their names. */
  readonly archFeatures: readonly ArchFeature[];
  /** Errata that hide a field which the hwcap needs. */
  readonly hiddenBy: readonly CapabilityRow[];
}

/** The comparisons with fields in a condition, from left to right; those behind a `not` are left out. */
export function fieldConditionsOf(condition: Condition): readonly FieldCondition[] {
  return leavesOf<ConditionLeaf>(condition).flatMap(({ leaf, wanted }): readonly FieldCondition[] => {
    if (!wanted) return [];
    if ('field' in leaf) return [leaf];
    return 'rule' in leaf && leaf.of !== undefined ? fieldConditionsOf(leaf.of) : [];
  });
}

/** The architecture features that a hwcap announces. */
export function archFeaturesOfHwcap(name: string): readonly ArchFeature[] {
  return ALL_ARCH_FEATURES.filter(({ linuxHwcaps = [] }) => linuxHwcaps.includes(name));
}

/** The catalogue's entry of a hwcap by its name in /proc/cpuinfo or its constant (`HWCAP_ILRCPC`), in any case. */
export function findHwcap(name: string): AnyHwcap | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/^(?:kernel_)?hwcap[23]?_/, '');
  return allHwcaps().find((entry) => entry.name.toLowerCase() === plain(name) || plain(entry.constant) === plain(name));
}

/**
 * All that is known of a hwcap; `undefined` if there is none of that name.
 *
 * @example
 * ```js
 * hwcapFacts('ilrcpc').archFeatures[0].name // → 'FEAT_LRCPC2'
 * ```
 */
export function hwcapFacts(name: string): HwcapFacts | undefined {
  const entry = findHwcap(name);
  if (entry === undefined) return undefined;
  const fields = entry.when === undefined ? [] : fieldConditionsOf(entry.when).map(({ field }) => field);
  return {
    entry,
    archFeatures: archFeaturesOfHwcap(entry.name),
    hiddenBy: tellingErrata().filter(({ hides }) => hides !== undefined && fields.includes(hides)),
  };
}
