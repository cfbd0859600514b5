import { type ArchFeatureName, findArchFeatureRule } from '../arch/arch-feature-rule.ts';
import { type ToldArchFeatures, toldArchFeatures } from '../arch/told-arch-features.ts';
import { joinWords, knownWord, type PartialWord } from '../bits/partial-word.ts';
import { given } from '../given.ts';
import { mayLeaveCpusOff } from '../linux/cmdline/boot-parameters.ts';
import { CAPABILITY_ROWS } from '../linux/release/history.ts';
import type { CapabilityRow } from '../linux/release/rows.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';
import type { Cpu, Machine, PartialRegisterFile, SystemRegisterName } from '../silicon/machine.ts';
import { composeMidr, parseMidr } from '../silicon/midr.ts';
import { type Seen, UNKNOWN_RELEASE } from '../silicon/seen.ts';
import type { Capture, CapturedArchFeatures, CapturedLogLine } from './capture.ts';
import { listedLine } from './check-capture.ts';
import { toldByLine } from './infer/told-fields.ts';

/** The upper half of MIDR_EL1, which no text shows. */
const UPPER_HALF = 0xffff_ffff_0000_0000n;
const VARIANT = 0xf0_0000n;
const REVISION = 0xfn;

/** What /proc/cpuinfo says of MIDR_EL1; `undefined` if it does not name the core. What it leaves out is open. */
function midrOf({ implementer, variant, part, revision }: CpuinfoEntry): PartialWord | undefined {
  if (implementer === undefined || part === undefined) return undefined;
  const open = UPPER_HALF | (variant === undefined ? VARIANT : 0n) | (revision === undefined ? REVISION : 0n);
  return { value: composeMidr({ implementer, variant: variant ?? 0, part, revision: revision ?? 0 }), open };
}

/** MIDR_EL1 of which a text has the lower half. */
function lowerHalf(value: bigint): PartialWord {
  return { value, open: UPPER_HALF };
}

/** The highest number of a CPU that is believed. */
const MAX_CPU = 4095;

/** MIDR_EL1 by the kernel's number of the CPU, as far as it is known. */
function midrsOf(capture: Capture): ReadonlyMap<number, PartialWord> {
  const { cpuinfo, cpuinfo32, booted } = capture;
  const midrs = new Map<number, PartialWord>();
  for (const entry of cpuinfo ?? cpuinfo32 ?? []) {
    const midr = midrOf(entry);
    if (midr !== undefined && entry.processor <= MAX_CPU) midrs.set(entry.processor, midr);
  }
  for (const [cpu, midr] of booted ?? []) midrs.set(cpu, lowerHalf(midr));
  // lscpu names the kinds of core: each CPU is of one of them.
  const kinds = capture.midrs ?? [];
  const isAsTold = [...midrs.values()].every(({ value }) => kinds.includes(value));
  const count = isAsTold ? Math.min(capture.cpuCount ?? 1, MAX_CPU) : 0;
  const [first, ...others] = kinds.map(lowerHalf);
  const any = first && others.reduce(joinWords, first);
  for (let cpu = 0; any !== undefined && cpu < count; cpu++) if (others.length === 0 || !midrs.has(cpu)) midrs.set(cpu, any);
  return midrs;
}

/** The registers of a CPU that a line about a difference gives whole. Pseudo registers and those made up from others are left out. */
function variedRegisters(log: readonly CapturedLogLine[]): ReadonlyMap<number, PartialRegisterFile> {
  const found = new Map<number, Record<string, PartialWord>>();
  for (const { event } of log) {
    if (event.code !== 'sanity-check' || !/^ID_AA64/.test(event.register)) continue;
    for (const [cpu, value] of [
      [0, event.boot],
      [event.cpu ?? 0, event.own],
    ] as const) {
      found.set(cpu, { ...found.get(cpu), [event.register]: knownWord(value) });
    }
  }
  return found as ReadonlyMap<number, PartialRegisterFile>;
}

/** The CPUs of which a log says what they have, once all that come up are up. */
function reportedCpus(log: readonly CapturedLogLine[]): readonly number[] {
  return log.flatMap(({ event }) => (event.code === 'detected-on' ? event.cpus : [])).filter((cpu) => cpu <= MAX_CPU);
}

/** The CPUs of which a log shows that they started, whether or not they were kept. */
function startedCpus(log: readonly CapturedLogLine[]): readonly number[] {
  return log.flatMap(({ event }) => (event.code === 'icache-policy' && event.cpu !== undefined && event.cpu <= MAX_CPU ? [event.cpu] : []));
}

