import { fieldConditionsOf } from '../../answers/field-conditions.ts';
import { ALL_REGISTERS, type FieldDescriptor, findField, type RegisterField } from '../../arch/register.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import type { Io } from '../io.ts';
import { paletteOf, table, wrap } from '../style.ts';
import type { Catalogue, CatalogueItem, Detail } from './catalogue.ts';

function bitsText({ msb, lsb }: FieldDescriptor): string {
  return msb === lsb ? `[${msb}]` : `[${msb}:${lsb}]`;
}

function itemOf({ register, field }: RegisterField): CatalogueItem {
  const name = `${register.name}.${field.name}`;
  return { name, columns: [bitsText(field), field.description], object: { path: name, ...field } };
}

/** The hwcaps whose condition looks at a field. */
function hwcapsAt(path: string): readonly string[] {
  return allHwcaps()
    .filter(({ when }) => when !== undefined && fieldConditionsOf(when).some(({ field }) => field === path))
    .map(({ name }) => name);
}

function valueRows(field: FieldDescriptor): readonly string[][] {
  const values = Object.entries(field.values ?? {}).map(([value, { name, meaning }]) => [
    value,
    name ?? '',
    meaning,
    field.implements?.[value]?.join(' ') ?? '',
  ]);
  const ranges = (field.ranges ?? []).map(({ from, to, meaning }) => [`${from}${to === undefined ? '…' : `–${to}`}`, '', meaning, '']);
  return [...values, ...ranges];
}

async function describe(found: RegisterField, io: Io): Promise<Detail> {
  const { name, object } = itemOf(found);
  const palette = await paletteOf(io);
  const hwcaps = hwcapsAt(name);
  const rows = valueRows(found.field);
  const shown = rows.some((row) => row[3] !== '') ? rows : rows.map((row) => row.slice(0, 3));
  const head = `${palette.head(name)} ${bitsText(found.field)}  ${found.field.description}${found.field.sign === 'signed' ? ', signed' : ''}`;
  const used = hwcaps.length === 0 ? '' : `${wrap(`decides the hwcaps ${hwcaps.join(', ')}`, io.columns, '  ')}\n`;
  return { text: `${head}\n${await table(shown, io)}${used}`, object: { ...object, hwcaps } };
}

/** The fields of all registers, with their values as detail. */
export function fieldCatalogue(): Catalogue {
  const all = ALL_REGISTERS.flatMap((register) => register.fields.map((field) => ({ register, field })));
  return {
    items: all.map(itemOf),
    async detail(text, io) {
      const path = findField(text);
      const matches = path === undefined ? all.filter(({ field }) => field.name.toLowerCase() === text.toLowerCase()) : [path];
      if (matches.length === 0) return undefined;
      const details: Detail[] = [];
      for (const match of matches) details.push(await describe(match, io));
      return {
        text: details.map((detail) => detail.text).join('\n'),
        object: details.flatMap((detail) => detail.object),
      };
    },
  };
}
