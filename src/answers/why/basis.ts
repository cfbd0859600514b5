import { isSignedField } from '../../arch/field-bits.ts';
import { given } from '../../given.ts';
import type { BootState } from '../../linux/bring-up/boot-state.ts';
import { type Facts, fieldPlace } from '../../linux/bring-up/evaluate.ts';
import { factsOfHwcaps } from '../../linux/bring-up/hwcaps.ts';
import { COMPAT_DEFAULT_ROWS, COMPAT_HWCAP_ROWS, cpucapRow, fieldRows, hwcapRow, stateNear } from '../../linux/release/history.ts';
import { findHwcap } from '../../linux/release/hwcap-catalogue.ts';
import type { KernelModel } from '../../linux/release/kernel-at.ts';
import type { CapabilityState, Condition, HwcapState, Timed } from '../../linux/release/rows.ts';
import { stateAt } from '../../linux/release/timeline.ts';
import { conjunction } from '../../logic/tree.ts';
import { RUNS_AARCH32 } from '../../rows/slots.ts';
import { allCompatHwcaps } from '../compat-hwcap.ts';
import type { Asked } from './asked.ts';
import { cpucapCondition, cpucapOptions, gateNeeds, type Need } from './needs.ts';
import type { WhySubject } from './why-subject.ts';

/** What decides a subject: a condition on the system, its options, and its row in the kernel's history. */
export interface Basis {
  /** Absent: no register decides. */
  readonly condition?: Condition;
  readonly options: readonly Need[];
  readonly row?: Timed<object>;
  readonly source: string;
  /** What stands in the place of a condition that no register decides. */
  readonly reason?: string;
  /** What the condition is judged by. */
  facts(state: BootState): Facts;
}

const CPUFEATURE = 'linux:arch/arm64/kernel/cpufeature.c';

function hwcapBasis(name: string, model: KernelModel): Basis {
  const row = hwcapRow(name);
  const source = `${CPUFEATURE}#arm64_elf_hwcaps`;
  if (row === undefined) {
    const entry = findHwcap(name);
    return {
      options: gateNeeds(entry?.config === undefined ? undefined : { config: entry.config }),
      ...(entry === undefined ? {} : { row: { since: entry.since } }),
      ...given({ reason: entry !== undefined && 'reason' in entry ? entry.reason : undefined }),
      source: `${CPUFEATURE}#setup_elf_hwcaps`,
      facts: factsOfHwcaps,
    };
  }
  const state = stateNear<HwcapState>(row, model.release);
  return { ...given({ condition: state?.when }), options: gateNeeds(state?.config), row, source, facts: factsOfHwcaps };
}

/** A hwcap of 32-bit programs: there must be such programs, and no erratum may take it from them. */
function compatBasis(name: string, model: KernelModel): Basis {
  const { vector, bit, setBy } = allCompatHwcaps().find((one) => one.name === name)!;
  const isConstant = vector === 'AT_HWCAP' && ((model.compatDefault >> BigInt(bit)) & 1n) === 1n;
  const row = COMPAT_HWCAP_ROWS.find((one) => one.vector === vector && one.bit === bit);
  const state = row === undefined || isConstant ? undefined : stateNear<HwcapState>(row, model.release);
  const runs = RUNS_AARCH32.filter((cpucap) => model.capabilitiesNamed.has(cpucap)).map((cpucap) => ({ cpucap }));
  const errata = model.capabilities.filter(({ clearsCompat }) => clearsCompat === name && vector === 'AT_HWCAP2');
  const parts: readonly Condition[] = [
    ...(state === undefined ? [] : [state.when]),
    // A kernel without a capability for it does not look.
    runs.length === 0 ? { field: 'ID_AA64PFR0_EL1.EL0', atLeast: 2 } : { any: runs },
    ...errata.map((erratum) => ({ not: { cpucap: erratum.name } })),
  ];
  return {
    ...(parts.length === 0 ? { reason: `set by ${setBy}` } : { condition: conjunction(parts) }),
    options: [{ kind: 'option', option: 'CONFIG_COMPAT', wanted: true }, ...gateNeeds(state?.config)],
    ...given({ row: isConstant ? COMPAT_DEFAULT_ROWS[0] : row }),
    source: `${CPUFEATURE}#compat_elf_hwcaps`,
    facts: factsOfHwcaps,
  };
}

function cpucapBasis(name: string, model: KernelModel): Basis {
  const row = cpucapRow(name, model.release);
  const state = row === undefined ? undefined : stateNear<CapabilityState>(row, model.release);
  const condition =
    cpucapCondition(name, model) ?? (row?.affected === undefined ? undefined : { midr: row.affected.map(({ midr }) => midr) });
  const source = state?.type === 'local-cpu-erratum' ? 'linux:arch/arm64/kernel/cpu_errata.c#arm64_errata' : `${CPUFEATURE}#arm64_features`;
  return {
    ...given({ condition }),
    options: cpucapOptions(name, model.release),
    ...given({ row }),
    source,
    facts: (boot) => boot.system,
  };
}

function fieldBasis(subject: WhySubject & { readonly kind: 'field' }, model: KernelModel): Basis {
  const { register, lsb, width } = fieldPlace(subject.name);
  const rows = fieldRows(subject.name).filter(({ bits: [msb, low] }) => low <= lsb && msb >= lsb + width - 1);
  const field = rows.find((row) => stateAt(row, model.release) !== undefined) ?? rows.find(({ bits: [, low] }) => low === lsb) ?? rows[0];
  const condition = { field: subject.name, atLeast: subject.atLeast, ...(isSignedField(subject.name) ? { sign: 'signed' as const } : {}) };
  return {
    condition,
    options: [],
    ...given({ row: field }),
    source: `${CPUFEATURE}#ftr_${register.toLowerCase()}`,
    facts: (boot) => boot.system,
  };
}

function archFeatureBasis(name: string, asked: Asked | undefined): Basis {
  return {
    ...given({ condition: asked?.condition }),
    options: [],
    source: `ddi0487#${name}`,
    facts: (boot) => boot.system,
  };
}

/** Finds what decides a subject at a kernel, or would decide it if the kernel knew it. */
export function basisOf(subject: WhySubject, model: KernelModel, asked: Asked | undefined): Basis {
  switch (subject.kind) {
    case 'hwcap':
      return hwcapBasis(subject.name, model);
    case 'compat':
      return compatBasis(subject.name, model);
    case 'cpucap':
      return cpucapBasis(subject.name, model);
    case 'field':
      return fieldBasis(subject, model);
    case 'arch-feature':
      return archFeatureBasis(subject.name, asked);
  }
}
