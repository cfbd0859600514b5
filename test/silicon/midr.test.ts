import { expect, it } from 'vitest';
import { composeMidr, formatRevision, parseMidr } from '../../src/silicon/midr.ts';

it('takes 0x413fd0c1 apart as Arm, Neoverse-N1, r3p1', () => {
  const midr = parseMidr(0x413f_d0c1n);
  expect(midr).toEqual({ implementer: 0x41, variant: 3, architecture: 15, part: 0xd0c, revision: 1 });
  expect(formatRevision(midr)).toBe('r3p1');
});

it('ignores the upper 32 bits', () => {
  expect(parseMidr(0xffff_ffff_611f_0231n)).toEqual(parseMidr(0x611f_0231n));
});

it('composes an AArch64 core if no architecture is given', () => {
  expect(composeMidr({ implementer: 0x48, variant: 1, part: 0xd01, revision: 0 })).toBe(0x481f_d010n);
});

it('cuts a part that is wider than its field', () => {
  expect(composeMidr({ implementer: 0x41, variant: 0, part: 0x1d0c, revision: 0 })).toBe(0x410f_d0c0n);
});
