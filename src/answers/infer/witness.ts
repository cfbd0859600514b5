import { boot } from '../../linux/boot.ts';
import { fieldPlace } from '../../linux/bring-up/evaluate.ts';
import type { Kernel, KernelConfig } from '../../linux/kernel.ts';
import type { Point } from '../../linux/release/points.ts';
import type { Cpu, SystemRegisterName } from '../../silicon/machine.ts';
import { hiddenByWord, isField } from './formula.ts';
import { affectedAt, type InferGiven, TELLING_ERRATA } from './given.ts';
import type { FeaturesLine } from './line.ts';
import { firstAssignment, type Solution } from './solve.ts';

/** A kernel and CPUs that print a line: the proof that it can be printed. */
export interface Witness {
  readonly kernel: Kernel;
  /** One CPU for each MIDR; they hold only the registers that the line tells about. */
  readonly cpus: readonly Cpu[];
  /** What the kernel prints on them, by derivation. */
  readonly printed: readonly string[];
  /** Whether that is the line (without what a vendor's kernel adds). */
  readonly agrees: boolean;
}

/** A core that no erratum with an effect on hwcaps concerns: Kunpeng 920. */
const PLAIN_CORE = 0x481f_d010n;

/** ID_AA64PFR0_EL1.EL0 and EL1: AArch64 and AArch32, as is needed to be shown an AArch32 line. */
const AARCH32_TOO = 0x2n;

function registersOf(chosen: ReadonlyMap<string, number>, compat: boolean): Readonly<Partial<Record<SystemRegisterName, bigint>>> {
  const registers: Partial<Record<SystemRegisterName, bigint>> = { ID_AA64PFR0_EL1: compat ? AARCH32_TOO : 0x1n };
  for (const [path, value] of chosen) {
    if (!isField(path) || path === 'ID_AA64PFR0_EL1.EL0') continue;
    const { register, lsb } = fieldPlace(path);
    // What a word of the command line would hide is left out: without the word the line is the same.
    if (chosen.get(hiddenByWord(register, lsb)) === 1) continue;
    const name = register as SystemRegisterName;
    registers[name] = (registers[name] ?? 0n) | (BigInt(value) << BigInt(lsb));
  }
  return registers;
}

function configOf(
  chosen: ReadonlyMap<string, number>,
  line: FeaturesLine,
  point: Point,
  { midrs = [], config }: InferGiven,
): string | KernelConfig {
  const base = typeof config === 'string' ? { base: config } : { base: 'defconfig', ...config };
  const options: Record<string, string> = { ...base };
  for (const [name, value] of chosen) if (name.startsWith('CONFIG_')) options[name] = value === 1 ? 'y' : 'n';
  for (const row of TELLING_ERRATA) {
    const affected = affectedAt(row, point.release, midrs);
    if (affected !== undefined && affected.midrs.length > 0 && chosen.get(row.name) === 0)
      for (const name of affected.options) options[name] = 'n';
  }
  options.CONFIG_ARM_ARCH_TIMER_EVTSTREAM = line.names.includes('evtstrm') ? 'y' : 'n';
  return options as KernelConfig;
}

/** Boots CPUs that have what a solution says, and looks whether the kernel prints the line. */
export function witnessOf(line: FeaturesLine, point: Point, solution: Solution, given: InferGiven): Witness {
  const compat = line.vocabulary === 'aarch32';
  const chosen = firstAssignment(solution);
  const midrs = given.midrs !== undefined && given.midrs.length > 0 ? given.midrs : [PLAIN_CORE];
  const registers = registersOf(chosen, compat);
  const cpus = midrs.map((midr): Cpu => ({ registers: { ...registers, MIDR_EL1: midr } }));
  const kernel: Kernel = { release: point.release.text, config: configOf(chosen, line, point, { ...given, midrs }) };
  const system = boot({ cpus }, kernel);
  const printed = compat ? system.compat.names : system.hwcaps.names;
  return { kernel, cpus, printed, agrees: printed.join(' ') === line.names.join(' ') };
}
