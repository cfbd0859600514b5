// Generated from spec-data/captures/ by `npm run gen`. Do not edit.

import type { KnownCapture } from '../../known-capture.ts';

/** How to fetch each capture. */
export const CAPTURE_LOADERS: ReadonlyMap<string, () => Promise<{ readonly CAPTURE: KnownCapture }>> = new Map([
  ["parallels-m1", () => import('./parallels-m1.ts')],
  ["qemu-cortex-a76", () => import('./qemu-cortex-a76.ts')],
]);
