import type { VNode } from 'preact';
import type { FieldDescriptor } from '../../arch/register.ts';
import { parseWord } from '../../bits/hex.ts';
import { given } from '../../given.ts';
import { EntryInput } from '../catalogue/entry-input.tsx';
import { valueChoice } from '../use-field-values.ts';
import type { ShownField } from './shown-register.ts';

interface Props {
  readonly shown: ShownField;
  edit(path: string, value: bigint): void;
}

/** Fields of more bits than this are typed, not chosen. */
const MENU_BITS = 4;

interface Choice {
  readonly value: number;
  readonly text: string;
}

function textOf(field: FieldDescriptor, value: number): string | undefined {
  const listed = field.values?.[String(value)];
  const range = field.ranges?.find(({ from, to }) => value >= from && (to === undefined || value <= to));
  const meaning = listed?.meaning ?? range?.meaning;
  return meaning === undefined ? undefined : valueChoice(String(value), given({ name: listed?.name, meaning }));
}

/** The values of a field that mean something, and those that are reserved. */
function choices(field: FieldDescriptor): { readonly meant: readonly Choice[]; readonly reserved: readonly Choice[] } {
  const all = Array.from({ length: 2 ** (field.msb - field.lsb + 1) }, (_, value) => ({ value, text: textOf(field, value) }));
  return {
    meant: all.flatMap(({ value, text }) => (text === undefined ? [] : [{ value, text }])),
    reserved: all.flatMap(({ value, text }) => (text === undefined ? [{ value, text: String(value) }] : [])),
  };
}

function options(list: readonly Choice[]): readonly VNode[] {
  return list.map(({ value, text }) => (
    <option key={value} value={value}>
      {text}
    </option>
  ));
}

function Typed({ shown, edit }: Props): VNode {
  const { field, path, raw, isOpen } = shown;
  const width = field.msb - field.lsb + 1;
  return (
    <EntryInput
      label="Value"
      text={isOpen ? '' : `0x${raw.toString(16)}`}
      enter={(text) => {
        const value = parseWord(text);
        if (value === undefined || value >= 1n << BigInt(width)) return `A number of ${width} bits, such as 0x1f or 31.`;
        edit(path, value);
        return undefined;
      }}
    />
  );
}

/** The value of a field: a menu, or for a wide field a number. */
export function FieldValueInput({ shown, edit }: Props): VNode {
  const { field, path, raw, isOpen } = shown;
  if (field.msb - field.lsb + 1 > MENU_BITS) return <Typed shown={shown} edit={edit} />;
  const { meant, reserved } = choices(field);
  return (
    <label>
      Value{' '}
      <select value={isOpen ? '' : String(raw)} onChange={({ currentTarget }) => edit(path, BigInt(currentTarget.value))}>
        {isOpen && (
          <option value="" disabled>
            not known
          </option>
        )}
        {options(meant)}
        {reserved.length > 0 && <optgroup label="reserved">{options(reserved)}</optgroup>}
      </select>
    </label>
  );
}
