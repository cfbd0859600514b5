import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSpec } from '../../spec-data/build/spec-file.ts';
import { type ArchFeature, evaluateIdentification, type Identification } from '../../src/arch/arch-feature.ts';
import { isFieldPath } from '../../src/arch/field-bits.ts';
import {
  type ArchLevel,
  type ArchLevelName,
  conditionalArchFeatures,
  mandatoryArchFeatures,
  optionalArchFeatures,
} from '../../src/arch/level.ts';
import { ALL_REGISTERS, findField } from '../../src/arch/register.ts';
import { insertField, widthOf } from '../../src/bits/field.ts';
import { specFiles } from '../support/spec-files.ts';

const files = specFiles()
  .filter(({ path }) => path.startsWith('arch/features/'))
  .map(({ path, content }) => ({ path, ...(content as { readonly level: string; readonly features: readonly ArchFeature[] }) }));
const rows = files.flatMap(({ features }) => features);
const names = new Set<string>(rows.map(({ name }) => name));
const { levels } = readSpec<{ readonly levels: readonly ArchLevel[] }>('arch/levels.json');
const levelNames = new Set<string>(levels.map(({ name }) => name));

/** Every node of an expression. */
function nodes(expression: Identification): readonly Identification[] {
  if ('all' in expression) return [expression, ...expression.all.flatMap(nodes)];
  if ('any' in expression) return [expression, ...expression.any.flatMap(nodes)];
  return 'not' in expression ? [expression, ...nodes(expression.not)] : [expression];
}

const expressions = [
  ...rows.flatMap(({ identification, mandatoryConditional = [] }) => [
    ...(identification ? [identification] : []),
    ...mandatoryConditional.map(({ when }) => when),
  ]),
  ...levels.flatMap((level) => (level.conditional ?? []).map(({ when }) => when)),
].flatMap(nodes);

it('has each architecture feature once', () => {
  expect(names.size).toBe(rows.length);
});

it.each(files)('$path has the features that were introduced at its level, and is named after it', ({ path, level, features }) => {
  expect(path).toBe(`arch/features/${level.toLowerCase().replace(/-a$/, '')}.json`);
  expect(features.filter(({ introduced }) => introduced.level !== level)).toEqual([]);
});

describe('a reference', () => {
  it('to an architecture feature names one, and no feature refers to itself', () => {
    for (const { name, requires = [], requiresAny = [], excludes = [] } of rows) {
      const all: readonly string[] = [...requires, ...requiresAny.flat(), ...excludes];
      expect(
        all.filter((one) => !names.has(one) || one === name),
        name,
      ).toEqual([]);
    }
    expect(expressions.filter((node) => 'archFeature' in node && !names.has(node.archFeature))).toEqual([]);
  });

  it('to a level names one', () => {
    const used = rows.flatMap(({ introduced, optionalFrom, mandatoryFrom, removedFrom, mandatoryConditional = [] }) => [
      ...[introduced.level, optionalFrom, mandatoryFrom, removedFrom].filter((level) => level !== undefined),
      ...mandatoryConditional.map(({ from }) => from),
    ]);
    expect(used.filter((level) => !levelNames.has(level))).toEqual([]);
    expect(expressions.filter((node) => 'level' in node && !levelNames.has(node.level))).toEqual([]);
  });

  it('to a field names one, and compares with a value that the field can have', () => {
    const compares = expressions.filter((node) => 'field' in node);
    expect(compares.length).toBeGreaterThan(360);
    for (const compare of compares) {
      expect(isFieldPath(compare.field), compare.field).toBe(true);
      const field = findField(compare.field)!.field;
      const numbers = Object.values(compare)
        .flat()
        .filter((value) => typeof value === 'number');
      const width = widthOf(field);
      const [low, high] = field.sign === 'signed' ? [-(2 ** (width - 1)), 2 ** (width - 1) - 1] : [0, 2 ** width - 1];
      for (const number of numbers) expect(number >= low && number <= high, `${compare.field} ${number}`).toBe(true);
    }
  });

  it('to a hwcap names one that Linux has', () => {
    const hwcaps = specFiles()
      .filter(({ path }) => path.startsWith('linux/hwcaps/AT_HWCAP'))
      .flatMap(({ content }) => (content as { readonly rows: readonly { readonly name: string }[] }).rows.map(({ name }) => name));
    const used = rows.flatMap(({ linuxHwcaps = [] }) => linuxHwcaps);
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter((name) => !hwcaps.includes(name))).toEqual([]);
  });
});

