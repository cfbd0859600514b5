import { findArchFeatureRule } from '../../arch/arch-feature-rule.ts';
import { findLevel, mandatoryArchFeatures, optionalArchFeatures } from '../../arch/level.ts';
import { given } from '../../given.ts';
import { findCoreRow } from '../../silicon/core-row.ts';
import { parseMidr } from '../../silicon/midr.ts';
import { archFeaturesToldBy } from '../arch-feature-hwcaps.ts';
import { type Cause, subjectOf, vendorOf } from './cause.ts';
import { type Domains, type Formula, isField, variablesOf, verdict } from './formula.ts';
import { affectedAt, type InferGiven, TELLING_ERRATA } from './given.ts';
import { type FeaturesLine, inNativeOrder } from './line.ts';
import { matchExactly, type Violation } from './match.ts';
import type { NameRule } from './rule-set.ts';
import { ruleSetAt } from './rules-of-release.ts';
import { firstAssignment, type Solution } from './solve.ts';
import type { Nearest, Tried } from './tried.ts';

/** A line with what no rule of the nearest kernel can account for taken away, and how the kernel prints the rest. */
export interface Settled {
  /** What the kernel itself prints: the line without a vendor's additions. */
  readonly line: FeaturesLine;
  readonly solution: Solution;
}

function rulesOf({ vocabulary }: FeaturesLine, { tried: { rules } }: Nearest): readonly NameRule[] {
  return vocabulary === 'aarch32' || vocabulary === 'arm32' ? rules.compat : rules.native;
}

/** Whether a violation is about the kernel's table, not about fields. */
export function isOfTable({ kind }: Violation): boolean {
  return kind === 'not-in-table' || kind === 'always-printed';
}

/**
 * Solves again with the fields behind the violations open: only if the line then follows, a change of those fields accounts for it.
 *
 * @returns `undefined` if the line contradicts itself whatever the fields are.
 */
export function settleLine(line: FeaturesLine, nearest: Nearest, usualStart: Domains): Settled | undefined {
  const { match, start, tried } = nearest;
  const table = new Set(match.violations.filter(isOfTable).map(({ name }) => name));
  const cpuid = tried.rules.cpuid ? ['cpuid'] : [];
  const native = line.vocabulary === 'native' || line.vocabulary === 'mixed';
  const kept = line.names.filter((name) => !table.has(name) && name !== 'cpuid');
  const own: FeaturesLine = { ...line, names: native ? inNativeOrder([...kept, ...cpuid]) : kept };
  const violated = new Set(match.violations.map(({ name }) => name));
  const freed = new Set(
    rulesOf(line, nearest)
      .filter(({ name }) => violated.has(name))
      .flatMap(({ printed }) => variablesOf(printed)),
  );
  const open = (domains: Domains): Domains => new Map([...domains].filter(([name]) => !freed.has(name) || !isField(name)));
  const solution = matchExactly(own, tried.rules, open(usualStart)) ?? matchExactly(own, tried.rules, open(start));
  return solution === undefined ? undefined : { line: own, solution };
}

/** Whether CPUs would show a name if every option were on and no erratum hid it. */
function wouldShow(printed: Formula, fields: Domains): boolean {
  const free = new Map(fields);
  for (const name of variablesOf(printed)) if (!isField(name)) free.set(name, name.startsWith('CONFIG_') ? 0b10 : 0b01);
  return verdict(printed, free) === true;
}

interface Reasons {
  readonly erratum: Map<string, string[]>;
  readonly option: Map<string, string[]>;
  readonly hidden: Map<string, { names: string[]; fields: Set<string> }>;
}

function add(groups: Map<string, string[]>, key: string, name: string): void {
  groups.set(key, [...(groups.get(key) ?? []), name]);
}

/** The subject of a name that is missing from a line: where the line has the subject itself, it was not the whole that was taken away. */
function subjectAmong(name: string, names: readonly string[]): ReturnType<typeof subjectOf> {
  const subject = subjectOf(name);
  return names.includes(subject) ? 'other' : subject;
}

