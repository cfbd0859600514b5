import { describe, expect, it } from 'vitest';
import { ALL_REGISTERS } from '../../src/arch/register.ts';
import { shownRegister } from '../../src/web/machine/shown-register.ts';
import { slimRegisters } from '../../src/web/machine/slim-registers.ts';

const VALUES = { value: 0x0011_1121_1122_2112n, start: 0n, guest: 0xffff_ffff_ffff_ffffn };

describe('registers before what is said of their fields is fetched', () => {
  it('have the same names, groups and places of fields', () => {
    const brief = (all: typeof ALL_REGISTERS) =>
      all.map(({ name, longName, group, fields }) => [
        name,
        longName,
        group,
        fields.filter(({ variant }) => variant !== 'ccidx').map((field) => [field.name, field.msb, field.lsb, field.sign]),
      ]);
    expect(brief(slimRegisters())).toEqual(brief(ALL_REGISTERS));
  });

  it('are shown with the same values by the same names, and nothing is said of what a value means', () => {
    for (const [index, register] of ALL_REGISTERS.entries()) {
      const [whole, slim] = [shownRegister(register, VALUES), shownRegister(slimRegisters()[index]!, VALUES, false)];
      const seen = ({ fields }: typeof whole) => fields.map(({ path, raw, name, was, guest }) => [path, raw, name, was, guest]);
      expect(seen(slim), register.name).toEqual(seen(whole));
      expect(slim.fields.every(({ meaning }) => meaning === '')).toBe(true);
    }
  });
});
