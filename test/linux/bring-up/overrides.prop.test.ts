import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boot } from '../../../src/linux/boot.ts';
import { kernelAt, type TrackedField } from '../../../src/linux/release/kernel-at.ts';
import { overrideWords, registerFile } from '../../support/arbitraries.ts';

const OVERRIDABLE = ['5.15.167', '6.1.192', '6.12.117', '7.2.13'];

function read(value: bigint, { lsb, width, signed }: TrackedField): bigint {
  const field = value >> BigInt(lsb);
  return signed ? BigInt.asIntN(width, field) : BigInt.asUintN(width, field);
}

it('never raises a field whose lowest value is safe, whatever the command line says', () => {
  let changed = 0;
  fc.assert(
    fc.property(registerFile(), fc.constantFrom(...OVERRIDABLE), overrideWords(), (registers, release, words) => {
      const plain = boot({ cpus: [{ registers }] }, { release });
      const asked = boot({ cpus: [{ registers }] }, { release, cmdline: words.join(' ') });
      for (const { name, fields } of kernelAt({ release }).registers) {
        const [before, after] = [plain, asked].map((system) => system.registers.get(name as never)!.value) as [bigint, bigint];
        if (before !== after) changed++;
        for (const field of fields) if (field.safe === 'lower') expect(read(after, field) <= read(before, field)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
  expect(changed).toBeGreaterThan(50);
});

it('never gives a hwcap that the machine does not have without the override', () => {
  fc.assert(
    fc.property(registerFile(), fc.constantFrom(...OVERRIDABLE), overrideWords(), (registers, release, words) => {
      const plain = boot({ cpus: [{ registers }] }, { release }).hwcaps.names;
      const asked = boot({ cpus: [{ registers }] }, { release, cmdline: words.join(' ') }).hwcaps.names;
      expect(asked.filter((name) => !plain.includes(name))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

it('ignores every override before 5.12, which has none', () => {
  fc.assert(
    fc.property(registerFile(), fc.constantFrom('4.14.74', '5.10.223', '5.11.0'), overrideWords(), (registers, release, words) => {
      const plain = boot({ cpus: [{ registers }] }, { release });
      const asked = boot({ cpus: [{ registers }] }, { release, cmdline: words.join(' ') });
      expect([...asked.registers.values()]).toEqual([...plain.registers.values()]);
    }),
    { numRuns: 50 },
  );
});
