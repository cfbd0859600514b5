import { allCpucaps, cpucapCard, cpucapNamed, isErratumCard } from '../../../answers/cpucap-card.ts';
import type { NameKind } from '../name-kind.ts';

function cpucapSentence(name: string): string {
  const card = cpucapCard(name);
  const lines = [...new Set((card?.rows ?? []).flatMap(({ newest }) => newest.description ?? []))];
  const erratum = card !== undefined && isErratumCard(card);
  const line = lines.length === 0 ? '' : ` Its log line: “${lines.join('”, “')}”.`;
  return `${name} is a cpucap, what Linux notes for itself of the CPUs: ${erratum ? 'an erratum that it works around' : 'a capability that it uses'}.${line}`;
}

/** Cpucaps. */
export const CPUCAP_KIND: NameKind = {
  word: 'cpucap',
  plural: 'Cpucaps',
  about:
    'A cpucap is what Linux notes for itself when it has tested the CPUs: a capability that it uses, or an erratum that it works around.',
  all: allCpucaps,
  find: cpucapNamed,
  sentence: cpucapSentence,
};
