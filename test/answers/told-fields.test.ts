import { expect, it } from 'vitest';
import { toldByLine } from '../../src/answers/infer/told-fields.ts';
import { knownMachine } from '../../src/answers/known-machine.ts';
import { KNOWN_MACHINES } from '../../src/silicon/known-machine.ts';

it('what is kept of recorded lines is what they say of fields', async () => {
  for (const { name } of KNOWN_MACHINES) {
    const { machine, recorded } = await knownMachine(name);
    if (machine.seen === undefined || recorded === undefined) continue;
    const kept = machine.seen.find(({ hwcaps }) => hwcaps !== undefined)?.fields;
    expect([...(kept ?? [])], name).toEqual([...(toldByLine(recorded.features)?.fields ?? [])]);
  }
});

it.each([
  ['names that no kernel prints together', ['fp', 'asimd', 'atomics', 'lrcpc']],
  ['names that somebody put together', ['fp', 'asimd', 'lrcpc', 'atomics']],
  ['a name that nobody knows', ['fp', 'asimd', 'foobar', 'atomics', 'lrcpc']],
])('of a line with %s what is there tells, and nothing else', (_, names) => {
  const { fields, isPart } = toldByLine(names)!;
  expect(isPart).toBe(true);
  // Sets of values: none of FP is 15 (absent); Atomic is 2 or more, LRCPC 1 or more.
  expect(fields.get('ID_AA64PFR0_EL1.FP')! & 0x8000).toBe(0);
  expect(fields.get('ID_AA64ISAR0_EL1.Atomic')! & 0b11).toBe(0);
  expect(fields.get('ID_AA64ISAR1_EL1.LRCPC')! & 0b1).toBe(0);
  expect(fields.get('ID_AA64ISAR0_EL1.CRC32')).toBeUndefined();
  expect(fields.get('ID_AA64ISAR0_EL1.AES')).toBeUndefined();
});

it('names of both kinds of program tell nothing of fields', () => {
  expect(toldByLine(['half', 'thumb', 'fp', 'asimd', 'sve'])).toBeUndefined();
});

it('names that a tool sorted by the alphabet are a whole line', () => {
  const names = ['fp', 'asimd', 'evtstrm', 'aes', 'pmull', 'sha1', 'sha2', 'crc32', 'cpuid'];
  expect(toldByLine(names.toSorted())).toEqual(toldByLine(names));
  expect(toldByLine(names.toReversed())?.isPart).toBe(true);
});

it('of a line whose kernel is told, names that this kernel knows and does not print are not there', () => {
  const names = ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'];
  const sha3 = (release?: string): number | undefined => toldByLine(names, undefined, release)?.fields.get('ID_AA64ISAR0_EL1.SHA3');
  // Known since 4.15.
  expect([sha3('6.1.20'), sha3('4.13'), sha3(), sha3('3.18.120')]).toEqual([1, undefined, undefined, undefined]);
});
