import { type FieldSet, fieldSetOf, membersWhere, type PartialWord, setMembers } from '../../bits/partial-word.ts';
import type { Truth } from '../../logic/truth.ts';
import { type Explored, Paths } from './paths.ts';

/** What results of all ways come to. */
function common({ results, complete }: Explored<boolean>): Truth {
  if (!complete) return undefined;
  const [first] = results;
  return results.every((result) => result === first) ? first : undefined;
}

/**
 * Reads what may not be known. Rules and steps of a boot are written as if everything was: what they read through here forks where it is
 * open, and {@link OpenReader.verdict} joins what the ways came to.
 */
export class OpenReader {
  readonly paths: Paths = new Paths();

  /** A field, unsigned; of one that is open every possible value has its turn. The width is at most 4 bits. */
  field(word: PartialWord, lsb: number, width: number, name: string): number {
    const members = setMembers(fieldSetOf(word, lsb, width));
    return members[this.paths.choose(members.length, name)]!;
  }

  /** Whether a test holds for a field that may have any value of a set. */
  holds(set: FieldSet, test: (value: number) => boolean): boolean {
    const kept = membersWhere(set, test);
    return this.decide(kept === set ? true : kept === 0 ? false : undefined);
  }

  /** Whether two fields are equal and a test holds for them. */
  equal(a: FieldSet, b: FieldSet, test: (value: number) => boolean): boolean {
    const both = membersWhere(a & b, test);
    const isOne = a === b && (a & (a - 1)) === 0;
    return this.decide(both === 0 ? false : isOne ? true : undefined);
  }

  /** A verdict as yes or no; one that is open is first one, then the other. */
  decide(verdict: Truth, name?: string): boolean {
    return verdict ?? this.paths.choose(2, name) === 1;
  }

  /** What a question comes to. It must not change anything. */
  verdict(question: () => boolean): Truth {
    return common(this.paths.follow(question));
  }
}
