import { encodingOf, formatEncoding } from '../../../arch/encoding.ts';
import { ALL_REGISTERS, findRegister } from '../../../arch/register.ts';
import { listed, type NameKind } from '../name-kind.ts';

/** ID registers. */
export const REGISTER_KIND: NameKind = {
  word: 'register',
  plural: 'ID registers',
  about: 'A CPU describes itself in registers that hold fields of a few bits each.',
  all: () => ALL_REGISTERS.map(({ name }) => name),
  find: (text) => findRegister(text)?.name,
  sentence: (name) => {
    const own = findRegister(name);
    return own === undefined
      ? ''
      : `${own.name}: ${own.longName}, ${formatEncoding(encodingOf(own.name))} for MRS. Fields: ${listed(own.fields.map((field) => field.name))}.`;
  },
};
