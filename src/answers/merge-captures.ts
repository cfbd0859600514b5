import { formatHex } from '../bits/hex.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';
import { type Cpu, type Machine, midrOf, type SystemRegisterName } from '../silicon/machine.ts';
import { parseMidr } from '../silicon/midr.ts';
import type { Capture, CapturedArchFeatures } from './capture.ts';
import { type HardwareNode, LISTING_KEYS, type Listing, WORD_KEYS } from './guest/listings.ts';

/** A capture, and what it was read from. */
export interface NamedCapture {
  /** Such as a file's name. */
  readonly source: string;
  readonly capture: Capture;
}

type Draft = { -readonly [key in keyof Capture]: Capture[key] };

function disagreement(where: string, what: string, one: string, other: string): Diagnostic {
  return { code: 'contradiction', severity: 'warning', where, message: `${what}: ${other} is left out, since it is ${one} before` };
}

/** A registers' CPU as merged so far, and which source each value is from. */
interface MergedCpu {
  readonly registers: { -readonly [name in SystemRegisterName]?: bigint };
  cpu: Omit<Cpu, 'registers'>;
}

function addCpu(merged: MergedCpu, { registers, ...rest }: Cpu, place: string, found: Diagnostic[]): void {
  merged.cpu = { ...rest, ...merged.cpu };
  for (const [key, value] of Object.entries(registers)) {
    const name = key as SystemRegisterName;
    const before = merged.registers[name];
    if (before === undefined) merged.registers[name] = value;
    else if (before !== value) found.push(disagreement(place, name, formatHex(before), formatHex(value)));
  }
}

/** The registers that a kernel cannot do without when it derives hwcaps. */
const ESSENTIAL: readonly SystemRegisterName[] = ['ID_AA64PFR0_EL1', 'ID_AA64ISAR0_EL1', 'ID_AA64ISAR1_EL1'];

/** Whether registers of a CPU are more than its name: such as the kernel's log has of each. */
export function hasIdRegisters({ registers, partly }: Pick<Cpu, 'registers' | 'partly'>): boolean {
  return ESSENTIAL.some((name) => registers[name] !== undefined || partly?.[name] !== undefined);
}

/**
 * Gives CPUs of which only the name is known the registers of a CPU with the same MIDR_EL1. Of a kind of which no registers are known
 * CPUs stay as they are: where what is not listed would count as zero they are left out.
 */
export function completeCpus({ cpus, unlisted }: Machine, found: Diagnostic[]): readonly Cpu[] {
  const whole = cpus.filter(hasIdRegisters);
  if (whole.length === 0 || whole.length === cpus.length) return cpus;
  const filled: number[] = [];
  const bare: number[] = [];
  const complete = cpus.flatMap((cpu, i): readonly Cpu[] => {
    if (hasIdRegisters(cpu)) return [cpu];
    const midr = lowerMidr(cpu);
    const twin = midr === undefined ? undefined : whole.find((one) => lowerMidr(one) === midr);
    (twin === undefined ? bare : filled).push(i);
    if (twin === undefined) return unlisted === 'unknown' ? [cpu] : [];
    return [{ ...twin, ...cpu, registers: { ...twin.registers, ...cpu.registers }, ...given({ partly: twin.partly }) }];
  });
  if (filled.length > 0) {
    const message = `CPUs ${filled.join(', ')} get the registers of a CPU with the same MIDR_EL1; their own are not known`;
    found.push({ code: 'assumed-same-core', severity: 'note', where: 'cpus', message });
  }
  if (bare.length > 0) {
    const left = unlisted === 'unknown' ? '' : 'are left out: ';
    const message = `CPUs ${bare.join(', ')} ${left}of their core no registers are known`;
    found.push({ code: 'no-registers-of-core', severity: 'warning', where: 'cpus', message });
  }
  return complete;
}

/** The half of MIDR_EL1 that texts show. */
function lowerMidr(cpu: Cpu): bigint | undefined {
  const midr = midrOf(cpu);
  return midr === undefined ? undefined : midr & 0xffff_ffffn;
}

function mergeMachines(captures: readonly NamedCapture[], found: Diagnostic[]): Pick<Draft, 'machine' | 'registersAs'> {
  const withRegisters = captures.filter(({ capture }) => capture.machine !== undefined && capture.machine.cpus.length > 0);
  const hardware = withRegisters.filter(({ capture }) => capture.registersAs !== 'el0');
  const used = hardware.some(({ capture }) => capture.machine?.cpus.some(hasIdRegisters) === true) ? hardware : withRegisters;
  if (used.length === 0) return {};
  const merged: MergedCpu[] = [];
  for (const { source, capture } of used) {
    for (const [i, cpu] of (capture.machine?.cpus ?? []).entries()) {
      merged[i] ??= { registers: {}, cpu: {} };
      addCpu(merged[i], cpu, source, found);
    }
  }
  const el0 = used.some(({ capture }) => capture.registersAs === 'el0');
  // One text that is whole makes the machine whole.
  const isWhole = used.some(({ capture }) => capture.machine?.unlisted !== 'unknown');
  const listed: Machine = {
    cpus: merged.map(({ registers, cpu }) => ({ ...cpu, registers })),
    ...(isWhole ? {} : { unlisted: 'unknown' }),
  };
  return { machine: { ...listed, cpus: completeCpus(listed, found) }, ...(el0 ? { registersAs: 'el0' as const } : {}) };
}

