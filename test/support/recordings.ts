import { readSpecFolder } from '../../spec-data/build/spec-file.ts';
import type { BootRecording } from '../../src/recorder/recording.ts';

export { machineOf, recordedEnvironment } from '../../src/recorder/recording.ts';

/** One file of spec-data/recordings/. */
export type RecordingRow = BootRecording;

/** Every recording, by name. */
export function recordings(): readonly RecordingRow[] {
  return readSpecFolder<RecordingRow>('recordings');
}
