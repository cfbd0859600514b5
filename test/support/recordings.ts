import { readSpecFolder } from '../../spec-data/build/spec-file.ts';
import type { Recording } from '../../src/recorder/recording.ts';

export { environmentOf, machineOf } from '../../src/recorder/recording.ts';

/** One file of spec-data/recordings/. */
export type RecordingRow = Recording;

/** Every recording, by name. */
export function recordings(): readonly RecordingRow[] {
  return readSpecFolder<RecordingRow>('recordings');
}
