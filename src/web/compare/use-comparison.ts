import { useEffect, useState } from 'preact/hooks';
import { type Comparison, compareSystems } from '../../answers/comparison.ts';
import type { Subject } from '../../answers/subject.ts';

/** A comparison, and what was compared. */
export interface Compared {
  readonly subjects: readonly Subject[];
  readonly comparison: Comparison;
}

/** Compares systems once the page has shown who they are; until then the comparison before stands. */
export function useComparison(subjects: readonly Subject[]): Compared | undefined {
  const [compared, setCompared] = useState<Compared>();
  useEffect(() => {
    if (subjects.length < 2) return;
    const timer = setTimeout(() => setCompared({ subjects, comparison: compareSystems(subjects) }));
    return () => clearTimeout(timer);
  }, [subjects]);
  return compared;
}
