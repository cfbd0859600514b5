import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatEncoding, registerAt, type SystemRegisterEncoding } from '../../src/arch/encoding.ts';
import type { System } from '../../src/linux/system.ts';
import { el0View, readAtEl0 } from '../../src/process/mrs.ts';
import { registerName, word64 } from '../support/arbitraries.ts';
import { bootedCpu, handmadeSystem } from '../support/system.ts';

const encoding = (): fc.Arbitrary<SystemRegisterEncoding> =>
  fc.record({
    op0: fc.integer({ min: 2, max: 3 }),
    op1: fc.integer({ min: 0, max: 7 }),
    crn: fc.integer({ min: 0, max: 15 }),
    crm: fc.integer({ min: 0, max: 15 }),
    op2: fc.integer({ min: 0, max: 7 }),
  });

const system = (): fc.Arbitrary<System> =>
  fc
    .tuple(
      fc.array(fc.record({ name: registerName(), value: word64(), userMask: word64(), userValue: word64() }), { maxLength: 20 }),
      fc.constantFrom(undefined, 2, 4),
      word64(),
    )
    .map(([tracked, from, midr]) => {
      const { mrsEmulatedFrom: _, ...rest } = handmadeSystem({ tracked, cpus: [bootedCpu(0, { MIDR_EL1: midr })] });
      return from === undefined ? rest : { ...rest, mrsEmulatedFrom: from };
    });

it('the view agrees with single reads', () => {
  fc.assert(
    fc.property(system(), encoding(), (booted, at) => {
      const viewed = el0View(booted).get(formatEncoding(at));
      if (viewed !== undefined) expect(readAtEl0(booted, at)).toBe(viewed);
    }),
  );
});

it('a hidden bit never reaches EL0', () => {
  fc.assert(
    fc.property(system(), word64(), (booted, noise) => {
      const noisy = new Map(
        [...booted.registers].map(([name, register]) => [name, { ...register, value: register.value ^ (noise & ~register.userMask) }]),
      );
      expect(el0View({ ...booted, registers: noisy })).toEqual(el0View(booted));
    }),
  );
});

it('in the emulated range nothing ends in SIGILL, outside of it everything does', () => {
  fc.assert(
    fc.property(system(), fc.integer({ min: 1, max: 15 }), fc.integer({ min: 0, max: 7 }), (booted, crm, op2) => {
      const emulated = booted.mrsEmulatedFrom !== undefined && crm >= booted.mrsEmulatedFrom && crm <= 7;
      expect(readAtEl0(booted, { op0: 3, op1: 0, crn: 0, crm, op2 }) === 'SIGILL').toBe(!emulated);
    }),
  );
});

it('an encoding in the emulated range that is not tracked reads as zero', () => {
  fc.assert(
    fc.property(system(), fc.integer({ min: 4, max: 7 }), fc.integer({ min: 0, max: 7 }), (booted, crm, op2) => {
      const at = { op0: 3, op1: 0, crn: 0, crm, op2 };
      const name = registerAt(at);
      fc.pre(booted.mrsEmulatedFrom !== undefined && (name === undefined || !booted.registers.has(name)));
      expect(readAtEl0(booted, at)).toBe(0n);
    }),
  );
});
