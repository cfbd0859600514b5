/**
 * Many machines at speed.
 *
 * `boot()` answers everything about one machine. Who has a million of them, and asks for hwcaps only, packs their ID registers into
 * *rows* ({@link ROW_REGISTERS}: one word of 64 bits a register, little-endian) and lets a kernel that was compiled once work on them.
 *
 * Nothing about a release is written down a second time for that. What *may* be tested, over all releases, is code: look-ups in a
 * fixed order, generated from the same tables (`generated/derivers.ts`, `generated/vector-kernel.ts`). What a kernel *makes* of the
 * bits is asked of the evaluator when the kernel is compiled, for every value of every four bits (`tables.ts`); how it merges CPUs
 * becomes masks (`merge-masks.ts`). A changed threshold changes the tables, and no code.
 *
 * @module
 */

import { parseOverrides, type RegisterOverride } from '../linux/bring-up/overrides.ts';
import { bootargs, readBootParameters } from '../linux/cmdline/boot-parameters.ts';
import { splitOverrideWords } from '../linux/cmdline/words.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import { type KernelModel, kernelAt } from '../linux/release/kernel-at.ts';
import type { RegisterFile } from '../silicon/machine.ts';
import type { RegisterColumns } from './columns.ts';
import type { EngineName } from './engine-name.ts';
import { EvaluatedKernel } from './evaluated-kernel.ts';
import { TabledKernel } from './tabled-kernel.ts';
import type { Words } from './words.ts';

/** What is chosen when a kernel is compiled. */
export interface CompileOptions {
  /** Default `auto`. Where WebAssembly is not to be had, `auto` does without; `wasm` throws what the platform throws. */
  readonly engine?: EngineName;
  /** What no ID register tells; here only `bootEl` and `eventStream` matter. */
  readonly environment?: Environment;
}

/**
 * A kernel that works on rows. Every CPU of a system is taken to come up: which ones Linux would refuse, `boot()` tells.
 *
 * `count` is the number of systems, 0 allowed; `cpus` the number of rows of each, the boot CPU first. Inputs are not changed.
 */
export interface CompiledKernel {
  readonly kernel: Kernel;
  /** The engine at work. A command line whose overrides depend on the machine is left to the evaluator. */
  readonly engine: EngineName;
  /**
   * Derives hwcaps: three words of 64 bits a system, AT_HWCAP, AT_HWCAP2, AT_HWCAP3; a word that the release does not have is zero.
   *
   * @throws {ArmlensError} `bad-value` if `rows` or `out` is too short, or a number is no count.
   */
  derive(rows: Words, out: Words, count: number, cpus?: number): void;
  /**
   * Derives hwcaps of systems of one CPU each, whose registers lie in columns, as Arrow and engines have them: three words a system. Only
   * columns that hwcaps follow from are read; a register that has no column is zero.
   *
   * @throws {ArmlensError} as `derive`; and if a column is of no register in `ROW_REGISTERS`.
   */
  deriveColumns(columns: RegisterColumns, out: Words, count: number): void;
  /**
   * Derives the AArch32 hwcaps: two words of 64 bits a system, of which the lower halves count.
   *
   * @throws {ArmlensError} as `derive`.
   */
  deriveCompat(rows: Words, out: Words, count: number, cpus?: number): void;
  /**
   * Merges the CPUs of each system into one row of what the kernel holds of them: the sanitised values. MIDR_EL1, REVIDR_EL1 and
   * CLIDR_EL1 are the boot CPU's.
   *
   * @throws {ArmlensError} as `derive`.
   */
  sanitise(rows: Words, out: Words, count: number, cpus: number): void;
  /** The hwcap words of one CPU, from its registers; those that are absent read as zero. */
  deriveRegisters(registers: RegisterFile, out?: BigUint64Array): BigUint64Array;
  /** The names of the hwcaps in three words that `derive` gave, in the order in which /proc/cpuinfo prints them. */
  names(words: Words): readonly string[];
}

/** What the command line asks of registers; `undefined` if that depends on the registers of the machine. */
function fixedOverrides(model: KernelModel, cmdline: string, { bootEl }: Environment): ReadonlyMap<string, RegisterOverride> | undefined {
  let depends = false;
  const holds = (): boolean => {
    depends = true;
    return false;
  };
  const { registers } = parseOverrides(model, splitOverrideWords(cmdline), { holds, atEl2: bootEl === 2 });
  return depends ? undefined : registers;
}

/**
 * Compiles a kernel for work on rows.
 *
 * @throws {ArmlensError} as `boot`, if the kernel is not known.
 *
 * @example
 * ```js
 * const kernel = await compile({ release: '6.12' });
 * typeof kernel.derive // → 'function'
 * ```
 */
export function compile(kernel: Kernel, { engine = 'auto', environment = {} }: CompileOptions = {}): CompiledKernel {
  const model = kernelAt(kernel);
  const cmdline = bootargs(kernel.cmdline ?? '', model);
  const parameters = readBootParameters(cmdline, model);
  const overrides = fixedOverrides(model, cmdline, environment);
  if (engine === 'evaluator' || overrides === undefined || parameters.mismatched32BitEl0 === true)
    return new EvaluatedKernel(kernel, environment);
  return new TabledKernel(kernel, engine, { model, parameters, environment, overrides });
}