/** Why names are missing that the CPUs are known to have: an erratum, an option, or neither. */
function missingReasons(line: FeaturesLine, nearest: Nearest, fields: Domains, { solution }: Settled): Reasons {
  const reasons: Reasons = { erratum: new Map(), option: new Map(), hidden: new Map() };
  const chosen = firstAssignment(solution);
  if (line.isPart) return reasons;
  const present = new Set(line.names);
  for (const { name, printed } of rulesOf(line, nearest)) {
    if (present.has(name) || !wouldShow(printed, fields)) continue;
    const violated = nearest.match.violations.some((violation) => violation.name === name);
    const switches = variablesOf(printed).filter((variable) => !isField(variable));
    const erratum = switches.find((variable) => variable.startsWith('WORKAROUND') && chosen.get(variable) === 1);
    const option = switches.find((variable) => variable.startsWith('CONFIG_') && chosen.get(variable) === 0);
    if (!violated && erratum !== undefined) add(reasons.erratum, erratum, name);
    else if (!violated && option !== undefined) add(reasons.option, option, name);
    else {
      const subject = subjectAmong(name, line.names);
      const group = reasons.hidden.get(subject) ?? { names: [], fields: new Set<string>() };
      group.names.push(name);
      for (const variable of variablesOf(printed)) if (isField(variable) && fields.has(variable)) group.fields.add(variable);
      reasons.hidden.set(subject, group);
    }
  }
  return reasons;
}

function missingCauses(
  line: FeaturesLine,
  nearest: Nearest,
  fields: Domains,
  settled: Settled,
  { midrs = [] }: InferGiven,
): readonly Cause[] {
  const { erratum, option, hidden } = missingReasons(line, nearest, fields, settled);
  const causes: Cause[] = [];
  for (const [name, names] of erratum) {
    const row = TELLING_ERRATA.find((candidate) => candidate.name === name)!;
    const affected = affectedAt(row, nearest.tried.point.release, midrs);
    causes.push({
      kind: 'erratum',
      names,
      erratum: name,
      ...given({ description: affected?.description }),
      midrs: affected?.midrs ?? [],
    });
  }
  for (const [name, names] of option) {
    const byDefault = nearest.tried.beforehand.usual.get(name) !== 0b10;
    causes.push({ kind: 'option-off', names, option: name, ...(byDefault ? { byDefault } : {}) });
  }
  for (const [, group] of hidden)
    causes.push({ kind: 'hidden', names: group.names, subject: subjectAmong(group.names[0]!, line.names), fields: [...group.fields] });
  return causes;
}

/** Names that are there although an erratum should hide them: the workaround is not built in. */
function workaroundOff(line: FeaturesLine, nearest: Nearest, { solution }: Settled, { midrs = [] }: InferGiven): readonly Cause[] {
  const chosen = firstAssignment(solution);
  const present = new Set(line.names);
  return TELLING_ERRATA.flatMap((row): Cause[] => {
    const affected = affectedAt(row, nearest.tried.point.release, midrs);
    if (affected === undefined || affected.midrs.length === 0 || affected.mayBeFixed || chosen.get(row.name) === 1) return [];
    const names = rulesOf(line, nearest)
      .filter(({ name, printed }) => present.has(name) && variablesOf(printed).includes(row.name))
      .map(({ name }) => name);
    return names.length === 0 ? [] : [{ kind: 'option-off', names, option: affected.options[0] ?? row.name }];
  });
}

/** Whether cores of the CPUs' levels may have what a hwcap stands for. A level that is not known forbids nothing. */
function levelAllows(name: string, midrs: readonly bigint[]): boolean {
  return midrs.every((midr) => {
    const level = findCoreRow(parseMidr(midr))?.level;
    if (level === undefined || findLevel(level) === undefined) return true;
    const may = new Set([...mandatoryArchFeatures(level), ...optionalArchFeatures(level)]);
    const told = archFeaturesToldBy(name)
      .flatMap((own) => findArchFeatureRule(own) ?? [])
      .filter(({ optionalFrom, mandatoryFrom }) => optionalFrom !== undefined || mandatoryFrom !== undefined);
    return told.every((archFeature) => may.has(archFeature.name));
  });
}

