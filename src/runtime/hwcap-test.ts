import { HWCAP_TEST_ROWS } from './generated/hwcap-tests.ts';
import type { HwcapTestRow } from './runtime-rows.ts';

/** How programs ask for a hwcap; `undefined` if Linux has none of that name. */
export function hwcapTest(name: string): HwcapTestRow | undefined {
  return HWCAP_TEST_ROWS.find((row) => row.name === name);
}
