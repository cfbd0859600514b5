import { behaviourAt } from '../../src/linux/behaviour.ts';
import { CAPABILITY_TYPES, capabilityOrderAt } from '../../src/linux/capability.ts';
import { fieldPlace } from '../../src/linux/evaluate.ts';
import { BEHAVIOUR_ROWS } from '../../src/linux/generated/behaviour.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../../src/linux/generated/cpucaps.ts';
import { COMPAT_BIT_NAME_ROWS, COMPAT_DEFAULT_ROWS, COMPAT_HWCAP_ROWS, HWCAP_ROWS } from '../../src/linux/generated/hwcaps.ts';
import { KCONFIG_ROWS } from '../../src/linux/generated/kconfig.ts';
import { OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../../src/linux/generated/overrides.ts';
import { SANITISED_ROWS } from '../../src/linux/generated/sanitised.ts';
import type { Release } from '../../src/linux/release.ts';
import type { CapabilityRow, HwcapRow, HwcapVector, Timed } from '../../src/linux/rows.ts';
import { stateAt } from '../../src/linux/timeline.ts';
import { conditionText, coresText, coreText, fixedText, gateText } from './condition-text.ts';

/** The rows that a release has, each with what it says there. */
function* rowsAt<S extends object, R extends Timed<S>>(rows: readonly R[], release: Release): Iterable<{ readonly row: R; readonly state: S }> {
  for (const row of rows) {
    const state = stateAt<S>(row, release);
    if (state) yield { row, state };
  }
}

type StateOf<R> = R extends Timed<infer S> ? (S extends object ? S : never) : never;

function at<R extends Timed<object>>(rows: readonly R[], release: Release): readonly { readonly row: R; readonly state: StateOf<R> }[] {
  return [...rowsAt<StateOf<R>, R & Timed<StateOf<R>>>(rows as readonly (R & Timed<StateOf<R>>)[], release)];
}
