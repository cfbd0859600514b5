import { knownWord } from '../bits/partial-word.ts';
import { evaluate, type Facts } from '../linux/bring-up/evaluate.ts';
import type { RegisterOverride } from '../linux/bring-up/overrides.ts';
import { emptyState, initialiseRegister } from '../linux/bring-up/sanitise.ts';
import type { KernelModel, TrackedRegister } from '../linux/release/kernel-at.ts';
import type { Condition, FieldCondition } from '../linux/release/rows.ts';
import type { ClauseContext } from './clauses.ts';
import { type CompiledRule, HALF_OF, levelsOf, type PlacedTest, placedTests, RUNS_AARCH32 } from './slots.ts';

/** A look-up: some bits of a register, and the word of the result that they speak for. */
export interface Slot {
  /** The register, as its place in a row. */
  readonly column: number;
  /** The lowest of the bits, 0 to 60. */
  readonly lsb: number;
  /** How many bits: 4 or 8. */
  readonly width: number;
  /** The word of 32 bits of the result. */
  readonly half: number;
  /** What is looked up at one level is joined by OR, the levels by AND. */
  readonly level: number;
}

/** What a kernel makes of four bits of a register: the bits of the result that each of the 16 values speaks for. */
export interface NibbleTable {
  readonly register: string;
  readonly nibble: number;
  readonly half: number;
  readonly level: number;
  readonly bits: Int32Array;
}

/** All that a kernel's rules come to. */
export interface NibbleTables {
  readonly tables: readonly NibbleTable[];
  /** By level and word: the bits that have no test there and hold as far as it is concerned. */
  readonly open: readonly Int32Array[];
  /** By field: the bits of each word that do not hold where EL0 does not see the field. */
  readonly hiddenBy: ReadonlyMap<string, Int32Array>;
}

/** Levels that any rule needs. */
const LEVELS = 4;

/** What decides about conditions in a kernel. */
export interface CompileContext {
  readonly model: KernelModel;
  /** What the command line asks of the boot CPU's registers. */
  readonly overrides: ReadonlyMap<string, RegisterOverride>;
}

/** A CPU whose registers of AArch32 count. */
const RUNS_32BIT: FieldCondition = { field: 'ID_AA64PFR0_EL1.EL0', atLeast: 2, atMost: 2 };

/**
 * The comparison behind a capability. That AArch32 programs run is a rule which lets CPUs be unequal if the command line asks for it,
 * and that is not compiled. A reserved value above 2 counts for it; but the registers of such a CPU are not read, so that no hwcap
 * follows, as if 2 were asked for.
 */
export function comparisonOf(name: string, when: Condition): Condition {
  if (!RUNS_AARCH32.includes(name)) return when;
  const plain = 'rule' in when && when.rule === 'has_32bit_el0' && when.of !== undefined ? when.of : when;
  if (!('field' in plain) || plain.field !== RUNS_32BIT.field || plain.atLeast !== RUNS_32BIT.atLeast)
    throw new Error(`${name} does not ask for ${RUNS_32BIT.field} ≥ ${RUNS_32BIT.atLeast}`);
  return RUNS_32BIT;
}

/** How the conditions of a kernel resolve. */
export function clauseContext({ capabilitiesNamed, option }: KernelModel): ClauseContext {
  return {
    cpucap: (name) => {
      const behind = capabilitiesNamed.get(name);
      return behind && { any: behind.map(({ when }) => comparisonOf(name, when)) };
    },
    option: (name) => option(name) === 'y',
  };
}

/** What a register comes to when the boot CPU's is taken over: the covered bits, with the overrides that are safe. */
function takenOver(tracked: TrackedRegister | undefined, raw: bigint, override: RegisterOverride | undefined): bigint {
  if (!tracked) return 0n;
  const state = emptyState(tracked);
  initialiseRegister(state, knownWord(raw), override && { ...override }, false);
  return state.value;
}

/** What a register that is zero but for four bits comes to, for every value of these. */
function takenOverNibble({ register, nibble }: PlacedTest, { model, overrides }: CompileContext): readonly bigint[] {
  const tracked = model.registers.find(({ name }) => name === register);
  return Array.from({ length: 16 }, (_, value) => takenOver(tracked, BigInt(value) << BigInt(nibble * 4), overrides.get(register)));
}

/**
 * Asks the evaluator about a test for every value of its four bits. Bit `v` tells about value `v`.
 *
 * @param values - What {@link takenOverNibble} gives.
 */
function judged({ register, condition, ofCapability }: PlacedTest, values: readonly bigint[], { model }: CompileContext): number {
  const tracked = model.registers.find(({ name }) => name === register);
  const visible = model.behaviour['hwcap-needs-visible-field'] && !ofCapability;
  const never = (): never => {
    throw new Error('a test of a field asks for nothing but its register');
  };
  let seen = 0n;
  const facts: Facts = {
    register: () => seen,
    ...(visible ? { userMask: () => tracked?.userMask ?? 0n } : {}),
    signedComparison: model.behaviour['signed-comparison'],
    option: never,
    cpucap: never,
    rule: never,
  };
  let held = 0;
  for (let value = 0; value < 16; value++) {
    seen = values[value]!;
    if (evaluate(condition, facts).held) held |= 1 << value;
  }
  return held;
}

