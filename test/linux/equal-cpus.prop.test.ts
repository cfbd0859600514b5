import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boot } from '../../src/linux/boot.ts';
import type { System } from '../../src/linux/system.ts';
import type { Machine } from '../../src/silicon/machine.ts';
import { kernel, machine } from '../support/arbitraries.ts';
import { textsOf } from '../support/claims.ts';
import { hiding, knownInPart, knownWhole } from '../support/partial-knowledge.ts';
import { runs } from '../support/runs.ts';

const COPIES = 5;

/** Each CPU several times in a row. */
function repeated({ cpus, ...rest }: Machine): Machine {
  return { ...rest, cpus: cpus.flatMap((cpu) => Array.from({ length: COPIES }, () => cpu)) };
}

/** The same, with CPUs told apart by a register that no kernel looks at. */
function toldApart({ cpus, ...rest }: Machine): Machine {
  return { ...rest, cpus: cpus.map((cpu, i) => ({ ...cpu, registers: { ...cpu.registers, AIDR_EL1: BigInt(i) } })) };
}

/** Whether it is true of a machine that its CPUs are alike. */
function areAlike({ cpus }: Machine): boolean {
  return cpus.every(({ registers }) => isDeepStrictEqual(registers, cpus[0]?.registers));
}

/** Lines about several CPUs at once, which CPUs that are known to be alike have together or not at all. */
const OF_SEVERAL: ReadonlySet<string> = new Set(['detected-on', 'maximum-vector-length', 'minimum-vector-length', 'default-vector-length']);

/** What a system is, but for the registers that its CPUs were given, and for lines about several of them. */
function withoutGiven({ cpus, log, unknown = {}, ...rest }: System): object {
  const { log: open = [], ...others } = unknown;
  const [lines, openLines] = [log, open].map((events) => events.filter(({ code }) => !OF_SEVERAL.has(code)));
  return { ...rest, log: lines, unknown: { ...others, log: openLines }, cpus: cpus.map(({ registers: _, ...cpu }) => cpu) };
}

/** The lines about several CPUs that are certain. */
const certainOfSeveral = ({ log }: System): readonly object[] => log.filter(({ code }) => OF_SEVERAL.has(code));

it('what comes of equal CPUs in a row is what comes of each, step by step', () => {
  fc.assert(
    fc.property(
      machine({ refusable: true, late: true }),
      hiding(),
      kernel(),
      fc.constantFrom<1 | 2>(1, 2),
      fc.boolean(),
      fc.boolean(),
      (one, hides, release, bootEl, isSeen, alike) => {
        const all = repeated(one);
        const whole = boot(knownWhole(all), release, { bootEl });
        const seen = isSeen ? [textsOf(whole)] : [];
        // Knowledge is hidden of each CPU alike, or some would differ.
        const part = { ...repeated(knownInPart(one, hides)), seen, ...(alike ? { alike } : {}) };
        const [equal, apart] = [boot(part, release, { bootEl }), boot(toldApart(part), release, { bootEl })];
        expect(withoutGiven(equal)).toEqual(withoutGiven(apart));
        // What is known to be alike may be certain of all of them together, and then it is so.
        expect(certainOfSeveral(equal)).toEqual(expect.arrayContaining([...certainOfSeveral(apart)]));
        if (!alike || areAlike(one)) expect(certainOfSeveral(whole)).toEqual(expect.arrayContaining([...certainOfSeveral(equal)]));
      },
    ),
    { numRuns: runs(60) },
  );
});

it('CPUs that are alike are named together by a line about those that have something, and of many that may differ it has no text', () => {
  const part = { registers: { MIDR_EL1: 0x413f_d0c1n } };
  const lines = (alike: boolean, count: number): readonly (readonly number[])[] =>
    (boot({ cpus: Array(count).fill(part), unlisted: 'unknown', alike }, { release: '6.12' }).unknown?.log ?? []).flatMap((event) =>
      event.code === 'detected-on' && event.description.includes('dirty') ? [event.cpus] : [],
    );
  expect(lines(true, 20)).toEqual([Array.from({ length: 20 }, (_, i) => i)]);
  expect(lines(false, 2)).toEqual([[1], [0], [0, 1]]);
  expect(lines(false, 20)).toEqual([]);
});
