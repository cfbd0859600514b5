import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boot } from '../../src/linux/boot.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import { KNOWN_TREES } from '../../src/linux/release/known-trees.ts';
import { type CompiledKernel, compile } from '../../src/rows/compile.ts';
import { ROW_REGISTERS } from '../../src/rows/generated/row-layout.ts';
import { machine, RELEASES } from '../support/arbitraries.ts';
import { ROW_WORDS, systemRows } from '../support/rows.ts';
import { runs } from '../support/runs.ts';

const OPTIONS = ['SVE', 'SME', 'PTR_AUTH', 'BTI', 'MTE', 'POE', 'GCS'].map((name) => `CONFIG_ARM64_${name}` as const);
const CMDLINES = [
  '',
  'arm64.nosve arm64.nobti',
  'arm64.nosme id_aa64isar1.api=0 id_aa64isar1.apa=0',
  'id_aa64isar1.gpi=0 id_aa64pfr1.mte=1 arm64.no32bit_el0',
  'nokaslr arm64.nopauth id_aa64smfr0.fa64=0 clocksource.arm_arch_timer.evtstrm=0',
];

function kernelOf(release: string): fc.Arbitrary<Kernel> {
  return fc
    .record({ off: fc.subarray([...OPTIONS, 'CONFIG_COMPAT' as const]), cmdline: fc.constantFrom(...CMDLINES) })
    .map(({ off, cmdline }) => ({
      release,
      cmdline,
      config: { base: 'defconfig', ...Object.fromEntries(off.map((name) => [name, 'n'])) },
    }));
}

const METHODS = [
  ['derive', 3],
  ['deriveCompat', 2],
  ['sanitise', ROW_WORDS],
] as const;

/** A guard behind the results, which nobody may touch. */
const GUARD = 0xdead_beef_dead_beefn;

function resultOf(
  kernel: CompiledKernel,
  method: (typeof METHODS)[number][0],
  words: number,
  rows: BigUint64Array,
  count: number,
  cpus: number,
) {
  const out = new BigUint64Array(count * words + 1).fill(GUARD);
  kernel[method](rows, out, count, cpus);
  return [...out];
}

describe.each(KNOWN_TREES.map(({ release }) => release))('Linux %s', (release) => {
  it('is the same through every engine, bit by bit', () => {
    const system = fc
      .constantFrom(1, 2, 5)
      .chain((cpus) =>
        fc.record({ cpus: fc.constant(cpus), systems: fc.array(systemRows(cpus), { minLength: 1, maxLength: cpus === 1 ? 33 : 3 }) }),
      );
    fc.assert(
      fc.property(kernelOf(release), system, (kernel, { cpus, systems }) => {
        const rows = BigUint64Array.from(systems.flat());
        const given = rows.slice();
        const evaluator = compile(kernel, { engine: 'evaluator' });
        const expected = METHODS.map(([method, words]) => resultOf(evaluator, method, words, rows, systems.length, cpus));
        for (const engine of ['generated', 'wasm', 'auto'] as const) {
          const compiled = compile(kernel, { engine });
          expect(compiled.engine).toBe(engine);
          for (const [i, [method, words]] of METHODS.entries()) {
            const got = resultOf(compiled, method, words, rows, systems.length, cpus);
            expect(got, `${engine} ${method}`).toEqual(expected[i]);
          }
        }
        expect(rows).toEqual(given);
      }),
      { numRuns: runs(6) },
    );
  });
});

describe('one CPU', () => {
  it('comes to what boot() says of it, hwcaps and names', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RELEASES).chain(kernelOf), machine({ maxCpus: 1 }), (kernel, { cpus }) => {
        const { registers } = cpus[0]!;
        const { hwcaps } = boot({ cpus: [{ registers }] }, kernel);
        const compiled = compile(kernel);
        const words = compiled.deriveRegisters(registers);
        expect([...words].slice(0, hwcaps.words.length)).toEqual(hwcaps.words);
        expect(compiled.names(words)).toEqual(hwcaps.names);
        const row = BigUint64Array.from(ROW_REGISTERS, (name) => registers[name] ?? 0n);
        const out = new BigUint64Array(3);
        compiled.derive(row, out, 1);
        expect(out).toEqual(words);
      }),
      { numRuns: runs(80) },
    );
  });
});
