import type { ComponentChildren, VNode } from 'preact';
import type { Station, Why } from '../../answers/why.ts';
import { findField } from '../../arch/register.ts';
import { widthOf } from '../../bits/field.ts';
import { fieldsAsked } from '../why/way-choices.tsx';
import { BitRow, rawOf } from './bit-row.tsx';

type Silicon = Extract<Station, { readonly place: 'silicon' }>;

interface Props {
  readonly answer: Why;
  /** The path of the field that the reader chose. */
  readonly chosen: string | undefined;
  /** Shows another of the fields on which it hangs. */
  choose(path: string): void;
  /** Gives a field a value; without CPUs, on all. */
  edit(target: string, value: bigint, cpus?: readonly number[]): void;
  /** What came of it: it stands where there is room, below the bits or, of several kinds of CPUs, below the values. */
  readonly children: ComponentChildren;
}

/** What stands at the field in silicon: of several, the one that was chosen, else the first that is not enough. */
export function shownStation({ chain }: Why, chosen: string | undefined): Silicon | undefined {
  const all = chain.filter((station): station is Silicon => station.place === 'silicon');
  return all.find(({ field }) => field === chosen) ?? all.find(({ fate }) => fate === 'lost') ?? all[0];
}

/** Where a field lies in its register. */
function Place({ lsb, msb }: { readonly lsb: number; readonly msb: number }): VNode {
  return (
    <svg class="bit-place" viewBox="0 0 640 12" aria-hidden="true" preserveAspectRatio="none">
      <rect x="0.5" y="0.5" width="639" height="11" class="whole" />
      <rect x={(63 - msb) * 10} y="0" width={(msb - lsb + 1) * 10} height="12" class="part" />
    </svg>
  );
}

/** The widest field whose bits are drawn. */
const MOST_BITS = 8;

/** The field on which a bit hangs: where it lies, its bits as switches, and its values. */
export function FieldStage({ answer, chosen, choose, edit, children }: Props): VNode {
  const station = shownStation(answer, chosen);
  const found = station === undefined ? undefined : findField(station.field);
  if (station === undefined || found === undefined) {
    return (
      <>
        <p class="soft">No ID register tells: there is no field to change.</p>
        {children}
      </>
    );
  }
  const { field, register } = found;
  const { groups } = station;
  const values = Object.entries(field.values ?? {});
  const others = fieldsAsked(answer);
  const raws = new Set(groups.map((group) => rawOf(group, field)));
  return (
    <section class="stage-field" aria-label={`The field ${field.name}`}>
      <div class="stage-bits">
        <p class="stage-path">
          <code>{register.name}</code> <strong class="mono">.{field.name}</strong>{' '}
          <span class="soft">{field.msb === field.lsb ? `bit ${field.msb}` : `bits ${field.msb} to ${field.lsb} of 63 to 0`}</span>
        </p>
        <Place msb={field.msb} lsb={field.lsb} />
        {widthOf(field) <= MOST_BITS &&
          groups.map((group) => (
            <BitRow
              key={group.cpus.join(' ')}
              field={field}
              group={group}
              isPart={groups.length > 1}
              set={(value) => edit(station.field, value, groups.length > 1 ? group.cpus : undefined)}
            />
          ))}
        {others.length > 1 && (
          <p class="small">
            It hangs on{' '}
            {others.map((path) => (
              <button key={path} type="button" class="mono stage-other" aria-pressed={path === station.field} onClick={() => choose(path)}>
                {path.slice(path.indexOf('.') + 1)}
              </button>
            ))}
          </p>
        )}
        {groups.length === 1 && children}
      </div>
      <div>
        <ul class="stage-values" aria-label={`Values of ${field.name}`}>
          {values.map(([raw, { name, meaning }]) => (
            <li key={raw}>
              <button
                type="button"
                aria-pressed={raws.size === 1 && raws.has(BigInt(raw))}
                onClick={() => edit(station.field, BigInt(raw))}
              >
                <strong class="mono">{raw}</strong> {meaning ?? name}
              </button>
            </li>
          ))}
        </ul>
        {groups.length > 1 && children}
      </div>
    </section>
  );
}
