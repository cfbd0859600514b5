import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/rows/compile.ts';
import { ENGINE_NAMES } from '../../src/rows/engine-name.ts';
import { ROW_REGISTERS } from '../../src/rows/generated/row-layout.ts';
import { RELEASES } from '../support/arbitraries.ts';
import { ROW_WORDS, row } from '../support/rows.ts';

/** The columns of rows; those that are left out are zero in the rows. */
function columnsOf(rows: BigUint64Array, names: readonly string[]): Record<string, BigUint64Array> {
  const count = rows.length / ROW_WORDS;
  return Object.fromEntries(
    names.map((name) => {
      const place = (ROW_REGISTERS as readonly string[]).indexOf(name);
      return [name, BigUint64Array.from({ length: count }, (_, i) => rows[i * ROW_WORDS + place]!)];
    }),
  );
}

function onlyOf(rows: BigUint64Array, names: readonly string[]): BigUint64Array {
  return rows.map((word, i) => (names.includes(ROW_REGISTERS[i % ROW_WORDS]!) ? word : 0n));
}

const GUARD = 0xdead_beef_dead_beefn;

describe('columns', () => {
  it('come to what rows of the same registers come to, by every engine, whatever was derived before', () => {
    const columns = fc.oneof(fc.constant([...ROW_REGISTERS]), fc.subarray([...ROW_REGISTERS]));
    const parts = fc.array(fc.record({ rows: fc.array(row(), { minLength: 1, maxLength: 40 }), names: columns }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.constantFrom(...RELEASES), parts, (release, given) => {
        const evaluator = compile({ release }, { engine: 'evaluator' });
        const compiled = ENGINE_NAMES.map((engine) => compile({ release }, { engine }));
        for (const { rows, names } of given) {
          const words = onlyOf(BigUint64Array.from(rows.flat()), names);
          const expected = new BigUint64Array(rows.length * 3 + 1).fill(GUARD);
          evaluator.derive(words, expected, rows.length);
          for (const kernel of compiled) {
            const out = new BigUint64Array(rows.length * 3 + 1).fill(GUARD);
            kernel.deriveColumns(columnsOf(words, names), out, rows.length);
            expect([kernel.engine, ...out]).toEqual([kernel.engine, ...expected]);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('may be more than are worked on at a time', () => {
    const [pattern] = fc.sample(fc.array(row(), { minLength: 61, maxLength: 61 }), { numRuns: 1, seed: 7 });
    const count = 2500;
    const rows = new BigUint64Array(count * ROW_WORDS);
    for (let i = 0; i < count; i++) rows.set(pattern![i % 61]!, i * ROW_WORDS);
    const expected = new BigUint64Array(count * 3);
    compile({ release: '7.2' }, { engine: 'generated' }).derive(rows, expected, count);
    for (const engine of ['wasm', 'generated'] as const) {
      const out = new BigUint64Array(count * 3);
      compile({ release: '7.2' }, { engine }).deriveColumns(columnsOf(rows, ROW_REGISTERS), out, count);
      expect(out).toEqual(expected);
    }
  });

  it('are refused if they are too short, or of no register of a row', () => {
    const kernel = compile({ release: '7.2' });
    const one = new BigUint64Array(3);
    expect(() => kernel.deriveColumns({ MIDR_EL1: one }, one, 4)).toThrow(/MIDR_EL1 has 3 words of 64 bits; 4 are needed/);
    expect(() => kernel.deriveColumns({ NOPE: one }, one, 1)).toThrow(/NOPE, which is no register of a row/);
    expect(() => kernel.deriveColumns({}, one, 2)).toThrow(/out has 3 words of 64 bits; 6 are needed/);
  });
});
