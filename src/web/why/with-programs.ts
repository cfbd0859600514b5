import { NEWEST_PROGRAM_VERSIONS } from '../../answers/conclusions.ts';
import { withRuntimes } from '../../answers/why/runtime-stations.ts';
import { hwcapsOfSubject } from '../../answers/why/subject-hwcaps.ts';
import type { Why } from '../../answers/why.ts';

/** An answer with what the newest version of every program makes of the bit, where programs learn of it at all. */
export function withPrograms(answer: Why): Why {
  return hwcapsOfSubject(answer.subject).length === 0 ? answer : withRuntimes(answer, NEWEST_PROGRAM_VERSIONS);
}
