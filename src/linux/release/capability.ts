import { given } from '../../given.ts';
import { judge } from '../../logic/judge.ts';
import { ERRATUM_ROWS, FEATURE_ROWS, SHORT_ORDER_EDITS } from '../generated/cpucaps.ts';
import type { Options } from './config.ts';
import { compareMainline, type Release } from './release.ts';
import type {
  CapabilityRow,
  CapabilityState,
  CapabilityType,
  Condition,
  Gate,
  OptionCondition,
  OrderEdit,
  ShortOrderEdit,
} from './rows.ts';
import { dataRelease, stateAt } from './timeline.ts';

/** Where a capability is tested: on the boot CPU, on every early CPU, or on the sanitised registers. */
export type Scope = 'boot' | 'local' | 'system';

/** How the kernel treats CPUs that differ in a capability. */
export interface CapabilityRules {
  readonly scope: Scope;
  /** A CPU may have it although the system has not settled on it. */
  readonly permittedForLate: boolean;
  /** A CPU may lack it although the system has it. */
  readonly optionalForLate: boolean;
  /** A conflict stops the whole system, not only the CPU. */
  readonly panicOnConflict: boolean;
  /** It counts only if every early CPU has it. */
  readonly matchAllEarlyCpus: boolean;
}

function rules(scope: Scope, permittedForLate: boolean, optionalForLate: boolean, more: Partial<CapabilityRules> = {}): CapabilityRules {
  return { scope, permittedForLate, optionalForLate, panicOnConflict: false, matchAllEarlyCpus: false, ...more };
}

/**
 * What each type of capability means.
 *
 * @see Linux `arch/arm64/include/asm/cpufeature.h`, ARM64_CPUCAP_*.
 */
export const CAPABILITY_TYPES: Readonly<Record<CapabilityType, CapabilityRules>> = {
  'system-feature': rules('system', true, false),
  'local-cpu-erratum': rules('local', false, true),
  'weak-local-cpu-feature': rules('local', true, true),
  'boot-restricted-cpu-local-feature': rules('local', false, true),
  'boot-cpu-feature': rules('boot', true, false),
  'strict-boot-cpu-feature': rules('boot', false, false, { panicOnConflict: true }),
  'early-local-cpu-feature': rules('local', true, false, { matchAllEarlyCpus: true }),
  'scope-system': rules('system', true, false),
  'scope-local-cpu': rules('local', false, true),
  unscoped: rules('local', false, true),
};

/** Before 4.7 no type said where a capability is tested: features were on the sanitised registers, and a late CPU had to have what one field tells. */
function rulesOf({ type, when }: CapabilityState, erratum: boolean): CapabilityRules {
  if (type !== 'unscoped' || erratum) return CAPABILITY_TYPES[type];
  const asked = when !== undefined && 'rule' in when ? when.of : when;
  return rules('system', true, asked === undefined || !('field' in asked));
}

/** A cpucap or an erratum of one kernel whose options are on. */
export interface Capability extends CapabilityRules {
  readonly name: string;
  /** What the log calls it; absent = it is never reported. */
  readonly description?: string;
  readonly when: Condition;
  /** Whether it stands in the kernel's table of errata. */
  readonly erratum: boolean;
  /** Its number, the order of tests and reports. */
  readonly index: number;
  readonly perCpu: boolean;
  readonly hides?: string;
  readonly clearsCompat?: string;
  readonly trapsCtr?: true;
  /** Set where an option turns it on. */
  readonly isGated?: true;
}

/** Whether the options that a row is compiled under are on. */
export function gateHolds(gate: Gate | undefined, option: Options): boolean {
  return gate === undefined || judge(gate, ({ config }: OptionCondition) => option(config) === 'y');
}

/** The condition of a row: its own, and the CPUs that it names, of which an erratum's list of CPUs is what its rule judges. */
function conditionOf(row: CapabilityRow, state: CapabilityState, release: Release, option: Options): Condition {
  const midr: string[] = [];
  for (const affected of row.affected ?? []) {
    const at = stateAt<{ readonly config?: Gate }>(affected, release);
    if (at && gateHolds(at.config, option)) midr.push(affected.midr);
  }
  const named: Condition | undefined = row.affected ? { midr, ...(state.fixed ? { fixed: state.fixed } : {}) } : undefined;
  if (state.when === undefined) return named ?? { any: [] };
  if ('rule' in state.when && state.when.of === undefined && named) return { rule: state.when.rule, of: named };
  return state.when;
}

function wholeEdit({ remove, add, ...bounds }: ShortOrderEdit): OrderEdit {
  const added = add?.flatMap((run) => {
    const names = run.split(' ');
    return names.slice(1).map((name, index) => (names[index] === '' ? { name } : { name, after: names[index]! }));
  });
  return { ...bounds, ...given({ remove: remove?.split(' '), add: added }) };
}

/** The edits of the list of capabilities, from the oldest on. */
export const ORDER_EDITS: readonly OrderEdit[] = SHORT_ORDER_EDITS.map(wholeEdit);

/** The names of all capabilities of a release, in the order of their numbers. */
export function capabilityOrderAt(release: Release, edits: readonly OrderEdit[] = ORDER_EDITS): readonly string[] {
  let order: string[] = [];
  for (const edit of edits) {
    if (
      edit.series === undefined
        ? mainlineReached(edit, release)
        : edit.series === release.series && (release.sublevel ?? 0) >= dataRelease(edit.since).sublevel!
    ) {
      order = edited(order, edit);
    }
  }
  return order;
}

function mainlineReached(edit: OrderEdit, release: Release): boolean {
  if (compareMainline(release, dataRelease(edit.since)) < 0) return false;
  const notIn = edit.notIn === undefined ? undefined : dataRelease(edit.notIn);
  return !notIn || compareMainline(release, notIn) > 0 || release.sublevel === undefined || release.sublevel > notIn.sublevel!;
}

function edited(order: readonly string[], edit: OrderEdit): string[] {
  const moved = new Set([...(edit.remove ?? []), ...(edit.add ?? []).map(({ name }) => name)]);
  const next = order.filter((name) => !moved.has(name));
  for (const { name, after } of edit.add ?? []) next.splice(after === undefined ? 0 : next.indexOf(after) + 1, 0, name);
  return next;
}

/** The capabilities that a kernel tests, in the order of their numbers. */
export function capabilitiesAt(release: Release, option: Options): readonly Capability[] {
  const numbers = new Map(capabilityOrderAt(release).map((name, index) => [name, index]));
  const found: Capability[] = [];
  for (const [rows, erratum] of [
    [FEATURE_ROWS, false],
    [ERRATUM_ROWS, true],
  ] as const) {
    for (const row of rows) {
      const state = stateAt<CapabilityState>(row, release);
      if (!state || !gateHolds(state.config, option)) continue;
      found.push({
        name: row.name,
        ...given({ description: state.description }),
        ...rulesOf(state, erratum),
        when: conditionOf(row, state, release, option),
        erratum,
        index: numbers.get(row.name) ?? numbers.size,
        perCpu: state.perCpu === true,
        ...given({ hides: row.hides, clearsCompat: row.clearsCompat, trapsCtr: row.trapsCtr, isGated: state.config && true }),
      });
    }
  }
  return found.sort((a, b) => a.index - b.index);
}
