import { encodingOf, formatEncoding } from '../../arch/encoding.ts';
import { ALL_REGISTERS, findRegister, type RegisterDescriptor } from '../../arch/register.ts';
import { findRegisterName } from '../../formats/register-name.ts';
import { bitsText } from '../decode.ts';
import { paletteOf, table } from '../style.ts';
import type { Catalogue, CatalogueItem } from './catalogue.ts';

function itemOf(register: RegisterDescriptor): CatalogueItem {
  const encoding = formatEncoding(encodingOf(register.name));
  const { name, longName, group, access } = register;
  return {
    name,
    columns: [encoding, longName],
    object: { name, encoding, longName, group, access, fields: register.fields.map((field) => field.name) },
  };
}

/** The registers, with their fields as detail. */
export function registerCatalogue(): Catalogue {
  return {
    items: ALL_REGISTERS.map(itemOf),
    async detail(text, io) {
      const name = findRegisterName(text);
      const register = name === undefined ? undefined : findRegister(name);
      if (register === undefined) return undefined;
      const palette = await paletteOf(io);
      const rows = register.fields.map((field) => [bitsText(field), field.name, field.description]);
      const head = `${palette.head(register.name)}  ${formatEncoding(encodingOf(register.name))}  ${register.longName}`;
      return { text: `${head}\n${await table(rows, io)}`, object: { ...itemOf(register).object, fields: register.fields } };
    },
  };
}
