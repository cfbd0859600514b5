import type { HwcapFate, HwcapInProgram } from '../runtime/hwcap-programs.ts';

/** A name of a program for a hwcap: `HasSVE (x/sys/cpu; 1.24, 1.27)`. Versions are told where not all have it. */
function nameText({ name, answer, versions }: HwcapInProgram, all: boolean): string {
  const beside = [answer ?? [], all ? [] : versions.join(', ')].flat().join('; ');
  return beside === '' ? name : `${name} (${beside})`;
}

/** What becomes of a hwcap in a program, in a line without the program's title. */
export function formatFate({ names, overlookedBy }: HwcapFate): string {
  if (names.length === 0) return 'overlooked';
  const known = new Set([...overlookedBy, ...names.flatMap(({ versions }) => versions)]).size;
  const told = names.map((name) => nameText(name, name.versions.length === known)).join(', ');
  return overlookedBy.length === 0 ? told : `${told}; overlooked by ${overlookedBy.join(', ')}`;
}
