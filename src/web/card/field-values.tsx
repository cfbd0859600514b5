import type { VNode } from 'preact';
import { findField } from '../../arch/register.ts';
import { readField } from '../../bits/field.ts';
import type { FieldCondition } from '../../linux/release/rows.ts';
import { Mark } from '../catalogue/mark.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';

/** The values that a field can have, and from which on a hwcap is there. */
export function FieldValues({ condition }: { readonly condition: FieldCondition }): VNode | null {
  const { field: path, atLeast, atMost = Number.POSITIVE_INFINITY } = condition;
  const found = findField(path);
  if (found === undefined) return null;
  const { msb, lsb, sign, description, values = {} } = found.field;
  const width = msb - lsb + 1;
  const compared = (raw: number): number => Number(readField(BigInt(raw), { msb: width - 1, lsb: 0 }, sign));
  return (
    <table class="field-values">
      <caption>
        <ReferenceLink kind="field" name={path} /> bits {msb === lsb ? msb : `${msb}:${lsb}`}
        {sign === 'signed' ? ', compares as signed' : ''}
        {`: ${description}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">Name</th>
          <th scope="col">Meaning</th>
          <th scope="col">Gives it</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(values).map(([raw, { name, meaning }]) => {
          const holds = compared(Number(raw)) >= atLeast && compared(Number(raw)) <= atMost;
          return (
            <tr key={raw}>
              <th scope="row" class="mono">
                0b{Number(raw).toString(2).padStart(width, '0')}
              </th>
              <td class="mono">{name}</td>
              <td>{meaning}</td>
              <td>
                <Mark kind={holds ? 'yes' : 'no'} label={holds ? 'yes' : 'no'} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
