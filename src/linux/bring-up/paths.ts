/** How many ways a piece of the boot is followed before it counts as not known. */
const MAX_PATHS = 2048;

/** What came of following every way. */
export interface Explored<T> {
  /** One result for each way. */
  readonly results: readonly T[];
  /** False if there were too many ways, so that some results are missing. */
  readonly complete: boolean;
}

/** The choices of one way, as far as it was followed. */
interface Path {
  /** The choices to repeat, then those that were made anew. */
  readonly taken: { at: number; readonly of: number }[];
  next: number;
  /** What was chosen under a name, so that whoever asks again on the same way gets the same. */
  readonly named: Map<string, number>;
}

/**
 * Follows a piece of a program along every way in which what it reads may turn out. Code is written as if everything was known; where
 * it reads what is not, it asks {@link Paths.choose}, and runs once for each answer.
 */
export class Paths {
  readonly #stack: Path[] = [];

  /** Whether a piece is being followed, so that a choice can be made. */
  get following(): boolean {
    return this.#stack.length > 0;
  }

  /**
   * Chooses one of some possibilities, 0 to `count` - 1; every one has its turn.
   *
   * @param name - What is chosen; the same name gives the same on the same way, also in a piece within the piece.
   */
  choose(count: number, name?: string): number {
    if (count === 1) return 0;
    if (name !== undefined) {
      for (const path of this.#stack) {
        const known = path.named.get(name);
        if (known !== undefined) return known;
      }
    }
    const path = this.#stack.at(-1);
    if (!path) throw new Error(`${name ?? 'something'} is not known, and nothing follows both ways`);
    let choice = path.taken[path.next];
    if (!choice) {
      choice = { at: 0, of: count };
      path.taken.push(choice);
    }
    path.next++;
    if (name !== undefined) path.named.set(name, choice.at);
    return choice.at;
  }

  /** Runs a piece along every way. */
  follow<T>(piece: () => T): Explored<T> {
    const results: T[] = [];
    let taken: Path['taken'] = [];
    for (;;) {
      this.#stack.push({ taken, next: 0, named: new Map() });
      try {
        results.push(piece());
      } finally {
        this.#stack.pop();
      }
      while (taken.length > 0 && taken.at(-1)!.at + 1 === taken.at(-1)!.of) taken.pop();
      if (taken.length === 0) return { results, complete: true };
      if (results.length >= MAX_PATHS) return { results, complete: false };
      taken = [...taken.slice(0, -1), { at: taken.at(-1)!.at + 1, of: taken.at(-1)!.of }];
    }
  }
}
