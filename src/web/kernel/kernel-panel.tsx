import type { VNode } from 'preact';
import type { Kernel } from '../../linux/kernel.ts';
import { CONFIG_NAMES } from '../../linux/release/config.ts';
import { EntryInput } from '../catalogue/entry-input.tsx';
import type { Movement } from '../machine/use-edit-history.ts';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';
import { OptionList } from './option-list.tsx';
import { ReleaseChoice } from './release-choice.tsx';

interface Props {
  readonly query: ScenarioQuery;
  /** The kernel as it is booted. */
  readonly kernel: Kernel;
  /** The exception level at which it is entered; absent: not known. */
  readonly bootEl: 1 | 2 | undefined;
  /** Whether the machine, or what lies between, tells that level. */
  readonly isTold: boolean;
  readonly movement: { current: Movement };
  set(query: ScenarioQuery): void;
}

function configName({ config }: Kernel): string {
  return typeof config === 'object' ? (config.base ?? 'defconfig') : (config ?? 'defconfig');
}

/** The options that a recorded kernel had, which are no named configuration. */
function ownOptions({ config }: Kernel, query: ScenarioQuery): number {
  if (typeof config !== 'object') return 0;
  const asked = new Set(query.options.map(([name]) => name));
  return Object.keys(config).filter((name) => name !== 'base' && !asked.has(name)).length;
}

/** The same under another release; empty: the one of the recording. */
function withRelease({ release: _, ...query }: ScenarioQuery, release: string): ScenarioQuery {
  return release === '' ? query : { ...query, release };
}

/** The same entered at another exception level; empty: the one that the machine tells, if it does. */
function withBootEl(query: ScenarioQuery, bootEl: string): ScenarioQuery {
  const { bootEl: _, ...environment } = query.environment;
  return { ...query, environment: bootEl === '' ? environment : { ...environment, bootEl: bootEl === '2' ? 2 : 1 } };
}

/** The choice of a kernel: release, configuration, options, command line, exception level. */
export function KernelPanel({ query, kernel, bootEl, isTold, movement, set }: Props): VNode {
  const own = ownOptions(kernel, query);
  return (
    <>
      <ReleaseChoice release={kernel.release} movement={movement} choose={(release) => set(withRelease(query, release))} />
      <p class="row">
        <label>
          Configuration{' '}
          <select value={configName(kernel)} onChange={({ currentTarget }) => set({ ...query, config: currentTarget.value })}>
            {CONFIG_NAMES.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Started at{' '}
          <select value={bootEl ?? ''} onChange={({ currentTarget }) => set(withBootEl(query, currentTarget.value))}>
            {!isTold && <option value="">not known</option>}
            <option value={1}>EL1, as a guest</option>
            <option value={2}>EL2, as a host</option>
          </select>
        </label>
      </p>
      {own > 0 && <p class="small soft">{own} more options are as on the recorded kernel.</p>}
      <details open={(kernel.cmdline ?? '') !== '' || query.options.length > 0}>
        <summary class="small">Command line and single options</summary>
        <EntryInput
          label="Command line"
          labelClass="wide"
          class="mono"
          placeholder="such as arm64.nosve"
          text={kernel.cmdline ?? ''}
          enter={(cmdline) => void set({ ...query, cmdline })}
        />
        <OptionList options={query.options} set={(options) => set({ ...query, options })} />
      </details>
    </>
  );
}
