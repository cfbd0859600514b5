import type { Identification } from '../../arch/arch-feature-descriptor.ts';
import {
  ALL_ARCH_FEATURE_RULES,
  type ArchFeatureName,
  type FieldComparison,
  fieldPathsOf,
  findArchFeatureRule,
  type IdentificationLeaf,
} from '../../arch/arch-feature-rule.ts';
import { fieldBits } from '../../arch/field-bits.ts';
import { compares } from '../../arch/field-comparison.ts';
import {
  ALL_LEVELS,
  type ArchLevelName,
  conditionalArchFeatures,
  mandatoryArchFeatures,
  optionalArchFeatures,
  removedArchFeatures,
} from '../../arch/level.ts';
import { given } from '../../given.ts';
import { judge } from '../../logic/judge.ts';
import { agreed, type Truth } from '../../logic/truth.ts';
import type { Domains } from './formula.ts';
import type { Solution } from './solve.ts';

/** One evaluation over what fields may be, with what was decided so far; what is being decided is left open. */
class ArchDecider {
  readonly #domains: Domains;
  readonly #known = new Map<ArchFeatureName, Truth>();

  constructor(domains: Domains) {
    this.#domains = domains;
  }

  archFeature(name: ArchFeatureName): Truth {
    if (this.#known.has(name)) return this.#known.get(name);
    this.#known.set(name, undefined);
    const identification = findArchFeatureRule(name)?.identification;
    const decision = identification === undefined ? undefined : (this.decide(identification) ?? this.#withoutNeeded(name));
    this.#known.set(name, decision);
    return decision;
  }

  /** No, if what a feature never lacks is missing: a field of its own that tells, too. */
  #withoutNeeded(name: ArchFeatureName): Truth {
    const needed = findArchFeatureRule(name)?.needed;
    return needed !== undefined && this.decide(needed) === false ? false : undefined;
  }

  decide(expression: Identification): Truth {
    return judge(expression, (leaf: IdentificationLeaf) => this.#leaf(leaf));
  }

  #leaf(leaf: IdentificationLeaf): Truth {
    if ('field' in leaf) return this.#compare(leaf);
    if ('archFeature' in leaf) return this.archFeature(leaf.archFeature);
    return 'level' in leaf ? this.#level(leaf.level) : leaf.always;
  }

  #compare(comparison: FieldComparison): Truth {
    const domain = this.#domains.get(comparison.field);
    if (domain === undefined) return undefined;
    const { msb, lsb, sign } = fieldBits(comparison.field);
    const size = 2 ** (msb - lsb + 1);
    const found = new Set<boolean>();
    for (let raw = 0; raw < size; raw++) {
      if (((domain >> raw) & 1) === 1) found.add(compares(comparison, sign === 'signed' && raw >= size / 2 ? raw - size : raw));
    }
    return agreed(found);
  }

  /** Registers show a level to be out of reach by what is missing; that it is reached they never show in full. */
  #level(name: ArchLevelName): Truth {
    const missing = [...mandatoryArchFeatures(name)].some((archFeature) => this.archFeature(archFeature) === false);
    return missing ? false : undefined;
  }
}

/** What a line says of architecture features. All others are open. */
export interface ArchFeatureBounds {
  readonly certain: readonly ArchFeatureName[];
  readonly impossible: readonly ArchFeatureName[];
  /** Not decided, although the line says something of a field that tells. */
  readonly possible: readonly ArchFeatureName[];
}

/** Every combination of one case of each alternative that concerns the fields, over what holds in any case; made as they are asked for. */
function* combinations(domains: Domains, [first, ...others]: Solution['alternatives']): Iterable<Domains> {
  if (first === undefined) yield domains;
  else for (const one of first) yield* combinations(new Map([...domains, ...one]), others);
}

function concerns([first]: readonly Domains[], fields: ReadonlySet<string>): boolean {
  return [...(first?.keys() ?? [])].some((name) => fields.has(name));
}

/** Decides by cases what the union of all values leaves open: that one of several fields must say something. */
function decideByCases(identification: Identification, fields: ReadonlySet<string>, solutions: readonly Solution[]): Truth {
  const found = new Set<Truth>();
  for (const { domains: own, alternatives } of solutions) {
    const relevant = alternatives.filter((cases) => concerns(cases, fields));
    for (const domains of combinations(own, relevant)) {
      found.add(new ArchDecider(domains).decide(identification));
      if (found.size > 1 || found.has(undefined)) return undefined;
    }
  }
  return agreed(found);
}

