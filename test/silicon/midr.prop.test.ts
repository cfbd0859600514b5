import fc from 'fast-check';
import { it } from 'vitest';
import { composeMidr, parseMidr } from '../../src/silicon/midr.ts';

const nibble = fc.integer({ min: 0, max: 15 });
const midrs = fc.record({
  implementer: fc.integer({ min: 0, max: 0xff }),
  variant: nibble,
  architecture: nibble,
  part: fc.integer({ min: 0, max: 0xfff }),
  revision: nibble,
});

it('parse undoes compose', () => {
  fc.assert(
    fc.property(midrs, (midr) => {
      const back = parseMidr(composeMidr(midr));
      return Object.entries(midr).every(([name, value]) => back[name as keyof typeof back] === value);
    }),
  );
});

it('compose undoes parse for every 32-bit value', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 0xffff_ffffn }), (value) => composeMidr(parseMidr(value)) === value));
});
