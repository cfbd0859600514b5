/** The masks of a column that say how its fields are merged. */
export const RULE_MASKS = ['covered', 'signed', 'lower', 'higher', 'higherOrZero', 'exact', 'bits', 'safe', 'wide', 'rare'] as const;

/** The name of such a mask. */
export type RuleMask = (typeof RULE_MASKS)[number];

/** The lists of fields wider than four bits: of AArch64, of AArch32, and of CTR_EL0. */
export const WIDE_LISTS = ['aarch64', 'aarch32', 'ctr'] as const;

/** How many fields a list may hold. */
export const WIDE_LIMIT = 24;

/** The bytes of an entry: the column in bytes, the mask, the value where CPUs differ; 8 each. An entry without a mask ends a list. */
export const WIDE_BYTES = 24;

/** The memory of the vector kernel: where what lies, in bytes. */
export interface MemoryMap {
  /** A table of 16 bytes for each look-up. */
  readonly lanes: number;
  /** The bytes of sixteen rows' registers, each byte of them in a vector: 8 vectors for each column. */
  readonly planes: number;
  /** One value of 64 bits for each column. */
  readonly masks: Readonly<Record<RuleMask, number>>;
  readonly wide: Readonly<Record<(typeof WIDE_LISTS)[number], number>>;
  /** Two implementers with errata, each sixteen times. */
  readonly implementers: number;
  /** A bit for each row of a chunk. */
  readonly flags: number;
  /** A row of zeros. */
  readonly zeros: number;
  /** Two vectors. */
  readonly scratch: number;
  /** Where rows may be put. */
  readonly rows: number;
  /** How far columns lie apart that are put there instead. */
  readonly columnBytes: number;
  /** The pages of 64 KiB that it has at first. */
  readonly pages: number;
}

const PAGE = 1 << 16;

/**
 * Rows that it has room for at first: more CPUs than any kernel takes. Memory that grows detaches what it was before, and then V8 checks
 * every access to any typed array of the process.
 */
const MOST_ROWS = 4096 + 256;

/** Rows that are copied and worked on at a time, so that they stay in the cache. */
export const CHUNK = 256;

/** Records whose columns are copied and worked on at a time. */
export const COLUMN_CHUNK = 1024;

/** Lays the memory out. */
export function memoryMap(columns: number, lanes: number): MemoryMap {
  let next = 0;
  const take = (bytes: number): number => {
    const at = next;
    next = (next + bytes + 15) & ~15;
    return at;
  };
  const lanesAt = take(lanes * 16);
  const planes = take(columns * 128);
  // A pair of columns is read at once, so that the last one reads 8 bytes more.
  const masks = Object.fromEntries(RULE_MASKS.map((name) => [name, take(columns * 8 + 8)])) as Record<RuleMask, number>;
  const wide = Object.fromEntries(WIDE_LISTS.map((name) => [name, take((WIDE_LIMIT + 1) * WIDE_BYTES)])) as MemoryMap['wide'];
  const implementers = take(32);
  const flags = take(CHUNK / 8);
  const zeros = take(columns * 8 + 8);
  const scratch = take(32);
  const rows = take(0);
  return {
    lanes: lanesAt,
    planes,
    masks,
    wide,
    implementers,
    flags,
    zeros,
    scratch,
    rows,
    // Columns that lie a power of two apart would share the same places of a cache.
    columnBytes: COLUMN_CHUNK * 8 + 192,
    pages: Math.ceil((rows + MOST_ROWS * columns * 8) / PAGE),
  };
}
