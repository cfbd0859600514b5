import { given } from '../given.ts';
import { boot } from '../linux/boot.ts';
import { type Environment, LOADED } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import { seenIn } from '../linux/log/journal.ts';
import type { LogEvent, LogMessage } from '../linux/log/log-event.ts';
import type { System } from '../linux/system.ts';
import type { Machine } from '../silicon/machine.ts';
import { bootedCpu } from './booted-cpu.ts';
import type { Capture, CapturedLogLine, CapturedWorkaround } from './capture.ts';
import { allCpucaps, type CpucapCard, cpucapCard } from './cpucap-card.ts';
import { descriptionsOf, isWholeReport, wholeLine } from './evidence.ts';
import { fieldConditionsOf } from './field-conditions.ts';
import { cpucapOtherwise } from './why/why-subject.ts';

/** A capability behind a message: the one that has this description in some release. */
export interface DetectedCpucap {
  readonly name: string;
  readonly erratum: boolean;
  /** The first release of mainline that has it; absent if only updates of older series do. */
  readonly since?: string;
  /** The fields of ID registers that it asks for, as paths; empty where it asks for something else. */
  readonly fields: readonly string[];
}

/** A line of the kernel's log about CPU features, and what it says. */
export interface ExplainedLine extends CapturedLogLine {
  /** Of `detected: …`; absent if no release describes a capability so. */
  readonly cpucap?: DetectedCpucap;
}

/** A CPU that a log saw coming up, and its core. */
export interface LoggedCpu {
  /** The line of the text, from 1 on. */
  readonly line: number;
  readonly text: string;
  /** The kernel's number. */
  readonly cpu: number;
  /** MIDR_EL1, its lower half. */
  readonly midr: bigint;
}

/** The capabilities by which Linux meets what firmware works around by the number of a CVE. */
const OF_CVE: Readonly<Record<string, string>> = {
  'CVE-2017-5715': 'SPECTRE_V2',
  'CVE-2017-5754': 'UNMAP_KERNEL_AT_EL0',
  'CVE-2018-3639': 'SPECTRE_V4',
  'CVE-2022-23960': 'SPECTRE_BHB',
};

/** What firmware says of an erratum, and what Linux has for it. */
export interface ExplainedWorkaround extends CapturedWorkaround {
  /** Linux' own capability for that number; absent: it has none by that number. */
  readonly cpucap?: string;
}

/** What a kernel's log tells. */
export interface LogExplanation {
  /** As the log or what stands beside it names it. */
  readonly release?: string;
  /** How many CPUs came up, as the log says. */
  readonly cpuCount?: number;
  readonly lines: readonly ExplainedLine[];
  /** The CPUs that came up, in the log's order. */
  readonly cpus: readonly LoggedCpu[];
  /** What firmware said of errata before; empty: nothing. */
  readonly workarounds: readonly ExplainedWorkaround[];
  /** What a boot of the machine prints and the log does not have, as the kernel's own messages; only where its registers are known. */
  readonly missing?: readonly LogEvent[];
  /** Lines of the log that a boot of the machine does not print. */
  readonly beyond?: readonly ExplainedLine[];
}

let byDescription: ReadonlyMap<string, DetectedCpucap> | undefined;

function detectedCpucap(card: CpucapCard): DetectedCpucap {
  const since = card.rows.map(({ row }) => row.since).find((release) => release !== undefined);
  const conditions = card.rows.flatMap(({ newest }) => (newest.when === undefined ? [] : fieldConditionsOf(newest.when)));
  return {
    name: card.name,
    erratum: card.rows.every(({ erratum }) => erratum),
    ...given({ since }),
    fields: [...new Set(conditions.map(({ field }) => field))],
  };
}

/** The capability that some release describes so in its log. */
export function cpucapOfDescription(description: string): DetectedCpucap | undefined {
  byDescription ??= new Map(
    allCpucaps().flatMap((name) => {
      const card = cpucapCard(name)!;
      return card.rows.flatMap(({ row }) => descriptionsOf(row)).map((text) => [text.toLowerCase(), detectedCpucap(card)] as const);
    }),
  );
  return byDescription.get(description.toLowerCase());
}

function explainLine(line: CapturedLogLine): ExplainedLine {
  const { event } = line;
  const description = event.code === 'detected' || event.code === 'detected-on' ? event.description : undefined;
  return { ...line, ...given({ cpucap: description === undefined ? undefined : cpucapOfDescription(description) }) };
}

