import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { ArmlensError } from '../errors.ts';
import { given } from '../given.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel, KernelConfig } from '../linux/kernel.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import { hasTables, isRelease } from '../linux/release/known-trees.ts';
import { pointsOf } from '../linux/release/points.ts';
import { coreTitle, isAarch32Core } from '../silicon/core-row.ts';
import { withImplied } from '../silicon/implied-registers.ts';
import type { KnownMachine } from '../silicon/known-machine.ts';
import { type Machine, midrOf } from '../silicon/machine.ts';
import { parseMidr } from '../silicon/midr.ts';
import { behindEl0, visibleModel } from './behind-el0.ts';
import type { Capture } from './capture.ts';
import { type CapturedLine, capturedLine, capturedMidrs, capturedNames } from './check-capture.ts';
import { countsCpus, machineOfEvidence, runs32Somewhere } from './evidence.ts';
import { type FeaturesLine, readLine } from './infer/line.ts';
import { machinesWithCores } from './infer/machines-of-cores.ts';
import { tryAt } from './infer/tried.ts';
import { type InferGiven, newestPrinter } from './infer.ts';
import { machineOfModel } from './machine-of-model.ts';
import { completeCpus, hasIdRegisters } from './merge-captures.ts';

/** A machine that can be booted, from whatever a capture has. */
export interface CapturedMachine {
  readonly machine: Machine;
  /** What the text tells of the kernel: its options and command line count whether or not it names a release. */
  readonly kernel?: Partial<Kernel>;
  readonly environment?: Environment;
}

/** The image that a boot loader started, as it says on the command line: distributions name it by the kernel's release. */
const BOOT_IMAGE = /(?:^|\s)BOOT_IMAGE=\S{0,200}?vmlinu[xz]-(\d{1,3}\.\d{1,3}\.\d{1,5}[\w.+~-]{0,80})(?=\s|$)/;

/** The release that a text names, or else the name of the image that was started. */
function releaseTold(kernel: Capture['kernel']): string | undefined {
  return kernel?.release ?? BOOT_IMAGE.exec(kernel?.cmdline ?? '')?.[1];
}

/** What a capture tells of its kernel; a release that is none counts as not told. */
export function capturedKernel({ kernel }: Capture): Partial<Kernel> | undefined {
  const told = releaseTold(kernel);
  if (told === undefined) return kernel;
  if (isRelease(told)) return { ...kernel, release: told };
  const { release: _, ...rest } = kernel!;
  return rest;
}

/** The release that a text names, if tables of it are known. */
export function knownRelease({ kernel }: Pick<Capture, 'kernel'>): string | undefined {
  const release = releaseTold(kernel);
  return release !== undefined && hasTables(release) ? release : undefined;
}

/** What a capture says besides its Features line. */
export function inferGivenOf(capture: Capture): InferGiven {
  const kernel = capturedKernel(capture);
  const line = capturedLine(capture);
  const names = line?.names.join(' ');
  const whole = (capture.cpuinfo ?? []).filter(({ features, isPart }) => features.length > 0 && !isPart && !line?.isPart);
  const lines = new Set(whole.map(({ features }) => features.join(' ')).filter((one) => one !== names));
  return {
    midrs: capturedMidrs(capture),
    ...given({ release: kernel?.release, config: kernel?.config, isPart: line?.isPart, untold: line?.untold }),
    ...(lines.size === 0 ? {} : { otherLines: [...lines].map((one) => one.split(' ')) }),
  };
}

function note(code: string, message: string): Diagnostic {
  return { code, severity: 'note', where: 'cpus', message };
}

/** A kernel that prints a Features line, with the options that it needs besides the usual ones. */
interface LikelyKernel {
  readonly release: string;
  readonly config?: KernelConfig;
  /** The release that the text names, of which mainline's kernel does not print the line. */
  readonly instead?: string;
}

/** The options in which a kernel is not as it is usually built. */
function unusualOptions({ release, config }: Kernel): KernelConfig | undefined {
  if (typeof config !== 'object') return undefined;
  const usual = kernelAt({ release });
  const own = Object.entries(config).filter(([name, value]) => name.startsWith('CONFIG_') && usual.option(name) !== value);
  return own.length === 0 ? undefined : Object.fromEntries(own);
}

/** Whether mainline's kernel of the release that a text names prints its Features line on some registers; `false`, too, if it is not known. */
function isPrintedBy(release: string, line: FeaturesLine, known: InferGiven): boolean {
  try {
    return tryAt(line, pointsOf(release), known).some(({ possible }) => possible !== undefined);
  } catch (error) {
    if (error instanceof ArmlensError) return false;
    throw error;
  }
}

