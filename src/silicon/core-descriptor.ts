import type { ArchLevelName } from '../arch/level.ts';

/** A company that has a MIDR_EL1.Implementer code. */
export interface Implementer {
  /** 0 to 0xff. */
  readonly code: number;
  /** As lscpu writes it, such as `ARM` or `Apple`. */
  readonly name: string;
}

/** What is decided by a core: one implementer, one part number. */
export interface CoreRow {
  /** MIDR_EL1.Implementer, 0 to 0xff. */
  readonly implementer: number;
  /** MIDR_EL1.PartNum, 0 to 0xfff. */
  readonly part: number;
  /** Such as `Neoverse-N1`; unique only within an implementer. */
  readonly name: string;
  /** The level it is built to. Absent if no source says it, or older than Armv8. */
  readonly level?: ArchLevelName;
  /** LLVM's name for `-mcpu`. */
  readonly llvmCpu?: string;
}

/** What is said of a core and decides nothing. */
export interface CoreWords {
  /** Of the announcement or the first product. */
  readonly year?: number;
  /** The name it had before it was announced. */
  readonly codename?: string;
  /** Some chips or machines that have it. */
  readonly products?: readonly string[];
  /** What each source calls it, by source id; under `linux`, the constants of cputype.h without `ARM_CPU_PART_` and the like. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}

/** A core with all that is known of it. */
export interface Core extends CoreRow, CoreWords {}
