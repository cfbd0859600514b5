import { findArchFeatureRule, implementedArchFeatures } from '../arch/arch-feature-rule.ts';
import { given } from '../given.ts';
import { boot } from '../linux/boot.ts';
import { allHwcaps, HWCAPS_BY_KERNEL, hwcapNamesOf } from '../linux/release/hwcap-catalogue.ts';
import { NEWEST_RELEASE } from '../linux/release/known-trees.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';
import type { Machine, RegisterFile } from '../silicon/machine.ts';
import { composeMidr } from '../silicon/midr.ts';
import type { Capture } from './capture.ts';
import { readLine } from './infer/line.ts';
import { hasIdRegisters } from './merge-captures.ts';

/** Something in a capture that does not fit with something else in it. */
export interface Contradiction {
  readonly code:
    | 'midr-differs'
    | 'words-differ'
    | 'names-differ'
    | 'not-in-registers'
    | 'arch-feature-not-in-registers'
    | 'release-lacks'
    | 'hwcap-missing'
    | 'not-el0-view'
    | 'not-emulated'
    | 'not-sigill'
    | 'views-differ'
    | 'answer-differs'
    | 'unexplained-line';
  /** One sentence that names both sides. */
  readonly message: string;
  /** The hwcaps, features or values that it is about. */
  readonly subjects: readonly string[];
}

/** A Features line that a text tells of. */
export interface CapturedLine {
  /** In the order of the text. */
  readonly names: readonly string[];
  /** Whether these are only some of its names, so that one that is missing says nothing. */
  readonly isPart?: true;
  /** Names that say nothing where they are missing, since the text has no word for them. Absent: none. */
  readonly untold?: readonly string[];
}

/** The Features line as a text lists it: in /proc/cpuinfo, or else as lscpu or others repeat it; one that is whole before a part. */
export function listedLine({ cpuinfo = [], hwcaps }: Capture): CapturedLine | undefined {
  const lines: readonly Partial<CapturedLine>[] = [
    ...cpuinfo.map(({ features, isPart }) => ({ names: features, ...given({ isPart }) })),
    hwcaps ?? {},
  ];
  const full = lines.flatMap(({ names = [], isPart, untold }) =>
    names.length === 0 ? [] : [{ names, isPart: isPart ?? readLine(names).isPart, untold }],
  );
  const line = full.find(({ isPart }) => isPart === undefined) ?? full[0];
  return line && { names: line.names, ...given({ isPart: line.isPart, untold: line.untold }) };
}

/** Words of which the third one alone has bits. */
const THIRD: readonly bigint[] = [0n, 0n, 0xffff_ffff_ffff_ffffn];

/** The Features line that a text lists, or else what its hwcap words say. */
export function capturedLine(capture: Capture): CapturedLine | undefined {
  const listed = listedLine(capture);
  const { words, isLone } = capture.hwcaps ?? {};
  if (words === undefined || (listed !== undefined && listed.isPart === undefined)) return listed;
  const [isFirst, isTwo] = [words.length === 1, words.length === 2];
  // Tools that do not know AT_HWCAP3 leave it out.
  return {
    names: hwcapNamesOf(words),
    ...given({ isPart: isFirst ? isLone : undefined, untold: isTwo ? hwcapNamesOf(THIRD) : undefined }),
  };
}

/** The names of the Features line, all that there are or some. */
export function capturedNames(capture: Capture): readonly string[] | undefined {
  return capturedLine(capture)?.names;
}

function midrOf({ implementer, variant = 0, part, revision = 0 }: Omit<CpuinfoEntry, 'processor' | 'features'>): bigint | undefined {
  return implementer === undefined || part === undefined ? undefined : composeMidr({ implementer, variant, part, revision });
}

/** A MIDR_EL1 as people write it: its upper half is zero. */
function shortHex(value: bigint): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}

const unique = (values: readonly (bigint | undefined)[]): readonly bigint[] => [
  ...new Set(values.filter((value): value is bigint => value !== undefined)),
];

/** MIDR_EL1 without what /proc/cpuinfo leaves out. */
function comparable(midr: bigint): bigint {
  return (midr & 0xffff_ffffn) | 0xf_0000n;
}

