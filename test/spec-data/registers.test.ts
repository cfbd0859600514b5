import { describe, expect, it } from 'vitest';
import { specFiles } from '../support/spec-files.ts';

interface Row {
  readonly name?: string;
  readonly bits: readonly [number, number];
  readonly res?: 0 | 1 | 'unknown';
  readonly sign?: string;
  readonly kind?: string;
  readonly variant?: string;
  readonly values?: Readonly<Record<string, { readonly name?: string; readonly meaning: string }>>;
  readonly ranges?: readonly { readonly from: number; readonly to?: number }[];
  readonly implements?: Readonly<Record<string, readonly string[]>>;
  readonly implementsOnlyAt?: Readonly<Record<string, readonly string[]>>;
  readonly notImplementedValue?: number;
}

interface Register {
  readonly name: string;
  readonly encoding: Readonly<Record<string, number>>;
  readonly group: string;
  readonly fields: readonly Row[];
}

const files = specFiles().filter(({ path }) => path.startsWith('arch/registers/'));
const registers = files.map(({ content }) => content as Register);
const named = registers.flatMap(({ name, fields }) =>
  fields.filter((row) => row.name !== undefined).map((row) => ({ register: name, ...row })),
);
const archFeatures = new Set(
  specFiles()
    .filter(({ path }) => path.startsWith('arch/features/'))
    .flatMap(({ content }) => (content as { readonly features: readonly { readonly name: string }[] }).features.map(({ name }) => name)),
);

it('has every register once', () => {
  expect(registers.length).toBeGreaterThan(0);
  expect(new Set(registers.map(({ name }) => name)).size).toBe(registers.length);
});

it('names every file after its register', () => {
  expect(files.map(({ path }) => path)).toEqual(registers.map(({ name }) => `arch/registers/${name}.json`));
});

it('gives no two registers the same encoding', () => {
  const encodings = registers.map(({ encoding: { op0, op1, CRn, CRm, op2 } }) => `S${op0}_${op1}_C${CRn}_C${CRm}_${op2}`);
  expect(encodings.filter((encoding, index) => encodings.indexOf(encoding) !== index)).toEqual([]);
});

describe.each(registers)('$name', ({ fields }) => {
  const layouts = [...new Set(fields.map(({ variant }) => variant))];

  it.each(layouts)('covers bits 63 to 0 once each, in descending order (layout %s)', (layout) => {
    let next = 63;
    for (const { bits, variant } of fields) {
      if (variant !== layout) continue;
      expect(bits[0]).toBe(next);
      expect(bits[1]).toBeLessThanOrEqual(bits[0]);
      next = bits[1] - 1;
    }
    expect(next).toBe(-1);
  });

  it('has no two fields of the same name in a layout', () => {
    const names = fields.filter(({ name }) => name !== undefined).map(({ name, variant }) => `${variant} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('keeps fields all in layouts or none', () => {
    expect(layouts.length === 1 || !layouts.includes(undefined)).toBe(true);
  });
});

describe('a field', () => {
  it('lists only values that fit its bits, in ascending order', () => {
    const misfits = named.filter(({ bits: [msb, lsb], values = {}, ranges = [], notImplementedValue = 0 }) => {
      const limit = 2 ** (msb - lsb + 1);
      const all = [...Object.keys(values).map(Number), ...ranges.flatMap(({ from, to = from }) => [from, to]), notImplementedValue];
      return all.some((value) => value >= limit);
    });
    expect(misfits).toEqual([]);
    const disordered = named.filter(({ values = {} }) =>
      Object.keys(values).some((key, i, keys) => i > 0 && Number(keys[i - 1]) >= Number(key)),
    );
    expect(disordered).toEqual([]);
  });

  it('of kind enum lists values', () => {
    expect(named.filter(({ kind, values }) => kind === 'enum' && values === undefined)).toEqual([]);
  });

  it('implements architecture features only at values that it lists, and only known ones', () => {
    for (const { register, name, values = {}, implements: from = {}, implementsOnlyAt: at = {} } of named) {
      for (const [value, names] of [...Object.entries(from), ...Object.entries(at)]) {
        expect(Object.keys(values), `${register}.${name}`).toContain(value);
        expect(names.filter((archFeature) => !archFeatures.has(archFeature))).toEqual([]);
      }
    }
  });

  // Linux 7.2 declares seven as SignedEnum; in the others 0xF (or 0xE) stands for absent.
  it('is signed in thirteen cases', () => {
    expect(named.filter(({ sign }) => sign === 'signed').map(({ register, name }) => `${register}.${name}`)).toEqual([
      'ID_AA64DFR0_EL1.MTPMU',
      'ID_AA64DFR0_EL1.DoubleLock',
      'ID_AA64MMFR0_EL1.TGran4',
      'ID_AA64MMFR0_EL1.TGran64',
      'ID_AA64MMFR4_EL1.E2H0',
      'ID_AA64MMFR4_EL1.EIESB',
      'ID_AA64PFR0_EL1.AdvSIMD',
      'ID_AA64PFR0_EL1.FP',
      'ID_AA64PFR1_EL1.MTE_frac',
      'ID_DFR1_EL1.MTPMU',
      'ID_MMFR0_EL1.InnerShr',
      'ID_MMFR0_EL1.OuterShr',
      'ID_MMFR3_EL1.Supersec',
    ]);
  });
});