/**
 * The newest kernel that prints the Features line of a text, on the cores that the text names, or else on any. Names that a tool has
 * sorted or a person cut say what they say all the same.
 *
 * @returns `none` if no kernel that is known prints it; `undefined` if the one that the text names does, or nothing is to be found out.
 */
async function likelyKernel(capture: Capture, listed: readonly string[] | undefined): Promise<LikelyKernel | 'none' | undefined> {
  if (listed === undefined) return undefined;
  const { names, vocabulary } = readLine(listed);
  if (vocabulary !== 'native') return undefined;
  const { release, ...known } = inferGivenOf(capture);
  // Any newer kernel may have printed a line of which names are not shown.
  if (release === undefined && known.isPart) return undefined;
  if (release !== undefined && isPrintedBy(release, readLine(names, known.isPart, known.untold), known)) return undefined;
  const midrs = capturedMidrs(capture);
  const machines = await machinesWithCores(midrs);
  // On the machines that are known with these cores; on other registers, with what hangs on the cores themselves; on any cores.
  const tries: readonly (readonly [told: InferGiven, on: readonly KnownMachine[]])[] = [
    ...(machines.length === 0 ? [] : [[known, machines] as const]),
    ...(midrs.length === 0 ? [] : [[known, []] as const]),
    [{ ...known, midrs: [] }, []],
  ];
  for (const [told, on] of tries) {
    const printer = newestPrinter(names, told, on);
    if (printer !== undefined)
      return { release: printer.kernel.release, ...given({ config: unusualOptions(printer.kernel), instead: release }) };
  }
  return 'none';
}

/** Whether a text says something of the machine besides its registers. */
function hasTexts(capture: Capture): boolean {
  const { cpuinfo, cpuinfo32, log, booted, archFeatures, runs32, fields, midrs, cores, online } = capture;
  return [capturedNames(capture), cpuinfo, cpuinfo32, log, booted, archFeatures, runs32, fields, midrs, cores, online].some(
    (part) => part !== undefined,
  );
}

/** A machine with what texts say of it: their word counts where registers that are listed do not tell, and all else is open. */
function withTexts(capture: Capture, kernel: Partial<Kernel> | undefined, listed: Machine | undefined, isLikely = false): Machine {
  const hwcaps = capturedLine(capture);
  const said = { ...capture, ...given({ kernel, hwcaps }) };
  return machineOfEvidence([said], listed, isLikely ? 'likely' : 'any');
}

/** A text that lists the registers of one CPU may show one of several, but where a program went through all; its list may break off. */
function isLone({ cpus, unlisted }: Machine, capture: Capture): true | undefined {
  const isExcerpt = capture.program === undefined ? cpus.length === 1 : capture.uncounted;
  return (unlisted === 'unknown' && isExcerpt && !countsCpus(capture)) || undefined;
}

/** What is to be said of a Features line that does not tell all: one that is cut, or that no kernel prints. */
function aboutLine(line: CapturedLine | undefined, isOdd: boolean): readonly Diagnostic[] {
  if (line?.isPart) return [note('features-cut', 'the text has a part of a Features line: names that it lacks may be there')];
  if (!isOdd) return [];
  return [
    note('features-odd', 'no kernel that is known prints this Features line (armlens infer tells more): names that it lacks may be there'),
  ];
}

/** What is to be said of a Features line that no arm64 kernel printed: its names say nothing of those that one would print. */
function aboutKernel({ cpuinfo32 = [], compat, messages }: Capture): readonly Diagnostic[] {
  const lines = [...cpuinfo32.map(({ features }) => features), compat?.names ?? []];
  const is32 = messages?.rows.some(({ text }) => text.startsWith('CPU: ARMv7 '));
  if (!is32 && !lines.some((names) => readLine(names).vocabulary === 'arm32')) return [];
  return [note('arm32-kernel', 'a 32-bit Arm kernel printed this; what follows is of an arm64 kernel on such CPUs')];
}

const SOME_RUN_32 =
  '32-bit programs run on one of the kinds of core at least; on which is not told, since a kernel may allow CPUs to differ (allow_mismatched_32bit_el0)';

