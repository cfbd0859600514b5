import { describe, expect, it } from 'vitest';
import type { ArchFeatureName } from '../../src/arch/arch-feature.ts';
import { targetCpuFor } from '../../src/runtime/target-cpu.ts';
import { parseMidr } from '../../src/silicon/midr.ts';

const set = (...names: readonly string[]): ReadonlySet<ArchFeatureName> => new Set(names.map((name) => `FEAT_${name}` as ArchFeatureName));
const A72 = parseMidr(0x410f_d083n);

describe('targetCpuFor', () => {
  it('warns that cortex-a72 turns on cryptography, which a Raspberry Pi 4 does not have', () => {
    const found = targetCpuFor(A72, set('FP', 'AdvSIMD', 'CRC32'));
    expect(found).toEqual({ name: 'cortex-a72', lacking: ['FEAT_AES', 'FEAT_PMULL', 'FEAT_SHA1', 'FEAT_SHA256'] });
  });

  it('has nothing to warn of on a Cortex-A72 with cryptography', () => {
    expect(targetCpuFor(A72, set('FP', 'AdvSIMD', 'CRC32', 'AES', 'PMULL', 'SHA1', 'SHA256'))?.lacking).toEqual([]);
  });

  it('knows no name for the masked part number of a guest under macOS', () => {
    expect(targetCpuFor(parseMidr(0x610f_0000n), set())).toBeUndefined();
  });
});
