import { CAPABILITY_TYPES } from '../../src/linux/release/capability.ts';
import type { CapabilityState, Gate, HwcapState, HwcapVector, KconfigState, SanitisedFieldState } from '../../src/linux/release/rows.ts';
import { conditionText, coresText, coreText, fixedText, gateText, type Terms } from './condition-text.ts';

/** The number of a hwcap word. */
export const WORD: Readonly<Record<HwcapVector, number>> = { AT_HWCAP: 1, AT_HWCAP2: 2, AT_HWCAP3: 3 };

/** CPUs of an erratum, each with the options of its own. */
export interface Affected {
  readonly midr: string;
  readonly config?: Gate;
}

/** A cpucap or an erratum of one release. */
export type FlatCapability = CapabilityState & { readonly affected?: readonly Affected[] };

/** A register that is merged over CPUs. */
export function registerLine(name: string, encoding: readonly number[], override: boolean): string {
  return `${name} ${encoding.join('.')}${override ? ' overridable' : ''}`;
}

/** A field of such a register. */
export function fieldLine(register: string, bits: readonly [number, number], state: SanitisedFieldState): string {
  const visible = state.visible === true ? 'visible' : (state.visible ?? 'hidden');
  const sign = state.sign === 'signed' ? 's' : 'u';
  return `${register}[${bits.join(':')}] ${state.safe} ${state.safeValue ?? 0} ${sign} ${visible} ${state.strict === false ? 'loose' : 'strict'}`;
}

/** A hwcap, native or AArch32. */
export function hwcapLine(
  row: { readonly name: string; readonly vector: HwcapVector; readonly bit: number },
  state: HwcapState,
  terms: Terms,
): string {
  return `${row.name} ${WORD[row.vector]}.${row.bit} when ${conditionText(state.when, terms)}${gateText(state.config)}`;
}

/** Scope and late-CPU rules; before 4.17 the tables do not state the latter. */
function typeText({ type }: CapabilityState, panics: boolean): string {
  const { scope, permittedForLate, optionalForLate, panicOnConflict, matchAllEarlyCpus } = CAPABILITY_TYPES[type];
  if (type === 'unscoped') return '- -';
  if (type.startsWith('scope-')) return `${scope} -`;
  const flags = {
    permitted: permittedForLate,
    optional: optionalForLate,
    panic: panicOnConflict && panics,
    'all-early': matchAllEarlyCpus,
  };
  return [scope, ...Object.entries(flags).flatMap(([name, held]) => (held ? [name] : []))].join(' ');
}

/** CPUs, each under the options of its own. */
function affectedText(affected: readonly Affected[], { cores }: Terms): string {
  return coresText(affected.map(({ midr, config }) => `${coreText(midr, cores)}${gateText(config)}`));
}

/** A list of cores that rules judge by. */
export function coreListLine(name: string, affected: readonly Affected[], terms: Terms): string {
  return `${name} ${affectedText(affected, terms)}`;
}

/** A cpucap or an erratum. */
export function capabilityLine(name: string, state: FlatCapability, terms: Terms, panics: boolean): string {
  const { affected = [] } = state;
  const when = [
    state.when && conditionText(state.when, terms),
    affected.length > 0 ? affectedText(affected, terms) : '',
    fixedText(state.fixed),
  ];
  const type = `${typeText(state, panics)}${state.perCpu ? ' per-cpu' : ''}`;
  return `${name} | ${state.description ?? '-'} | ${type} | ${when.filter(Boolean).join(' ; ')}${gateText(state.config)}`;
}

/** A field that the command line can override. */
export function overrideLine(path: string, state: { readonly bits: readonly [number, number]; readonly filter?: string }): string {
  return `${path} [${state.bits.join(':')}]${state.filter ? ` ${state.filter}` : ''}`;
}

/** A word that stands for overrides. */
export function aliasLine(name: string, expands: readonly string[]): string {
  return `${name} = ${expands.join(' ')}`;
}

/** An option of Kconfig. */
export function kconfigLine(name: string, state: KconfigState, terms: Terms): string {
  const depends = state.depends ? ` depends ${conditionText(state.depends, { ...terms, signed: false })}` : '';
  const selects = state.selects ? ` selects ${[...state.selects].sort().join(', ')}` : '';
  return `${name} ${state.default ?? '-'}${state.toolchain ? ' toolchain' : ''}${depends}${selects}`;
}
