import { given } from '../given.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';
import { genericNameOf } from '../process/mrs.ts';
import type { Process } from '../process/process.ts';
import { composeMidr } from '../silicon/midr.ts';
import type { Capture } from './capture.ts';
import { capturedLine } from './check-capture.ts';

/** MIDR_EL1.{Variant, Revision}. A text that lacks the one may lack the other. */
const VARIANT_AND_REVISION = 0xf0_000fn;

/** What MRS gives, as far as a text tells: what was read at EL0, or else MIDR_EL1 as /proc/cpuinfo prints it of the first CPU. */
function el0Of({ machine, registersAs, cpuinfo }: Capture): Pick<Process, 'el0' | 'el0Open'> {
  const registers = registersAs === 'el0' ? machine?.cpus[0]?.registers : undefined;
  if (registers !== undefined) {
    return { el0: new Map(Object.entries(registers).map(([name, value]) => [genericNameOf(name as keyof typeof registers), value])) };
  }
  const { processor, implementer, part, variant, revision } = cpuinfo?.[0] ?? {};
  if (processor !== 0 || implementer === undefined || part === undefined) return {};
  const name = genericNameOf('MIDR_EL1');
  return {
    el0: new Map([[name, composeMidr({ implementer, part, variant: variant ?? 0, revision: revision ?? 0 })]]),
    ...([variant, revision].includes(undefined) && { el0Open: new Map([[name, VARIANT_AND_REVISION]]) }),
  };
}

/**
 * /proc/cpuinfo as a text lists it, with the line that all blocks have; of CPUs that it leaves out a block without a core stands behind the
 * others.
 */
function cpuinfoOf({ cpuinfo, cpuCount = 0, uncounted }: Capture, features: readonly string[]): readonly CpuinfoEntry[] | undefined {
  const blocks = cpuinfo?.map(({ isPart: _, ...entry }) => ({ ...entry, features }));
  return blocks && (uncounted || cpuCount > blocks.length) ? [...blocks, { processor: blocks.length, features }] : blocks;
}

/**
 * What a process saw, by what a text tells of it: its hwcaps, /proc/cpuinfo, what MRS gave, the kernel's release.
 *
 * @returns `undefined` if the text has neither a whole Features line nor hwcap words.
 */
export function processOfCapture(capture: Capture): Process | undefined {
  const { kernel, title } = capture;
  const { names, isPart, untold } = capturedLine(capture) ?? {};
  if (names === undefined || isPart) return undefined;
  return {
    hwcaps: new Set(names),
    ...el0Of(capture),
    ...given({ open: untold && new Set(untold), cpuinfo: cpuinfoOf(capture, names), hardware: title, release: kernel?.release }),
  };
}
