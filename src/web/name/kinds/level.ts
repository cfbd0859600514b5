import { ALL_LEVELS, findLevel } from '../../../arch/level.ts';
import { listed, type NameKind } from '../name-kind.ts';

/** Architecture levels. */
export const LEVEL_KIND: NameKind = {
  word: 'level',
  plural: 'Architecture levels',
  about: 'A level such as Armv8.4-A says which architecture features must be there, and which may.',
  all: () => ALL_LEVELS.map(({ name }) => name),
  find: (text) => findLevel(text)?.name,
  sentence: (name) => {
    const { mandatory = [], optional = [] } = findLevel(name) ?? { name };
    return `${name} makes ${mandatory.length} architecture features mandatory: ${listed(mandatory)}. ${optional.length} more are new and optional.`;
  },
};
