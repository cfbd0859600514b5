import type { GccDriver, GccExtension } from './driver-tables.ts';

/** The extensions that a core has, and those that are wanted. */
export interface Wish {
  readonly given: ReadonlySet<string>;
  readonly wanted: ReadonlySet<string>;
}

function written(sign: '+' | '+no', extensions: readonly GccExtension[], names: ReadonlySet<string>): string {
  return extensions
    .filter(({ name }) => names.has(name))
    .map(({ name }) => `${sign}${name}`)
    .join('');
}

/**
 * The text of GCC 12: the least set of extensions that, with what is given, turns on what is wanted; then what is given and not wanted,
 * each by its own name.
 */
export function minimisedText({ extensions }: GccDriver, { given, wanted }: Wish): string {
  const left = new Set(wanted);
  for (const { name, on, synthetic } of extensions) {
    const asked = synthetic ? on : [name];
    if (!asked.every((part) => left.has(part) || given.has(part))) continue;
    const own = given.has(name);
    for (const part of on) if (!own || given.has(part)) left.delete(part);
    left.add(name);
  }
  for (const name of given) left.delete(name);
  const lost = new Set([...given].filter((name) => !wanted.has(name)));
  return written('+', extensions, left) + written('+no', extensions, lost);
}

/** Whether a name is wanted: one that stands for others, if all of them are, or all that comes with it is. */
function isWanted({ name, standsFor, on }: GccExtension, alias: GccDriver['alias'], wanted: ReadonlySet<string>): boolean {
  if (standsFor === undefined) return wanted.has(name);
  return (alias === 'on' ? on : standsFor).every((part) => wanted.has(part));
}

/** What is there after an extension was taken; one that only stands for others is never there itself. */
function take({ name, standsFor, on }: GccExtension, there: Set<string>): void {
  for (const part of on) there.add(part);
  if (standsFor === undefined) there.add(name);
}

/** Whether an extension, or some of those that it stands for, is there. */
function isThere({ name, standsFor = [name] }: GccExtension, there: ReadonlySet<string>): boolean {
  return standsFor.some((part) => there.has(part));
}

/** What has to be taken away, in the order of the table: each takes others with it. */
function removed(extensions: readonly GccExtension[], there: Set<string>, wanted: ReadonlySet<string>): readonly string[] {
  const goes = (name: string): boolean => there.has(name) && !wanted.has(name);
  return extensions.flatMap((extension) => {
    const { name, when, standsFor } = extension;
    if (standsFor !== undefined || when === undefined || !goes(name)) return [];
    const alias = extensions.find((other) => other.standsInNo && other.standsFor?.includes(name) === true && other.standsFor.every(goes));
    const printed = alias ?? extension;
    for (const part of [name, ...printed.off]) there.delete(part);
    return [printed.name];
  });
}

/** The text of GCC 14 and newer: what must be added to a core, the last of the table first; then what must go from it. */
export function addedText({ extensions, alias }: GccDriver, { given, wanted }: Wish, always: ReadonlySet<string>): string {
  const there = new Set(given);
  const added = new Set<string>();
  for (const extension of extensions.toReversed()) {
    if (!isWanted(extension, alias, wanted) || (isThere(extension, there) && !always.has(extension.name))) continue;
    added.add(extension.name);
    take(extension, there);
  }
  return (
    written('+', extensions, added) +
    removed(extensions, there, wanted)
      .map((name) => `+no${name}`)
      .join('')
  );
}