/** Whether a text tells of single CPUs by their numbers, or how many there are, and its kernel was not asked to leave some off. */
export function countsCpus(capture: Capture): boolean {
  const { cpuCount, online, cpuinfo, cpuinfo32, uncounted, kernel } = capture;
  if (mayLeaveCpusOff(kernel?.cmdline ?? '')) return false;
  const isNumbered = (cpuinfo ?? cpuinfo32) !== undefined && !uncounted;
  // A log that breaks off shows some of them.
  return isNumbered || cpuCount !== undefined || online !== undefined || isWholeLog(capture);
}

/** Lines about a CPU that the kernel does not keep. */
const REFUSALS: ReadonlySet<string> = new Set([
  'conflict',
  'will-not-boot',
  'smaller-asid',
  'missing-hwcap',
  'vector-lengths-missing',
  'vector-lengths-unsupported',
  'vector-length-mismatch',
  'narrower-for-kvm',
]);

/**
 * Whether a log goes from the first line to the point where all CPUs are up, and nothing about CPU features is missing from it: each CPU
 * that came up has its line about the instruction cache.
 */
export function isWholeLog({
  log = [],
  cpuCount = 1,
  isLogPart,
}: Pick<Capture, 'cpuCount' | 'isLogPart'> & { readonly log?: readonly Pick<CapturedLogLine, 'event'>[] }): boolean {
  if (isLogPart) return false;
  const started = new Set(log.flatMap(({ event }) => (event.code === 'icache-policy' ? (event.cpu ?? []) : [])));
  return started.has(0) && started.size >= cpuCount && log.some(({ event }) => event.code === 'started-at-el');
}

/** Lines that each kernel prints some time after what it says of all CPUs. */
const LATER: ReadonlySet<string> = new Set(['breakpoints', 'kvm']);

/**
 * Whether a log goes on behind what the kernel says of all CPUs, so that a line that it lacks was not printed. One that breaks off
 * before, or of which somebody took the lines with `CPU` in them, does not.
 */
export function isWholeReport(capture: Parameters<typeof isWholeLog>[0]): boolean {
  return isWholeLog(capture) && capture.log?.some(({ event }) => LATER.has(event.code)) === true;
}

/** What releases call a capability in their log. */
export function descriptionsOf(row: CapabilityRow): readonly string[] {
  return [row, ...(row.changes ?? [])].flatMap(({ description }) => description ?? []);
}

let descriptions: ReadonlySet<string> | undefined;

/** What a capability is called of which a mail or a terminal left the beginning, if that is clear; else the text itself. */
function wholeDescription(text: string): string {
  descriptions ??= new Set(CAPABILITY_ROWS.flatMap(descriptionsOf));
  if (descriptions.has(text)) return text;
  const [whole, ...others] = [...descriptions].filter((one) => one.startsWith(text));
  return whole === undefined || others.length > 0 ? text : whole;
}

/** A line with the whole name of the capability that it reports, where a mail or a terminal cut it. */
export function wholeLine(line: CapturedLogLine): CapturedLogLine {
  const { event } = line;
  return event.code === 'detected' ? { ...line, event: { ...event, description: wholeDescription(event.description) } } : line;
}

/** CPUs by their numbers, each once. */
function ascending(cpus: readonly number[]): readonly number[] {
  return [...new Set(cpus)].sort((a, b) => a - b);
}

/**
 * The CPUs that a text shows to run: those that /proc/cpuinfo lists, or those that a log saw coming up. A list that has not all of those
 * that other texts of the machine tell of is an excerpt; one with gaps may be: the kernel leaves out CPUs that are off, as people leave
 * out those that are alike.
 */
function onlineOf(capture: Capture, midrs: ReadonlyMap<number, PartialWord>): Pick<Seen, 'online' | 'mayBeMore'> {
  const { log = [] } = capture;
  const listed = (capture.cpuinfo ?? capture.cpuinfo32)?.map(({ processor }) => processor);
  const booted = [...(capture.booted?.keys() ?? [])];
  if (capture.online !== undefined) return { online: capture.online };
  if (listed === undefined) {
    const up = ascending([...booted, ...reportedCpus(log)]);
    if (!isWholeLog(capture)) return up.length === 0 ? {} : { online: up, mayBeMore: true };
    // Where a CPU was refused, those that started are not all kept.
    const kept = log.some(({ event }) => REFUSALS.has(event.code)) ? [] : startedCpus(log);
    const online = ascending([...midrs.keys(), ...kept]);
    return online.length === 0 ? {} : { online };
  }
  const online = ascending([...listed, ...booted]);
  const isPart = capture.uncounted || (online.at(-1) ?? -1) >= online.length || online.length > listed.length;
  return isPart || online.length < (capture.cpuCount ?? 0) ? { online, mayBeMore: true } : { online };
}

