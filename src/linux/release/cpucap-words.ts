import { CPUCAP_WORDS } from '../generated/cpucap-words.ts';

/** What a cpucap is, where the kernel prints nothing when it finds it; `undefined` for one that it prints. */
export function cpucapWords(name: string): string | undefined {
  return CPUCAP_WORDS[name];
}
