import type { Release } from './release.ts';
import type { BehaviourRow } from './rows.ts';
import { stateAt } from './timeline.ts';

/** The rules of a release that are no table entries; spec-data/linux/behaviour.json says what each means. */
export interface Behaviour {
  readonly 'aarch32-registers-initialised': 'always' | 'boot-cpu-el0';
  readonly 'aarch32-registers-updated': 'always' | 'cpu-el0' | 'cpu-and-system-el0' | 'system-el0';
  readonly 'hwcap-needs-visible-field': boolean;
  /** Absent: no MRS is emulated. */
  readonly 'mrs-emulation-from-crm'?: number;
  readonly 'ctr-effective-idc': boolean;
  readonly 'ctr-trapped': boolean;
  readonly 'ctr-trapped-everywhere'?: boolean;
  readonly 'compat-needs-32bit-el0': boolean;
  readonly 'cpuid-hwcap': boolean;
  readonly overrides: boolean;
  readonly 'impossible-override-message': boolean;
  readonly 'mismatched-32bit-el0': boolean;
  readonly 'capability-order': 'per-table call' | 'features-then-errata' | 'errata-then-features' | 'index';
  readonly 'detected-message': 'detected-feature-enabling-workaround' | 'detected-enabling-workaround' | 'detected';
  readonly 'signed-comparison': boolean;
  readonly 'relaxed-aarch32-el1'?: boolean;
  readonly 'mmfr4-not-updated'?: boolean;
  readonly 'evtstrm-parameter'?: boolean;
  readonly 'override-value'?: 'number' | 'hex-digit';
  readonly mpamidr?: 'raw' | 'sanitised' | 'sanitised-or-frac';
  readonly gmid?: 'raw' | 'overridden';
  readonly 'strict-boot-panics'?: boolean;
  readonly vpipt?: boolean;
  readonly 'system-settled': 'before-el' | 'after-el';
  readonly 'nvhe-named'?: boolean;
  readonly 'mitigations-off-reported'?: 'where-needed' | 'always';
  readonly 'nospectre-bhb'?: boolean;
  readonly 'mitigations-option'?: 'word' | 'prefix';
  readonly 'boolean-words': 'yes-no' | 'true-false' | 'enable-disable';
  readonly 'single-hides-possible'?: boolean;
  readonly 'kvm-ipa-check'?: 'own' | 'sanitised';
  readonly 'maxcpus-counts': 'online' | 'tried';
  readonly 'spectre-bhb'?: 'listed' | 'unless-safe';
  readonly 'vector-length-registers'?: 'raw' | 'sanitised';
  readonly 'sysfs-identification'?: boolean;
  readonly 'sysfs-smidr'?: boolean;
  readonly 'sysfs-aidr'?: boolean;
  readonly 'varange-keeps-parange'?: boolean;
  readonly 'kpti-asked-first'?: boolean;
  readonly 'compat-model-name'?: boolean;
}

/** The rules that hold at a release. */
export function behaviourAt(rows: readonly BehaviourRow[], release: Release): Behaviour {
  const values: Record<string, unknown> = {};
  for (const row of rows) {
    const state = stateAt<{ readonly value: string | number | boolean }>(row, release);
    if (state) values[row.name] = state.value;
  }
  return values as unknown as Behaviour;
}
