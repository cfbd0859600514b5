/** A kind of names that have a page each. */
export interface NameKind {
  /** What one is called: `hwcap`. */
  readonly word: string;
  /** The title of the list of all. */
  readonly plural: string;
  /** What such a thing is, for those who do not know. */
  readonly about: string;
  all(): readonly string[];
  /** The name of what a text means; `undefined` if it means none. */
  find(text: string): string | undefined;
  /** What one of them is, in a sentence or two. */
  sentence(name: string): string;
}

/** A few names, and how many more there are. */
export function listed(names: readonly string[], most: number = 6): string {
  // “and 1 more” takes as much room as the one.
  const shown = names.length === most + 1 ? names : names.slice(0, most);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
