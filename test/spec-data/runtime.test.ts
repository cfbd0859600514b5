import { describe, expect, it } from 'vitest';
import { readSpec } from '../../spec-data/build/spec-file.ts';
import { ALL_ARCH_FEATURES, findArchFeature } from '../../src/arch/arch-feature.ts';
import { ALL_LEVELS, includedLevels } from '../../src/arch/level.ts';
import { findField } from '../../src/arch/register.ts';
import { allHwcaps } from '../../src/linux/release/hwcap-catalogue.ts';
import { leavesOf } from '../../src/logic/tree.ts';
import { gccDriver } from '../../src/runtime/gcc/driver-tables.ts';
import { ALL_HWCAP_NAMES } from '../../src/runtime/hwcap-names.ts';
import { GCC, LLVM } from '../../src/runtime/march.ts';
import { PROGRAMS } from '../../src/runtime/program.ts';

const FEATURES: ReadonlySet<string> = new Set(ALL_ARCH_FEATURES.map(({ name }) => name));
const HWCAPS: ReadonlySet<string> = new Set(allHwcaps().map(({ name }) => name));

/** Every text in a value. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

it.each(['gcc', 'llvm', 'llvm-cpus', 'go', 'windows'])('%s names only architecture features that are known', (file) => {
  const named = texts(readSpec(`runtime/${file}.json`)).filter((text) => text.startsWith('FEAT_'));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !FEATURES.has(name))).toEqual([]);
});

it('says of each CPU of LLVM its level, or that it is of the R profile', () => {
  const { cpus } = readSpec<{ readonly cpus: readonly { readonly level?: string; readonly profile?: string }[] }>('runtime/llvm-cpus.json');
  expect(cpus.length).toBeGreaterThan(0);
  expect(cpus.filter(({ level, profile }) => (level === undefined) === (profile === undefined))).toEqual([]);
});

it('names a hwcap once, by vector and bit', () => {
  const named = ALL_HWCAP_NAMES.map(({ name }) => name);
  expect(named).toEqual(
    allHwcaps()
      .map(({ name }) => name)
      .filter((name) => named.includes(name)),
  );
});

it('reads only hwcaps that are known on Windows', () => {
  const windows = readSpec<{ readonly features: readonly { readonly linuxHwcaps?: readonly string[] }[] }>('runtime/windows.json');
  expect(windows.features.flatMap(({ linuxHwcaps = [] }) => linuxHwcaps).filter((name) => !HWCAPS.has(name))).toEqual([]);
});

it('has a number for every processor feature of Windows that a hwcap names', () => {
  const { features } = readSpec<{ readonly features: readonly { readonly name: string }[] }>('runtime/windows.json');
  const known = new Set(features.map(({ name }) => name));
  expect(ALL_HWCAP_NAMES.flatMap(({ windows = [] }) => windows).filter((name) => !known.has(name))).toEqual([]);
});

describe.each([GCC, LLVM])('$title', (compiler) => {
  const names = compiler.extensions.map(({ name }) => name);

  it('names each extension once, and requires only what it has', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(compiler.extensions.flatMap(({ requires = [] }) => requires).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has levels in the order of the architecture, each below the last one included', () => {
    const levels = compiler.levels.map(({ level }) => level);
    expect(levels).toEqual(ALL_LEVELS.map(({ name }) => name).filter((name) => levels.includes(name)));
    for (const level of levels) for (const { name } of includedLevels(level)) expect(levels).toContain(name);
  });

  it('spells an extension as the architecture feature does', () => {
    const odd = compiler.extensions.filter(({ name, features }) => {
      if (features.length === 0) return false; // only a name for others
      const rows = features.map(findArchFeature);
      return !rows.some((row) => (compiler.name === 'gcc' ? row?.gcc?.includes(name) : row?.llvm?.march === name));
    });
    expect(odd.map(({ name }) => name)).toEqual([]);
  });
});

describe.each(Object.values(PROGRAMS))('$title', ({ versions, answers }) => {
  const rows = answers.flatMap((answer) => answer.rows.map((row) => ({ row, names: answer.rows.map(({ name }) => name) })));

  it('holds only in versions that it has', () => {
    expect(
      [...answers, ...rows.map(({ row }) => row)].flatMap((held) => held.in ?? []).filter((version) => !versions.includes(version)),
    ).toEqual([]);
  });

  it('asks only for hwcaps, words, fields and names that there are', () => {
    const unknown = rows.flatMap(({ row, names }) =>
      (row.when === undefined ? [] : leavesOf(row.when)).filter(({ leaf }) => {
        if ('hwcap' in leaf) return !HWCAPS.has(leaf.hwcap);
        if ('word' in leaf) return !HWCAPS.has(leaf.word);
        if ('field' in leaf) return findField(leaf.field) === undefined;
        return 'name' in leaf && !names.includes(leaf.name);
      }),
    );
    expect(unknown).toEqual([]);
  });

  it('has no more than one meaning for a bit in a version', () => {
    for (const version of versions) {
      for (const { rows: all } of answers) {
        const bits = all.filter(({ in: held, bit }) => bit !== undefined && (held ?? versions).includes(version)).map(({ bit }) => bit);
        expect(new Set(bits).size).toBe(bits.length);
      }
    }
  });
});

/** Words that a version of GCC waits for in vain: Linux prints svef32mm and svef64mm, and neither d128 nor the. */
const NEVER_PRINTED = ['d128', 'f32mm', 'f64mm', 'the'];

describe.each(['12', '14', '16'])('the driver of GCC %s', (version) => {
  const { extensions, cores } = gccDriver(version);
  const names = extensions.map(({ name }) => name);

  it('speaks only of extensions that it has', () => {
    const spoken = [
      ...extensions.flatMap(({ on, off, standsFor = [] }) => [...on, ...off, ...standsFor]),
      ...cores.flatMap((core) => [...core.extensions]),
    ];
    expect(spoken.filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('waits for words that Linux prints, but for those that it is known to miss', () => {
    const words = extensions.flatMap(({ when }) =>
      when === undefined ? [] : leavesOf(when).map(({ leaf }) => ('word' in leaf ? leaf.word : '')),
    );
    expect(words.filter((word) => !HWCAPS.has(word) && !NEVER_PRINTED.includes(word))).toEqual([]);
  });
});
