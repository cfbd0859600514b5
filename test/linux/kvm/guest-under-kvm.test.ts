import { expect, it } from 'vitest';
import { boot, guestUnderKvm, setOneReg } from '../../../src/index.ts';

/** A core with SVE and a GICv3. */
const HOST = boot(
  { cpus: [{ registers: { MIDR_EL1: 0x411fd402n, CTR_EL0: 0xb444c004n, ID_AA64PFR0_EL1: 0x1101000121110112n, ID_AA64ISAR0_EL1: 0x20n } }] },
  { release: '7.2' },
  { bootEl: 2 },
);

it('gives a guest what the vCPU is made with, and less without', () => {
  const sve = (features: readonly ('psci_0_2' | 'sve')[]): bigint =>
    ((guestUnderKvm(HOST, { features }).machine?.cpus[0]?.registers.ID_AA64PFR0_EL1 ?? 0n) >> 32n) & 0xfn;
  expect([sve(['psci_0_2']), sve(['psci_0_2', 'sve'])]).toEqual([0n, 1n]);
});

it('says at which step a vCPU is refused', () => {
  expect(guestUnderKvm(HOST, { features: ['psci_0_2', 'has_el2'] })).toMatchObject({ refusal: { row: 'el2', step: 'init', errno: 22 } });
});

it('makes up no caches of a host that does not list CTR_EL0', () => {
  const { MIDR_EL1, ID_AA64PFR0_EL1 } = HOST.cpus[0]!.registers as Readonly<Record<string, bigint>>;
  const host = boot(
    { cpus: [{ registers: { MIDR_EL1, ID_AA64PFR0_EL1 } }] } as Parameters<typeof boot>[0],
    { release: '7.2' },
    { bootEl: 2 },
  );
  const { CTR_EL0, CLIDR_EL1 } = guestUnderKvm(host).machine?.cpus[0]?.registers ?? {};
  expect([CTR_EL0, CLIDR_EL1]).toEqual([undefined, undefined]);
  expect(guestUnderKvm(HOST).machine?.cpus[0]?.registers.CTR_EL0).toBeDefined();
});

it('takes a lower value of a field, and refuses a higher one', () => {
  const { guest } = guestUnderKvm(HOST);
  expect(setOneReg(guest!, 'ID_AA64ISAR0_EL1', 0x10n)).toEqual({ stored: 0x10n });
  expect(setOneReg(guest!, 'ID_AA64ISAR0_EL1', 0x30n)).toMatchObject({ errno: 22 });
  expect(setOneReg(guest!, 'NO_SUCH_EL1', 0n)).toMatchObject({ errno: 2 });
});
