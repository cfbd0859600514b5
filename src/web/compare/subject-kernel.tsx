import type { VNode } from 'preact';
import { CONFIG_NAMES } from '../../linux/release/config.ts';
import { EntryInput } from '../catalogue/entry-input.tsx';
import { ReleaseInput } from '../catalogue/release-input.tsx';
import { type Query, queryValue } from '../route.ts';
import type { FoundSubject } from './use-subjects.ts';

interface Props {
  readonly query: Query;
  readonly found: FoundSubject | undefined;
  /** Takes another value of a key of the query; empty: none. */
  set(key: string, value: string): void;
}

const AS_RECORDED = 'as recorded';

function configNameOf(found: FoundSubject | undefined): string {
  const config = found?.subject?.kernel.config;
  return typeof config === 'object' ? AS_RECORDED : (config ?? 'defconfig');
}

/** The kernel of one side of a comparison: release, configuration, command line. */
export function SubjectKernel({ query, found, set }: Props): VNode {
  const config = configNameOf(found);
  const configs = CONFIG_NAMES.includes(config) ? CONFIG_NAMES : [config, ...CONFIG_NAMES];
  return (
    <>
      <ReleaseInput
        label="Linux"
        release={found?.subject?.kernel.release ?? queryValue(query, 'k') ?? ''}
        choose={(release) => set('k', release)}
      />
      <label>
        Configuration{' '}
        <select value={config} onChange={({ currentTarget: { value } }) => set('c', value === AS_RECORDED ? '' : value)}>
          {configs.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <EntryInput
        label="Command line"
        class="mono"
        size={14}
        text={queryValue(query, 'cmdline') ?? ''}
        enter={(cmdline) => void set('cmdline', cmdline)}
      />
    </>
  );
}
