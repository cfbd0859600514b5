import type { Json } from './docs.ts';

/** What names an item of a list in a row: a core, a field, a word; absent for steps, which stand for themselves. */
function nameOf(item: Json): string | undefined {
  return typeof item === 'object' && item !== null ? (item.midr ?? item.name) : undefined;
}

function isSame(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What an edit makes of a row: a line for each member that is other than before, `+` and `-` for items of lists. */
export function* rowChange(was: Json, is: Json, path: readonly string[] = []): Iterable<string> {
  const at = path.join(' ');
  if (isSame(was, is)) return;
  if (Array.isArray(is) && (was === undefined || Array.isArray(was))) {
    const before: readonly Json[] = was ?? [];
    for (const item of before) {
      if (!is.some((other) => isSame(other, item) || (nameOf(item) !== undefined && nameOf(other) === nameOf(item))))
        yield `${at} - ${JSON.stringify(item)}`;
    }
    for (const item of is) {
      if (before.some((other) => isSame(other, item))) continue;
      const same = nameOf(item) === undefined ? undefined : before.find((other) => nameOf(other) === nameOf(item));
      if (same === undefined) yield `${at} + ${JSON.stringify(item)}`;
      else yield* rowChange(same, item, [...path, nameOf(item)!]);
    }
    return;
  }
  if (isObject(was) && isObject(is)) {
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) yield* rowChange(was[key], is[key], [...path, key]);
    return;
  }
  yield is === undefined
    ? `${at} - ${JSON.stringify(was)}`
    : `${at}: ${was === undefined ? '' : `${JSON.stringify(was)} → `}${JSON.stringify(is)}`;
}

function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
