/** The lessons that come with the explorer, by file. */
const TEXTS: Readonly<Record<string, string>> = import.meta.glob('./texts/*.md', { query: '?raw', import: 'default', eager: true });

/** The names of all lessons, in the order in which they are best taken. */
export const LESSON_NAMES: readonly string[] = [
  'id-field',
  'way-of-a-hwcap',
  'big-little',
  'erratum',
  'guest',
  'no-sve',
  'levels',
  'sigill',
];

/** The text of a lesson by its name; `undefined` if there is none. */
export function textNamed(name: string): string | undefined {
  return TEXTS[`./texts/${name}.md`];
}
