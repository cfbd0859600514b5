import type { VNode } from 'preact';
import { KNOWN_TREES } from '../../linux/release/known-trees.ts';
import { MachinePicker } from '../machine/machine-picker.tsx';
import { linkTo, type Query, queryValue } from '../route.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import type { ViewProps } from '../view.ts';
import { namesMachine } from './use-level-overlay.ts';

interface Props extends ViewProps {
  /** The release that was booted. */
  readonly release: string | undefined;
}

/** Which machine and kernel are laid over the levels. */
export function MachineChoice({ route, navigate, release }: Props): VNode {
  const isNamed = namesMachine(route);
  const filter = route.query.filter(([key]) => key === 'q');
  const own = route.query.filter(([key]) => key !== 'q');
  const show = (query: Query): void => navigate({ ...route, query: [...query, ...filter] });
  const kernel = queryValue(own, 'k');
  return (
    <div class="filter no-print">
      <MachinePicker
        machine={isNamed ? parseScenario(own).value.machine : { kind: 'known', name: '' }}
        choose={(name) => show(name === '' ? [] : [['m', name], ...(kernel === undefined ? [] : [['k', kernel] as const])])}
      />
      {isNamed && (
        <>
          <label>
            Linux{' '}
            <input
              key={release}
              class="mono"
              list="level-releases"
              size={12}
              defaultValue={release ?? kernel ?? ''}
              spellcheck={false}
              autocomplete="off"
              onChange={({ currentTarget }) => {
                const value = currentTarget.value.trim();
                show([...own.filter(([key]) => key !== 'k'), ...(value === '' ? [] : [['k', value] as const])]);
              }}
            />
          </label>
          <datalist id="level-releases">
            {KNOWN_TREES.map(({ release: known }) => (
              <option key={known} value={known} />
            ))}
          </datalist>
          <a href={linkTo('levels', '', filter)}>Without a machine</a>
          <a href={linkTo('machine', '', own)}>Open this machine</a>
        </>
      )}
    </div>
  );
}