/** Takes over the members of an object that are not there yet, and tells of those that differ. */
function fill<T extends object>(
  what: string,
  before: T | undefined,
  added: T | undefined,
  source: string,
  found: Diagnostic[],
): T | undefined {
  if (before === undefined || added === undefined) return before ?? added;
  const merged = { ...before } as Record<string, unknown>;
  for (const [key, value] of Object.entries(added)) {
    const old = merged[key];
    if (old === undefined) merged[key] = value as unknown;
    else if (typeof old !== 'object' && old !== value) found.push(disagreement(source, `${what}'s ${key}`, String(old), String(value)));
  }
  return merged as T;
}

type ToldKernel = Capture['kernel'];

/** What two texts tell of a kernel, where one has Debian's name for it, `6.1.0-18-arm64`, which hides the update that the other tells. */
function ofDebian(one: ToldKernel, other: ToldKernel): readonly [ToldKernel, ToldKernel] {
  const names = (a: ToldKernel, b: ToldKernel): boolean => {
    const series = /^(\d+\.\d+\.)\S*-arm64(?:-16k)?$/.exec(a?.release ?? '')?.[1];
    return series !== undefined && String(b?.config).startsWith('debian') && b?.release?.startsWith(series) === true;
  };
  const kept = names(one, other) ? { ...one, ...other } : names(other, one) ? { ...other, ...one } : undefined;
  return kept === undefined ? [one, other] : [kept, undefined];
}

/**
 * A capture of one text, with the text's name at its evidence.
 *
 * @example
 * ```js
 * capturedFrom('a.txt', { title: 'a board' }).sources // → { title: 'a.txt' }
 * ```
 */
export function capturedFrom(source: string, capture: Capture): Capture {
  const out: Draft = { ...capture, sources: sourcesOf([{ source, capture }]) };
  for (const key of LISTING_KEYS) delete out[key];
  addListings(out, capture, source);
  for (const key of WORD_KEYS) if (capture[key] !== undefined) out[key] = placed(capture[key], source);
  return out;
}

/** Members that one text is enough for; what a second one says is compared where contradictions are looked for. */
const FIRST = [
  'name',
  'title',
  'cpuinfo32',
  'fields',
  'runs32',
  'isLogPart',
  'booted',
  'cpuCount',
  'online',
  'midrs',
  'cores',
  'implementer',
  'qemuModel',
  'instructions',
  'workarounds',
  'program',
  ...WORD_KEYS,
] as const;

/**
 * /proc/cpuinfo, where a tool named the cores before: it has their Features line, too. CPUs that the tool alone lists stay, where both
 * say the same of those that both list.
 */
function withFeatures({ cpuinfo: before = [] }: Capture, { cpuinfo: added = [] }: Capture): readonly CpuinfoEntry[] | undefined {
  const has = (cpus: readonly CpuinfoEntry[]): boolean => cpus.some(({ features }) => features.length > 0);
  if (before.length === 0 || has(before) || !has(added)) return undefined;
  const listed = new Map(added.map((entry) => [entry.processor, entry]));
  const isSame = before.every(({ processor, implementer, part }) => {
    const other = listed.get(processor);
    return other?.part === undefined || (other.implementer === implementer && other.part === part);
  });
  const rest = isSame ? before.filter(({ processor }) => !listed.has(processor)) : [];
  return [...added, ...rest].sort((a, b) => a.processor - b.processor);
}

/** How much a /proc/cpuinfo tells. */
function told(cpus: readonly CpuinfoEntry[]): number {
  return cpus.reduce((sum, entry) => sum + Object.keys(entry).length + entry.features.length, 0);
}

/** /proc/cpuinfo of two texts: what one lacks of the other is added; an excerpt gives way to the whole, whichever comes first. */
function joinCpuinfo(before: Capture, added: Capture): readonly CpuinfoEntry[] | undefined {
  if (before.cpuinfo === undefined || added.cpuinfo === undefined) return before.cpuinfo ?? added.cpuinfo;
  const fuller = told(added.cpuinfo) > told(before.cpuinfo) ? added : before;
  return withFeatures(before, added) ?? withFeatures(added, before) ?? fuller.cpuinfo;
}

/** What two texts say of architecture features; where they contradict each other the first one counts. */
function joinArchFeatures(
  before: CapturedArchFeatures | undefined,
  added: CapturedArchFeatures | undefined,
  source: string,
  found: Diagnostic[],
): CapturedArchFeatures | undefined {
  if (before === undefined || added === undefined) return before ?? added;
  const [there, gone] = [new Set(before.present), new Set(before.absent)];
  for (const name of added.present)
    if (gone.has(name)) found.push(disagreement(source, name, 'absent', 'present'));
    else there.add(name);
  for (const name of added.absent)
    if (there.has(name)) found.push(disagreement(source, name, 'present', 'absent'));
    else gone.add(name);
  const lack = [before, added].filter(({ absent }) => absent.length > 0).every(({ lacksAbsent }) => lacksAbsent === true);
  return { present: [...there], absent: [...gone], ...(lack && gone.size > 0 && { lacksAbsent: true }) };
}