/** Fills the tables by asking the evaluator for every value of every test. */
function tablesOf(tests: readonly PlacedTest[], context: CompileContext): readonly NibbleTable[] {
  const tables = new Map<string, NibbleTable>();
  // Many rules rest on the same capability.
  const ofCapabilities = new Map<FieldCondition, number>();
  // Many tests look at the same four bits.
  const nibbles = new Map<string, readonly bigint[]>();
  const valuesOf = (test: PlacedTest): readonly bigint[] => {
    const key = `${test.register} ${test.nibble}`;
    const values = nibbles.get(key) ?? takenOverNibble(test, context);
    nibbles.set(key, values);
    return values;
  };
  for (const test of tests) {
    const { register, nibble, half, bit, level, condition, ofCapability } = test;
    const key = slotKey(register, nibble, half, level);
    let table = tables.get(key);
    if (!table) {
      table = { register, nibble, half, level, bits: new Int32Array(16) };
      tables.set(key, table);
    }
    const held = (ofCapability ? ofCapabilities.get(condition) : undefined) ?? judged(test, valuesOf(test), context);
    if (ofCapability) ofCapabilities.set(condition, held);
    for (let value = 0; value < 16; value++) if ((held >> value) & 1) table.bits[value]! |= 1 << bit;
  }
  return [...tables.values()];
}

/** The bits that a hidden field takes: those of rules with a clause that rests on it alone. */
function takenByHiding(tests: readonly PlacedTest[], halves: number): ReadonlyMap<string, Int32Array> {
  const taken = new Map<string, Int32Array>();
  for (const test of tests) {
    if (test.ofCapability) continue;
    const others = tests.some(
      (other) => other !== test && other.half === test.half && other.bit === test.bit && other.level === test.level,
    );
    if (others) continue;
    let bits = taken.get(test.condition.field);
    if (!bits) {
      bits = new Int32Array(halves);
      taken.set(test.condition.field, bits);
    }
    bits[test.half]! |= 1 << test.bit;
  }
  return taken;
}

/**
 * What a kernel's rules come to, four bits at a time. Release, options, visibility and the command line are all in the tables.
 *
 * @param constants - Bits that hold without a test, by word of 32 bits.
 * @param halves - How many words of 32 bits the result has.
 */
export function nibbleTables(
  rules: readonly CompiledRule[],
  context: CompileContext,
  constants: readonly number[],
  halves: number,
): NibbleTables {
  const clauses = clauseContext(context.model);
  const tests = rules.flatMap((rule) => placedTests(rule, clauses));
  const open = Array.from({ length: LEVELS }, () => Int32Array.from({ length: halves }, () => 0));
  for (const rule of rules) {
    const [half, bit] = [HALF_OF[rule.vector] + (rule.bit >> 5), 1 << (rule.bit & 31)];
    for (let level = levelsOf(rule, clauses); level < LEVELS; level++) open[level]![half]! |= bit;
  }
  for (const level of open) for (const [half, bits] of constants.entries()) level[half]! |= bits;
  return { tables: tablesOf(tests, context), open, hiddenBy: takenByHiding(tests, halves) };
}

function slotKey(register: string, nibble: number, half: number, level: number): string {
  return `${register} ${nibble} ${half} ${level}`;
}

/**
 * The tables of a deriver's look-ups, one after the other.
 *
 * @throws {Error} if the kernel tests bits that the deriver does not look at: `npm run gen` is due.
 */
export function lookUpTables(slots: readonly Slot[], { tables, open }: NibbleTables, registers: readonly string[]): Int32Array {
  const left = new Map(tables.map((table) => [slotKey(table.register, table.nibble, table.half, table.level), table]));
  const all = new Int32Array(slots.reduce((length, { width }) => length + 2 ** width, 0));
  const opened = new Set<string>();
  let at = 0;
  for (const { column, lsb, width, half, level } of slots) {
    const nibbles = Array.from({ length: width / 4 }, (_, i) => {
      const key = slotKey(registers[column]!, (lsb >> 2) + i, half, level);
      const table = left.get(key)?.bits;
      left.delete(key);
      return table;
    });
    const first = !opened.has(`${half} ${level}`);
    opened.add(`${half} ${level}`);
    for (let value = 0; value < 2 ** width; value++) {
      const bits = nibbles.reduce((found, table, i) => found | (table?.[(value >> (4 * i)) & 15] ?? 0), 0);
      all[at++] = first ? bits | open[level]![half]! : bits;
    }
  }
  if (left.size > 0) throw new Error(`no look-up for ${[...left.keys()].join(', ')}`);
  return all;
}
