import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL_PROGRAM_VERSIONS } from '../../src/answers/conclusions.ts';
import { allHwcaps } from '../../src/linux/release/hwcap-catalogue.ts';
import { leavesOf } from '../../src/logic/tree.ts';
import type { Process } from '../../src/process/process.ts';
import { conclude } from '../../src/runtime/conclude.ts';
import { PROGRAMS } from '../../src/runtime/program.ts';
import { runs } from '../support/runs.ts';

const NAMES = allHwcaps().map(({ name }) => name);

/** A process of one core, with any hwcaps; they stand in Features as they stand in the words. */
function process(): fc.Arbitrary<Process & { readonly hwcaps: ReadonlySet<string> }> {
  return fc.tuple(fc.subarray(NAMES), fc.constantFrom(0xd0c, 0xd40, 0xd49, 0xd05)).map(([names, part]) => ({
    hwcaps: new Set(names),
    cpuinfo: [{ processor: 0, features: names, implementer: 0x41, architecture: 8, variant: 0, part, revision: 0 }],
    el0: new Map([
      ['S3_0_C0_C0_0', BigInt(0x410f_0000 | (part << 4))],
      ['S3_0_C0_C4_1', 0n],
      ['S3_0_C0_C6_1', 0n],
      ['S3_3_C0_C0_7', 4n],
    ]),
    release: '6.12',
  }));
}

/** The hwcaps that a rule asks for by itself; every one of them must be there where the rule has no choice. */
function asked(program: (typeof ALL_PROGRAM_VERSIONS)[number]['program'], answer: string | undefined, name: string): readonly string[] {
  const rows = PROGRAMS[program].answers.find((one) => one.name === answer)?.rows ?? [];
  return rows
    .filter((row) => row.name === name)
    .flatMap(({ when }) => (when === undefined ? [] : leavesOf(when)))
    .flatMap(({ leaf, wanted }) => (wanted && 'hwcap' in leaf ? [leaf.hwcap] : wanted && 'word' in leaf ? [leaf.word] : []));
}

it('no program reports a name by hwcaps of which the process shows none', () => {
  fc.assert(
    fc.property(process(), (seen) => {
      for (const { program, version } of ALL_PROGRAM_VERSIONS) {
        for (const { name: answer, kind, names } of conclude(seen, program, version)) {
          if (kind !== 'names' && kind !== 'bits') continue;
          const false_ = names.filter((name) => {
            const hwcaps = asked(program, answer, name);
            return hwcaps.length > 0 && !hwcaps.some((hwcap) => seen.hwcaps.has(hwcap));
          });
          expect({ program, version, false_ }).toEqual({ program, version, false_: [] });
        }
      }
    }),
    { numRuns: runs(40) },
  );
});

it('knowing less never tells otherwise: what is certain stays, what was absent is never certain', () => {
  fc.assert(
    fc.property(process(), fc.subarray(NAMES, { maxLength: 4 }), (seen, hidden) => {
      const open = new Set(hidden);
      const features = seen.cpuinfo![0]!.features.filter((name) => !open.has(name));
      const less: Process = {
        ...seen,
        hwcaps: new Set([...seen.hwcaps].filter((name) => !open.has(name) || name === 'cpuid')),
        open,
        cpuinfo: [{ ...seen.cpuinfo![0]!, features }],
      };
      for (const { program, version } of ALL_PROGRAM_VERSIONS.filter(({ program: one }) => one !== 'clang')) {
        const whole = conclude(seen, program, version);
        conclude(less, program, version).forEach(({ kind, names, open: possible }, i) => {
          const truth = whole[i]!.names;
          if (kind === 'names' || kind === 'bits' || kind === 'flag') {
            expect(truth).toEqual(expect.arrayContaining([...names]));
            expect([...names, ...possible]).toEqual(expect.arrayContaining([...truth]));
          } else if (possible.length === 0) expect({ program, version, names }).toEqual({ program, version, names: truth });
          else if (!possible.includes('native')) expect(possible).toContain(truth[0] ?? '');
        });
      }
    }),
    { numRuns: runs(40) },
  );
});

it('nothing is concluded where nothing is known', () => {
  for (const { program, version } of ALL_PROGRAM_VERSIONS) {
    for (const { kind, names, open } of conclude({}, program, version)) {
      const always = PROGRAMS[program].answers.flatMap(({ rows }) => rows.filter(({ when }) => when === undefined).map(({ name }) => name));
      if (kind === 'names' || kind === 'bits') expect(names.filter((name) => !always.includes(name))).toEqual([]);
      else if (kind !== 'list') expect(open.length + names.length).toBeGreaterThan(0);
    }
  }
});
