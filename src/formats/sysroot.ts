import type { System } from '../linux/system.ts';
import { cpuinfoView } from '../process/cpuinfo.ts';
import { sysfsView } from '../process/sysfs.ts';
import { formatCpuinfo } from './cpuinfo.ts';

/**
 * The files by which a program without privileges learns of the CPUs: absolute path → text, /proc/cpuinfo first. Laid out below a
 * folder they are what `lscpu --sysroot` reads.
 */
export function sysrootFiles(system: System): ReadonlyMap<string, string> {
  return new Map([['/proc/cpuinfo', formatCpuinfo(cpuinfoView(system))], ...sysfsView(system)]);
}