function loggedCpus({ messages }: Capture): readonly LoggedCpu[] {
  return (messages?.rows ?? []).flatMap(({ text, at }) => {
    const found = bootedCpu(text);
    return found === undefined ? [] : [{ line: at.line ?? 0, text, ...found }];
  });
}

/** What tells messages that are missing apart: who printed them and when does not, nor the CPU that a message does not name. */
function keyOf(message: LogMessage & { readonly cpu?: number }): string {
  const { code, cpu, ...rest } = message as LogMessage & { readonly cpu?: number; readonly phase?: string; readonly source?: string };
  const { phase: _, source: __, ...said } = rest as { readonly phase?: string; readonly source?: string };
  return JSON.stringify([code, code === 'detected' ? null : (cpu ?? null), said], (___, value: unknown) =>
    typeof value === 'bigint' ? value.toString(16) : value,
  );
}

/** Messages of which a log may have more, or fewer, for reasons that are no CPU's. */
const CIRCUMSTANCES: ReadonlySet<LogMessage['code']> = new Set(['override', 'kpti-forced', 'mitigation-disabled', 'kvm', 'breakpoints']);

function compared(
  system: System,
  lines: readonly ExplainedLine[],
  { uncounted, cpus }: Machine,
): Pick<LogExplanation, 'missing' | 'beyond'> {
  const [isOpen, isPrinted] = [seenIn(system.unknown?.log ?? [], true), seenIn(system.log, true)];
  const isThere = seenIn(lines.map(({ event }) => event));
  // Of CPUs that nobody told of there may be lines, too.
  const isOther = (event: CapturedLogLine['event']): boolean =>
    CIRCUMSTANCES.has(event.code) ||
    // Vector lengths stand in no ID register.
    ('extension' in event && cpus.some(({ sveVl, smeVl }) => (event.extension === 'SVE' ? sveVl : smeVl) === undefined)) ||
    (uncounted === true && (event.code === 'detected-on' || (event.cpu ?? 0) >= cpus.length));
  // The beginning of a line that somebody cut may be of several.
  const cut = lines.flatMap(({ event, cpucap }) => (event.code === 'detected' && cpucap === undefined ? [event.description] : []));
  const begun = (event: LogEvent): readonly string[] =>
    event.code === 'detected' ? cut.filter((one) => event.description.startsWith(one)) : [];
  const known = new Set(system.log.flatMap(begun));
  return {
    missing: [...new Map(system.log.map((event) => [keyOf(event), event])).values()].filter(
      (event) => !isThere(event) && !isOpen(event) && !isOther(event) && begun(event).length === 0,
    ),
    beyond: lines.filter(
      ({ event }) => !isPrinted(event) && !isOpen(event) && !isOther(event) && !(event.code === 'detected' && known.has(event.description)),
    ),
  };
}

/** A log is of a whole boot, which has a timer; how fast it runs shows in no line about CPU features. */
const USUAL_TIMER_HZ = 24_000_000;

/**
 * Explains a kernel's log line by line.
 *
 * @param machine - The machine that printed it, where its registers are known apart from the log: then the log is compared with a boot.
 * @param kernel - The kernel of that boot; by default the one that the log names.
 * @param environment - What else is known of that boot; what the log tells of it stands over that.
 */
export function explainLog(capture: Capture, machine?: Machine, kernel?: Kernel, environment?: Environment): LogExplanation {
  const lines = (capture.log ?? []).map(wholeLine).map(explainLine);
  const workarounds = (capture.workarounds ?? []).map((one) => ({
    ...one,
    ...given({ cpucap: OF_CVE[one.erratum] ?? cpucapOtherwise(one.erratum)?.name }),
  }));
  const known = {
    workarounds,
    cpus: loggedCpus(capture),
    ...given({ release: kernel?.release ?? capture.kernel?.release, cpuCount: capture.cpuCount }),
  };
  if (machine === undefined || kernel === undefined) return { ...known, lines };
  const around = { ...LOADED, timerHz: USUAL_TIMER_HZ, openBootEl: true, ...environment, ...capture.environment };
  const found = compared(boot(machine, kernel, around), lines, machine);
  return {
    ...known,
    lines,
    ...(isWholeReport(capture) ? found : given({ beyond: found.beyond })),
  };
}
