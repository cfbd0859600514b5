import { expect, it } from 'vitest';
import { EVIDENCE_ROWS } from '../../src/answers/generated/guest-evidence.ts';
import { seenInGuests } from '../../src/answers/guest-evidence.ts';
import { builtInTemplate } from '../../src/answers/vmms.ts';
import { findField } from '../../src/arch/register.ts';
import { readField } from '../../src/bits/field.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import { run } from '../support/fake-io.ts';

it.each(EVIDENCE_ROWS)('$field of $guests differs from $host as the row says', async ({ host, guests, field, from, to }) => {
  const { register, field: range } = findField(field)!;
  const read = async (name: string): Promise<number> =>
    Number(readField((await loadMachine(name)).machine.cpus[0]!.registers[register.name]!, range, 'unsigned'));
  expect(await read(host)).toBe(from);
  for (const guest of guests) expect(await read(guest)).toBe(to);
});

it('tells what captures show as what was seen, with their number', async () => {
  expect(seenInGuests('ID_AA64PFR1_EL1.SSBS')).toHaveLength(1);
  const { out } = await run(['why', 'ssbs', 'apple-m1-vm-debian', '-k', '6.12'], {});
  expect(out.replaceAll(/\s+/g, ' ')).toContain('where guests show 0 (seen in 2 captures)');
});

it('makes a Neoverse V1 show what a Neoverse N1 has', () => {
  expect(builtInTemplate('V1N1')?.changes.find(({ register }) => register === 'ID_AA64PFR0_EL1')).toEqual({
    register: 'ID_AA64PFR0_EL1',
    mask: 0x000f_000f_0000_0000n,
    value: 0n,
  });
});
