import type { KvmHost } from './kvm-host.ts';

const CTR_IDC = 28n;
const CTR_DIC = 29n;
const LOUIS = 21n;
const LOC = 24n;
const LOUU = 27n;
const TTYPE = 33n;

/** Ctype: instructions only, data only, both in one. */
const INSTRUCTION = 1n;
const DATA = 2n;
const UNIFIED = 4n;
/** Ttype: tags are cached with the data. */
const TAGGED = 2n;

/**
 * CLIDR_EL1 as KVM makes it up: as few levels as CTR_EL0 allows, so that the guest cleans no more than it must.
 *
 * @see Linux `arch/arm64/kvm/sys_regs.c`, `reset_clidr()`.
 */
export function cacheLevels(ctr: bigint, mte: boolean): bigint {
  const idc = (ctr >> CTR_IDC) & 1n;
  const dic = (ctr >> CTR_DIC) & 1n;
  const level = idc === 1n && dic === 0n ? 2n : 1n;
  let clidr = 0n;
  if (dic === 0n) clidr |= INSTRUCTION;
  if (idc === 1n) clidr |= UNIFIED << (3n * (level - 1n));
  else clidr |= DATA | (1n << LOUIS) | (1n << LOUU);
  clidr |= level << LOC;
  return mte ? clidr | (TAGGED << (TTYPE + 2n * (level - 1n))) : clidr;
}

interface Granule {
  /** log2 of its bytes. */
  readonly bits: number;
  readonly stage1: bigint;
  readonly stage2: bigint;
  /** Whether the stage 1 field says that the granule is there. */
  readonly there: (field: bigint) => boolean;
}

const NOT_FIFTEEN = (field: bigint): boolean => field !== 15n;
const GRANULES: readonly Granule[] = [
  { bits: 12, stage1: 28n, stage2: 40n, there: NOT_FIFTEEN },
  { bits: 14, stage1: 20n, stage2: 32n, there: (field) => field !== 0n },
  { bits: 16, stage1: 24n, stage2: 36n, there: NOT_FIFTEEN },
];

/** The stage 2 granules that a hypervisor in a guest sees: those of the host that are not finer than its pages. */
export function stage2Granules(mmfr0: bigint, host: KvmHost): bigint {
  const raw = host.sanitised('ID_AA64MMFR0_EL1');
  let value = mmfr0;
  for (const { bits, stage1, stage2, there } of GRANULES) {
    const own = (raw >> stage2) & 15n;
    const supported = own === 0n ? there((raw >> stage1) & 15n) : own >= 2n;
    const told = supported ? (bits < host.pageShift ? 1n : 2n) : 0n;
    value = (value & ~(15n << stage2)) | (told << stage2);
  }
  return value;
}