/** Why names are there that the CPUs are not known to have. */
function beyondCauses(violations: readonly Violation[], known: boolean, { release, midrs = [] }: InferGiven): readonly Cause[] {
  const names = violations.filter(({ kind }) => kind === 'cannot-print').map(({ name }) => name);
  if (names.length === 0) return [];
  if (!known) return [{ kind: 'unexplained', names, because: 'contradicts-line' }];
  const allowed = names.filter((name) => levelAllows(name, midrs));
  // What one kind of core may have and another may not: no mainline kernel prints it, some vendors' do.
  const unequal = names.filter((name) => !allowed.includes(name) && midrs.some((midr) => levelAllows(name, [midr])));
  const rest = names.filter((name) => !allowed.includes(name) && !unequal.includes(name));
  const level = midrs.map((midr) => findCoreRow(parseMidr(midr))?.level).find((found) => found !== undefined);
  return [
    ...(allowed.length === 0 ? [] : [{ kind: 'other-configuration', names: allowed, ...given({ level }) } as const]),
    ...(unequal.length === 0
      ? []
      : [{ kind: 'vendor-kernel', evidence: 'unequal-cores', names: unequal, ...given({ vendor: vendorOf(release, midrs) }) } as const]),
    ...(rest.length === 0 ? [] : [{ kind: 'unexplained', names: rest, because: 'beyond-level' } as const]),
  ];
}

function tableCauses(violations: readonly Violation[], nearest: Nearest, { release, midrs = [] }: InferGiven): readonly Cause[] {
  const vendor = vendorOf(release, midrs);
  const base = nearest.tried.point.release.text;
  const cause = (evidence: 'backport' | 'lacks', kind: Violation['kind']): readonly Cause[] => {
    const names = violations.filter((violation) => violation.kind === kind).map(({ name }) => name);
    return names.length === 0 ? [] : [{ kind: 'vendor-kernel', evidence, names, base, ...given({ vendor }) }];
  };
  return [...cause('backport', 'not-in-table'), ...cause('lacks', 'always-printed')];
}

/** What accounts for everything that contradicts a line at the release nearest to it. */
export function explainNearest(
  line: FeaturesLine,
  nearest: Nearest,
  fields: Domains,
  settled: Settled | undefined,
  given: InferGiven,
): readonly Cause[] {
  const { violations } = nearest.match;
  const known = fields.size > 0;
  const table = tableCauses(violations, nearest, given);
  if (settled === undefined) {
    const names = violations.filter((violation) => !isOfTable(violation)).map(({ name }) => name);
    return [...table, { kind: 'unexplained', names, because: 'contradicts-line' }];
  }
  const unasked = known ? [] : violations.filter(({ kind }) => kind === 'must-print').map(({ name }) => name);
  return [
    ...table,
    ...missingCauses(line, nearest, fields, settled, given),
    ...workaroundOff(line, nearest, settled, given),
    ...beyondCauses(violations, known, given),
    ...(unasked.length === 0 ? [] : [{ kind: 'unexplained', names: unasked, because: 'never-missing' } as const]),
  ];
}

/** Names that the CPUs would add under the newest kernel, whose table is longer; `possible` are the releases that may have printed the line. */
export function olderKernel(
  line: FeaturesLine,
  nearest: Nearest,
  fields: Domains,
  newest: string,
  possible: readonly Tried[],
): readonly Cause[] {
  if (line.vocabulary !== 'native' || line.isPart || fields.size === 0) return [];
  const table = new Set(nearest.tried.rules.native.map(({ name }) => name));
  const names = ruleSetAt(newest)
    .native.filter(({ name, printed }) => !table.has(name) && !line.names.includes(name) && wouldShow(printed, fields))
    .map(({ name }) => name);
  if (names.length === 0) return [];
  const isOpen = possible.some(({ rules }) => rules.native.some(({ name }) => names.includes(name)));
  return [{ kind: 'older-kernel', names, release: nearest.tried.point.release.text, ...(isOpen ? { isOpen } : {}) }];
}
