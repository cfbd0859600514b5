import type { VNode } from 'preact';
import { evaluateIdentification, type Identification } from '../../arch/arch-feature-rule.ts';
import { fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { valueNames } from '../../arch/field-values.ts';
import type { FieldValue } from '../../arch/register.ts';
import { insertField } from '../../bits/field.ts';
import { Mark } from '../catalogue/mark.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { REGISTERS } from '../use-field-values.ts';

interface Props {
  /** The path of the field. */
  readonly path: string;
  /** What is asked of it. */
  readonly when: Identification;
}

interface RowProps {
  readonly bits: string;
  readonly value: Partial<FieldValue>;
  readonly holds: boolean;
  /** Whether what values mean is there. */
  readonly isWhole: boolean;
}

function ValueRow({ bits, value: { name, meaning }, holds, isWhole }: RowProps): VNode {
  return (
    <tr>
      <th scope="row" class="mono">
        0b{bits}
      </th>
      <td class="mono">{name ?? '–'}</td>
      {isWhole && <td>{meaning}</td>}
      <td>
        <Mark kind={holds ? 'yes' : 'no'} label={holds ? 'yes' : 'no'} />
      </td>
    </tr>
  );
}

/** The values as they stand until what is said of them is there. */
function namesAlone(path: string): Readonly<Record<string, Partial<FieldValue>>> {
  return Object.fromEntries(Object.entries(valueNames(path)).map(([raw, name]) => [raw, name === '' ? {} : { name }]));
}

/** The values that a field can have, and which of them give what a card is about. */
export function FieldValues({ path, when }: Props): VNode | null {
  const field = REGISTERS.use()?.findField(path)?.field;
  if (!isFieldPath(path)) return null;
  const bits = fieldBits(path);
  const { msb, lsb, sign } = bits;
  const values = field?.values ?? namesAlone(path);
  const holds = (raw: string): boolean => evaluateIdentification(when, () => insertField(0n, bits, BigInt(raw))) === true;
  return (
    <ScrollArea label={`Values of ${path}`}>
      <table class="field-values">
        <caption>
          <ReferenceLink kind="field" name={path} /> bits {msb === lsb ? msb : `${msb}:${lsb}`}
          {sign === 'signed' ? ', compares as signed' : ''}
          {field === undefined ? '' : `: ${field.description}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Name</th>
            {field !== undefined && <th scope="col">Meaning</th>}
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
              isWhole={field !== undefined}
            />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
