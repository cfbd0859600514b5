import type { InferGiven } from '../../answers/infer.ts';
import { given } from '../../given.ts';
import { type Query, queryValue, queryValues, withQuery } from '../route.ts';
import { releaseProblem } from '../scenario/scenario-query.ts';

/** What is read of a pasted text, in characters: more than any listing of /proc/cpuinfo has. */
const LONGEST_TEXT = 1 << 20;

/** What a line may have: more and longer names than any kernel prints. */
const MOST_NAMES = 300;
const LONGEST_NAME = 40;
const MOST_LINES = 8;
const MOST_MIDRS = 16;

/** What the view is asked, as its address says it. */
export interface InferQuestion {
  readonly names: readonly string[];
  readonly given: InferGiven;
  readonly problems: readonly string[];
}

function namesOf(line: string): readonly string[] {
  return line
    .split(/[\s,]+/)
    .filter(Boolean)
    .slice(0, MOST_NAMES)
    .map((name) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name));
}

/** What ends a line of which the text has only some names. */
const CUT = '…';

/** Reads a MIDR_EL1, `0x410fd083`. */
function midrOf(text: string): bigint | undefined {
  return /^0x[\da-f]{1,8}$/i.test(text) ? BigInt(text) : undefined;
}

/**
 * Reads the query: `line` the names (once for each line that CPUs have, the commonest first), `midr` a core (may stand several times),
 * `maker` who made the cores, as MIDR_EL1 codes it, `k` the release. A line that ends in `…` has other names, too.
 */
export function parseInferQuery(query: Query): InferQuestion {
  const [line = [], ...otherLines] = queryValues(query, 'line').slice(0, MOST_LINES).map(namesOf);
  const names = line.filter((name) => name !== CUT);
  const texts = queryValues(query, 'midr').slice(0, MOST_MIDRS);
  const midrs = texts.flatMap((text) => midrOf(text) ?? []);
  const release = queryValue(query, 'k') || undefined;
  const problem = release === undefined ? undefined : releaseProblem(release);
  const maker = queryValue(query, 'maker');
  const implementer = maker !== undefined && /^0x[\da-f]{2}$/i.test(maker) ? Number(maker) : undefined;
  return {
    names,
    given: {
      midrs,
      ...given({
        implementer,
        isPart: names.length < line.length ? true : undefined,
        release: problem === undefined ? release : undefined,
      }),
      ...(otherLines.length === 0 ? {} : { otherLines }),
    },
    problems: [
      ...texts.filter((text) => midrOf(text) === undefined).map((text) => `${text.slice(0, 40)} is no MIDR_EL1; 0x410fd083 is one.`),
      ...(problem === undefined ? [] : [problem]),
    ],
  };
}

/** The query that asks about a text: a Features line, bare names, /proc/cpuinfo or the output of lscpu. The release stays. */
export async function queryOfText(query: Query, text: string): Promise<Query> {
  const { readInferenceText } = await import('../../formats/inference-text.ts');
  const { names, given: told } = await readInferenceText(text.slice(0, LONGEST_TEXT));
  const { midrs = [], otherLines = [], implementer, isPart } = told;
  const lines = [isPart && names.length > 0 ? [...names, CUT] : names, ...otherLines]
    .slice(0, MOST_LINES)
    .map((line) => namesOf(line.join(' ')).join(' '))
    .filter(Boolean);
  const cores = midrs.slice(0, MOST_MIDRS).map((midr) => `0x${midr.toString(16)}`);
  const maker = implementer === undefined ? [] : [`0x${implementer.toString(16).padStart(2, '0')}`];
  return withQuery(withQuery(withQuery(query, 'line', ...lines), 'midr', ...cores), 'maker', ...maker);
}

/** A text that asks what a query does, for the place where one pastes. */
export function textOfQuery(query: Query): string {
  return queryValues(query, 'line')
    .slice(0, MOST_LINES)
    .map(namesOf)
    .map((names) => `Features\t: ${names.join(' ')}`)
    .join('\n');
}
