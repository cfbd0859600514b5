import { ArmlensError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { CAPTURE_LOADERS } from './generated/captures/index.ts';

/** A capture that comes with the package. */
export interface KnownCapture {
  readonly name: string;
  readonly title: string;
  /** `recorded` inside a machine, or `reconstructed`: written anew from what was noted of one. */
  readonly kind: 'recorded' | 'reconstructed';
  readonly source: string;
  readonly notes: readonly string[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** The names of the captures that come with the package. */
export const KNOWN_CAPTURES: readonly string[] = [...CAPTURE_LOADERS.keys()];

/**
 * Fetches a known capture.
 *
 * @throws {ArmlensError} `unknown-name`, with the nearest name.
 *
 * @example
 * ```js
 * (await loadCapture('parallels-m1')).files.length > 0 // → true
 * ```
 */
export async function loadCapture(name: string): Promise<KnownCapture> {
  const load = CAPTURE_LOADERS.get(name);
  if (load === undefined) throw new ArmlensError('unknown-name', `no capture ${name}${didYouMean(name, KNOWN_CAPTURES)}`);
  return (await load()).CAPTURE;
}
