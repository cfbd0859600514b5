import { useEffect, useState } from 'preact/hooks';
import { type Comparison, compareBy } from '../../answers/comparison.ts';
import type { Subject } from '../../answers/subject.ts';
import { slimRegisters } from '../machine/slim-registers.ts';

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
    const timer = setTimeout(() => setCompared({ subjects, comparison: compareBy(slimRegisters(), subjects) }));
    return () => clearTimeout(timer);
  }, [subjects]);
  return compared;
}