/** What fields and their alternatives say of every architecture feature. */
export function decidedArchFeatures(union: Domains, solutions: readonly Solution[]): ArchFeatureBounds {
  const bounds = { certain: [] as ArchFeatureName[], impossible: [] as ArchFeatureName[], possible: [] as ArchFeatureName[] };
  const decider = new ArchDecider(union);
  const alternative = new Set(solutions.flatMap(({ alternatives }) => alternatives.flatMap(([first]) => [...(first?.keys() ?? [])])));
  for (const { name, identification } of ALL_ARCH_FEATURE_RULES) {
    if (identification === undefined) continue;
    const fields = new Set<string>(fieldPathsOf(name));
    const told = [...fields].some((field) => union.has(field));
    let decision = told ? decider.archFeature(name) : undefined;
    if (decision === undefined && [...fields].some((field) => alternative.has(field)))
      decision = decideByCases(identification, fields, solutions);
    if (told || decision !== undefined) bounds[decision === undefined ? 'possible' : decision ? 'certain' : 'impossible'].push(name);
  }
  return bounds;
}

/** The levels that an implementation may be of, by what is certain and impossible. */
export interface LevelBounds {
  /** In the order of {@link ALL_LEVELS}: v8 before v9. Empty if no level allows what is certain and asks for nothing impossible. */
  readonly possible: readonly ArchLevelName[];
  readonly lowest?: ArchLevelName;
  readonly highest?: ArchLevelName;
  /** What the level after the highest one, in the same major version, asks for and is impossible. */
  readonly missingForNext: readonly ArchFeatureName[];
  /** Where no level fits: the lowest one that allows all that is certain, and what it asks for and is impossible. Absent = none allows it. */
  readonly nearest?: { readonly level: ArchLevelName; readonly missing: readonly ArchFeatureName[] };
}

function asksForImpossible(
  name: ArchLevelName,
  impossible: ReadonlySet<ArchFeatureName>,
  decider: ArchDecider,
): readonly ArchFeatureName[] {
  const conditional = conditionalArchFeatures(name).filter(({ when }) => decider.decide(when) === true);
  const asked = new Set([...mandatoryArchFeatures(name), ...conditional.map(({ archFeature }) => archFeature)]);
  return [...asked].filter((archFeature) => impossible.has(archFeature));
}

/** Whether everything certain may be in an implementation of a level, as far as it is stated from which level on. */
function allows(name: ArchLevelName, certain: readonly ArchFeatureName[]): boolean {
  const may = new Set([
    ...mandatoryArchFeatures(name),
    ...optionalArchFeatures(name),
    ...conditionalArchFeatures(name).map(({ archFeature }) => archFeature),
  ]);
  const removed = removedArchFeatures(name);
  return certain.every((archFeature) => {
    if (removed.has(archFeature)) return false;
    return may.has(archFeature) || findArchFeatureRule(archFeature)?.optionalFrom === undefined;
  });
}

/** Which levels fit. */
export function levelBounds({ certain, impossible }: ArchFeatureBounds, union: Domains): LevelBounds {
  const decider = new ArchDecider(union);
  const out = new Set(impossible);
  const missing = new Map(ALL_LEVELS.map(({ name }) => [name, asksForImpossible(name, out, decider)]));
  const possible = ALL_LEVELS.map(({ name }) => name).filter((name) => missing.get(name)!.length === 0 && allows(name, certain));
  const [lowest, highest] = [possible[0], possible.at(-1)];
  const next = highest === undefined ? undefined : ALL_LEVELS[ALL_LEVELS.findIndex(({ name }) => name === highest) + 1]?.name;
  const missingForNext = next === undefined ? [] : missing.get(next)!;
  const allowing = possible.length > 0 ? undefined : ALL_LEVELS.find(({ name }) => allows(name, certain))?.name;
  const nearest = allowing && { level: allowing, missing: missing.get(allowing)! };
  return { possible, ...given({ lowest, highest, nearest }), missingForNext };
}
