/** Longer than any name. */
const LONGEST_NAME = 64;

/** Letters that many typefaces draw alike: what is one of them in print may be read as any other. */
const LOOK_ALIKES = ['il1|', 'o0'] as const;

/** What it costs to take a letter for one that looks alike: all of a name's together less than an edit. */
const MISREAD = 1 / (LONGEST_NAME + 1);

function costOf(read: string, meant: string): number {
  if (read === meant) return 0;
  return LOOK_ALIKES.some((letters) => letters.includes(read) && letters.includes(meant)) ? MISREAD : 1;
}

/** The number of single-character edits (insert, delete, replace, swap of neighbours) between two strings in lower case. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let best = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + costOf(a[i - 1]!, b[j - 1]!));
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
function onlyWithPart(part: string, candidates: readonly string[]): readonly string[] {
  if (part.length < LEAST_PART) return [];
  const having = candidates.filter((candidate) => candidate.toLowerCase().includes(part));
  return having.length === 1 ? having : [];
}

/**
 * The candidates close to a misspelt name, ignoring case, the closest first: within a third of the name's length in edits (at least one);
 * if there is none, the only one with it as a part.
 */
export function nearestNames(name: string, candidates: Iterable<string>, most: number): readonly string[] {
  const known = [...candidates];
  if (name.length > LONGEST_NAME) return [];
  const wanted = name.toLowerCase();
  const tooFar = Math.max(1, Math.floor(name.length / 3)) + 1;
  const near = known.flatMap((candidate) => {
    if (Math.abs(candidate.length - name.length) >= tooFar) return [];
    const distance = editDistance(wanted, candidate.toLowerCase());
    return distance < tooFar ? [{ candidate, distance }] : [];
  });
  if (near.length === 0) return onlyWithPart(wanted, known);
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** The first of {@link nearestNames}; `undefined` if none is near. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  return nearestNames(name, candidates, 1)[0];
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
