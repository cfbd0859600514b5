import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSpec, SPEC_DATA } from '../../spec-data/build/spec-file.ts';
import { ARCH_LEVELS } from '../../src/arch/generated/arch-feature-rules.ts';
import { findHwcap } from '../../src/linux/release/hwcap-catalogue.ts';

interface ImplementerFile {
  readonly code: string;
  readonly name: string;
  readonly cores: readonly { readonly part: string; readonly name: string; readonly level?: string }[];
}

const paths = readdirSync(join(SPEC_DATA, 'silicon'));
const files = paths.map((path) => ({ path, ...readSpec<ImplementerFile>(`silicon/${path}`) }));
const kebab = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

it('has each code and name of an implementer once', () => {
  expect(files.length).toBeGreaterThan(0);
  expect(new Set(files.map(({ code }) => code)).size).toBe(files.length);
  expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
});

describe.each(files)('$path', ({ path, code, name, cores }) => {
  it('is named after the implementer', () => {
    expect(path).toBe(`${kebab(name)}.json`);
  });

  it('keeps codes and parts in the range of their MIDR_EL1 fields', () => {
    expect(Number(code)).toBeLessThanOrEqual(0xff);
    expect(cores.filter(({ part }) => !(Number(part) <= 0xfff))).toEqual([]);
  });

  it('numbers each part once', () => {
    const parts = cores.map(({ part }) => part);
    expect(parts).toEqual([...new Set(parts)]);
  });

  it('names only levels that exist', () => {
    const levels = new Set<string | undefined>([undefined, ...ARCH_LEVELS.map((level) => level.name)]);
    expect(cores.filter(({ level }) => !levels.has(level))).toEqual([]);
  });
});

it('makes products of cores that are known, each name once', () => {
  const { rows } = readSpec<{ readonly rows: readonly { readonly name: string; readonly cores: readonly string[] }[] }>('products.json');
  const known = new Set(files.flatMap(({ code, cores }) => cores.map(({ part }) => `${code}:${part}`)));
  expect(rows.filter(({ cores }) => cores.some((core) => !known.has(core)))).toEqual([]);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

it('names targets of archspec once, each with hwcaps that there are', () => {
  const { rows } = readSpec<{ readonly rows: readonly { readonly name: string; readonly hwcaps: readonly string[] }[] }>(
    'formats/archspec-targets.json',
  );
  expect(rows.flatMap(({ hwcaps }) => hwcaps.filter((name) => findHwcap(name) === undefined))).toEqual([]);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

it('makes the chips that macOS numbers of cores that are known', () => {
  const { rows } = readSpec<{ readonly rows: readonly { readonly number: string; readonly chips: readonly (readonly string[])[] }[] }>(
    'formats/macos-cpu-families.json',
  );
  const known = new Set(files.find(({ name }) => name === 'Apple')?.cores.map(({ part }) => part));
  expect(rows.filter(({ chips }) => chips.flat().some((part) => !known.has(part)))).toEqual([]);
  expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
});