/**
 * Which kernel printed a text that does not name one: the one that is asked about, any, or the one that is given, which is but likely. Of
 * a log alone that any may have printed, lines that the asked one prints, too, count, and none that it lacks.
 */
export type Printer = 'asked' | 'any' | 'likely';

/**
 * Lines of a log that name an architecture feature, whichever kernel prints them: all CPUs that run have it. A kernel's rules ask for
 * the field's value or more, where the architecture has no more; and later ones print the line without a capability behind it.
 *
 * @see Linux `arch/arm64/kernel/cpufeature.c`, `has_32bit_el0()`.
 */
const NAMED_IN_LOG: ReadonlyMap<string, ArchFeatureName> = new Map([
  ['32-bit EL0 Support', 'FEAT_AA32EL0'],
  ['32-bit EL1 Support', 'FEAT_AA32EL1'],
]);

/**
 * Whether all CPUs have AArch32 for programs, by a kernel that lets a program be a 32-bit one; `undefined` if that does not tell. Before
 * 4.7 a kernel did so on any CPU: one that prints `cpuid` is later. One that may run on CPUs that differ does so where some have it; what it
 * refuses, not all CPUs have, or a sandbox hides it.
 */
function has32BitEl0(capture: Capture): boolean | undefined {
  const { runs32, kernel, cores = [], midrs = [], cpuinfo = [] } = capture;
  if (runs32 !== true) return runs32;
  if (listedLine(capture)?.names.includes('cpuid') !== true) return undefined;
  const kinds = new Set([...midrs.map(parseMidr), ...cpuinfo].map(({ implementer, part }) => `${implementer}:${part}`));
  const isOneKind = kinds.size === 1 && cores.length === 0;
  const { cmdline } = kernel ?? {};
  return isOneKind || (cmdline !== undefined && !/\ballow_mismatched_32bit_el0\b/.test(cmdline)) ? true : undefined;
}

/** What is told of architecture features, and by the modes of a program besides. */
function with32BitEl0({ present, absent, lacksAbsent }: CapturedArchFeatures = NONE_TOLD, all: boolean): CapturedArchFeatures {
  if (all) return { present: [...present, 'FEAT_AA32EL0'], absent, ...given({ lacksAbsent }) };
  // What else is lacked may be certain: of this it is not.
  return { present, absent: [...absent, 'FEAT_AA32EL0'], ...given({ lacksAbsent: absent.length === 0 ? undefined : lacksAbsent }) };
}

const NONE_TOLD: CapturedArchFeatures = { present: [], absent: [] };

/** Whether a text says that 32-bit programs run, without telling on which CPUs: on one at least. */
export function runs32Somewhere(capture: Capture): boolean {
  return capture.runs32 === true && has32BitEl0(capture) === undefined && listedLine(capture)?.names.includes('cpuid') === true;
}

/** What a text says of architecture features by name, as far as Arm has the names. */
function toldOf(capture: Capture): ToldArchFeatures | undefined {
  const { log = [] } = capture;
  const all32 = has32BitEl0(capture);
  const archFeatures = all32 === undefined ? capture.archFeatures : with32BitEl0(capture.archFeatures, all32);
  const { present = [], absent = [], lacksAbsent } = archFeatures ?? {};
  const known = (names: readonly string[]): readonly ArchFeatureName[] => names.flatMap((name) => findArchFeatureRule(name)?.name ?? []);
  const named = log.flatMap(({ event }) => (event.code === 'detected' ? (NAMED_IN_LOG.get(event.description) ?? []) : []));
  if (archFeatures === undefined && named.length === 0) return undefined;
  const told = toldArchFeatures([...known(present), ...named], known(absent), lacksAbsent);
  return told.outcomes.size === 0 ? undefined : told;
}

/** The values that two sources leave to fields; where they have none in common the first one counts. */
function meet(a: Seen['fields'], b: Seen['fields']): Seen['fields'] {
  if (a === undefined || b === undefined) return a ?? b;
  const both = new Map(a);
  for (const [path, set] of b) both.set(path, set & (a.get(path) ?? set) || a.get(path)!);
  return both;
}

/** The values of fields that a text tells, as sets of one. */
function toldFields({ fields }: Capture): Seen['fields'] {
  return fields && new Map([...fields].map(([path, value]) => [path, 1 << value] as const));
}

