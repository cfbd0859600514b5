import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatCpuinfo, parseCpuinfo } from '../../src/formats/cpuinfo.ts';
import { lookalikeOf } from '../../src/formats/hwcap-list.ts';
import type { CpuinfoEntry } from '../../src/process/cpuinfo.ts';

const nat = (max: number) => fc.integer({ min: 0, max });
/** A name that no picture of another one is: `t1s` is taken for tls. */
const name = () => fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/).filter((one) => lookalikeOf(one) === undefined);

/** Entries as a kernel prints them: everything there, numbers ascending. */
const entries = (): fc.Arbitrary<readonly CpuinfoEntry[]> =>
  fc
    .array(
      fc.record({
        features: fc.array(name(), { minLength: 1, maxLength: 12 }),
        bogoMips: fc.tuple(nat(9999), nat(99)).map(([whole, part]) => `${whole}.${String(part).padStart(2, '0')}`),
        implementer: nat(0xff),
        architecture: fc.constant(8),
        variant: nat(0xf),
        part: nat(0xfff),
        revision: nat(0xf),
      }),
      { maxLength: 6 },
    )
    .chain((rows) =>
      fc.boolean().map((compat) =>
        rows.map((row, processor) => ({
          ...row,
          processor,
          ...(compat ? { modelName: `ARMv8 Processor rev ${row.revision} (v8l)` } : {}),
        })),
      ),
    );

it('parse reads what format wrote, without a finding', () => {
  fc.assert(
    fc.property(entries(), (given) => {
      expect(parseCpuinfo(formatCpuinfo(given))).toEqual({ value: given, diagnostics: [] });
    }),
  );
});

it('no text makes it throw', () => {
  const line = fc
    .tuple(
      fc.constantFrom('processor', 'Features', 'CPU part', 'BogoMIPS', 'model name', '', 'x'),
      fc.constantFrom(':', ' ', '\t: '),
      fc.string(),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(Array.isArray(parseCpuinfo(lines.join('\n')).value)).toBe(true);
    }),
  );
});
