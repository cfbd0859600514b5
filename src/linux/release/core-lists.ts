import { CORE_LIST_ROWS } from '../generated/behaviour.ts';
import { gateHolds } from './capability.ts';
import type { Options } from './config.ts';
import type { Release } from './release.ts';
import type { Gate, MidrCondition } from './rows.ts';
import { stateAt } from './timeline.ts';

/** The lists of cores that rules judge by, as a kernel has them; spec-data/linux/core-lists.json says what each means. */
export function coreListsAt(release: Release, option: Options): ReadonlyMap<string, MidrCondition> {
  return new Map(
    CORE_LIST_ROWS.map(({ name, cores }) => {
      const named = cores.filter((core) => {
        const state = stateAt<{ readonly config?: Gate }>(core, release);
        return state !== undefined && gateHolds(state.config, option);
      });
      return [name, { midr: named.map(({ midr }) => midr) }];
    }),
  );
}
