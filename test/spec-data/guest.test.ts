import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSpec, SPEC_DATA } from '../../spec-data/build/spec-file.ts';
import { findHwcap } from '../../src/linux/release/hwcap-catalogue.ts';
import { specFiles } from '../support/spec-files.ts';

type Row = Readonly<Record<string, unknown>>;
const rowsOf = (file: string): readonly Row[] => readSpec<{ readonly rows: readonly Row[] }>(`guest/${file}.json`).rows;
const ids = rowsOf('hypervisors').map(({ id }) => id);

describe('the tables about guests', () => {
  it('list each hypervisor, clue, add-on and virtio id once', () => {
    const keys = [
      ids,
      rowsOf('clues').map(({ kind, starts }) => `${kind} ${String(starts).toLowerCase()}`),
      rowsOf('add-ons').flatMap(({ names }) => names as string[]),
      rowsOf('virtio').flatMap(({ pciIds }) => pciIds as string[]),
      rowsOf('virtio').map(({ type }) => type),
    ];
    for (const list of keys) expect(list.filter((key, i) => list.indexOf(key) !== i)).toEqual([]);
  });

  it('name hypervisors that are listed', () => {
    const named = [
      ...rowsOf('clues').flatMap(({ suggests }) => suggests),
      ...rowsOf('add-ons').flatMap(({ hypervisor }) => hypervisor ?? []),
    ];
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('have no decisive clue for two', () => {
    expect(rowsOf('clues').filter(({ weight, suggests }) => weight === 'decisive' && (suggests as string[]).length > 1)).toEqual([]);
  });

  it('name hwcaps that exist', () => {
    expect(rowsOf('hidden').flatMap(({ hwcaps }) => (hwcaps as string[]).filter((name) => findHwcap(name) === undefined))).toEqual([]);
  });

  // The modern ids of the specification: 0x1040 plus the type. 105a is 0x1040 + 26.
  it('have the modern PCI id that follows from the type', () => {
    const modern = rowsOf('virtio').map(({ type, pciIds }) => [(0x1040 + Number(type)).toString(16), (pciIds as string[]).at(-1)]);
    for (const [expected, last] of modern) expect(last).toBe(expected);
  });
});

describe('the captures', () => {
  const captures = specFiles().filter(({ path }) => /^captures\/[^/]+\/capture\.json$/.test(path));

  it.each(captures)('$path lists the files beside it', ({ path, content }) => {
    const { name, files } = content as { readonly name: string; readonly files: readonly string[] };
    expect(path).toBe(`captures/${name}/capture.json`);
    expect(readdirSync(join(SPEC_DATA, 'captures', name)).sort()).toEqual(['capture.json', ...files].sort());
  });

  it('give the guest under Parallels the line that its machine has', () => {
    const text = readFileSync(join(SPEC_DATA, 'captures/parallels-m1/cpuinfo.txt'), 'utf8');
    const { recorded } = readSpec<{ readonly recorded: { readonly features: string } }>('machines/parallels-m1/machine.json');
    expect(text).toContain(`Features\t: ${recorded.features}\n`);
  });
});
