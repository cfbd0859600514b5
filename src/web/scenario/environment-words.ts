import type { Environment } from '../../linux/environment.ts';

/** The words of `env=` in an address, and what each says of a kernel's surroundings. */
const WORDS: Readonly<Record<string, Environment>> = {
  nvhe: { nvhe: true },
  vhe: { nvhe: false },
  kaslr: { kaslr: true },
  nokaslr: { kaslr: false },
  evtstrm: { eventStream: true },
  noevtstrm: { eventStream: false },
};

/** Reads one word; `undefined` if there is none of that kind. */
export function parseEnvironmentWord(word: string): Environment | undefined {
  const [, hertz] = /^timer:(\d{1,10})$/.exec(word) ?? [];
  if (hertz !== undefined && Number(hertz) <= 0xffff_ffff) return { timerHz: Number(hertz) };
  if (word === 'el1' || word === 'el2') return { bootEl: word === 'el1' ? 1 : 2 };
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}

/** Writes what is said of a kernel's surroundings as words. The firmware's answers have none. */
export function formatEnvironmentWords({ bootEl, timerHz, nvhe, kaslr, eventStream }: Environment): readonly string[] {
  const word = (value: boolean | undefined, yes: string, no: string): readonly string[] => (value === undefined ? [] : [value ? yes : no]);
  return [
    ...(bootEl === undefined ? [] : [`el${bootEl}`]),
    ...word(nvhe, 'nvhe', 'vhe'),
    ...word(kaslr, 'kaslr', 'nokaslr'),
    ...word(eventStream, 'evtstrm', 'noevtstrm'),
    ...(timerHz === undefined ? [] : [`timer:${timerHz}`]),
  ];
}
