import { allCpucaps, cpucapCard, cpucapNamed } from '../../answers/cpucap-card.ts';
import { hwcapFacts } from '../../answers/hwcap-facts.ts';
import { ALL_ARCH_FEATURES, findArchFeature } from '../../arch/arch-feature.ts';
import { instructionsOf } from '../../arch/mnemonic.ts';
import { formatArchFeatureLevels } from '../../formats/arch-feature-levels.ts';
import { allHwcaps, findHwcap } from '../../linux/release/hwcap-catalogue.ts';
import { hwcapLetters } from '../../linux/release/hwcap-letters.ts';
import { listed, type NameKind } from './name-kind.ts';

/** The instructions that a hwcap announces. */
export function instructionsOfHwcap(name: string): readonly string[] {
  return [...new Set((hwcapFacts(name)?.archFeatures ?? []).flatMap((archFeature) => instructionsOf(archFeature.name)))];
}

/** What a hwcap is: what it announces, what its letters stand for, its instructions, since when. */
export function hwcapSentence(name: string): string {
  const facts = hwcapFacts(name);
  if (facts === undefined) return '';
  const { entry, archFeatures } = facts;
  const is = archFeatures.map((own) => `${own.name}: ${own.description}`).join('; ');
  const letters = hwcapLetters(entry.name);
  const instructions = instructionsOfHwcap(name);
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

function archFeatureSentence(name: string): string {
  const own = findArchFeature(name);
  if (own === undefined) return '';
  const instructions = instructionsOf(own.name);
  const hwcaps = own.linuxHwcaps ?? [];
  const told = hwcaps.length === 0 ? 'Linux has no hwcap for it.' : `Linux tells it by the hwcap ${hwcaps.join(' ')}.`;
  return `${own.name}: ${own.description}. ${formatArchFeatureLevels(own)}.${instructions.length === 0 ? '' : ` Instructions: ${listed(instructions)}.`} ${told}`;
}

function cpucapSentence(name: string): string {
  const card = cpucapCard(name);
  const lines = [...new Set((card?.rows ?? []).flatMap(({ newest }) => newest.description ?? []))];
  const erratum = card?.rows.some((row) => row.erratum) === true;
  const line = lines.length === 0 ? '' : ` Its log line: “${lines.join('”, “')}”.`;
  return `${name} is a cpucap, what Linux notes for itself of the CPUs: ${erratum ? 'an erratum that it works around' : 'a capability that it uses'}.${line}`;
}

/** The kinds of names that have a card: what hangs on others, with the machines that have it. */
export const CARD_KINDS: Readonly<Record<'hwcap' | 'feat' | 'cpucap', NameKind>> = {
  hwcap: {
    word: 'hwcap',
    plural: 'Hwcaps',
    about: 'A hwcap is a bit by which Linux tells programs that they may use something; /proc/cpuinfo prints it by name.',
    all: () => allHwcaps().map(({ name }) => name),
    find: (text) => findHwcap(text)?.name,
    sentence: hwcapSentence,
  },
  feat: {
    word: 'architecture feature',
    plural: 'Architecture features',
    about: 'FEAT_* are Arm’s names for parts of the architecture; levels make them optional or mandatory, ID registers show most of them.',
    all: () => ALL_ARCH_FEATURES.map(({ name }) => name),
    find: (text) => findArchFeature(text)?.name,
    sentence: archFeatureSentence,
  },
  cpucap: {
    word: 'cpucap',
    plural: 'Cpucaps',
    about:
      'A cpucap is what Linux notes for itself when it has tested the CPUs: a capability that it uses, or an erratum that it works around.',
    all: allCpucaps,
    find: cpucapNamed,
    sentence: cpucapSentence,
  },
};
