import { applyChange, type Change, type Scenario } from '../../answers/why/scenario.ts';
import { fieldBits, findFieldPath } from '../../arch/field-bits.ts';
import { widthOf } from '../../bits/field.ts';
import type { Kernel } from '../../linux/kernel.ts';
import type { BaseMachine } from './base-machine.ts';
import { withEdit } from './register-edit.ts';
import type { ScenarioQuery } from './scenario-query.ts';

/** The query with a kernel written out in full. */
function pinKernel(query: ScenarioQuery, { release, config, cmdline }: Kernel): ScenarioQuery {
  const { base, ...given } = typeof config === 'object' ? (config as Readonly<Record<string, string>>) : { base: config };
  return {
    ...query,
    release,
    config: base ?? 'defconfig',
    options: Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ...(cmdline === undefined ? {} : { cmdline }),
  };
}

function withoutLayer(query: ScenarioQuery, layer: string): ScenarioQuery {
  const { mask, template, settings, ...others } = query;
  return {
    ...others,
    settings: settings.filter((setting) => setting !== layer),
    ...(mask === undefined || layer === 'the mask' ? {} : { mask }),
    ...(template === undefined || layer === 'the template' ? {} : { template }),
  };
}

/** The numbers that CPUs of a scenario have on the whole machine, of which the query may have taken some away. */
function originalCpus(cpus: readonly number[], query: ScenarioQuery, base: BaseMachine): readonly number[] {
  const kept = [...base.machine.cpus.keys()].filter((index) => !query.without.includes(index));
  return cpus.flatMap((cpu) => kept[cpu] ?? []);
}

function withFieldChange(query: ScenarioQuery, change: Change & { readonly kind: 'field' }, base: BaseMachine): ScenarioQuery {
  const path = findFieldPath(change.field);
  if (path === undefined) return query;
  const cpus = originalCpus(change.cpus, query, base);
  const edit = {
    target: path,
    value: BigInt.asUintN(widthOf(fieldBits(path)), BigInt(change.value)),
    ...(cpus.length === base.machine.cpus.length ? {} : { cpus }),
  };
  return { ...query, edits: withEdit(base.machine, query.edits, edit) };
}

/** Writes a change that the library proposes into a query, so that the address holds it. */
export function changedQuery(query: ScenarioQuery, change: Change, scenario: Scenario, base: BaseMachine): ScenarioQuery {
  switch (change.kind) {
    case 'field':
      return withFieldChange(query, change, base);
    case 'config':
    case 'cmdline':
    case 'release':
      return pinKernel(query, applyChange(scenario, change).kernel);
    case 'without-cpus':
      return { ...query, without: [...query.without, ...originalCpus(change.cpus, query, base)].sort((a, b) => a - b) };
    case 'vcpu':
      return query.kvm === undefined ? query : { ...query, kvm: { ...query.kvm, vcpu: [...query.kvm.vcpu, change.add] } };
    case 'host-release':
      return query.kvm === undefined ? query : { ...query, kvm: { ...query.kvm, kernel: { ...query.kvm.kernel, release: change.to } } };
    case 'without-layer':
      return withoutLayer(query, change.layer);
    case 'environment':
      return { ...query, environment: { ...query.environment, ...change.set } };
  }
}
