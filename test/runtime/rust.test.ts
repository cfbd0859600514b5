import { describe, expect, it } from 'vitest';
import { rustTarget } from '../../src/runtime/rust.ts';

const RASPBERRY_PI_4 = ['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'];

describe('rustTarget', () => {
  it('turns on crc, the only thing that a Raspberry Pi 4 has over the target', () => {
    expect(rustTarget(RASPBERRY_PI_4)).toMatchObject({
      flag: '-C target-feature=+crc',
      detected: ['asimd', 'crc', 'fp', 'neon'],
      unstable: [],
    });
  });

  it('has no flag where there is nothing to turn on', () => {
    expect(rustTarget(['fp', 'asimd']).flag).toBe('');
  });

  it('reads half precision as std_detect does: Advanced SIMD counts only if it has it where floating point has', () => {
    expect(rustTarget(['fp', 'asimd', 'fphp', 'aes']).detected).not.toContain('aes');
    expect(rustTarget(['fp', 'asimd', 'fphp', 'asimdhp', 'aes']).detected).toContain('aes');
  });

  it('keeps names out of the flag that a stable compiler warns of', () => {
    const { stable, unstable } = rustTarget(['fp', 'asimd', 'uscat', 'flagm', 'flagm2']);
    expect(stable).toEqual(['flagm']);
    expect(unstable).toEqual(['flagm2', 'lse2']);
  });
});
