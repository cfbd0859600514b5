import { ALL_CORES, type Core, coreNamed, coreTitle } from '../../../silicon/core.ts';
import { listed, type NameKind } from '../name-kind.ts';

/** So many names as a sentence bears. */
function someOf(names: readonly string[]): readonly string[] {
  const shown = 6;
  return names.length <= shown + 1 ? names : [...names.slice(0, shown), `${names.length - shown} others`];
}

/** The numbers of a core in MIDR_EL1. */
export function midrWords({ implementer, part }: Core): string {
  return `implementer 0x${implementer.toString(16)}, part 0x${part.toString(16).padStart(3, '0')}`;
}

function coreSentence(name: string): string {
  const [core] = ALL_CORES.filter((one) => one.name === name);
  if (core === undefined) return '';
  const level = core.level === undefined ? '' : `, built to ${core.level}`;
  const year = core.year === undefined ? '' : `, ${core.year}`;
  return `${coreTitle(core)}: ${midrWords(core)} in MIDR_EL1${level}${year}.${core.products === undefined ? '' : ` In ${listed(someOf(core.products))}.`}`;
}

/** The names of cores, each once: several makers may have a core of one name. */
function coreNames(): readonly string[] {
  return [...new Set(ALL_CORES.map(({ name }) => name))];
}

/** Cores. */
export const CORE_KIND: NameKind = {
  word: 'core',
  plural: 'Cores',
  about: 'A core is named by two numbers in MIDR_EL1: who made it, and which part it is.',
  all: coreNames,
  find: (text) => coreNamed(text)?.name,
  sentence: coreSentence,
};
