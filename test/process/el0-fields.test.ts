import { expect, it } from 'vitest';
import { encodingOf, isIdSpace } from '../../src/arch/encoding.ts';
import { fieldBits, ID_REGISTER_NAMES } from '../../src/arch/field-bits.ts';
import { extractField } from '../../src/bits/field.ts';
import { boot } from '../../src/linux/boot.ts';
import { el0Fields } from '../../src/process/el0-fields.ts';
import { readAtEl0 } from '../../src/process/mrs.ts';

/** Linux, Documentation/arch/arm64/cpu-feature-registers.rst: granules that are hidden read as not supported. */
it('ID_AA64MMFR0_EL1 of Linux 6.1: ECV is shown, the granules are constants', () => {
  const fields = new Map(el0Fields('ID_AA64MMFR0_EL1', { release: '6.1' }).map(({ name, always }) => [name, always]));
  expect(fields.get('ECV')).toBeUndefined();
  expect([fields.get('TGran4'), fields.get('TGran16'), fields.get('TGran4_2'), fields.get('PARange')]).toEqual([15, 0, 1, 0]);
});

it('names the errata that hide a field', () => {
  const ssbs = el0Fields('ID_AA64PFR1_EL1', { release: '6.12.107' }).find(({ name }) => name === 'SSBS');
  expect(ssbs).toMatchObject({ hiddenBy: [expect.stringMatching(/3194386|SSBS/)] });
});

it('what always reads the same does on every machine', () => {
  const ones = Object.fromEntries(ID_REGISTER_NAMES.filter((name) => /^ID_AA64/.test(name)).map((name) => [name, 0x1111_1111_1111_1111n]));
  for (const release of ['4.14', '5.10', '6.12.107', '7.2']) {
    const system = boot({ cpus: [{ registers: ones }] }, { release });
    for (const name of ID_REGISTER_NAMES.filter((one) => /^ID_AA64/.test(one) && isIdSpace(encodingOf(one)))) {
      const value = readAtEl0(system, encodingOf(name));
      if (typeof value !== 'bigint') continue;
      for (const { name: field, always } of el0Fields(name, { release })) {
        if (always !== undefined)
          expect(extractField(value, fieldBits(`${name}.${field}` as never)), `${name}.${field}`).toBe(BigInt(always));
      }
    }
  }
});
