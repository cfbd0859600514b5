import { HYPERVISOR_ROWS } from '../generated/hypervisors.ts';
import type { AddOn } from './add-ons.ts';
import type { Clue } from './clues.ts';
import type { Evidence } from './listings.ts';
import type { ClueWeight, Hypervisor } from './tables.ts';

/** How sure a guess is, in words; no figure would be honest. */
export type Likelihood = 'almost certain' | 'likely' | 'possible' | 'unlikely';

/** A reason for or against a hypervisor. */
export interface Reason {
  readonly weight: ClueWeight;
  /** Such as `a USB device made by Parallels`. */
  readonly means: string;
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/** A hypervisor that may be below. */
export interface HypervisorGuess {
  readonly hypervisor: Hypervisor;
  readonly likelihood: Likelihood;
  /** The sum of what speaks for it: 8 for a decisive reason, 4 for a strong one, 1 for a weak one. */
  readonly score: number;
  /** What speaks for it, the weightiest first. */
  readonly reasons: readonly Reason[];
  /** What speaks for another one. */
  readonly against: readonly Reason[];
}

const POINTS: Readonly<Record<ClueWeight, number>> = { decisive: 8, strong: 4, weak: 1 };

interface Vote extends Reason {
  readonly suggests: readonly string[];
}

function addOnVotes(addOns: readonly AddOn[]): readonly Vote[] {
  return addOns.flatMap(({ row, name, evidence }): Vote[] => {
    if (row.hypervisor === undefined) return [];
    const weight = row.shared === true ? 'weak' : 'strong';
    return [{ suggests: [row.hypervisor], weight, means: `an add-on for it (${row.suite})`, text: name, evidence }];
  });
}

/** One add-on of a suite says as much as all of them. */
function oncePerSuite(votes: readonly Vote[]): readonly Vote[] {
  const groups = new Map<string, Vote>();
  for (const vote of votes) {
    const before = groups.get(vote.means);
    const text = before === undefined ? vote.text : `${before.text} ${vote.text}`;
    groups.set(vote.means, before === undefined ? vote : { ...before, text, evidence: [...before.evidence, ...vote.evidence] });
  }
  return [...groups.values()];
}

function likelihoodOf(score: number, best: number, second: number): Likelihood {
  if (score < best || best === 0) return score * 2 > best ? 'possible' : 'unlikely';
  if (score >= POINTS.decisive && score >= 2 * second) return 'almost certain';
  if (score >= POINTS.strong && score > second) return 'likely';
  return 'possible';
}

/** The weightiest first. */
function reasonsOf(votes: readonly Vote[]): readonly Reason[] {
  return votes.map(({ suggests: _, ...reason }) => reason).sort((a, b) => POINTS[b.weight] - POINTS[a.weight]);
}

/** The hypervisors that something speaks for, the likeliest first. Empty if nothing does. */
export function guessHypervisors(clues: readonly Clue[], addOns: readonly AddOn[]): readonly HypervisorGuess[] {
  const fromClues = clues.map(
    ({ row, text, evidence }): Vote => ({ suggests: row.suggests, weight: row.weight, means: row.means, text, evidence }),
  );
  const votes = [...fromClues, ...oncePerSuite(addOnVotes(addOns))];
  const scored = HYPERVISOR_ROWS.map((hypervisor) => {
    const reasons = reasonsOf(votes.filter(({ suggests }) => suggests.includes(hypervisor.id)));
    const against = reasonsOf(votes.filter(({ suggests, weight }) => weight !== 'weak' && !suggests.includes(hypervisor.id)));
    return { hypervisor, reasons, against, score: reasons.reduce((sum, { weight }) => sum + POINTS[weight], 0) };
  })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const [best = 0, second = 0] = scored.map(({ score }) => score);
  return scored.map((guess) => ({ ...guess, likelihood: likelihoodOf(guess.score, best, second) }));
}
