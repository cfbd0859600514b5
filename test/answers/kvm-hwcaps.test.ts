import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KVM_HWCAPS } from '../../src/answers/generated/kvm-hwcaps.ts';
import { kvmBelow } from '../../src/answers/kvm-hwcaps.ts';
import { formatKvmBelow } from '../../src/formats/kvm-below.ts';

describe('a Features line read backwards through KVM', () => {
  it('SVE needs the vCPU feature, which KVM has since 5.2', () => {
    expect(kvmBelow(['fp', 'asimd', 'sve'])).toMatchObject({ vcpu: ['sve'], since: [{ hwcap: 'sve', release: '5.2' }] });
  });

  it('pointer authentication needs a vCPU made with it', () => {
    expect(kvmBelow(['fp', 'paca', 'pacg']).vcpu).toEqual(['pauth']);
  });

  it('a newer hwcap needs a newer host: MOPS 6.7, since 6.5 and 6.6 hide it', () => {
    expect(kvmBelow(['fp', 'mops']).releases[0]).toBe('6.7');
  });

  it('no kernel that is known gives a guest SME', () => {
    const below = kvmBelow(['fp', 'sme']);
    expect(below).toMatchObject({ releases: [], never: ['sme'] });
    expect(formatKvmBelow(below)).toContain('No guest of KVM');
  });

  it('more names never allow more hosts', () => {
    const names = fc.subarray(Object.keys(KVM_HWCAPS));
    fc.assert(
      fc.property(names, names, (a, b) => {
        const both = new Set(kvmBelow([...a, ...b]).releases);
        const one = new Set(kvmBelow(a).releases);
        expect([...both].every((release) => one.has(release))).toBe(true);
      }),
    );
  });
});
