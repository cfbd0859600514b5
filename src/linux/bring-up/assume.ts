import { type FieldSet, fieldSetOf, MAX_SET_WIDTH, membersWhere, withFieldSet } from '../../bits/partial-word.ts';
import { impliedBy } from '../../logic/judge.ts';
import type { Condition, ConditionLeaf, FieldCondition } from '../release/rows.ts';
import type { BootState } from './boot-state.ts';
import { type Facts, fieldPlace, verdictOn } from './evaluate.ts';
import type { RegisterState } from './sanitise.ts';

/** Narrows the possible values of a field of the system to those for which a comparison comes out as it did. */
function assumeField(state: BootState, condition: FieldCondition, held: boolean, facts: Facts): boolean {
  const { register, lsb, width } = fieldPlace(condition.field);
  const tracked = state.registers.get(register);
  if (tracked === undefined || width > MAX_SET_WIDTH) return true;
  const isSigned = condition.sign === 'signed' || facts.signedComparison;
  const compared = (value: number): number => (isSigned && value >= 2 ** (width - 1) ? value - 2 ** width : value);
  const inRange = (value: number): boolean => {
    const found = compared(value);
    return found >= condition.atLeast && (condition.atMost === undefined || found <= condition.atMost);
  };
  const set = fieldSetOf(tracked, lsb, width);
  const kept = membersWhere(set, (value) => inRange(value) === held);
  if (kept === 0) return false;
  if (kept !== set) narrow(tracked, lsb, width, kept);
  return true;
}

/**
 * Takes from what is known otherwise of a field of the system: the values that it may have.
 *
 * @returns False if none of them is possible.
 */
export function assumeSet(state: BootState, path: string, possible: FieldSet): boolean {
  const { register, lsb, width } = fieldPlace(path);
  const tracked = state.registers.get(register);
  if (tracked === undefined || !tracked.initialised || width > MAX_SET_WIDTH) return true;
  const set = fieldSetOf(tracked, lsb, width);
  const kept = set & possible;
  if (kept !== 0 && kept !== set) narrow(tracked, lsb, width, kept);
  return kept !== 0;
}

function narrow(register: RegisterState, lsb: number, width: number, kept: number): void {
  const { value, open, sets } = withFieldSet(register, lsb, width, kept);
  register.value = value;
  register.open = open;
  if (sets === undefined) delete register.sets;
  else register.sets = sets;
}

/**
 * Takes from what a condition came to what that says of the system's registers and capabilities: evaluating, backwards.
 *
 * @param facts - What the condition was judged by.
 * @returns False if the outcome cannot have come about.
 */
export function assume(state: BootState, condition: Condition, held: boolean, facts: Facts): boolean {
  const implied = impliedBy(condition, held, (leaf: ConditionLeaf) => verdictOn(leaf, facts));
  return implied?.every(({ leaf, wanted }) => assumeLeaf(state, leaf, wanted, facts)) ?? false;
}

function assumeLeaf(state: BootState, leaf: ConditionLeaf, held: boolean, facts: Facts): boolean {
  if ('field' in leaf) {
    // A field that EL0 does not see does not count, so that a no may be said of any value.
    if (!held && facts.userMask !== undefined && mayBeHidden(state, leaf.field)) return true;
    // What is judged may be another thing than the field: its view at EL0, which may hide it.
    return assumeField(state, leaf, held, facts) && verdictOn(leaf, facts) !== !held;
  }
  if ('cpucap' in leaf) {
    const rows = held ? state.model.capabilitiesNamed.get(leaf.cpucap) : undefined;
    if (rows?.some(({ scope }) => scope === 'system')) state.capabilities.told.add(leaf.cpucap);
    if (rows !== undefined) state.capabilities.settle(leaf.cpucap, true);
  }
  return true;
}

/** Whether EL0 may not see a field: an erratum may take it from the view. */
export function mayBeHidden(state: BootState, path: string): boolean {
  const { register, shift, mask } = fieldPlace(path);
  const bits = mask << shift;
  if (((state.registers.get(register)?.userMask ?? 0n) & bits) === 0n) return true;
  return state.model.capabilities.some(({ hides }) => {
    if (hides === undefined) return false;
    const place = fieldPlace(hides);
    return place.register === register && ((place.mask << place.shift) & bits) !== 0n;
  });
}
