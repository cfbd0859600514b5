/**
 * What a Features line tells: the releases that can print exactly this line, what the fields behind it can be, which architecture
 * features and levels follow, which cores fit, and what accounts for anything that does not.
 *
 * A line is a conjunction: each name that is there says that its condition held, each that is not says that it did not, or that
 * something hid it. For a release the conditions become formulas over fields, options and errata (`rule-set.ts`), and solving them
 * (`solve.ts`) leaves the values that each can have. Nothing is guessed: what options and errata leave open stays open, and what is
 * usual (what defconfig has on is on) is told apart from what is certain.
 *
 * @module
 */
import { given } from '../given.ts';
import { NEWEST_RELEASE } from '../linux/release/known-trees.ts';
import { allPoints, type Point, pointsOf } from '../linux/release/points.ts';
import type { KnownMachine } from '../silicon/known-machine.ts';
import { type ArchFeatureBounds, decidedArchFeatures, type LevelBounds, levelBounds } from './infer/arch-bounds.ts';
import { type Cause, isCircumstance, subjectOf } from './infer/cause.ts';
import { type CoreChoice, choicesFor, mergedFields } from './infer/core-values.ts';
import { type CoreFit, coresThatFit, fitsOfMidrs } from './infer/cores.ts';
import { explainNearest, olderKernel, type Settled, settleLine } from './infer/explain.ts';
import { definedOnly, type FieldBounds, fieldBounds, unionOf } from './infer/field-bounds.ts';
import { type Domains, isField, variablesOf } from './infer/formula.ts';
import type { InferGiven } from './infer/given.ts';
import { type FeaturesLine, readLine } from './infer/line.ts';
import { SOFTWARE_MIDR } from './infer/machines-of-cores.ts';
import { explainOddities } from './infer/oddities.ts';
import { type ReleaseRange, rangesOf } from './infer/ranges.ts';
import { ruleSetAt } from './infer/rules-of-release.ts';
import type { Solution } from './infer/solve.ts';
import { intersected, MODEL_WEIGHTS, type Nearest, nearestOf, printingOf, type Tried, tryAt, tryingOf, WEIGHTS } from './infer/tried.ts';
import { type Witness, witnessOf } from './infer/witness.ts';

export type { ArchFeatureBounds, LevelBounds } from './infer/arch-bounds.ts';
export type { Cause } from './infer/cause.ts';
export type { CoreFit } from './infer/cores.ts';
export type { FieldBounds } from './infer/field-bounds.ts';
export type { InferGiven } from './infer/given.ts';
export type { FeaturesLine } from './infer/line.ts';
export type { ReleaseRange } from './infer/ranges.ts';
export type { Witness } from './infer/witness.ts';

/** Whether a release can print exactly the line: as usually built, only with options off or a workaround left out, or not at all. */
export interface ReleaseVerdict {
  readonly release: string;
  /** False for a release that was not read and lies between two that were. */
  readonly certain: boolean;
  readonly prints: 'yes' | 'with-options' | 'no';
}

/** What a Features line tells. */
export interface Inference {
  readonly line: FeaturesLine;
  /**
   * `printed`: a known release, built as usual, prints exactly this line on registers that fit the MIDRs (those known of the cores,
   * where any are; else any registers). `explained`: it does not, and each thing in which the line differs has a cause that accounts
   * for it: with the fields, options and names of the causes changed, the line follows. `unexplained`: something is left.
   */
  readonly verdict: 'printed' | 'explained' | 'unexplained';
  /** Contradictions with what accounts for them, and circumstances. */
  readonly causes: readonly Cause[];
  /** Every release that was tried, oldest first. */
  readonly releases: readonly ReleaseVerdict[];
  /** The releases that print it on the cores' known registers; where none does or none are known, on any registers. */
  readonly ranges: readonly ReleaseRange[];
  /** Whether {@link Inference.ranges} rests on known registers of the cores. */
  readonly rangesByCores: boolean;
  /** The fields that the line tells about, over all releases that can print it. */
  readonly fields: readonly FieldBounds[];
  /** What is certain and impossible whatever the kernel's options are. */
  readonly archFeatures: ArchFeatureBounds;
  /** The same if the kernel is built as usual: then a name that is missing says that the field is too small. */
  readonly usualArchFeatures: ArchFeatureBounds;
  /** The levels that fit {@link Inference.archFeatures}. */
  readonly levels: LevelBounds;
  /** The levels that fit {@link Inference.usualArchFeatures}. */
  readonly usualLevels: LevelBounds;
  /** The same if the kernel is the newest that prints the line, which asks for the most. */
  readonly newest?: { readonly release: string; readonly levels: LevelBounds };
  readonly cores: readonly CoreFit[];
  /** A kernel and registers that print it; absent for a line that no arm64 kernel prints any part of. */
  readonly witness?: Witness;
}

