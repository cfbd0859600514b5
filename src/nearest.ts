/** The number of single-character edits (insert, delete, replace, swap of neighbours) between two strings. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}

/** A part of a name is taken for it only from this length on. */
const LEAST_PART = 4;

/** The candidate that has the name as a part, if there is one alone: `altra` for `ampere-altra`. */
function onlyWithPart(part: string, candidates: readonly string[]): string | undefined {
  if (part.length < LEAST_PART) return undefined;
  const having = candidates.filter((candidate) => candidate.toLowerCase().includes(part));
  return having.length === 1 ? having[0] : undefined;
}

/**
 * The candidate closest to a misspelt name, ignoring case.
 *
 * @returns `undefined` if none is near: within a third of the name's length in edits (at least one), or the only one with it as a part.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const known = [...candidates];
  if (name.length > 64) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? onlyWithPart(wanted, known);
}

/** `; did you mean X?` for an error message, or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** `; did you mean X?` where one is near, else all that there are, for an error message. */
export function choicesHint(name: string, choices: readonly string[]): string {
  const nearest = nearestName(name, choices);
  return nearest === undefined ? `; there are ${choices.join(', ')}` : `; did you mean ${nearest}?`;
}
