import { fieldSetOf, MAX_SET_WIDTH, membersWhere, withFieldSet } from '../../bits/partial-word.ts';
import type { Truth } from '../../logic/truth.ts';
import type { Condition, FieldCondition } from '../release/rows.ts';
import type { BootState } from './boot-state.ts';
import { evaluate, type Facts, fieldPlace, verdictOf } from './evaluate.ts';
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
  if ('not' in condition) return assume(state, condition.not, !held, facts);
  if ('all' in condition) return assumeParts(state, condition.all, held, true, facts);
  if ('any' in condition) return assumeParts(state, condition.any, held, false, facts);
  if ('field' in condition) {
    // A field that EL0 does not see does not count, so that a no may be said of any value.
    if (!held && facts.userMask !== undefined && mayBeHidden(state, condition.field)) return true;
    return assumeField(state, condition, held, facts);
  }
  if ('cpucap' in condition) {
    const known = state.capabilities.verdict(condition.cpucap);
    if (known !== undefined && state.finalised) return known === held;
    if (held && state.model.capabilitiesNamed.has(condition.cpucap)) state.capabilities.settle(condition.cpucap, true);
  }
  return true;
}

/** Whether EL0 may not see a field: an erratum may take it from the view. */
function mayBeHidden(state: BootState, path: string): boolean {
  const { register, shift, mask } = fieldPlace(path);
  const bits = mask << shift;
  if (((state.registers.get(register)?.userMask ?? 0n) & bits) === 0n) return true;
  return state.model.capabilities.some(({ hides }) => {
    if (hides === undefined) return false;
    const place = fieldPlace(hides);
    return place.register === register && ((place.mask << place.shift) & bits) !== 0n;
  });
}

/** All parts hold, or (`isAll` false) none does: then each is as it must be. Else one of them is otherwise, known if only one can be. */
function assumeParts(state: BootState, parts: readonly Condition[], held: boolean, isAll: boolean, facts: Facts): boolean {
  if (held === isAll) return parts.every((part) => assume(state, part, held, facts));
  const could: Condition[] = parts.filter((part) => {
    const verdict: Truth = verdictOf(evaluate(part, facts));
    return verdict !== isAll;
  });
  if (could.length === 0) return false;
  return could.length > 1 || assume(state, could[0]!, held, facts);
}