/** Every field that some rule of the newest kernel asks for. */
function fieldsOfRules(): ReadonlySet<string> {
  const { native, compat } = ruleSetAt(NEWEST_RELEASE);
  return new Set([...native, ...compat].flatMap(({ printed }) => variablesOf(printed)).filter(isField));
}

/** The release nearest to the line, on the register sets that suit it best. */
interface Best {
  readonly nearest: Nearest;
  readonly fields: Domains;
  readonly choice?: CoreChoice;
  /** The releases that print the line on these register sets. */
  readonly printing: readonly Tried[];
}

/** Finds the releases that print the line on any registers, or the one nearest to it. */
function bestOfAny(line: FeaturesLine, tried: readonly Tried[]): Best | undefined {
  const usual = tried.filter((one) => one.usual !== undefined);
  const possible = tried.filter((one) => one.possible !== undefined);
  const from = usual.length > 0 ? usual : possible.length > 0 ? possible : tried;
  const nearest = nearestOf(line, from, new Map(), { weights: WEIGHTS, subjectOf });
  return nearest && { nearest, fields: new Map(), printing: usual };
}

/** How many choices of registers are weighed against each other if none prints the line. */
const MOST_WEIGHED = 3;

/** A choice of registers for the cores, with the fields that the system has on them. */
interface Founded {
  readonly choice: CoreChoice;
  readonly fields: Domains;
}

function foundedOn(midrs: readonly bigint[], machines: readonly KnownMachine[], paths: ReadonlySet<string>): readonly Founded[] {
  const choices = midrs.length === 0 ? [] : choicesFor(midrs, machines);
  return choices.map((choice) => {
    const cpus = choice.sets.map(({ cpu }) => cpu);
    return { choice, fields: mergedFields(paths, cpus, choice.complete) };
  });
}

/** The first choice of registers on which some release prints the line. */
function printerOf(line: FeaturesLine, tried: readonly Tried[], founded: readonly Founded[]): Best | undefined {
  for (const { choice, fields } of founded) {
    const printing = tried.filter(printingOf(line, fields));
    if (printing.length === 0) continue;
    const nearest = nearestOf(line, printing, fields, { weights: WEIGHTS, subjectOf });
    if (nearest) return { nearest, fields, choice, printing };
  }
  return undefined;
}

/** The same with the registers that are known of the cores. */
function bestOfCores(line: FeaturesLine, tried: readonly Tried[], founded: readonly Founded[]): Best | undefined {
  let best: Best | undefined;
  const printer = printerOf(line, tried, founded);
  if (printer !== undefined) return printer;
  for (const { choice, fields } of founded.slice(0, MOST_WEIGHED)) {
    const read = choice.sets.every(({ machine }) => machine.kind === 'silicon');
    const nearest = nearestOf(line, tried, fields, { weights: read ? WEIGHTS : MODEL_WEIGHTS, subjectOf });
    if (nearest && (best === undefined || nearest.cost < best.nearest.cost)) best = { nearest, fields, choice, printing: [] };
  }
  return best;
}

