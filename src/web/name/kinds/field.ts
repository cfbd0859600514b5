import { ALL_REGISTERS, findField } from '../../../arch/register.ts';
import { listed, type NameKind } from '../name-kind.ts';

function fieldSentence(name: string): string {
  const found = findField(name);
  if (found === undefined) return '';
  const { register, field } = found;
  const values = Object.entries(field.values ?? {}).map(([raw, value]) => `${raw}: ${value.meaning ?? value.name}`);
  return `${field.name}, bits ${field.msb}:${field.lsb} of ${register.name}: ${field.description ?? register.longName}. ${values.length === 0 ? '' : `Values: ${listed(values)}.`}`;
}

/** Fields of ID registers. */
export const FIELD_KIND: NameKind = {
  word: 'field',
  plural: 'Fields of ID registers',
  about: 'A field counts upwards: a value promises everything that the lower values promise.',
  all: () => [...new Set(ALL_REGISTERS.flatMap(({ name, fields }) => fields.map((field) => `${name}.${field.name}`)))],
  find: (text) => {
    const found = findField(text);
    return found === undefined ? undefined : `${found.register.name}.${found.field.name}`;
  },
  sentence: fieldSentence,
};
