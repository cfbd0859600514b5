import { useEffect, useState } from 'preact/hooks';
import { type Scenario, type Search, type WhySubject, why } from '../../answers/why.ts';

interface Done {
  readonly scenario: Scenario;
  readonly subject: string;
  readonly search: Search;
}

/**
 * Looks for changes that flip an answer. It takes up to some hundred boots, so it begins only after what it is about is on the screen;
 * until then there is none.
 */
export function useSearch(subject: WhySubject, scenario: Scenario): Search | undefined {
  const [done, setDone] = useState<Done>();
  const key = JSON.stringify(subject);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setDone({ scenario, subject: key, search: why(subject, scenario).search }));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [key, scenario]);
  return done?.scenario === scenario && done.subject === key ? done.search : undefined;
}
