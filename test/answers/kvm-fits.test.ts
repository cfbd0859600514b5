import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSpec, SPEC_DATA } from '../../spec-data/build/spec-file.ts';
import { kvmFits } from '../../src/answers/kvm-fits.ts';
import { ALL_BITS } from '../../src/bits/field.ts';
import { parseRelease } from '../../src/linux/release/release.ts';

interface Recording {
  readonly host: { readonly kernel: { readonly release: string } };
  readonly vcpu: { readonly features: readonly string[]; readonly protected?: boolean };
  readonly guest: { readonly registers?: Readonly<Record<string, string>>; readonly reads?: Readonly<Record<string, string>> };
}

const RECORDED = readdirSync(join(SPEC_DATA, 'kvm-recordings'))
  .map((file) => readSpec<Recording>(`kvm-recordings/${file}`))
  .filter(({ guest, vcpu }) => guest.reads !== undefined && vcpu.protected !== true && !vcpu.features.includes('has_el2'));

it.each(RECORDED)('a guest fits the kernel of the host on which it was recorded, and the vCPU that it was', ({ host, vcpu, guest }) => {
  const read = { ...guest.registers, ...guest.reads };
  const words = Object.entries(read).filter(([name, value]) => /^ID_/.test(name) && value.startsWith('0x'));
  const registers = Object.fromEntries(words.map(([name, value]) => [name, BigInt(value)]));
  const series = parseRelease(host.kernel.release).mainline.join('.');
  // A stable update may have less or more than the release that it grew from: these hold for the series as a whole.
  const own = kvmFits(registers).find(({ release }) => release === series)!;
  expect(own.misfits.filter(({ because }) => !/does not track|mpam|perfmon/.test(because))).toEqual([]);
  const names: Readonly<Record<string, string>> = { sve: 'sve', pmu: 'pmu_v3', pauth: 'ptrauth_address' };
  for (const word of own.vcpu[0]!) if (names[word] !== undefined) expect(vcpu.features).toContain(names[word]);
});

it('tells kernels apart by what they hide: SME shows until 5.18, DebugVer above 6 not from 5.12 to 6.6', () => {
  const fitting = (registers: object): readonly string[] =>
    kvmFits(registers)
      .filter(({ misfits }) => misfits.length === 0)
      .map(({ release }) => release);
  expect(fitting({ ID_AA64DFR0_EL1: 0x10305008n })).not.toContain('6.6');
  expect(fitting({ ID_AA64DFR0_EL1: 0x10305008n })).toEqual(expect.arrayContaining(['5.10', '6.7', '7.2']));
  expect(fitting({ ID_AA64ISAR3_EL1: 0x10n })[0]).toBe('6.13');
});

it('holds nothing against a kernel that hangs on what is not known of the host', () => {
  const host = {
    unlisted: 'unknown' as const,
    cpus: [{ registers: {}, partly: { ID_AA64ISAR0_EL1: { value: 0x10n, open: ~0xffn & ALL_BITS } } }],
  };
  const misfitsOf = (value: bigint) => kvmFits({ ID_AA64ISAR0_EL1: value }, host).find(({ release }) => release === '6.12')!.misfits;
  // AES alone is known, as 1; then another AES.
  expect(misfitsOf(0x10n)).toEqual([]);
  expect(misfitsOf(0x21_1110n)).toEqual([]);
  expect(misfitsOf(0x21_1120n)).toMatchObject([{ register: 'ID_AA64ISAR0_EL1' }]);
});
