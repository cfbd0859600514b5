import { expect, it } from 'vitest';
import { AUXV_TYPES, auxvView } from '../../src/process/auxv.ts';
import { handmadeSystem } from '../support/system.ts';

const types = (entries: readonly { readonly type: number }[]) => entries.map(({ type }) => type);

// Numbers and order: Linux include/uapi/linux/auxvec.h and fs/binfmt_elf.c, create_elf_tables().
it('gives a 64-bit process its hwcap words, the clock tick and the platform', () => {
  const { bits, entries } = auxvView(handmadeSystem(), { bits: 64 });
  expect(bits).toBe(64);
  expect(types(entries)).toEqual([16, 17, 26, 15]);
  expect(entries[0]).toEqual({ type: 16, value: 3n });
  expect(entries.at(-1)).toEqual({ type: 15, value: 0n, text: 'aarch64' });
});

it('has AT_HWCAP3 only where the kernel has a third word, and no AT_HWCAP2 before 5.2', () => {
  expect(types(auxvView(handmadeSystem({ hwcaps: { words: [1n, 2n, 4n], names: [] } }), { bits: 64 }).entries)).toEqual([
    16, 17, 26, 29, 15,
  ]);
  expect(types(auxvView(handmadeSystem({ hwcaps: { words: [1n], names: [] } }), { bits: 64 }).entries)).toEqual([16, 17, 15]);
});

it('gives a 32-bit process the AArch32 words', () => {
  const { entries } = auxvView(handmadeSystem(), { bits: 32 });
  expect(entries).toEqual([
    { type: 16, value: 0x16_8096n },
    { type: 17, value: 100n },
    { type: 26, value: 0x10n },
    { type: 15, value: 0n, text: 'v8l' },
  ]);
});

it('entries go by the numbers of elf.h', () => {
  expect(AUXV_TYPES).toEqual({ AT_NULL: 0, AT_PLATFORM: 15, AT_HWCAP: 16, AT_CLKTCK: 17, AT_HWCAP2: 26, AT_HWCAP3: 29 });
});
