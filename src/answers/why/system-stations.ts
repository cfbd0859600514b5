import { given } from '../../given.ts';
import { optionRow } from '../../linux/release/history.ts';
import type { KernelModel } from '../../linux/release/kernel-at.ts';
import type { Backport, KconfigState, OptionCondition, Timed } from '../../linux/release/rows.ts';
import { stateAt } from '../../linux/release/timeline.ts';
import type { Doubt } from '../../linux/system.ts';
import { leavesAtFault } from '../../logic/judge.ts';
import type { Need } from './needs.ts';
import type { OptionState, Station } from './station.ts';
import type { Trace } from './trace.ts';

/** What is known of an option at a kernel: its value, its default, and what it depends on. */
export function optionState(option: string, model: KernelModel): OptionState {
  const row = optionRow(option);
  const state = row === undefined ? undefined : stateAt<KconfigState>(row, model.release);
  const depends = state?.depends;
  const unmet = depends === undefined ? [] : leavesAtFault(depends, ({ config }: OptionCondition) => model.option(config) !== 'n');
  return {
    option,
    value: model.option(option),
    offered: row === undefined || state !== undefined,
    ...given({ default: state?.default, depends }),
    unmet: unmet.map(({ leaf }) => leaf.config),
  };
}

/** The options that an answer needs; one that is at fault, because it is off or on when it should not be, is where the bit was lost. */
export function configuration(needs: readonly Need[], faults: readonly Need[], trace: Trace): readonly Station[] {
  const { model } = trace;
  const wanted = new Map<string, boolean>();
  for (const need of needs) if (need.kind === 'option') wanted.set(need.option, need.wanted);
  if (wanted.size === 0) return [];
  const options = [...wanted.keys()].map((option) => optionState(option, model));
  const met = options.every(({ option, value }) => (value === 'y') === wanted.get(option));
  const lost = faults.some((fault) => fault.kind === 'option' && options.some(({ option, offered }) => option === fault.option && offered));
  return [{ place: 'configuration', fate: lost ? 'lost' : met ? 'passed' : 'noted', options, source: 'linux:arch/arm64/Kconfig' }];
}

/** Whether a doubt of a release concerns one of some names, or the release as a whole. */
function concerns(row: string, names: readonly string[]): boolean {
  return /^(?:sublevel|release|updates) /.test(row) || names.some((name) => row.split(' ').includes(name));
}

/** Whether a doubt is about CPUs of an erratum that is in doubt itself. */
function isPartOf(row: string, doubts: readonly Doubt[]): boolean {
  const [erratum, cpus] = row.split(' on ');
  return cpus !== undefined && doubts.some((doubt) => doubt.row === erratum);
}

/** What the kernel's history says of a row. */
export function release(row: Timed<object> | undefined, names: readonly string[], present: boolean, trace: Trace, source: string): Station {
  const { model, system } = trace;
  const known = row === undefined || stateAt(row, model.release) !== undefined;
  return {
    place: 'release',
    fate: known ? 'passed' : present ? 'noted' : 'lost',
    release: model.release.text,
    known,
    ...given({ since: row?.since, until: row?.until }),
    backports: (row?.backports ?? []).map(({ series, since }: Backport<object>) => ({ series, since })),
    doubts: system.doubts.filter(({ row: name }) => concerns(name, names) && !isPartOf(name, system.doubts)),
    source,
  };
}

/** The CPUs that the kernel did not bring up, and a stop of the whole system. */
export function cpus({ system }: Trace): readonly Station[] {
  const refused = system.cpus.flatMap(({ index, refused: reason }) => (reason === undefined ? [] : [{ cpu: index, reason }]));
  if (refused.length === 0 && system.panic === null) return [];
  const panic = system.panic !== null;
  return [
    {
      place: 'cpus',
      fate: panic ? 'lost' : 'noted',
      refused,
      panic,
      source: 'linux:arch/arm64/kernel/cpufeature.c#verify_local_cpu_capabilities',
    },
  ];
}
