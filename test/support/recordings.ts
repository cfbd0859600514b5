import { readSpecFolder } from '../../spec-data/build/spec-file.ts';
import type { Recording } from '../../src/recorder/recording.ts';

export { encodingsIn, environmentOf, machineOf, namesIn, wordsOf } from '../../src/recorder/recording.ts';

/** One file of spec-data/recordings/. */
export type RecordingRow = Recording;

/** Every recording, by name. */
export function recordings(): readonly RecordingRow[] {
  return readSpecFolder<RecordingRow>('recordings');
}
