import { fieldPlace } from '../../linux/bring-up/evaluate.ts';
import type { Behaviour } from '../../linux/release/behaviour.ts';
import {
  behaviourOf,
  COMPAT_BIT_NAME_ROWS,
  COMPAT_HWCAP_ROWS,
  compatDefaultAt,
  cpucapRows,
  errataHiding,
  fieldRows,
  HWCAP_ROWS,
  isErratum,
  tellingErrata,
} from '../../linux/release/history.ts';
import { resolveRelease } from '../../linux/release/known-trees.ts';
import { mayOverride, type OverrideTable, overrideTableAt } from '../../linux/release/override-table.ts';
import type { Release } from '../../linux/release/release.ts';
import type {
  CapabilityState,
  Condition,
  ConditionLeaf,
  FieldCondition,
  Gate,
  HwcapRow,
  HwcapState,
  OptionCondition,
  SanitisedFieldState,
} from '../../linux/release/rows.ts';
import { stateAt } from '../../linux/release/timeline.ts';
import { conjunction, disjunction, foldTree } from '../../logic/tree.ts';
import { ALWAYS, type Demand, type Formula, formulaNegation, hiddenByWord, isField, JOINED, NEVER, type ValueSet } from './formula.ts';

/** When a kernel prints one name, over fields, options (`CONFIG_…`) and errata (`WORKAROUND_…`), none of them settled. */
export interface NameRule {
  readonly name: string;
  readonly printed: Formula;
  readonly missing: Formula;
}

/** What decides over a Features line at a release, with every option open. Releases with the same rules share one. */
export interface RuleSet {
  readonly native: readonly NameRule[];
  /** Whether the kernel sets `cpuid`, always or never. */
  readonly cpuid: boolean;
  /** The AArch32 line. */
  readonly compat: readonly NameRule[];
  /** What must hold for anybody to be shown the AArch32 line. */
  readonly compatNeeds: Formula;
}

/** The facts of one release that conditions are turned into formulas with. */
interface Scope {
  readonly release: Release;
  readonly behaviour: Behaviour;
  /** Whether a field must be visible to count. */
  readonly visible: boolean;
  readonly overrides: OverrideTable;
}

const ON: ValueSet = 0b10;
const OFF: ValueSet = 0b01;

/** A switch that is on. */
export function isOn(variable: string): Formula {
  return { variable, values: ON };
}

/** The bits of a field that a release tracks, and when EL0 sees some of them. */
function tracking(path: string, { release }: Scope): { readonly covered: number; readonly visible: Formula } {
  const { lsb, width } = fieldPlace(path);
  let covered = 0;
  const visible: Formula[] = [];
  for (const field of fieldRows(path, release)) {
    const [msb, low] = field.bits;
    const state = stateAt<SanitisedFieldState>(field, release);
    if (!state) continue;
    for (let bit = Math.max(low, lsb); bit <= Math.min(msb, lsb + width - 1); bit++) covered |= 1 << (bit - lsb);
    if (state.visible === true) visible.push(ALWAYS);
    else if (state.visible !== undefined) visible.push(isOn(state.visible));
  }
  return { covered, visible: disjunction(visible) };
}

function fieldFormula({ field, atLeast, atMost = Number.POSITIVE_INFINITY, sign }: FieldCondition, scope: Scope): Formula {
  const { width, register, lsb } = fieldPlace(field);
  const { covered, visible } = tracking(field, scope);
  const signed = sign === 'signed' || scope.behaviour['signed-comparison'];
  let values = 0;
  for (let raw = 0; raw < 2 ** width; raw++) {
    const seen = raw & covered;
    const value = signed && seen >= 2 ** (width - 1) ? seen - 2 ** width : seen;
    if (value >= atLeast && value <= atMost) values |= 1 << raw;
  }
  if (values === 0) return NEVER;
  const held: Formula = { variable: field, values };
  if (!scope.visible) return held;
  const shown = errataHiding(field, scope.release).map(({ name }) => name);
  // What a word of the command line takes does not show; of what an option hides, the option says so.
  const hiding = visible === ALWAYS && mayOverride(scope.overrides, register, lsb) ? [...shown, hiddenByWord(register, lsb)] : shown;
  return conjunction([held, visible, ...hiding.map((variable): Formula => ({ variable, values: OFF }))]);
}

/** The options that a row is compiled under. */
function gateFormula(gate: Gate | undefined): Formula {
  return gate === undefined ? ALWAYS : foldTree(gate, ({ config }: OptionCondition) => isOn(config), JOINED);
}

/** A capability that conditions refer to, as the kernel tests it on the system: without regard to visibility. */
function cpucapFormula(name: string, scope: Scope): Formula {
  const row = cpucapRows(name).find((candidate) => !isErratum(candidate));
  const state = row && stateAt<CapabilityState>(row, scope.release);
  if (!state) return NEVER;
  const when = state.when === undefined ? ALWAYS : formulaOf(state.when, { ...scope, visible: false });
  return conjunction([gateFormula(state.config), when]);
}

