import { useEffect, useState } from 'preact/hooks';
import { type Scenario, type Search, type WhySubject, whySearch } from '../../answers/why.ts';

interface Done {
  readonly scenario: Scenario;
  readonly subject: string;
  readonly search: Search;
}

/** How long the search may go on before the page has its turn again, in milliseconds: less than a frame. */
const SLICE = 6;

/** As much of a search as fits in a slice; its result if that was all. */
function goOn(steps: Generator<undefined, Search>): Search | undefined {
  const end = performance.now() + SLICE;
  do {
    const { done, value } = steps.next();
    if (done) return value;
  } while (performance.now() < end);
  return undefined;
}

/**
 * Looks for changes that flip an answer. It takes up to some hundred boots, so it begins only after what it is about is on the screen,
 * and goes on between frames; until it is done there is none.
 */
export function useSearch(subject: WhySubject, scenario: Scenario): Search | undefined {
  const [done, setDone] = useState<Done>();
  const key = JSON.stringify(subject);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const steps = whySearch(subject, scenario);
    const next = (): void => {
      const search = goOn(steps);
      if (search === undefined) timer = setTimeout(next);
      else setDone({ scenario, subject: key, search });
    };
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(next);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [key, scenario]);
  return done?.scenario === scenario && done.subject === key ? done.search : undefined;
}
