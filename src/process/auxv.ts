import type { System } from '../linux/system.ts';

/** The entries of the auxiliary vector that follow from the machine and the kernel, by their number in elf.h. */
export const AUXV_TYPES = {
  AT_NULL: 0,
  AT_PLATFORM: 15,
  AT_HWCAP: 16,
  AT_CLKTCK: 17,
  AT_HWCAP2: 26,
  AT_HWCAP3: 29,
} as const;

/** One entry. */
export interface AuxvEntry {
  /** As in elf.h: AT_HWCAP is 16. */
  readonly type: number;
  /** 0 to 2^64 - 1, or 2^32 - 1 in a 32-bit process. Of AT_PLATFORM it is a pointer, unknown here and 0. */
  readonly value: bigint;
  /** What the value points at, if it is a pointer to text. */
  readonly text?: string;
}

/** The auxiliary vector of a process, without the entry that ends it. */
export interface Auxv {
  /** The width of the process. */
  readonly bits: 32 | 64;
  readonly entries: readonly AuxvEntry[];
}

const HWCAP_TYPES = [AUXV_TYPES.AT_HWCAP, AUXV_TYPES.AT_HWCAP2, AUXV_TYPES.AT_HWCAP3] as const;

/**
 * The part of the auxiliary vector that follows from a system: the hwcap words that its kernel has, the tick of `times()`, and the
 * platform. Page size, addresses and identities of the process are not in it.
 *
 * @see Linux `fs/binfmt_elf.c`, `create_elf_tables()`.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * auxvView(boot(machine, { release: '6.8' }), { bits: 64 }).entries[0].value // → 0x887n
 * ```
 */
export function auxvView(system: System, { bits }: { readonly bits: 32 | 64 }): Auxv {
  const words = bits === 64 ? system.hwcaps.words : system.compat.words;
  const hwcap = (index: number): AuxvEntry[] => {
    const [type, value] = [HWCAP_TYPES[index], words[index]];
    return type === undefined || value === undefined ? [] : [{ type, value }];
  };
  return {
    bits,
    entries: [
      ...hwcap(0),
      { type: AUXV_TYPES.AT_CLKTCK, value: 100n },
      ...hwcap(1),
      ...hwcap(2),
      { type: AUXV_TYPES.AT_PLATFORM, value: 0n, text: bits === 64 ? 'aarch64' : 'v8l' },
    ],
  };
}
