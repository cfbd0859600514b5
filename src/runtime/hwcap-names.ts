import { OTHER_NAME_ROWS, WINDOWS_FEATURE_ROWS } from './generated/hwcap-names.ts';
import { HWCAP_TEST_ROWS } from './generated/hwcap-tests.ts';
import type { HwcapNamesRow, WindowsFeatureRow } from './runtime-rows.ts';

export type { HwcapNamesRow, WindowsFeatureRow } from './runtime-rows.ts';

/** Every processor feature of Windows, by number. */
export const WINDOWS_FEATURES: readonly WindowsFeatureRow[] = WINDOWS_FEATURE_ROWS;

/** What others call each hwcap, by vector and bit. */
export const ALL_HWCAP_NAMES: readonly HwcapNamesRow[] = HWCAP_TEST_ROWS.map((row, index) => ({ ...row, ...OTHER_NAME_ROWS[index] }));

/**
 * What others call a hwcap; `undefined` if Linux has none of that name.
 *
 * @example
 * ```js
 * hwcapNames('ilrcpc').freebsd // → 'HWCAP_ILRCPC'
 * ```
 */
export function hwcapNames(name: string): HwcapNamesRow | undefined {
  return ALL_HWCAP_NAMES.find((row) => row.name === name);
}