// Two tables that were made from different documents: the values of a field, and the conditions of a feature.
it('a field value that promises a feature fulfils the compare that identifies the feature', () => {
  const denied: string[] = [];
  for (const register of ALL_REGISTERS) {
    for (const field of register.fields) {
      const promises = [...Object.entries(field.implements ?? {}), ...Object.entries(field.implementsOnlyAt ?? {})];
      for (const [value, name] of promises.flatMap(([at, promised]) => promised.map((one) => [at, one] as const))) {
        const path = `${register.name}.${field.name}`;
        const identification = rows.find((row) => row.name === name)?.identification;
        const compares = (identification ? nodes(identification) : []).filter((node) => 'field' in node && node.field === path);
        const word = insertField(0n, field, BigInt(value));
        if (compares.length > 0 && !compares.some((one) => evaluateIdentification(one, () => word)))
          denied.push(`${path} = ${value}: ${name}`);
      }
    }
  }
  expect(denied).toEqual([]);
});

describe('the levels', () => {
  const by = (level: string, key: 'mandatoryFrom' | 'optionalFrom') =>
    rows
      .filter((row) => row[key] === level)
      .map(({ name }) => name)
      .sort();

  it.each(levels)('$name lists what the features say of it', ({ name, mandatory = [], optional = [], conditional = [], removed }) => {
    expect([...mandatory].sort()).toEqual(by(name, 'mandatoryFrom'));
    expect([...optional].sort()).toEqual(by(name, 'optionalFrom'));
    const conditions = rows.flatMap((row) =>
      (row.mandatoryConditional ?? []).filter(({ from }) => from === name).map(({ when }) => ({ archFeature: row.name, when })),
    );
    expect(conditional).toEqual(expect.arrayContaining(conditions));
    expect(conditional.length).toBe(conditions.length);
    const removedHere = rows.filter(({ removedFrom }) => removedFrom === name).map((row) => row.name);
    expect(removed ?? []).toEqual(removedHere.length === 0 ? [] : expect.arrayContaining(removedHere));
  });

  /** The first 12 digits of the SHA-256 of the sorted names, joined by commas. */
  function fingerprint(list: ReadonlySet<string>): string {
    return createHash('sha256')
      .update([...list].sort().join(','))
      .digest('hex')
      .slice(0, 12);
  }

  // Cumulative lists, computed from Arm's constraint file (aarchmrs) before the levels were written down one by one.
  it.each<[ArchLevelName, number, string, number, number, string]>([
    ['Armv8.0-A', 3, 'c1ce575b690a', 0, 71, 'c2673a885619'],
    ['Armv8.1-A', 8, 'ac661c5ee479', 3, 93, 'a2d720f94059'],
    ['Armv8.2-A', 15, 'c85afc29b7a4', 5, 118, '5cdfad12eac6'],
    ['Armv8.3-A', 17, '186d1a588f70', 7, 134, 'fd3e53c08eb6'],
    ['Armv8.4-A', 27, 'bd2b0fd556ac', 16, 135, 'cec3d474aea3'],
    ['Armv8.5-A', 34, 'b620d2e26946', 21, 139, '6b3bbf2712fc'],
    ['Armv8.6-A', 37, '2e2a384c7f6f', 23, 148, '14c20d1a8272'],
    ['Armv8.7-A', 40, '4efd70a7bfac', 28, 158, '4e830d633e65'],
    ['Armv8.8-A', 47, '7b51fc675bdd', 31, 175, '0c3f96e84af3'],
    ['Armv8.9-A', 54, 'cda08aec99c9', 40, 168, 'ef6e9218a84e'],
    ['Armv9.0-A', 36, '7aeb33c0ad7e', 21, 148, 'aa3afb348908'],
    ['Armv9.1-A', 39, '2a438f0f3129', 23, 160, '29e76f281124'],
    ['Armv9.2-A', 42, '809529ca4641', 28, 201, '65824a345c53'],
    ['Armv9.3-A', 49, '04495126ab24', 33, 234, 'da8d9ecd892c'],
    ['Armv9.4-A', 57, '9e109ca0afbf', 44, 250, '25d839a9c935'],
    ['Armv9.5-A', 61, 'c62e11013f5d', 53, 266, 'c2047e01d678'],
    ['Armv9.6-A', 66, '167179c01abd', 60, 262, 'b86d00792595'],
    ['Armv9.7-A', 69, '74d9815585cd', 60, 259, 'd3f3e7e7cdc5'],
  ])(
    '%s makes %i features mandatory (%s), %i under conditions, and allows %i (%s)',
    (level, mandatory, mandatoryHash, conditional, optional, optionalHash) => {
      expect(mandatoryArchFeatures(level).size).toBe(mandatory);
      expect(fingerprint(mandatoryArchFeatures(level))).toBe(mandatoryHash);
      expect(conditionalArchFeatures(level).length).toBe(conditional);
      expect(optionalArchFeatures(level).size).toBe(optional);
      expect(fingerprint(optionalArchFeatures(level))).toBe(optionalHash);
    },
  );
});