/** Every MIDR_EL1 that a capture tells of, each once. */
export function capturedMidrs({ machine, cpuinfo, cpuinfo32, midrs, cores = [] }: Capture): readonly bigint[] {
  const registers = unique((machine?.cpus ?? []).map((cpu) => cpu.registers.MIDR_EL1));
  const listed = unique([...(cpuinfo ?? []), ...(cpuinfo32 ?? [])].map(midrOf));
  if (listed.length > 0) return listed;
  return registers.length > 0 ? unique(registers.map(comparable)) : (midrs ?? unique(cores.map(midrOf)));
}

function subset(some: readonly bigint[], all: readonly bigint[], told: bigint): boolean {
  return some.every((value) => all.some((other) => ((value ^ other) & told) === 0n));
}

/** The bits of MIDR_EL1 of which each row tells: one that leaves out variant or revision says nothing of them. */
function toldBy(rows: Capture['cpuinfo'] = []): bigint {
  const [variant, revision] = (['variant', 'revision'] as const).map((key) => rows.every((row) => row[key] !== undefined));
  return 0xff0f_fff0n | (variant ? 0xf0_0000n : 0n) | (revision ? 0xfn : 0n);
}

function checkMidrs({ machine, cpuinfo, cpuinfo32, midrs }: Capture): readonly Contradiction[] {
  const sides = [
    { what: 'the registers', values: unique((machine?.cpus ?? []).map((cpu) => cpu.registers.MIDR_EL1)).map(comparable), told: toldBy() },
    { what: '/proc/cpuinfo', values: unique((cpuinfo ?? []).map(midrOf)), told: toldBy(cpuinfo) },
    { what: 'the AArch32 view of /proc/cpuinfo', values: unique((cpuinfo32 ?? []).map(midrOf)), told: toldBy(cpuinfo32) },
    { what: 'lscpu', values: unique((midrs ?? []).map(comparable)), told: toldBy() },
  ].filter(({ values }) => values.length > 0);
  const [first, ...others] = sides;
  if (first === undefined) return [];
  // One of them may list fewer CPUs than the other; each must be found among those of the other.
  return others
    .filter(({ values, told }) => !subset(values, first.values, first.told & told) && !subset(first.values, values, first.told & told))
    .map(({ what, values }) => ({
      code: 'midr-differs',
      message: `MIDR_EL1 is ${first.values.map((value) => shortHex(value)).join(', ')} in ${first.what}, and ${values.map((value) => shortHex(value)).join(', ')} in ${what}`,
      subjects: [...first.values, ...values].map((value) => shortHex(value)),
    }));
}

function difference(some: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return some.filter((name) => !known.has(name));
}

/** A Features line and the hwcap words say the same, bit by bit; bits without a name are older kernels' silence. */
function checkWords(capture: Capture): readonly Contradiction[] {
  const { names, isPart } = listedLine(capture) ?? {};
  const words = capture.hwcaps?.words;
  if (names === undefined || words === undefined) return [];
  const named = hwcapNamesOf(words);
  // A vector may be cut after its first word; then names of the others say nothing against it.
  const vectors = ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'].slice(0, words.length);
  const covered = new Set(
    allHwcaps()
      .filter(({ vector }) => vectors.includes(vector))
      .map(({ name }) => name),
  );
  const only = [
    ...(isPart
      ? []
      : difference(
          named.filter((name) => covered.has(name)),
          names,
        )),
    ...difference(
      names.filter((name) => covered.has(name)),
      named,
    ),
  ];
  if (only.length === 0) return [];
  return [{ code: 'words-differ', message: `the Features line and the hwcap words differ in ${only.join(', ')}`, subjects: only }];
}

function checkLines({ cpuinfo, hwcaps }: Capture): readonly Contradiction[] {
  const told = (cpuinfo ?? []).filter(({ features, isPart }) => features.length > 0 && !isPart);
  const lines = new Set(told.map(({ features }) => features.join(' ')));
  const listed = hwcaps?.isPart ? undefined : hwcaps?.names;
  const [line] = lines;
  if (listed === undefined || line === undefined || lines.size > 1) return [];
  const only = [...difference(listed, line.split(' ')), ...difference(line.split(' '), listed)];
  if (only.length === 0) return [];
  return [{ code: 'names-differ', message: `/proc/cpuinfo and the other list of hwcaps differ in ${only.join(', ')}`, subjects: only }];
}

