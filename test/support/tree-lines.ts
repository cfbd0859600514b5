import { fieldPlace } from '../../src/linux/bring-up/evaluate.ts';
import { BEHAVIOUR_ROWS } from '../../src/linux/generated/behaviour.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../../src/linux/generated/cpucaps.ts';
import { COMPAT_BIT_NAME_ROWS, COMPAT_DEFAULT_ROWS, COMPAT_HWCAP_ROWS, HWCAP_ROWS } from '../../src/linux/generated/hwcaps.ts';
import { KCONFIG_ROWS } from '../../src/linux/generated/kconfig.ts';
import { OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../../src/linux/generated/overrides.ts';
import { SANITISED_ROWS } from '../../src/linux/generated/sanitised.ts';
import { behaviourAt } from '../../src/linux/release/behaviour.ts';
import { CAPABILITY_TYPES, capabilityOrderAt } from '../../src/linux/release/capability.ts';
import type { Release } from '../../src/linux/release/release.ts';
import type {
  CapabilityRow,
  CapabilityState,
  Condition,
  HwcapRow,
  HwcapState,
  HwcapVector,
  KconfigState,
  SanitisedFieldState,
} from '../../src/linux/release/rows.ts';
import { stateAt } from '../../src/linux/release/timeline.ts';
import { conditionText, coresText, coreText, fixedText, gateText } from './condition-text.ts';

const WORD: Readonly<Record<HwcapVector, number>> = { AT_HWCAP: 1, AT_HWCAP2: 2, AT_HWCAP3: 3 };

/** The hwcaps that follow from no register, so that no row has them: name and bit of AT_HWCAP. */
const WITHOUT_ROW = { evtstrm: 2, cpuid: 11 } as const;

/** The rules that can be read off the trees' tables; the others came from reading one function at a time. */
const IN_TABLES = [
  'aarch32-registers-initialised',
  'aarch32-registers-updated',
  'hwcap-needs-visible-field',
  'mrs-emulation-from-crm',
  'ctr-effective-idc',
  'ctr-trapped',
  'compat-needs-32bit-el0',
  'cpuid-hwcap',
  'overrides',
  'impossible-override-message',
  'mismatched-32bit-el0',
  'capability-order',
  'detected-message',
] as const;

function signedAt(release: Release): boolean {
  return behaviourAt(BEHAVIOUR_ROWS, release)['signed-comparison'];
}

function* registers(release: Release): Iterable<string> {
  for (const row of SANITISED_ROWS) {
    const state = stateAt<{ readonly override?: true }>(row, release);
    if (state) yield `${row.name} ${row.encoding.join('.')}${state.override ? ' overridable' : ''}`;
  }
}

function* fields(release: Release): Iterable<string> {
  for (const register of SANITISED_ROWS) {
    for (const row of register.fields) {
      const state = stateAt<SanitisedFieldState>(row, release);
      if (!state) continue;
      const visible = state.visible === true ? 'visible' : (state.visible ?? 'hidden');
      const sign = state.sign === 'signed' ? 's' : 'u';
      yield `${register.name}[${row.bits.join(':')}] ${state.safe} ${state.safeValue ?? 0} ${sign} ${visible} ${state.strict === false ? 'loose' : 'strict'}`;
    }
  }
}

function hwcaps(rows: readonly HwcapRow[], release: Release): readonly string[] {
  const signed = signedAt(release);
  return [...rows]
    .sort((a, b) => a.tableOrder - b.tableOrder)
    .flatMap((row) => {
      const state = stateAt<HwcapState>(row, release);
      return state ? [`${row.name} ${WORD[row.vector]}.${row.bit} when ${conditionText(state.when, signed)}${gateText(state.config)}`] : [];
    });
}

/** The names of bits in the order in which /proc/cpuinfo prints them. */
function cpuinfoOrder(release: Release): readonly string[] {
  const bits = HWCAP_ROWS.filter((row) => stateAt(row, release)).map(({ vector, bit, name }) => ({ word: WORD[vector], bit, name }));
  bits.push({ word: 1, bit: WITHOUT_ROW.evtstrm, name: 'evtstrm' });
  if (behaviourAt(BEHAVIOUR_ROWS, release)['cpuid-hwcap']) bits.push({ word: 1, bit: WITHOUT_ROW.cpuid, name: 'cpuid' });
  return bits.sort((a, b) => a.word - b.word || a.bit - b.bit).map(({ word, bit, name }) => `${word}.${bit} ${name}`);
}

function* compatWords(release: Release): Iterable<string> {
  for (const row of COMPAT_DEFAULT_ROWS) yield `default 0x${stateAt<{ readonly value: number }>(row, release)?.value.toString(16)}`;
  for (const row of COMPAT_BIT_NAME_ROWS) {
    const state = stateAt<{ readonly name?: string; readonly hole?: true }>(row, release);
    if (state) yield `${WORD[row.vector]}.${row.bit} ${state.hole ? '-' : state.name}`;
  }
}

/** Scope and late-CPU rules; before 4.17 the tables do not state the latter. */
function typeText({ type }: CapabilityState, release: Release): string {
  const { scope, permittedForLate, optionalForLate, panicOnConflict, matchAllEarlyCpus } = CAPABILITY_TYPES[type];
  if (type === 'unscoped') return '- -';
  if (type.startsWith('scope-')) return `${scope} -`;
  const panics = panicOnConflict && behaviourAt(BEHAVIOUR_ROWS, release)['strict-boot-panics'];
  const flags = { permitted: permittedForLate, optional: optionalForLate, panic: panics, 'all-early': matchAllEarlyCpus };
  return [scope, ...Object.entries(flags).flatMap(([name, held]) => (held ? [name] : []))].join(' ');
}

function* capabilities(rows: readonly CapabilityRow[], release: Release): Iterable<string> {
  const signed = signedAt(release);
  for (const row of rows) {
    const state = stateAt<CapabilityState>(row, release);
    if (!state) continue;
    const cores = (row.affected ?? []).flatMap((affected) => {
      const gate = stateAt<{ readonly config?: string | Condition }>(affected, release);
      return gate ? [`${coreText(affected.midr)}${gateText(gate.config)}`] : [];
    });
    const when = [state.when && conditionText(state.when, signed), cores.length > 0 ? coresText(cores) : '', fixedText(state.fixed)];
    const type = `${typeText(state, release)}${state.perCpu ? ' per-cpu' : ''}`;
    yield `${row.name} | ${state.description ?? '-'} | ${type} | ${when.filter(Boolean).join(' ; ')}${gateText(state.config)}`;
  }
}

function* overrides(release: Release): Iterable<string> {
  for (const register of OVERRIDE_REGISTER_ROWS) {
    for (const row of register.fields) {
      const state = stateAt<{ readonly bits: readonly [number, number]; readonly filter?: string }>(row, release);
      if (state) yield `${register.name}.${row.name} [${state.bits.join(':')}]${state.filter ? ` ${state.filter}` : ''}`;
    }
  }
  for (const row of OVERRIDE_ALIAS_ROWS) {
    const state = stateAt<{ readonly expands: readonly string[] }>(row, release);
    if (state) yield `${row.name} = ${state.expands.join(' ')}`;
  }
}

function* kconfig(release: Release): Iterable<string> {
  for (const row of KCONFIG_ROWS) {
    const state = stateAt<KconfigState>(row, release);
    if (!state) continue;
    const depends = state.depends ? ` depends ${conditionText(state.depends, false)}` : '';
    const selects = state.selects ? ` selects ${[...state.selects].sort().join(', ')}` : '';
    yield `${row.name} ${state.default ?? '-'}${state.toolchain ? ' toolchain' : ''}${depends}${selects}`;
  }
}

function* behaviour(release: Release): Iterable<string> {
  const rules = behaviourAt(BEHAVIOUR_ROWS, release);
  for (const name of IN_TABLES) if (rules[name] !== undefined) yield `${name} ${rules[name]}`;
  for (const row of [...FEATURE_ROWS, ...ERRATUM_ROWS]) {
    if (!stateAt(row, release)) continue;
    if (row.hides !== undefined) {
      const { register, lsb, width } = fieldPlace(row.hides);
      yield `${row.name} hides ${register}[${lsb + width - 1}:${lsb}]`;
    }
    if (row.clearsCompat !== undefined) yield `${row.name} clears AArch32 ${row.clearsCompat}`;
    if (row.trapsCtr) yield `${row.name} traps CTR_EL0`;
  }
  const sme = KCONFIG_ROWS.find(({ name }) => name === 'CONFIG_ARM64_SME')!;
  if (JSON.stringify(stateAt<KconfigState>(sme, release)?.depends ?? {}).includes('CONFIG_BROKEN')) yield 'CONFIG_ARM64_SME is broken';
  for (const row of SANITISED_ROWS) if (/^(ZCR|SMCR)_EL1$/.test(row.name) && stateAt(row, release)) yield `tracks ${row.name}`;
}

/** The tables of a release as lines that name nothing but numbers and options; in order where the kernel's own order matters. */
export function treeLines(release: Release): Readonly<Record<string, readonly string[]>> {
  const sorted = (lines: Iterable<string>): readonly string[] => [...lines].sort();
  return {
    registers: sorted(registers(release)),
    fields: sorted(fields(release)),
    hwcaps: hwcaps(HWCAP_ROWS, release),
    'cpuinfo-order': cpuinfoOrder(release),
    'compat-hwcaps': hwcaps(COMPAT_HWCAP_ROWS, release),
    'compat-words': sorted(compatWords(release)),
    cpucaps: sorted(capabilities(FEATURE_ROWS, release)),
    errata: sorted(capabilities(ERRATUM_ROWS, release)),
    'capability-order': capabilityOrderAt(release),
    overrides: sorted(overrides(release)),
    kconfig: sorted(kconfig(release)),
    behaviour: sorted(behaviour(release)),
  };
}
