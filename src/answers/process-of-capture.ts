import { given } from '../given.ts';
import { genericNameOf, type MrsResult } from '../process/mrs.ts';
import type { Process } from '../process/process.ts';
import { composeMidr } from '../silicon/midr.ts';
import type { Capture } from './capture.ts';
import { capturedLine, listedLine } from './check-capture.ts';

/** What MRS gives, as far as a text tells: what was read at EL0, or else MIDR_EL1 as /proc/cpuinfo prints it. */
function el0Of({ machine, registersAs, cpuinfo }: Capture): ReadonlyMap<string, MrsResult> | undefined {
  const registers = registersAs === 'el0' ? machine?.cpus[0]?.registers : undefined;
  if (registers !== undefined) {
    return new Map(Object.entries(registers).map(([name, value]) => [genericNameOf(name as keyof typeof registers), value]));
  }
  const { implementer, part, variant = 0, revision = 0 } = cpuinfo?.[0] ?? {};
  if (implementer === undefined || part === undefined) return undefined;
  return new Map([[genericNameOf('MIDR_EL1'), composeMidr({ implementer, part, variant, revision })]]);
}

/**
 * What a process saw, by what a text tells of it: its hwcaps, /proc/cpuinfo, what MRS gave, the kernel's release.
 *
 * @returns `undefined` if the text has neither a whole Features line nor hwcap words.
 */
export function processOfCapture(capture: Capture): Process | undefined {
  const { cpuinfo, hwcaps, kernel } = capture;
  const { names, isPart } = (hwcaps?.words === undefined ? listedLine(capture) : capturedLine({ hwcaps })) ?? {};
  if (names === undefined || isPart) return undefined;
  return { hwcaps: new Set(names), ...given({ cpuinfo, el0: el0Of(capture), release: kernel?.release }) };
}