/** A machine of which texts tell. */
async function evidenceOf(
  capture: Capture,
  context: Pick<CapturedMachine, 'kernel' | 'environment'>,
): Promise<Parsed<CapturedMachine> | undefined> {
  const { machine } = capture;
  if (!hasTexts(capture)) return undefined;
  const printer = await likelyKernel(capture, capturedNames(capture));
  const likely = printer === 'none' ? undefined : printer;
  const kernel =
    likely === undefined ? context.kernel : { ...context.kernel, release: likely.release, ...given({ config: likely.config }) };
  // A log's own numbers of the CPUs hold.
  const listed = isOfLog(capture) ? undefined : machine && { ...machine, ...given({ uncounted: isLone(machine, capture) }) };
  const found = withTexts(capture, kernel, listed, likely !== undefined);
  const options = Object.entries(likely?.config ?? {}).map(([name, value]) => `${name}=${value}`);
  const built = options.length === 0 ? '' : ` built with ${options.join(' ')}`;
  const told =
    likely?.instead === undefined
      ? 'the text names no kernel'
      : `the text names Linux ${likely.instead}, and no kernel of that release that is known prints such a line`;
  const message = `${told}; taking ${likely?.release}${built}, which prints its Features line (--kernel RELEASE says another)`;
  const diagnostics = [
    ...(likely === undefined ? [] : [note('likely-release', message)]),
    ...aboutLine(capturedLine(capture), printer === 'none'),
    ...aboutKernel(capture),
    ...(runs32Somewhere(capture) ? [note('32-bit-somewhere', SOME_RUN_32)] : []),
  ];
  return { value: { machine: { ...found, alike: true }, ...context, ...given({ kernel }) }, diagnostics };
}

/** Whether registers are those that a log gave: each CPU's name, and those in which CPUs differ. What it does not list is not zero. */
export function isOfLog({ log = [], booted, machine, cpuinfo }: Capture): boolean {
  if ((log.length === 0 && booted === undefined) || cpuinfo !== undefined) return false;
  const own = new Set(['MIDR_EL1', ...log.flatMap(({ event }) => (event.code === 'sanity-check' ? event.register : []))]);
  return machine?.cpus.every(({ registers }) => Object.keys(registers).every((name) => own.has(name))) !== false;
}

/** The core of a capture, if all of its cores have AArch32 alone: no kernel for arm64 runs on them. */
export function aarch32CoreOf(capture: Capture): string | undefined {
  // Registers of AArch64 show that there is one.
  if (capture.machine?.cpus.some(hasIdRegisters) === true) return undefined;
  const cores = capturedMidrs(capture).map(parseMidr);
  return cores.length > 0 && cores.every(isAarch32Core) ? coreTitle(cores[0]!) : undefined;
}

/**
 * Makes of a capture a machine that can be booted: of its registers, or else of its Features line.
 *
 * @returns `undefined` if it has neither, or if its cores have no AArch64.
 *
 * @example
 * ```js
 * await machineOfCapture({}) // → undefined
 * ```
 */
export async function machineOfCapture(capture: Capture): Promise<Parsed<CapturedMachine> | undefined> {
  if (aarch32CoreOf(capture) !== undefined) return undefined;
  const { machine, environment } = capture;
  const model = await machineOfModel(capture);
  if (model !== undefined) return { value: { machine: model.value, ...given({ environment }) }, diagnostics: model.diagnostics };
  const context = given({ kernel: capturedKernel(capture), environment });
  if (machine === undefined || machine.cpus.length === 0) return evidenceOf(capture, context);
  const isTold = machine.cpus.some(hasIdRegisters) && !isOfLog(capture);
  const rest = isTold ? undefined : await evidenceOf(capture, context);
  if (rest !== undefined) return rest;
  const found: Diagnostic[] = [];
  const listed = listedBy(capture, machine, found);
  const told = listed.unlisted === 'unknown' && hasTexts(capture) ? withTexts(capture, context.kernel, listed) : listed;
  const whole = { ...told, cpus: completeCpus(told, found), alike: true, ...given({ uncounted: isLone(listed, capture) }) };
  return { value: { machine: whole, ...context }, diagnostics: found };
}

/** The machine that a text lists. Of registers that were read at EL0, fields that the kernel hides are not known. */
function listedBy(capture: Capture, machine: Machine, found: Diagnostic[]): Machine {
  if (capture.registersAs !== 'el0') return machine.unlisted === 'unknown' ? { ...machine, cpus: machine.cpus.map(withImplied) } : machine;
  found.push(note('el0-view', 'these registers were read at EL0: the kernel hides fields of them, so that the hardware may have more'));
  const model = visibleModel(capturedKernel(capture));
  const areAlike = new Set(machine.cpus.map(midrOf)).size === 1;
  return { ...machine, cpus: machine.cpus.map((cpu) => withImplied(behindEl0(cpu, model, areAlike))), unlisted: 'unknown' };
}
