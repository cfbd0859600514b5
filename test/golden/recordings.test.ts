import { describe, expect, it } from 'vitest';
import { boot } from '../../src/linux/boot.ts';
import { RECORDED_PARTS } from '../../src/recorder/differences.ts';
import { machineOf, type RecordingRow, recordedEnvironment, recordings } from '../support/recordings.ts';

const all = recordings();

describe.each(all)('$name', (recording) => {
  const { expected } = recording;
  const system = boot(machineOf(recording), recording.kernel, recordedEnvironment(recording));
  const recorded = RECORDED_PARTS.filter(({ want }) => want(expected) !== undefined);

  it.each(recorded)('$name', ({ want, got }) => {
    expect(got(system, expected)).toEqual(want(expected));
  });
});

describe('the recordings', () => {
  it('are more than fifty', () => {
    expect(all.length).toBeGreaterThan(50);
  });

  it.each(['5.10', '6.1', '6.12', '7.2'])('have boots, runs of the code, a refused CPU and a panic of %s', (series) => {
    const own = all.filter(({ kernel }) => kernel.release.startsWith(`${series}.`));
    expect(own.some(({ kind }) => kind === 'emulator-boot')).toBe(true);
    expect(own.some(({ kind }) => kind === 'kernel-code')).toBe(true);
    expect(own.some(({ expected, cpus }) => (expected.online?.length ?? 99) < machineSize(cpus))).toBe(true);
    expect(own.some(({ expected }) => typeof expected.panic === 'number')).toBe(true);
  });

  it.each(RECORDED_PARTS)('record the $name somewhere', ({ want }) => {
    expect(all.some(({ expected }) => want(expected) !== undefined)).toBe(true);
  });
});

function machineSize(cpus: RecordingRow['cpus']): number {
  return cpus.reduce((sum, { count = 1 }) => sum + count, 0);
}
