import type { Answer } from '../runtime/judge-program.ts';

/** What a program concluded as JSON holds it: a value, or a value for each thing that it concludes. */
export type ConclusionObject = unknown;

/** What is certain of an answer; `undefined` if nothing is. */
function certain({ kind, names, open, word, option }: Answer): unknown {
  switch (kind) {
    case 'names':
      return names;
    case 'bits':
      return `0x${(word ?? 0n).toString(16)}`;
    case 'flag':
      return open.length > 0 ? undefined : names.length > 0;
    case 'first':
      return names[0];
    case 'list':
      return open.length > 0 ? undefined : names;
    case 'option':
      if (open.length > 0) return undefined;
      return names.length === 0 || option === undefined ? {} : { [option]: names[0] };
  }
}

function joined(answers: readonly Answer[], value: (answer: Answer) => unknown): unknown {
  const values = answers.flatMap((answer) => {
    const one = value(answer);
    return one === undefined ? [] : [[answer.name, one] as const];
  });
  const sole = values.find(([name]) => name === undefined);
  if (sole !== undefined) return sole[1];
  return values.length === 0 ? undefined : Object.fromEntries(values as readonly (readonly [string, unknown])[]);
}

/** What is certain, as JSON; `undefined` if nothing is. */
export function conclusionObject(answers: readonly Answer[]): ConclusionObject {
  return joined(answers, certain);
}

/** What is open: of names those that may hold too, else those of which one is it; `undefined` if all is known. */
export function openObject(answers: readonly Answer[]): ConclusionObject {
  return joined(answers, ({ open }) => (open.length === 0 ? undefined : open));
}
