import type { VNode } from 'preact';
import type { CpuGroup } from '../../answers/why.ts';
import { type BitRange, widthOf } from '../../bits/field.ts';
import { formatCpuSet } from '../scenario/cpu-set.ts';

interface Props {
  readonly field: BitRange & { readonly name: string };
  readonly group: CpuGroup;
  /** Whether the machine has other CPUs besides. */
  readonly isPart: boolean;
  set(value: bigint): void;
}

/** The value as the register holds it; `undefined`: not known. */
export function rawOf({ value }: Pick<CpuGroup, 'value'>, field: BitRange): bigint | undefined {
  return value === undefined ? undefined : BigInt.asUintN(widthOf(field), BigInt(value));
}

/** The bits of a field on some CPUs, the highest first; each is a switch. */
export function BitRow({ field, group, isPart, set }: Props): VNode {
  const raw = rawOf(group, field);
  const places = Array.from({ length: widthOf(field) }, (_, i) => widthOf(field) - 1 - i);
  return (
    <fieldset class="bit-row">
      <legend class={isPart ? undefined : 'unseen'}>
        {isPart ? `CPU ${formatCpuSet(group.cpus)} ` : `Bits of ${field.name}`}
        {isPart && <span class="soft">{group.core ?? ''}</span>}
      </legend>
      {places.map((place) => {
        const isSet = raw === undefined ? undefined : ((raw >> BigInt(place)) & 1n) === 1n;
        return (
          <button
            key={place}
            type="button"
            class={`bit-switch${isSet === true ? ' set' : ''}`}
            aria-pressed={isSet === true}
            aria-label={`bit ${field.lsb + place}: ${isSet === undefined ? '? not known' : isSet ? '1' : '0'}`}
            onClick={() => set((raw ?? 0n) ^ (1n << BigInt(place)))}
          >
            {isSet === undefined ? '?' : isSet ? '1' : '0'}
          </button>
        );
      })}
      <output class="bit-value">= {group.value ?? '?'}</output>
    </fieldset>
  );
}