interface Placed {
  readonly at: { readonly file: string };
}

/** Evidence that a reader gives names no file: it is the text's. */
function placed<T>(row: T, file: string): T {
  const { at } = row as T & Partial<Placed>;
  return at === undefined || at.file !== '' ? row : { ...row, at: { ...at, file } };
}

/** Nodes of lshw's tree name the nodes around them, which must be the same ones. */
function placedNodes(nodes: readonly HardwareNode[], file: string): readonly HardwareNode[] {
  const moved = new Map<HardwareNode, HardwareNode>();
  for (const node of nodes) {
    const within = node.within.map((outer) => moved.get(outer) ?? outer);
    moved.set(node, { ...placed(node, file), within });
  }
  return [...moved.values()];
}

/** Puts the listings of several texts together; one that comes from several keeps the name of the first. */
function addListings(merged: Draft, capture: Capture, file: string): void {
  for (const key of LISTING_KEYS) {
    const listing = capture[key] as Listing<unknown> | undefined;
    if (listing === undefined) continue;
    const before = merged[key] as Listing<unknown> | undefined;
    const own =
      key === 'hardware' ? placedNodes(listing.rows as readonly HardwareNode[], file) : listing.rows.map((row) => placed(row, file));
    const rows = before === undefined ? own : [...before.rows, ...own];
    Object.assign(merged, { [key]: { file: before?.file ?? (listing.file === '' ? file : listing.file), rows } });
  }
}

/** Which text each member is from. */
function sourcesOf(captures: readonly NamedCapture[]): Readonly<Record<string, string>> {
  const sources: Record<string, string> = {};
  for (const { source, capture } of captures) {
    Object.assign(sources, { ...Object.fromEntries(Object.keys(capture).map((key) => [key, source])), ...capture.sources, ...sources });
  }
  return sources;
}

/** Whether a core that stands for CPUs is one of which MIDR_EL1 is told, and has no names. */
function tellsLess({ cpuinfo, midrs = [] }: Capture): boolean {
  const known = midrs.map(parseMidr);
  const isKnown = ({ features, implementer, part }: CpuinfoEntry): boolean =>
    features.length === 0 && known.some((one) => one.implementer === implementer && one.part === part);
  return cpuinfo?.every(isKnown) === true;
}

/**
 * Makes one capture of several texts of the same machine. Where they contradict each other the first one counts.
 *
 * @example
 * ```js
 * mergeCaptures([{ source: 'a.txt', capture: { title: 'a board' } }]).value.title // → 'a board'
 * ```
 */
export function mergeCaptures(captures: readonly NamedCapture[]): Parsed<Capture> {
  const found: Diagnostic[] = [];
  const merged: Draft = { ...mergeMachines(captures, found) };
  for (const { source, capture } of captures) {
    const cpuinfo = joinCpuinfo(merged, capture);
    if (cpuinfo !== undefined) merged.cpuinfo = cpuinfo;
    if ((capture.log?.length ?? 0) > (merged.log?.length ?? 0)) merged.log = capture.log!;
    for (const member of FIRST)
      if (merged[member] === undefined && capture[member] !== undefined) Object.assign(merged, { [member]: capture[member] });
    for (const key of WORD_KEYS) if (merged[key] === capture[key] && capture[key] !== undefined) merged[key] = placed(capture[key], source);
    addListings(merged, capture, source);
    const archFeatures = joinArchFeatures(merged.archFeatures, capture.archFeatures, source, found);
    if (archFeatures !== undefined) merged.archFeatures = archFeatures;
    const [before, added] = ofDebian(merged.kernel, capture.kernel);
    const kernel = fill('the kernel', before, added, source, found);
    const environment = fill('the environment', merged.environment, capture.environment, source, found);
    const hwcaps = fill('the hwcaps', merged.hwcaps, capture.hwcaps, source, found);
    const compat = fill("the AArch32 hwcaps'", merged.compat, capture.compat, source, found);
    if (kernel !== undefined) merged.kernel = kernel;
    if (environment !== undefined) merged.environment = environment;
    if (hwcaps !== undefined) merged.hwcaps = hwcaps;
    if (compat !== undefined) merged.compat = compat;
  }
  const listing = captures.filter(({ capture: { cpuinfo, cpuinfo32, uncounted } }) => uncounted || (cpuinfo ?? cpuinfo32) !== undefined);
  if (listing.length > 0 && listing.every(({ capture }) => capture.uncounted)) {
    merged.uncounted = true;
    // A core that stands for the CPUs says nothing beside MIDR_EL1 of the same core.
    if (tellsLess(merged)) {
      delete merged.cpuinfo;
      delete merged.uncounted;
    }
  }
  return { value: { ...merged, ...(captures.length === 0 ? {} : { sources: sourcesOf(captures) }) }, diagnostics: found };
}