function verdictOf(causes: readonly Cause[], best: Best | undefined): Inference['verdict'] {
  if (causes.some(({ kind }) => kind === 'unexplained')) return 'unexplained';
  if (best === undefined) return causes.length > 0 ? 'explained' : 'unexplained';
  return causes.some((cause) => !isCircumstance(cause)) || best.printing.length === 0 ? 'explained' : 'printed';
}

interface Explained {
  readonly causes: readonly Cause[];
  readonly settled?: Settled;
}

function explain(line: FeaturesLine, best: Best | undefined, tried: readonly Tried[], given: InferGiven): Explained {
  const oddities = explainOddities(line, given);
  if (line.vocabulary === 'arm32') return { causes: [{ kind: 'arm32-kernel', names: line.names }, ...oddities] };
  if (best === undefined) return { causes: [...oddities, { kind: 'unexplained', names: line.names, because: 'contradicts-line' }] };
  const { nearest, fields } = best;
  const settled = settleLine(line, nearest, intersected(nearest.tried.beforehand.usual, fields));
  const causes: Cause[] = [
    ...oddities,
    ...explainNearest(line, nearest, fields, settled, given),
    ...olderKernel(
      line,
      nearest,
      fields,
      NEWEST_RELEASE,
      tried.filter(({ possible }) => possible !== undefined),
    ),
  ];
  if (line.vocabulary === 'aarch32') causes.unshift({ kind: 'aarch32-program' });
  if (given.otherLines !== undefined && given.otherLines.length > 0) {
    causes.push({
      kind: 'unexplained',
      names: [...new Set(given.otherLines.flat().filter((name) => !line.names.includes(name)))],
      because: 'lines-differ',
    });
  }
  return { causes, ...(settled === undefined ? {} : { settled }) };
}

/** Names that the level of the cores does not allow, if these are all that nothing accounts for. */
function beyondLevel(causes: readonly Cause[]): readonly string[] {
  const faults = causes.filter((cause) => cause.kind === 'unexplained');
  return faults.every(({ because }) => because === 'beyond-level') ? faults.flatMap(({ names }) => names) : [];
}

/**
 * What accounts for a line beyond its core's level if an emulator's CPU has it: one that shows that core's MIDR_EL1, to which the kernel
 * applies that core's workarounds. A line that it does not print exactly is not accounted for.
 */
function explainBorrowed(
  line: FeaturesLine,
  tried: readonly Tried[],
  names: readonly string[],
  given: InferGiven,
  emulators: () => readonly Founded[],
): Explained | undefined {
  const [midr, ...others] = new Set(given.midrs);
  if (names.length === 0 || midr === undefined || others.length > 0) return undefined;
  const best = printerOf(line, tried, emulators());
  const explained = best && explain(line, best, tried, given);
  if (explained === undefined || verdictOf(explained.causes, best) !== 'printed') return undefined;
  return { ...explained, causes: [{ kind: 'borrowed-midr', names, midr }, ...explained.causes] };
}

/** The levels that fit if the kernel is the newest one that prints the line as usually built. */
function newestLevels(tried: readonly Tried[]): Pick<Inference, 'newest'> {
  const last = tried.findLast(({ usual, point }) => usual !== undefined && point.certain);
  if (last?.usual === undefined) return {};
  const union = definedOnly(unionOf([last.usual]));
  return { newest: { release: last.point.release.text, levels: levelBounds(decidedArchFeatures(union, [last.usual]), union) } };
}

/** Solutions, each once; where none is exact, what the nearest release leaves. */
function solutionsOf(tried: readonly Tried[], key: 'possible' | 'usual', settled: Settled | undefined): readonly Solution[] {
  const exact = new Set(tried.flatMap((one) => one[key] ?? []));
  if (exact.size > 0) return [...exact];
  return settled === undefined ? [] : [settled.solution];
}

/**
 * Infers what a Features line tells.
 *
 * @param names - As printed, the order kept.
 * @param machines - Known machines: those that have the cores of `given.midrs`, or, without MIDRs, all that may fit.
 * @throws {ArmlensError} `bad-release` or `unknown-release` if the stated release is not known.
 *
 * @example
 * ```js
 * inferFeatures(['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid']).ranges.some(({ from }) => from === '4.11') // → true
 * ```
 */
