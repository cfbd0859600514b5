import { formatHex } from '../bits/hex.ts';
import { type FieldSet, fieldSetOf, knownWord, UNKNOWN_WORD } from '../bits/partial-word.ts';
import { type BootParameters, bootargs, cpuLimit, readBootParameters } from '../linux/cmdline/boot-parameters.ts';
import { type KernelModel, kernelAt } from '../linux/release/kernel-at.ts';
import type { BootedCpu, System } from '../linux/system.ts';
import type { Truth } from '../logic/truth.ts';
import { RUNS_AARCH32 } from '../rows/slots.ts';
import { listedWord, type SystemRegisterName } from '../silicon/machine.ts';
import { formatCpuList } from './cpu-list.ts';

/** The folder of sysfs that tells of CPUs. */
export const SYSFS_CPU_FOLDER = '/sys/devices/system/cpu';

const ONLY_ZERO: FieldSet = 1 << 0;
/** ID_AA64PFR0_EL1.EL0: AArch64 and AArch32. */
const BOTH_STATES: FieldSet = 1 << 2;

/** SMIDR_EL1.SMPS, which the kernel hides: it does not use streaming mode priorities. */
const SMIDR_SMPS = 1n << 15n;

/** What is known of a CPU's field of four bits: the set of its values. */
function fieldSet(cpu: BootedCpu, register: SystemRegisterName, lsb: number): FieldSet {
  return fieldSetOf(listedWord(cpu, register) ?? (cpu.partial ? UNKNOWN_WORD : knownWord(0n)), lsb, 4);
}

/** What the kernel shows of SMIDR_EL1, zero on a CPU without SME; `undefined`: not known. */
function shownSmidr(cpu: BootedCpu): bigint | undefined {
  const sme = fieldSet(cpu, 'ID_AA64PFR1_EL1', 24);
  const { SMIDR_EL1 = cpu.partial ? undefined : 0n } = cpu.registers;
  if (sme === ONLY_ZERO) return 0n;
  return (sme & ONLY_ZERO) === 0 && SMIDR_EL1 !== undefined ? SMIDR_EL1 & ~SMIDR_SMPS : undefined;
}

/** `regs/identification` of one CPU that is online. A CPU without MIDR_EL1 has empty files, and a register that is not known an empty one. */
function identification(cpu: BootedCpu, { behaviour }: KernelModel, isSmeSystem: Truth): readonly (readonly [string, string])[] {
  if (behaviour['sysfs-identification'] !== true) return [];
  const { MIDR_EL1 = 0n, REVIDR_EL1, AIDR_EL1 } = cpu.registers;
  const file = (name: string, value: bigint | undefined): readonly [string, string] => [
    `${SYSFS_CPU_FOLDER}/cpu${cpu.index}/regs/identification/${name}`,
    MIDR_EL1 === 0n || (value === undefined && cpu.partial) ? '' : `${formatHex(value ?? 0n)}\n`,
  ];
  return [
    file('midr_el1', MIDR_EL1),
    file('revidr_el1', REVIDR_EL1),
    ...(behaviour['sysfs-aidr'] === true ? [file('aidr_el1', AIDR_EL1)] : []),
    ...(behaviour['sysfs-smidr'] === true && isSmeSystem !== false ? [file('smidr_el1', isSmeSystem && shownSmidr(cpu))] : []),
  ];
}

/** Whether one of some cpucaps is there. */
function hasAny({ cpucaps, unknown }: System, names: readonly string[]): Truth {
  if (names.some((name) => cpucaps.includes(name))) return true;
  return names.some((name) => unknown?.cpucaps?.includes(name)) ? undefined : false;
}

/** CPUs by their numbers; `undefined`: which ones is not known. */
type CpuList = readonly number[] | undefined;

/** The CPUs that AArch32 programs may run on, once that may be some only; all possible ones if none can be told apart. */
function aarch32Cpus(system: System): CpuList {
  const runs = hasAny(system, RUNS_AARCH32);
  if (runs !== true) return runs === false ? [] : undefined;
  const { cpus, unknown } = system;
  const states = cpus.filter(({ online }) => online).map((cpu) => ({ cpu, el0: fieldSet(cpu, 'ID_AA64PFR0_EL1', 0) }));
  if (unknown?.online !== undefined || states.some(({ el0 }) => el0 !== BOTH_STATES && (el0 & BOTH_STATES) !== 0)) return undefined;
  const able = states.filter(({ el0 }) => el0 === BOTH_STATES).map(({ cpu }) => cpu);
  return (able.length > 0 ? able : cpus).map(({ index }) => index);
}

/** The lists of CPUs, each by the name of its file. A CPU that was refused is not present any more. */
function cpuLists(system: System, parameters: BootParameters, model: KernelModel): Readonly<Record<string, CpuList>> {
  const single = parameters.maxCpus === 0;
  const cpus = system.cpus.slice(0, single && model.behaviour['single-hides-possible'] ? 1 : cpuLimit(parameters, model));
  const among = (isIn: (cpu: BootedCpu) => boolean): CpuList =>
    system.unknown?.online === undefined ? cpus.filter(isIn).map(({ index }) => index) : undefined;
  return {
    possible: cpus.map(({ index }) => index),
    present: among((cpu) => cpu.online || (cpu.refused === undefined && !single)),
    online: among(({ online }) => online),
    offline: among(({ online }) => !online),
    ...(parameters.mismatched32BitEl0 === true ? { aarch32_el0: aarch32Cpus(system) } : {}),
  };
}

/**
 * What /sys/devices/system/cpu tells of the CPUs as far as it follows from the machine and the kernel: path → text. Topology, caches,
 * frequencies and vulnerabilities are not in it; they follow from firmware tables. `kernel_max` is there if the configuration says
 * CONFIG_NR_CPUS. What is not known is an empty file.
 *
 * @see Linux `drivers/base/cpu.c`; `arch/arm64/kernel/cpuinfo.c`, `cpuregs_id_attrs`; `arch/arm64/kernel/smp.c`, `cpu_die_early()`;
 * `arch/arm64/kernel/cpufeature.c`, `aarch32_el0_show()`.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * sysfsView(boot(machine, { release: '6.8' })).get(`${SYSFS_CPU_FOLDER}/online`) // → '0-3\n'
 * ```
 */
export function sysfsView(system: System): ReadonlyMap<string, string> {
  const model = kernelAt(system.kernel);
  const parameters = readBootParameters(bootargs(system.kernel.cmdline ?? '', model), model);
  const files = Object.entries(cpuLists(system, parameters, model)).map(
    ([name, cpus]) => [`${SYSFS_CPU_FOLDER}/${name}`, cpus === undefined ? '' : `${formatCpuList(cpus)}\n`] as const,
  );
  const most = Number(model.option('CONFIG_NR_CPUS'));
  const kernelMax = most > 0 ? [[`${SYSFS_CPU_FOLDER}/kernel_max`, `${most - 1}\n`] as const] : [];
  const isSmeSystem = hasAny(system, ['SME']);
  const own = system.cpus.filter(({ online }) => online).flatMap((cpu) => identification(cpu, model, isSmeSystem));
  return new Map([...files, ...kernelMax, ...own]);
}
