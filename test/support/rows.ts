import fc from 'fast-check';
import { CORE_IDS } from '../../src/linux/generated/behaviour.ts';
import { ROW_REGISTERS } from '../../src/rows/generated/row-layout.ts';

/** The words of a row. */
export const ROW_WORDS: number = ROW_REGISTERS.length;

const CORES = Object.values(CORE_IDS).map((text) => text.split('/').map(Number) as [number, number]);

/** MIDR_EL1 of any core that some erratum names. */
function midr(): fc.Arbitrary<bigint> {
  return fc
    .tuple(fc.constantFrom(...CORES), fc.nat({ max: 3 }), fc.nat({ max: 3 }))
    .map(([[implementer, part], variant, revision]) =>
      BigInt.asUintN(32, BigInt((implementer << 24) | (variant << 20) | (0xf << 16) | (part << 4) | revision)),
    );
}

/** Any word of 64 bits; the fields of some are small, and some are zero. */
function word(): fc.Arbitrary<bigint> {
  const any = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn });
  return fc.oneof(
    any,
    fc.tuple(any, any).map(([a, b]) => a & b),
    fc.constant(0n),
  );
}

/** The row of any CPU; ID_AA64PFR0_EL1.EL0 is often 2, so that AArch32 programs run. */
export function row(): fc.Arbitrary<readonly bigint[]> {
  return fc
    .record({
      words: fc.array(word(), { minLength: ROW_WORDS, maxLength: ROW_WORDS }),
      core: midr(),
      el0: fc.constantFrom(1n, 2n, 2n, 2n, 3n),
    })
    .map(({ words, core, el0 }) =>
      words.map((value, column) => {
        const name = ROW_REGISTERS[column];
        return name === 'MIDR_EL1' ? core : name === 'ID_AA64PFR0_EL1' ? (value & ~0xfn) | el0 : value;
      }),
    );
}

/** The rows of a system: the boot CPU's, then others that are the same, differ in some bits, or are any. */
export function systemRows(cpus: number): fc.Arbitrary<readonly bigint[]> {
  const flip = fc.record({ column: fc.nat({ max: ROW_WORDS - 1 }), bits: fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }) });
  const change = fc.oneof(fc.constant([]), fc.array(flip, { maxLength: 12 }), row());
  return fc.tuple(row(), fc.array(change, { minLength: cpus - 1, maxLength: cpus - 1 })).map(([boot, changes]) =>
    [
      boot,
      ...changes.map((own) => {
        if (typeof own[0] === 'bigint') return own as readonly bigint[];
        const changed = [...boot];
        for (const { column, bits } of own as readonly { column: number; bits: bigint }[]) changed[column]! ^= bits;
        return changed;
      }),
    ].flat(),
  );
}
