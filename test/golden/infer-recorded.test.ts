import { expect, it } from 'vitest';
import { type Inference, inferFeatures } from '../../src/answers/infer.ts';
import { KNOWN_MACHINES, loadMachine } from '../../src/silicon/known-machine.ts';
import { specFiles } from '../support/spec-files.ts';

/** One recorded line of spec-data/cpuinfo/. */
interface Recording {
  readonly name: string;
  readonly midrs: readonly string[];
  readonly release?: string;
  readonly features: string;
}

const recordings = specFiles()
  .filter(({ path }) => path.startsWith('cpuinfo/'))
  .flatMap(({ content }) => (content as { readonly recordings: readonly Recording[] }).recordings);
const machines = await Promise.all(KNOWN_MACHINES.map(({ name }) => loadMachine(name)));

const inferences = new Map<Recording, Inference>();

/** What a recorded line tells under its release; both tests look at it. */
function inferred(recording: Recording): Inference {
  const { midrs, release, features } = recording;
  const given = { midrs: midrs.map(BigInt), ...(release !== undefined ? { release } : {}) };
  const inference = inferences.get(recording) ?? inferFeatures(features.split(' '), given, machines);
  inferences.set(recording, inference);
  return inference;
}

it('finds at least sixty recorded lines, each under a name of its own', () => {
  expect(recordings.length).toBeGreaterThanOrEqual(60);
  expect(new Set(recordings.map(({ name }) => name)).size).toBe(recordings.length);
});

it.each(recordings)('$name: nothing in its line stays unexplained, and a kernel boots to it', (recording) => {
  const { verdict, causes, witness, line } = inferred(recording);
  expect(causes.filter(({ kind }) => kind === 'unexplained')).toEqual([]);
  expect(verdict).not.toBe('unexplained');
  // A vendor's kernel prints more than the mainline one that it stands closest to.
  const vendor = causes.flatMap((cause) => (cause.kind === 'vendor-kernel' && cause.evidence === 'backport' ? cause.names : []));
  expect(witness?.printed).toEqual(line.names.filter((name) => !vendor.includes(name)));
});

it.each(recordings.filter(({ release }) => release !== undefined))(
  '$name: the stated release is not ruled out by the line alone',
  (recording) => {
    const { releases } = inferred(recording);
    expect(releases.filter(({ prints }) => prints !== 'no')).not.toEqual([]);
  },
);