/** Kernels that between them print every hwcap that registers allow: later ones hide some again where an erratum is known. */
const TELLING_RELEASES = [NEWEST_RELEASE, '6.6', '5.15', '5.4'] as const;

/** Every hwcap that some kernel may derive from registers. */
export function possibleHwcaps(machine: Machine): ReadonlySet<string> {
  const names = new Set(HWCAPS_BY_KERNEL);
  // Where what is not listed counts as zero, a CPU of which little more than the name is listed says nothing.
  const whole: Machine = { ...machine, cpus: machine.unlisted === 'unknown' ? machine.cpus : machine.cpus.filter(hasIdRegisters) };
  if (whole.cpus.length === 0) return knownHwcaps();
  for (const release of TELLING_RELEASES) {
    const { hwcaps, unknown } = boot(whole, { release });
    for (const name of [...hwcaps.names, ...(unknown?.hwcaps ?? [])]) names.add(name);
  }
  return names;
}

function knownHwcaps(): ReadonlySet<string> {
  return new Set(allHwcaps().map(({ name }) => name));
}

/** The registers that a hwcap's condition asks for. */
function registersBehind(when: unknown): readonly string[] {
  if (typeof when !== 'object' || when === null) return [];
  return Object.entries(when).flatMap(([key, value]) =>
    key === 'field' && typeof value === 'string' ? [value.split('.')[0] ?? ''] : registersBehind(value),
  );
}

/** Hwcaps that are printed although the registers behind them are known and too small. */
function checkRegisters(capture: Capture): readonly Contradiction[] {
  const { machine, registersAs } = capture;
  const names = capturedNames(capture);
  // What EL0 sees hides fields, so that nothing can be said against a hwcap.
  if (machine === undefined || names === undefined || registersAs === 'el0') return [];
  const possible = possibleHwcaps(machine);
  const known = knownHwcaps();
  const isKnown = (register: string): boolean =>
    machine.cpus.every(({ registers }) => (registers as RegisterFile & Record<string, bigint>)[register] !== undefined);
  const rows = new Map(allHwcaps().map((row) => [row.name, row]));
  const beyond = names.filter((name) => known.has(name) && !possible.has(name) && registersBehind(rows.get(name)?.when).every(isKnown));
  if (beyond.length === 0) return [];
  return [{ code: 'not-in-registers', message: `no kernel prints ${beyond.join(', ')} on these registers`, subjects: beyond }];
}

function checkArchFeatures({ machine, registersAs, archFeatures }: Capture): readonly Contradiction[] {
  const cpu = machine?.cpus[0];
  if (cpu === undefined || archFeatures === undefined || registersAs === 'el0' || !hasIdRegisters(cpu)) return [];
  const shown = implementedArchFeatures(cpu.registers);
  const beyond = archFeatures.present.filter((name) => {
    const feature = findArchFeatureRule(name);
    if (feature === undefined || shown.has(feature.name)) return false;
    const behind = registersBehind(feature.identification);
    return behind.length > 0 && behind.every((register) => register in cpu.registers);
  });
  if (beyond.length === 0) return [];
  return [
    {
      code: 'arch-feature-not-in-registers',
      message: `${beyond.join(', ')} are said to be there, and the registers do not show them`,
      subjects: beyond,
    },
  ];
}

/**
 * Looks for contradictions between the parts of a capture. What is merely unknown, or hidden by a kernel's options, is none.
 *
 * @example
 * ```js
 * checkCapture({}) // → []
 * ```
 */
export function checkCapture(capture: Capture): readonly Contradiction[] {
  return [
    ...checkMidrs(capture),
    ...checkLines(capture),
    ...checkWords(capture),
    ...checkRegisters(capture),
    ...checkArchFeatures(capture),
  ];
}
