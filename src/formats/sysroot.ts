import type { System } from '../linux/system.ts';
import { cpuinfoView } from '../process/cpuinfo.ts';
import { sysfsView } from '../process/sysfs.ts';
import { formatCpuinfo } from './cpuinfo.ts';

/**
 * The files by which a program without privileges learns of the CPUs: absolute path → text, /proc/cpuinfo first. Laid out below a
 * folder they are what `lscpu --sysroot` reads.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * sysrootFiles(boot(machine, { release: '6.8' })).has('/proc/cpuinfo') // → true
 * ```
 */
export function sysrootFiles(system: System): ReadonlyMap<string, string> {
  return new Map([['/proc/cpuinfo', formatCpuinfo(cpuinfoView(system))], ...sysfsView(system)]);
}
