import { valueName } from '../../arch/field-values.ts';
import type { RegisterName } from '../../arch/register.ts';
import { given } from '../../given.ts';
import { fieldPlace, isInRange } from '../../linux/bring-up/evaluate.ts';
import type { FieldCondition } from '../../linux/release/rows.ts';
import { findCoreRow, isMaskedMidr } from '../../silicon/core-row.ts';
import { coreMidrOf, isPartial, type Machine } from '../../silicon/machine.ts';
import { parseMidr } from '../../silicon/midr.ts';
import type { CpuGroup, Hint } from './station.ts';
import { fieldOn } from './trace.ts';

/** One comparison on its way; `wanted` is false if it must not hold. */
export interface FieldNeed {
  readonly condition: FieldCondition;
  readonly wanted: boolean;
  /** Whether it is among what keeps the answer from being yes. */
  readonly atFault: boolean;
  /** True if another field would do as well. */
  readonly alternative?: true;
}

/** What people who know such machines would add. */
export function hintsOf({ condition: { field } }: FieldNeed, groups: readonly CpuGroup[]): readonly Hint[] {
  const lacking = groups.filter(({ enough }) => !enough);
  const hints = new Set<Hint>();
  for (const { midr, value } of lacking) {
    if (field === 'ID_AA64PFR1_EL1.MTE' && value === 1) hints.add('no-tag-memory');
    if (midr === undefined) continue;
    if (isMaskedMidr(parseMidr(midr))) hints.add('seen-by-guest');
    const isSve = field === 'ID_AA64PFR0_EL1.SVE' || field === 'ID_AA64ZFR0_EL1.SVEver';
    if (isSve && value === 0 && findCoreRow(parseMidr(midr))?.level?.startsWith('Armv9')) hints.add('switched-off');
  }
  return [...hints];
}

/** The core of a CPU, if its MIDR_EL1 is known. */
export function coreOf({ cpus }: Machine, cpu: number): { readonly midr?: bigint; readonly core?: string } {
  const midr = cpus[cpu] && coreMidrOf(cpus[cpu]);
  if (midr === undefined) return {};
  const core = isMaskedMidr(parseMidr(midr)) ? undefined : findCoreRow(parseMidr(midr))?.name;
  return { midr, ...given({ core }) };
}

/** Whether a value is what a need asks for. */
export function isEnough({ condition, wanted }: FieldNeed, value: number): boolean {
  return isInRange(value, condition) === wanted;
}

/**
 * CPUs by core and by what a field says.
 *
 * @param left - The values that the rest of the input leaves to the field where the register is not known; absent if it tells nothing.
 */
export function groupsOf(need: FieldNeed, machine: Machine, signed: boolean, left?: readonly number[]): readonly CpuGroup[] {
  const { register } = fieldPlace(need.condition.field);
  const groups = new Map<string, CpuGroup & { readonly cpus: number[] }>();
  for (const [index, cpu] of machine.cpus.entries()) {
    const { midr } = coreOf(machine, index);
    const value = fieldOn(cpu, need.condition, signed);
    const usual = value !== undefined && cpu.usual?.includes(register as RegisterName) ? true : undefined;
    const open = value === undefined && isPartial(machine) ? true : undefined;
    const key = `${midr} ${value} ${usual}`;
    const known = groups.get(key);
    if (known !== undefined) known.cpus.push(index);
    else {
      const shown = value === undefined ? {} : { value, ...given({ name: valueName(need.condition.field, value) }) };
      groups.set(key, {
        cpus: [index],
        ...coreOf(machine, index),
        ...shown,
        ...given({ open, left: open && left, usual }),
        enough: open !== true && isEnough(need, value ?? 0),
      });
    }
  }
  return [...groups.values()];
}
