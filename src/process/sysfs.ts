import { formatHex } from '../bits/hex.ts';
import { type BootParameters, bootargs, cpuLimit, readBootParameters } from '../linux/cmdline/boot-parameters.ts';
import { type KernelModel, kernelAt } from '../linux/release/kernel-at.ts';
import type { BootedCpu, System } from '../linux/system.ts';
import { RUNS_AARCH32 } from '../rows/slots.ts';
import { formatCpuList } from './cpu-list.ts';

/** The folder of sysfs that tells of CPUs. */
export const SYSFS_CPU_FOLDER = '/sys/devices/system/cpu';

/** SMIDR_EL1.SMPS, which the kernel hides: it does not use streaming mode priorities. */
const SMIDR_SMPS = 1n << 15n;

/** ID_AA64PFR1_EL1.SME. */
function hasSme({ registers }: BootedCpu): boolean {
  return (((registers.ID_AA64PFR1_EL1 ?? 0n) >> 24n) & 0xfn) !== 0n;
}

/** `regs/identification` of one CPU that is online. A CPU without MIDR_EL1 has empty files, and a register that is not known an empty one. */
function identification(cpu: BootedCpu, { behaviour }: KernelModel, isSmeSystem: boolean): readonly (readonly [string, string])[] {
  if (behaviour['sysfs-identification'] !== true) return [];
  const { MIDR_EL1 = 0n, REVIDR_EL1, AIDR_EL1, SMIDR_EL1 = 0n } = cpu.registers;
  const file = (name: string, value: bigint | undefined): readonly [string, string] => [
    `${SYSFS_CPU_FOLDER}/cpu${cpu.index}/regs/identification/${name}`,
    MIDR_EL1 === 0n || (value === undefined && cpu.partial) ? '' : `${formatHex(value ?? 0n)}\n`,
  ];
  return [
    file('midr_el1', MIDR_EL1),
    file('revidr_el1', REVIDR_EL1),
    ...(behaviour['sysfs-aidr'] === true ? [file('aidr_el1', AIDR_EL1)] : []),
    ...(behaviour['sysfs-smidr'] === true && isSmeSystem ? [file('smidr_el1', hasSme(cpu) ? SMIDR_EL1 & ~SMIDR_SMPS : 0n)] : []),
  ];
}

/** The CPUs that AArch32 programs may run on, once that may be some only; all possible ones if none can be told apart. */
function aarch32Cpus({ cpus, cpucaps }: System): readonly number[] {
  if (!cpucaps.some((name) => RUNS_AARCH32.includes(name))) return [];
  const able = cpus.filter(({ online, registers }) => online && ((registers.ID_AA64PFR0_EL1 ?? 0n) & 0xfn) === 2n);
  return (able.length > 0 ? able : cpus).map(({ index }) => index);
}

/** The lists of CPUs, each by the name of its file. A CPU that was refused is not present any more. */
function cpuLists(system: System, parameters: BootParameters, model: KernelModel): Readonly<Record<string, readonly number[]>> {
  const { online } = system;
  const single = parameters.maxCpus === 0;
  const cpus = system.cpus.slice(0, single && model.behaviour['single-hides-possible'] ? 1 : cpuLimit(parameters, model));
  const present = cpus.filter((cpu) => cpu.online || (cpu.refused === undefined && !single));
  return {
    possible: cpus.map(({ index }) => index),
    present: present.map(({ index }) => index),
    online,
    offline: cpus.filter((cpu) => !cpu.online).map(({ index }) => index),
    ...(parameters.mismatched32BitEl0 === true ? { aarch32_el0: aarch32Cpus(system) } : {}),
  };
}

/**
 * What /sys/devices/system/cpu tells of the CPUs as far as it follows from the machine and the kernel: path → text. Topology, caches,
 * frequencies and vulnerabilities are not in it; they follow from firmware tables. `kernel_max` is there if the configuration says
 * CONFIG_NR_CPUS.
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
    ([name, cpus]) => [`${SYSFS_CPU_FOLDER}/${name}`, `${formatCpuList(cpus)}\n`] as const,
  );
  const most = Number(model.option('CONFIG_NR_CPUS'));
  const kernelMax = most > 0 ? [[`${SYSFS_CPU_FOLDER}/kernel_max`, `${most - 1}\n`] as const] : [];
  const isSmeSystem = system.cpucaps.includes('SME');
  const own = system.cpus.filter(({ online }) => online).flatMap((cpu) => identification(cpu, model, isSmeSystem));
  return new Map([...files, ...kernelMax, ...own]);
}
