import { describe, expect, it } from 'vitest';
import { formatFeatureLog } from '../../src/formats/kernel-log.ts';
import { boot } from '../../src/linux/boot.ts';
import type { System } from '../../src/linux/system.ts';
import { cpuinfoView } from '../../src/process/cpuinfo.ts';
import { el0View } from '../../src/process/mrs.ts';
import { encodingsIn, environmentOf, machineOf, namesIn, type RecordingRow, recordings, wordsOf } from '../support/recordings.ts';

type Expected = RecordingRow['expected'];

/** What of a system a recording says: the recorded value beside the derived one. */
interface Part {
  want(expected: Expected): unknown;
  got(system: System, expected: Expected): unknown;
}

/** The words with the zero words at the end left out: kernels of 6.13 to 6.16 may or may not count the third. */
function words(values: readonly bigint[]): readonly bigint[] {
  const last = values.findLastIndex((value) => value !== 0n);
  return values.slice(0, last + 1);
}

const wordList = (texts: readonly string[]): readonly bigint[] => words(texts.map(BigInt));

function wantedUser({ values, zero, sigill }: NonNullable<Expected['user']>): Readonly<Record<string, bigint | 'SIGILL'>> {
  return {
    ...Object.fromEntries(encodingsIn(zero).map((name) => [name, 0n])),
    ...Object.fromEntries(encodingsIn(sigill).map((name) => [name, 'SIGILL'])),
    ...wordsOf(values),
  };
}

function userOf(system: System, user: NonNullable<Expected['user']>): Readonly<Record<string, bigint | 'SIGILL' | undefined>> {
  const view = el0View(system);
  return Object.fromEntries(Object.keys(wantedUser(user)).map((name) => [name, view.get(name)]));
}

const PARTS: Readonly<Record<string, Part>> = {
  'hwcap words': {
    want: ({ hwcaps }) => hwcaps?.words && wordList(hwcaps.words),
    got: ({ hwcaps }) => words(hwcaps.words),
  },
  'hwcap names': { want: ({ hwcaps }) => hwcaps && namesIn(hwcaps.names), got: ({ hwcaps }) => hwcaps.names },
  'AArch32 words': { want: ({ compat }) => compat?.words && wordList(compat.words), got: ({ compat }) => words(compat.words) },
  'AArch32 names': { want: ({ compat }) => compat && namesIn(compat.names), got: ({ compat }) => compat.names },
  'EL0 view': { want: ({ user }) => user && wantedUser(user), got: (system, { user }) => userOf(system, user!) },
  'sanitised values': {
    want: ({ sanitised, zero }) => sanitised && { ...wordsOf(sanitised), ...Object.fromEntries(namesIn(zero).map((name) => [name, 0n])) },
    got: ({ registers }, { sanitised, zero }) => {
      const named = new Set([...Object.keys(sanitised!), ...namesIn(zero)]);
      const shown = [...registers.values()].filter(({ name, value }) => named.has(name) || value !== 0n);
      return Object.fromEntries(shown.map(({ name, value }) => [name, value]));
    },
  },
  'online CPUs': { want: ({ online }) => online, got: ({ online }) => online },
  panic: { want: ({ panic }) => panic, got: ({ panic }) => panic?.cpu ?? null },
  cpucaps: {
    want: ({ cpucaps }) => (cpucaps === undefined ? undefined : [...namesIn(cpucaps)].sort()),
    got: ({ cpucaps }) => [...cpucaps].sort(),
  },
  taint: { want: ({ tainted }) => tainted, got: ({ tainted }) => tainted },
  log: { want: ({ log }) => log, got: (system) => formatFeatureLog(system) },
  'log lines': { want: ({ logSet }) => logSet, got: (system) => [...new Set(formatFeatureLog(system))].sort() },
  BogoMIPS: { want: ({ bogoMips }) => bogoMips, got: (system) => cpuinfoView(system)[0]?.bogoMips },
};

const all = recordings();

describe.each(all)('$name', (recording) => {
  const { expected } = recording;
  const system = boot(machineOf(recording), recording.kernel, environmentOf(recording));
  const recorded = Object.entries(PARTS).filter(([, { want }]) => want(expected) !== undefined);

  it.each(recorded)('%s', (_, { want, got }) => {
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

  it.each(Object.entries(PARTS))('record the %s somewhere', (_, { want }) => {
    expect(all.some(({ expected }) => want(expected) !== undefined)).toBe(true);
  });
});

function machineSize(cpus: RecordingRow['cpus']): number {
  return cpus.reduce((sum, { count = 1 }) => sum + count, 0);
}
