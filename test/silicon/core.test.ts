import { describe, expect, it } from 'vitest';
import { ALL_CORES, ALL_IMPLEMENTERS, findCore, implementerName, isMaskedMidr } from '../../src/silicon/core.ts';
import { parseMidr } from '../../src/silicon/midr.ts';

describe('findCore', () => {
  // Processors as recorded in /proc/cpuinfo of Altra, M1, Kunpeng 920, A64FX and Cobalt 100.
  it.each([
    ['0x413fd0c1', 'Neoverse-N1', 'Armv8.2-A'],
    ['0x611f0231', 'Firestorm-M1', 'Armv8.5-A'],
    ['0x481fd010', 'TaiShan-v110', 'Armv8.2-A'],
    ['0x461f0010', 'A64FX', 'Armv8.2-A'],
    ['0x6d0fd490', 'Azure-Cobalt-100', 'Armv9.0-A'],
  ])('knows MIDR_EL1 %s as %s, %s', (value, name, level) => {
    expect(findCore(parseMidr(BigInt(value)))).toMatchObject({ name, level });
  });

  it('does not mind the revision', () => {
    expect(findCore(parseMidr(0x410fd0c0n))).toBe(findCore(parseMidr(0x41ffd0cfn)));
  });

  it('tells the same part of two implementers apart', () => {
    expect(findCore({ implementer: 0x41, part: 0xd01 })?.name).toBe('Cortex-A32');
    expect(findCore({ implementer: 0x48, part: 0xd01 })?.name).toBe('TaiShan-v110');
  });

  it('gives nothing for an unknown part, or a part of an unknown implementer', () => {
    const unknown = Array.from({ length: 0x1000 }, (_, part) => part).find(
      (part) => !ALL_CORES.some((core) => core.implementer === 0x41 && core.part === part),
    );
    expect(findCore({ implementer: 0x41, part: unknown! })).toBeUndefined();
    expect(findCore({ implementer: 0x99, part: 0xd0c })).toBeUndefined();
  });

  it('knows that part 0 of Apple hides the core, as it does in guests', () => {
    expect(isMaskedMidr({ implementer: 0x61, part: 0 })).toBe(true);
    expect(isMaskedMidr({ implementer: 0x61, part: 0x22 })).toBe(false);
    expect(isMaskedMidr({ implementer: 0x41, part: 0 })).toBe(false);
  });

  it('keeps the constant of Linux among the names', () => {
    expect(findCore({ implementer: 0x41, part: 0xd0c })?.names.linux).toEqual(['NEOVERSE_N1']);
  });
});

describe('implementerName', () => {
  it.each([
    [0x41, 'ARM'],
    [0x61, 'Apple'],
    [0xc0, 'Ampere'],
  ])('knows %i as %s', (code, name) => {
    expect(implementerName(code)).toBe(name);
  });

  it('gives nothing for a code that nobody has', () => {
    expect(implementerName(0x99)).toBeUndefined();
  });
});

it('lists cores of known implementers in the order of their codes', () => {
  const codes = new Set(ALL_IMPLEMENTERS.map(({ code }) => code));
  expect(ALL_CORES.filter(({ implementer }) => !codes.has(implementer))).toEqual([]);
  const keys = ALL_CORES.map(({ implementer, part }) => implementer * 0x1000 + part);
  expect(keys).toEqual([...keys].sort((a, b) => a - b));
});
