import type { VNode } from 'preact';
import { ReleaseInput } from '../catalogue/release-input.tsx';
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
          <ReleaseInput
            label="Linux"
            release={release ?? kernel ?? ''}
            choose={(value) => show([...own.filter(([key]) => key !== 'k'), ...(value === '' ? [] : [['k', value] as const])])}
          />
          <a href={linkTo('levels', route.name, filter)}>Without a machine</a>
          <a href={linkTo('machine', '', own)}>Open this machine</a>
        </>
      )}
    </div>
  );
}
