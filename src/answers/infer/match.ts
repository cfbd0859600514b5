import { HWCAPS_BY_KERNEL } from '../../linux/release/hwcap-catalogue.ts';
import type { Domains, Formula } from './formula.ts';
import type { FeaturesLine } from './line.ts';
import type { RuleSet } from './rule-set.ts';
import { type Solution, solve, solveMost } from './solve.ts';

/**
 * Why a kernel cannot print a line: it does not know the name, it always prints it, or the name's condition cannot hold
 * (`cannot-print`) or cannot fail (`must-print`) beside the rest of the line.
 */
export interface Violation {
  readonly name: string;
  readonly kind: 'not-in-table' | 'always-printed' | 'cannot-print' | 'must-print';
}

/** How a line stands to the rules of a kernel. */
export interface Match {
  /** What holds if the violations are left out of account. */
  readonly solution: Solution;
  /** Empty if the kernel can print exactly this line. */
  readonly violations: readonly Violation[];
}

/** One thing that a line says: a name is printed, or is not. */
interface Statement {
  readonly name: string;
  readonly formula: Formula;
  readonly printed: boolean;
}

function tableViolations({ names, vocabulary, isPart }: FeaturesLine, rules: RuleSet): readonly Violation[] {
  const table = new Set((isCompat(vocabulary) ? rules.compat : rules.native).map(({ name }) => name));
  const found = names
    .filter((name) => !table.has(name) && !HWCAPS_BY_KERNEL.has(name))
    .map((name): Violation => ({ name, kind: 'not-in-table' }));
  if (!isCompat(vocabulary) && names.includes('cpuid') !== rules.cpuid && !isPart)
    found.push({ name: 'cpuid', kind: rules.cpuid ? 'always-printed' : 'not-in-table' });
  return found;
}

function isCompat(vocabulary: FeaturesLine['vocabulary']): boolean {
  return vocabulary === 'aarch32' || vocabulary === 'arm32';
}

function statementsOf({ names, vocabulary, isPart, untold }: FeaturesLine, rules: RuleSet): readonly Statement[] {
  const present = new Set(names);
  const own = isCompat(vocabulary) ? rules.compat : rules.native;
  const told = own
    .filter(({ name }) => present.has(name) || !(isPart || untold?.includes(name)))
    .map(({ name, printed, missing }) => ({
      name,
      printed: present.has(name),
      formula: present.has(name) ? printed : missing,
    }));
  return isCompat(vocabulary) ? [{ name: 'AArch32', printed: true, formula: rules.compatNeeds }, ...told] : told;
}

/** Takes statements one by one, what is printed first, and leaves out those that contradict what was taken. */
function relaxed(statements: readonly Statement[], start: Domains): Match {
  const sorted = statements.toSorted((a, b) => Number(b.printed) - Number(a.printed));
  const { solution, left } = solveMost(
    sorted.map(({ formula }) => formula),
    start,
  );
  return {
    solution,
    violations: left.map((i): Violation => ({ name: sorted[i]!.name, kind: sorted[i]!.printed ? 'cannot-print' : 'must-print' })),
  };
}

/** Whether a kernel can print exactly a line, and what holds then. */
export function matchExactly(line: FeaturesLine, rules: RuleSet, start: Domains): Solution | undefined {
  if (tableViolations(line, rules).length > 0) return undefined;
  return solve(
    statementsOf(line, rules).map(({ formula }) => formula),
    start,
  );
}

/** How a line stands to the rules of a kernel; with what contradicts them left out. */
export function matchLine(line: FeaturesLine, rules: RuleSet, start: Domains): Match {
  const statements = statementsOf(line, rules);
  const missing = tableViolations(line, rules);
  const solution = solve(
    statements.map(({ formula }) => formula),
    start,
  );
  if (solution !== undefined) return { solution, violations: missing };
  const match = relaxed(statements, start);
  return { solution: match.solution, violations: [...missing, ...match.violations] };
}
