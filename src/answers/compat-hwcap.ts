import { given } from '../given.ts';
import { COMPAT_BIT_NAME_ROWS, COMPAT_CONSTANTS, COMPAT_DEFAULT_ROWS, COMPAT_HWCAP_ROWS } from '../linux/release/history.ts';
import type { Condition, HwcapVector } from '../linux/release/rows.ts';

/** A name of the Features line of 32-bit programs. */
export interface CompatHwcap {
  readonly name: string;
  readonly vector: HwcapVector;
  readonly bit: number;
  /** The first mainline release that sets it; absent: no arm64 kernel does. */
  readonly since?: string;
  /** What it follows from in the newest releases; absent if it follows from no ID register. */
  readonly when?: Condition;
  /** Who sets it. */
  readonly setBy: 'every kernel with CONFIG_COMPAT' | 'ID registers' | 'the timer' | 'no arm64 kernel';
}

type BitName = (typeof COMPAT_BIT_NAME_ROWS)[number];

function setterOf({ name, vector, bit }: BitName): Pick<CompatHwcap, 'setBy' | 'since' | 'when'> {
  const row = COMPAT_HWCAP_ROWS.find((candidate) => candidate.vector === vector && candidate.bit === bit);
  const [always] = COMPAT_DEFAULT_ROWS;
  const isConstant = vector === 'AT_HWCAP' && ((COMPAT_CONSTANTS >> bit) & 1) === 1;
  if (row !== undefined) return { setBy: 'ID registers', ...given({ since: isConstant ? always?.since : row.since, when: row.when }) };
  if (isConstant) return { setBy: 'every kernel with CONFIG_COMPAT', ...given({ since: always?.since }) };
  return name === 'evtstrm' ? { setBy: 'the timer', ...given({ since: always?.since }) } : { setBy: 'no arm64 kernel' };
}

let all: readonly CompatHwcap[] | undefined;

/** Every hwcap of AArch32, by vector and bit: the order in which /proc/cpuinfo prints them. */
export function allCompatHwcaps(): readonly CompatHwcap[] {
  all ??= COMPAT_BIT_NAME_ROWS.flatMap((row) =>
    row.name === undefined ? [] : [{ name: row.name, vector: row.vector, bit: row.bit, ...setterOf(row) }],
  );
  return all;
}
