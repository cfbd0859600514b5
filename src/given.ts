/** The members of an object that may be undefined, as optional ones. */
type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/**
 * Leaves out what is not there, for optional members: `{ name, ...given({ cpu }) }` has a `cpu` only where there is one. A member
 * that is null, zero or empty stays.
 */
export function given<T extends object>(members: T): Given<T> {
  const present: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) present[name] = value;
  return present as Given<T>;
}
