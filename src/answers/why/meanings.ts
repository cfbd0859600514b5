import { unsignedValue } from '../../arch/field-values.ts';
import { findField } from '../../arch/register.ts';
import { given } from '../../given.ts';
import type { CpuGroup, Station } from './station.ts';

/** What a value of a field says, in a phrase; `undefined` if the table has none. */
function meaningOf(path: string, value: number): string | undefined {
  const field = findField(path)?.field;
  const unsigned = unsignedValue(path, value);
  const range = field?.ranges?.find(({ from, to }) => unsigned >= from && (to === undefined || unsigned <= to));
  return field?.values?.[String(unsigned)]?.meaning ?? range?.meaning;
}

function told(path: string, { enough, ...group }: CpuGroup): CpuGroup {
  return { ...group, ...given({ meaning: group.value === undefined ? undefined : meaningOf(path, group.value) }), enough };
}

/** The stations with what the values on them mean. */
export function withMeanings(chain: readonly Station[]): readonly Station[] {
  return chain.map((station) =>
    station.place === 'silicon' ? { ...station, groups: station.groups.map((group) => told(station.field, group)) } : station,
  );
}