/** What a text shows of a kernel's doing. */
function seenOf(capture: Capture, printer: Printer): Seen {
  const { kernel } = capture;
  const log = capture.log?.map(wholeLine);
  const { names: features, isPart, untold } = listedLine(capture) ?? {};
  const told = toldOf(capture);
  const isLogAlone = log !== undefined && features === undefined;
  const release = kernel?.release ?? (printer === 'asked' || isLogAlone ? undefined : UNKNOWN_RELEASE);
  const isTold = printer === 'asked' || (printer === 'any' && kernel?.release !== undefined);
  return given({
    ...onlineOf(capture, midrsOf(capture)),
    release,
    cmdline: kernel?.cmdline,
    isLikely: printer === 'likely' ? true : undefined,
    hwcaps: features,
    isPart,
    untold,
    fields: meet(
      meet(
        printer === 'asked' || features === undefined
          ? undefined
          : toldByLine(features, isPart, printer === 'any' ? kernel?.release : undefined, untold)?.fields,
        told?.fields,
      ),
      toldFields(capture),
    ),
    archFeatures: told?.outcomes,
    detected: log?.flatMap(({ event }) => (event.code === 'detected' || event.code === 'detected-on' ? [event.description] : [])),
    isWholeLog: log === undefined ? undefined : isTold && isWholeReport(capture),
    lines: log?.map(({ event }) => event),
    varies: log?.some(({ event }) => event.code === 'sanity-check'),
  });
}

/** What is known of MIDR_EL1 where texts tell the core, or its maker alone. */
function toldMidr(midr: PartialWord | undefined, implementer: number | undefined): PartialRegisterFile {
  if (midr !== undefined) return { MIDR_EL1: midr };
  return implementer === undefined ? {} : { MIDR_EL1: { value: BigInt(implementer) << 24n, open: UPPER_HALF | 0xff_ffffn } };
}

function withEvidence(cpu: Cpu | undefined, midr: PartialRegisterFile, partly: PartialRegisterFile | undefined): Cpu {
  const told: Partial<Record<SystemRegisterName, PartialWord>> = {
    ...partly,
    ...midr,
    ...cpu?.partly,
  };
  for (const name of Object.keys(cpu?.registers ?? {})) delete told[name as SystemRegisterName];
  return { registers: {}, ...cpu, ...(Object.keys(told).length === 0 ? {} : { partly: told }) };
}

/**
 * A machine as texts tell of it: its CPUs, what is known of their registers, and what a kernel was seen to make of it. Registers that
 * are given stand over what texts say.
 *
 * @param printer - Which kernel printed a text that does not say so itself: the one that is asked about, or any.
 */
export function machineOfEvidence(texts: readonly Capture[], listed?: Machine, printer: Printer = 'asked'): Machine {
  // The kernel that one text names printed the others, too.
  const named = texts.find(({ kernel }) => kernel?.release !== undefined)?.kernel;
  const captures = texts.map((text) =>
    text.kernel?.release === undefined ? { ...text, ...given({ kernel: named && { ...named, ...text.kernel } }) } : text,
  );
  const midrs = new Map(captures.flatMap((capture) => [...midrsOf(capture)]));
  const varied = new Map(captures.flatMap(({ log }) => [...variedRegisters(log ?? [])]));
  const implementer = captures.find((capture) => capture.implementer !== undefined)?.implementer;
  const counts = captures.flatMap(({ cpuCount = 1, online = [], cpuinfo = [] }) =>
    [cpuCount, ...[...online, ...cpuinfo.map(({ processor }) => processor)].map((cpu) => cpu + 1)].map((one) => Math.min(one, MAX_CPU + 1)),
  );
  const started = captures.flatMap(({ log = [] }) => [...startedCpus(log), ...reportedCpus(log)]);
  const indices = [...midrs.keys(), ...varied.keys(), ...started];
  const count = Math.max(1, listed?.cpus.length ?? 0, ...counts, ...indices.map((index) => index + 1));
  const cpus = Array.from({ length: count }, (_, i) => withEvidence(listed?.cpus[i], toldMidr(midrs.get(i), implementer), varied.get(i)));
  const unlisted = listed === undefined ? 'unknown' : listed.unlisted;
  const uncounted = (listed === undefined || listed.uncounted) && !captures.some(countsCpus) ? true : undefined;
  const kinds = [...new Set(captures.flatMap((capture) => capture.midrs ?? []))];
  return {
    cpus,
    seen: captures.map((capture) => seenOf(capture, printer)),
    ...given({ unlisted, uncounted, kinds: kinds.length < 2 ? undefined : kinds }),
  };
}
