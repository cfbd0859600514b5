import type { VNode } from 'preact';
import { evaluateIdentification, type Identification } from '../../arch/arch-feature.ts';
import { fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { type FieldValue, findField } from '../../arch/register.ts';
import { insertField } from '../../bits/field.ts';
import { Mark } from '../catalogue/mark.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';

interface Props {
  /** The path of the field. */
  readonly path: string;
  /** What is asked of it. */
  readonly when: Identification;
}

interface RowProps {
  readonly bits: string;
  readonly value: FieldValue;
  readonly holds: boolean;
}

function ValueRow({ bits, value: { name, meaning }, holds }: RowProps): VNode {
  return (
    <tr>
      <th scope="row" class="mono">
        0b{bits}
      </th>
      <td class="mono">{name}</td>
      <td>{meaning}</td>
      <td>
        <Mark kind={holds ? 'yes' : 'no'} label={holds ? 'yes' : 'no'} />
      </td>
    </tr>
  );
}

/** The values that a field can have, and which of them give what a card is about. */
export function FieldValues({ path, when }: Props): VNode | null {
  const found = findField(path);
  if (found === undefined || !isFieldPath(path)) return null;
  const { msb, lsb, sign, description, values = {} } = found.field;
  const bits = fieldBits(path);
  const holds = (raw: string): boolean => evaluateIdentification(when, () => insertField(0n, bits, BigInt(raw))) === true;
  return (
    <ScrollArea label={`Values of ${path}`}>
      <table class="field-values">
        <caption>
          <ReferenceLink kind="field" name={path} /> bits {msb === lsb ? msb : `${msb}:${lsb}`}
          {sign === 'signed' ? ', compares as signed' : ''}: {description}
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
          {Object.entries(values).map(([raw, value]) => (
            <ValueRow
              key={raw}
              bits={Number(raw)
                .toString(2)
                .padStart(msb - lsb + 1, '0')}
              value={value}
              holds={holds(raw)}
            />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
