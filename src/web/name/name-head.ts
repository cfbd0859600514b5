import type { PageHead } from '../view.ts';
import type { NameKind } from './name-kind.ts';

/** The head of a name's page, or of the list of all names of its kind. */
export function nameHead({ word, plural, about, find, sentence }: NameKind, name: string): PageHead {
  if (name === '') return { title: plural, description: about };
  const found = find(name);
  return found === undefined
    ? { title: `No such ${word}`, description: about }
    : { title: `${found}: ${word}`, description: sentence(found) };
}