export function inferFeatures(names: readonly string[], given: InferGiven = {}, machines: readonly KnownMachine[] = []): Inference {
  const line = readLine(names, given.isPart, given.untold);
  const midrs = given.midrs ?? [];
  const points: readonly Point[] = given.release === undefined ? allPoints() : pointsOf(given.release);
  const tried = line.vocabulary === 'arm32' ? [] : tryAt(line, points, given);
  const paths = fieldsOfRules();
  const best = bestOfCores(line, tried, foundedOn(midrs, machines, paths)) ?? bestOfAny(line, tried);
  const own = explain(line, best, tried, given);
  const emulators = () => foundedOn([SOFTWARE_MIDR], machines, paths);
  const { causes, settled } = explainBorrowed(line, tried, beyondLevel(own.causes), given, emulators) ?? own;
  const possible = solutionsOf(tried, 'possible', settled);
  const usual = solutionsOf(tried, 'usual', settled);
  const [union, usualUnion] = [unionOf(possible), definedOnly(unionOf(usual))];
  const archFeatures = decidedArchFeatures(union, possible);
  const usualArchFeatures = decidedArchFeatures(usualUnion, usual);
  const printing = best?.printing ?? [];
  const byCores = best?.choice !== undefined && printing.length > 0;
  return {
    line,
    verdict: verdictOf(causes, best),
    causes,
    releases: tried.map(({ point, ...found }) => ({
      release: point.release.text,
      certain: point.certain,
      prints: found.usual !== undefined ? 'yes' : found.possible !== undefined ? 'with-options' : 'no',
    })),
    ranges: rangesOf(new Set((byCores ? printing : tried.filter((one) => one.usual !== undefined)).map(({ point }) => point))),
    rangesByCores: byCores,
    fields: fieldBounds(union, usualUnion),
    archFeatures,
    usualArchFeatures,
    levels: levelBounds(archFeatures, union),
    usualLevels: levelBounds(usualArchFeatures, usualUnion),
    ...newestLevels(byCores ? printing : tried),
    cores: midrs.length > 0 ? fitsOfMidrs(midrs, best?.choice, printing.length > 0) : coresThatFit(line, tried, machines, paths, given),
    ...(best === undefined || settled === undefined
      ? {}
      : { witness: witnessOf(settled.line, best.nearest.tried.point, settled.solution, given) }),
  };
}

/**
 * The newest kernel that prints a line, with registers on which it does: the witness of `inferFeatures` where that finds the line
 * printed, without what it tells besides, and without trying the kernels before.
 *
 * @param names - As printed, the order kept.
 * @param known - What is known besides; not the release.
 * @param machines - Known machines that have the cores of `known.midrs`.
 */
export function newestPrinter(names: readonly string[], known: InferGiven, machines: readonly KnownMachine[]): Witness | undefined {
  const line = readLine(names, known.isPart, known.untold);
  if (line.vocabulary === 'arm32') return undefined;
  const founded = foundedOn(known.midrs ?? [], machines, fieldsOfRules());
  const tryOne = tryingOf(line, known);
  // Trees that were read come before what lies between them.
  const points = allPoints()
    .toReversed()
    .toSorted((a, b) => Number(b.certain) - Number(a.certain));
  for (const { choice, fields } of founded.length > 0 ? founded : [{ choice: undefined, fields: new Map() }]) {
    const prints = printingOf(line, fields);
    for (const point of points) {
      const tried = tryOne(point);
      if (tried === undefined || !prints(tried)) continue;
      const nearest = nearestOf(line, [tried], fields, { weights: WEIGHTS, subjectOf })!;
      const best: Best = { nearest, fields, printing: [tried], ...given({ choice }) };
      const { causes, settled } = explain(line, best, [tried], known);
      if (settled === undefined || verdictOf(causes, best) !== 'printed') return undefined;
      return witnessOf(settled.line, point, settled.solution, known);
    }
  }
  return undefined;
}
