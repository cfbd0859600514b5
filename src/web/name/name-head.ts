import { NAME_VIEWS, type NameView, type Route } from '../route.ts';
import type { PageHead } from '../view.ts';
import type { NameKind } from './name-kind.ts';

/** Whether a view shows names of one kind. */
export function isNameView(view: string): view is NameView {
  return NAME_VIEWS.some((one) => one === view);
}

/** The head of a name's page, or of the list of all names of its kind. */
export function nameHead(kinds: Readonly<Partial<Record<NameView, NameKind>>>, { view, name }: Route): PageHead {
  const kind = isNameView(view) ? kinds[view] : undefined;
  if (kind === undefined) return { title: '', description: '' };
  const { word, plural, about, find, sentence } = kind;
  if (name === '') return { title: plural, description: about };
  const found = find(name);
  return found === undefined
    ? { title: `No such ${word}`, description: about }
    : { title: `${found}: ${word}`, description: sentence(found) };
}
