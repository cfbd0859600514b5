import { describe, expect, it } from 'vitest';
import { readSpec } from '../../spec-data/build/spec-file.ts';
import { allHwcaps } from '../../src/answers/hwcap-facts.ts';
import { ALL_ARCH_FEATURES, findArchFeature } from '../../src/arch/arch-feature.ts';
import { ALL_LEVELS, includedLevels } from '../../src/arch/level.ts';
import { ALL_HWCAP_NAMES } from '../../src/runtime/hwcap-names.ts';
import { GCC, LLVM } from '../../src/runtime/march.ts';

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
  expect(cpus).toHaveLength(84);
  expect(cpus.filter(({ level, profile }) => (level === undefined) === (profile === undefined))).toEqual([]);
});

it('names each hwcap once, by vector and bit', () => {
  expect(ALL_HWCAP_NAMES.map(({ name }) => name)).toEqual(allHwcaps().map(({ name }) => name));
});

it('reads only hwcaps that are known, in Rust and on Windows', () => {
  const { features } = readSpec<{ readonly features: readonly { readonly when: unknown }[] }>('runtime/rust.json');
  const windows = readSpec<{ readonly features: readonly { readonly linuxHwcaps?: readonly string[] }[] }>('runtime/windows.json');
  const named = [...features.flatMap(({ when }) => texts(when)), ...windows.features.flatMap(({ linuxHwcaps = [] }) => linuxHwcaps)];
  expect(named.filter((name) => !HWCAPS.has(name))).toEqual([]);
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
      const rows = features.map(findArchFeature);
      return !rows.some((row) => (compiler.name === 'gcc' ? row?.gcc?.includes(name) : row?.llvm?.march === name));
    });
    expect(odd.map(({ name }) => name)).toEqual([]);
  });
});
