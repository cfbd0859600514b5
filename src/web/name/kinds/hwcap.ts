import { archFeaturesOfHwcap } from '../../../answers/hwcap-arch-features.ts';
import { instructionsOfAny } from '../../../arch/mnemonic.ts';
import { allHwcaps, findHwcap } from '../../../linux/release/hwcap-catalogue.ts';
import { hwcapLetters } from '../../../linux/release/hwcap-letters.ts';
import { listed, type NameKind } from '../name-kind.ts';

/** What a hwcap is: what it announces, what its letters stand for, its instructions, since when. */
export function hwcapSentence(name: string): string {
  const entry = findHwcap(name);
  if (entry === undefined) return '';
  const archFeatures = archFeaturesOfHwcap(entry.name);
  const is = archFeatures.map((own) => `${own.name}: ${own.description}`).join('; ');
  const letters = hwcapLetters(entry.name);
  const instructions = instructionsOfAny(archFeatures);
  const levels = [...new Set(archFeatures.map(({ introduced }) => introduced.level))];
  return [
    `${entry.name} is a hwcap, a bit by which Linux tells programs that they may use ${is === '' ? 'something' : is}.`,
    letters === undefined ? '' : `Its letters stand for “${letters}”.`,
    instructions.length === 0 ? '' : `Instructions: ${listed(instructions)}.`,
    `${levels.length === 0 ? 'In' : `From ${levels.join(', ')}; in`} Linux since ${entry.since}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Hwcaps. */
export const HWCAP_KIND: NameKind = {
  word: 'hwcap',
  plural: 'Hwcaps',
  about: 'A hwcap is a bit by which Linux tells programs that they may use something; /proc/cpuinfo prints it by name.',
  all: () => allHwcaps().map(({ name }) => name),
  find: (text) => findHwcap(text)?.name,
  sentence: hwcapSentence,
};