function leafFormula(leaf: ConditionLeaf, scope: Scope): Formula {
  if ('field' in leaf) return fieldFormula(leaf, scope);
  if ('config' in leaf) return isOn(leaf.config);
  if ('cpucap' in leaf) return cpucapFormula(leaf.cpucap, scope);
  // Whatever else decides is left open: it may hold or not.
  return isOn('rule' in leaf ? `rule ${leaf.rule}` : `core ${leaf.midr.join(' ')}`);
}

function formulaOf(condition: Condition, scope: Scope): Formula {
  return foldTree(condition, (leaf: ConditionLeaf) => leafFormula(leaf, scope), JOINED);
}

/** Fields come first: of several ways to be missing, the plainest is a field that says so. */
function plainestFirst(formula: Formula): Formula {
  const rank = (part: Formula): number =>
    'variable' in part ? (isField(part.variable) ? 0 : part.variable.startsWith('CONFIG') ? 2 : 1) : 0;
  const sorted = (parts: readonly Formula[]): readonly Formula[] => parts.toSorted((a, b) => rank(a) - rank(b));
  return foldTree<Demand, Formula>(formula, (demand) => demand, {
    ...JOINED,
    all: (parts) => ({ all: sorted(parts) }),
    any: (parts) => ({ any: sorted(parts) }),
  });
}

function ruleOf(name: string, printed: Formula): NameRule {
  return { name, printed, missing: plainestFirst(formulaNegation(printed)) };
}

function hwcapFormula(row: HwcapRow, scope: Scope): Formula | undefined {
  const state = stateAt<HwcapState>(row, scope.release);
  if (!state) return undefined;
  return conjunction([formulaOf(state.when, scope), gateFormula(state.config)]);
}

/** Every native hwcap, in the order of printing. */
const PRINT_ORDER: readonly HwcapRow[] = HWCAP_ROWS.toSorted((a, b) =>
  a.vector === b.vector ? a.bit - b.bit : a.vector < b.vector ? -1 : 1,
);

function nativeRules(scope: Scope): readonly NameRule[] {
  return PRINT_ORDER.flatMap((row) => {
    const printed = hwcapFormula(row, scope);
    return printed === undefined ? [] : [ruleOf(row.name, printed)];
  });
}

/** When one bit of the AArch32 words is set. */
function compatFormula(vector: string, bit: number, scope: Scope): Formula {
  const constant = compatDefaultAt(scope.release);
  const always = vector === 'AT_HWCAP' && ((constant >> bit) & 1) === 1;
  const ways: Formula[] = always ? [ALWAYS] : [];
  for (const row of COMPAT_HWCAP_ROWS) {
    const held = row.vector === vector && row.bit === bit ? hwcapFormula(row, scope) : undefined;
    if (held === undefined) continue;
    const clearing = tellingErrata(scope.release).filter(({ clearsCompat }) => clearsCompat === row.name && vector === 'AT_HWCAP2');
    ways.push(conjunction([held, ...clearing.map((erratum): Formula => ({ variable: erratum.name, values: OFF }))]));
  }
  return disjunction(ways);
}

function compatRules(scope: Scope): readonly NameRule[] {
  const named: { readonly name: string; readonly printed: Formula }[] = [];
  for (const { vector, bit, ...row } of COMPAT_BIT_NAME_ROWS) {
    const name = stateAt<{ readonly name?: string; readonly hole?: true }>(row, scope.release)?.name;
    if (name !== undefined && name !== 'evtstrm') named.push({ name, printed: compatFormula(vector, bit, scope) });
  }
  return named.map(({ name, printed }) => ruleOf(name, printed));
}

/** ID_AA64PFR0_EL1.EL0: AArch32 too. Where the command line can let single CPUs run it, the system's value may be less. */
function compatNeeds({ behaviour }: Scope): Formula {
  const on = isOn('CONFIG_COMPAT');
  if (!behaviour['compat-needs-32bit-el0'] || behaviour['mismatched-32bit-el0']) return on;
  return conjunction([on, { variable: 'ID_AA64PFR0_EL1.EL0', values: 0xfffc }]);
}

/**
 * Builds the rules of a release. Unlike a `KernelModel` they leave options open, since a line does not tell its kernel's configuration.
 *
 * @throws {ArmlensError} `bad-release` or `unknown-release`.
 */
export function buildRuleSet(text: string): RuleSet {
  const release = resolveRelease(text);
  const behaviour = behaviourOf(release);
  const scope: Scope = { release, behaviour, visible: behaviour['hwcap-needs-visible-field'], overrides: overrideTableAt(release) };
  return {
    native: nativeRules(scope),
    cpuid: behaviour['cpuid-hwcap'],
    compat: compatRules(scope),
    compatNeeds: compatNeeds(scope),
  };
}
