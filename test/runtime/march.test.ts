import { describe, expect, it } from 'vitest';
import type { ArchFeatureName } from '../../src/arch/arch-feature.ts';
import { GCC, LLVM, levelFeatures, marchFor } from '../../src/runtime/march.ts';

const set = (...names: readonly string[]): ReadonlySet<ArchFeatureName> => new Set(names.map((name) => `FEAT_${name}` as ArchFeatureName));

/** What a program may use on a Neoverse N1, by Arm's manual of the core. */
const N1 = set(
  'FP',
  'AdvSIMD',
  'AES',
  'PMULL',
  'SHA1',
  'SHA256',
  'CRC32',
  'LSE',
  'RDM',
  'DotProd',
  'FP16',
  'LRCPC',
  'DPB',
  'RAS',
  'SSBS',
  'SSBS2',
);

describe('marchFor', () => {
  it('names what a Neoverse N1 has over Armv8.2-A', () => {
    expect(marchFor(GCC, N1).text).toBe('armv8.2-a+aes+dotprod+fp16+rcpc+sha2');
    expect(marchFor(LLVM, N1).text).toBe('armv8.2-a+aes+dotprod+fp16+rcpc+sha2');
  });

  it('says what a level takes for granted beyond the machine', () => {
    // LLVM's extension ras stands for RAS 1.1 too, and comes with armv8.2-a.
    expect(marchFor(LLVM, N1).tolerated).toEqual(['FEAT_RASv1p1']);
    expect(marchFor(GCC, N1).tolerated).toEqual([]);
  });

  it('leaves out an extension that needs what is not there', () => {
    // sha3 brings sha2 with it.
    expect(marchFor(GCC, set('FP', 'AdvSIMD', 'SHA3', 'SHA512')).text).toBe('armv8-a');
    expect(marchFor(GCC, set('FP', 'AdvSIMD', 'SHA1', 'SHA256', 'SHA3', 'SHA512')).text).toBe('armv8-a+sha3');
  });

  it('asks for every architecture feature that a name stands for', () => {
    expect(marchFor(GCC, set('FP', 'AdvSIMD', 'AES')).text).toBe('armv8-a');
    expect(marchFor(GCC, set('FP', 'AdvSIMD', 'AES', 'PMULL')).text).toBe('armv8-a+aes');
  });

  it('stays in Armv8 where SVE2 is missing', () => {
    const v9 = levelFeatures(GCC, 'Armv9.0-A');
    const without = new Set([...v9].filter((name) => !/SVE/.test(name)));
    expect(marchFor(GCC, v9).text).toBe('armv9-a');
    expect(marchFor(GCC, without).level).toBe('Armv8.5-A');
  });

  it('takes floating point away where there is none', () => {
    expect(marchFor(GCC, set('CRC32')).text).toBe('armv8-a+crc+nofp');
    expect(marchFor(GCC, set('FP')).text).toBe('armv8-a+nosimd');
  });

  it('names what is privileged or never emitted in no case', () => {
    expect(marchFor(GCC, set('FP', 'AdvSIMD', 'SPE', 'SSBS', 'SSBS2', 'SPECRES')).text).toBe('armv8-a');
  });
});
