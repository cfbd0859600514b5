import { formatHex } from '../bits/hex.ts';
import { formatFeatureLog } from '../formats/kernel-log.ts';
import { boot } from '../linux/boot.ts';
import type { System } from '../linux/system.ts';
import { cpuinfoView } from '../process/cpuinfo.ts';
import { el0View } from '../process/mrs.ts';
import { type BootRecording, encodingsIn, machineOf, namesIn, type RecordedParts, recordedEnvironment, wordsOf } from './recording.ts';

/** What of a system a recording says: the recorded value beside the derived one. */
export interface RecordedPart {
  readonly name: string;
  /** `undefined` if the recording does not have the part. */
  want(expected: RecordedParts): unknown;
  got(system: System, expected: RecordedParts): unknown;
}

/** The words with the zero words at the end left out: kernels of 6.13 to 6.16 may or may not count the third. */
function trimmed(values: readonly bigint[]): readonly bigint[] {
  return values.slice(0, values.findLastIndex((value) => value !== 0n) + 1);
}

function wantedUser({ values, zero, sigill }: NonNullable<RecordedParts['user']>): Readonly<Record<string, bigint | 'SIGILL'>> {
  return {
    ...Object.fromEntries(encodingsIn(zero).map((name) => [name, 0n])),
    ...Object.fromEntries(encodingsIn(sigill).map((name) => [name, 'SIGILL'])),
    ...wordsOf(values),
  };
}

function userOf(system: System, user: NonNullable<RecordedParts['user']>): Readonly<Record<string, unknown>> {
  const view = el0View(system);
  return Object.fromEntries(Object.keys(wantedUser(user)).map((name) => [name, view.get(name)]));
}

function sanitisedOf({ registers }: System, { sanitised, zero }: RecordedParts): Readonly<Record<string, bigint>> {
  const named = new Set([...Object.keys(sanitised!), ...namesIn(zero)]);
  const shown = [...registers.values()].filter(({ name, value }) => named.has(name) || value !== 0n);
  return Object.fromEntries(shown.map(({ name, value }) => [name, value]));
}

/** All that a recording may hold, in the order of a report. */
export const RECORDED_PARTS: readonly RecordedPart[] = [
  {
    name: 'hwcap words',
    want: ({ hwcaps }) => hwcaps?.words && trimmed(hwcaps.words.map(BigInt)),
    got: ({ hwcaps }) => trimmed(hwcaps.words),
  },
  { name: 'hwcap names', want: ({ hwcaps }) => hwcaps && namesIn(hwcaps.names), got: ({ hwcaps }) => hwcaps.names },
  {
    name: 'AArch32 words',
    want: ({ compat }) => compat?.words && trimmed(compat.words.map(BigInt)),
    got: ({ compat }) => trimmed(compat.words),
  },
  { name: 'AArch32 names', want: ({ compat }) => compat && namesIn(compat.names), got: ({ compat }) => compat.names },
  { name: 'EL0 view', want: ({ user }) => user && wantedUser(user), got: (system, { user }) => userOf(system, user!) },
  {
    name: 'sanitised values',
    want: ({ sanitised, zero }) => sanitised && { ...wordsOf(sanitised), ...Object.fromEntries(namesIn(zero).map((name) => [name, 0n])) },
    got: sanitisedOf,
  },
  { name: 'online CPUs', want: ({ online }) => online, got: ({ online }) => online },
  { name: 'panic', want: ({ panic }) => panic, got: ({ panic }) => panic?.cpu ?? null },
  {
    name: 'cpucaps',
    want: ({ cpucaps }) => (cpucaps === undefined ? undefined : [...namesIn(cpucaps)].sort()),
    got: ({ cpucaps }) => [...cpucaps].sort(),
  },
  { name: 'taint', want: ({ tainted }) => tainted, got: ({ tainted }) => tainted },
  { name: 'log', want: ({ log }) => log, got: (system) => formatFeatureLog(system) },
  { name: 'log lines', want: ({ logSet }) => logSet, got: (system) => [...new Set(formatFeatureLog(system))].sort() },
  { name: 'BogoMIPS', want: ({ bogoMips }) => bogoMips, got: (system) => cpuinfoView(system)[0]?.bogoMips },
];

/** A part in which the recorded system is not as derived. */
export interface Difference {
  readonly part: string;
  /** What was recorded and is not derived, each in a few words. */
  readonly recorded: readonly string[];
  /** What is derived and was not recorded. */
  readonly derived: readonly string[];
}

/** How a recording stands. */
export interface RecordingComparison {
  /** The parts that the recording has. */
  readonly parts: readonly string[];
  /** Those of them that are not as derived. */
  readonly differences: readonly Difference[];
}

function shown(value: unknown): string {
  return typeof value === 'bigint' ? formatHex(value) : String(value ?? 'nothing');
}

/** A value as items that can be told apart: those of a list, the members of an object, the value itself. */
function itemsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return [shown(value)];
  return Object.entries(value).map(([name, member]) => `${name} ${shown(member)}`);
}

function differenceOf(part: string, want: unknown, got: unknown): Difference | undefined {
  const [wanted, given] = [itemsOf(want), itemsOf(got)];
  if (wanted.length === given.length && wanted.every((item, i) => item === given[i])) return undefined;
  const recorded = wanted.filter((item) => !given.includes(item));
  const derived = given.filter((item) => !wanted.includes(item));
  const isOrder = recorded.length === 0 && derived.length === 0;
  const at = wanted.findIndex((item, i) => item !== given[i]);
  return isOrder
    ? { part, recorded: [`in another order: ${wanted[at] ?? 'nothing'}`], derived: [`there: ${given[at] ?? 'nothing'}`] }
    : { part, recorded, derived };
}

/** Sorts the members of objects, which stand in no order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Derives what a recording says from its registers, and names what differs. */
export function compareRecording(recording: BootRecording): RecordingComparison {
  const { expected } = recording;
  const system = boot(machineOf(recording), recording.kernel, recordedEnvironment(recording));
  const recorded = RECORDED_PARTS.filter(({ want }) => want(expected) !== undefined);
  const differences = recorded.flatMap(
    ({ name, want, got }) => differenceOf(name, sorted(want(expected)), sorted(got(system, expected))) ?? [],
  );
  return { parts: recorded.map(({ name }) => name), differences };
}
