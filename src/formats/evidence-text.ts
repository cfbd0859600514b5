import type { Capture } from '../answers/capture.ts';
import { isCompatCpuinfo, parseCpuinfo } from './cpuinfo.ts';
import { parseKernelLog } from './kernel-log-text.ts';

/** Whether a text is a /proc/cpuinfo: it lists processors. */
const CPUINFO = /^[ \t>|*]*processor\s{0,40}:/im;

/** Reads what a text says of a machine: a /proc/cpuinfo, or a kernel's log. */
export function readEvidence(text: string): Capture {
  if (!CPUINFO.test(text)) return parseKernelLog(text).value;
  const entries = parseCpuinfo(text).value;
  return isCompatCpuinfo(entries) ? { cpuinfo32: entries } : { cpuinfo: entries };
}
