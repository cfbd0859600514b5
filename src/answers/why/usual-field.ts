import { fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import type { System } from '../../linux/system.ts';
import { findCore } from '../../silicon/core.ts';
import { coreMidrOf } from '../../silicon/machine.ts';
import { parseMidr } from '../../silicon/midr.ts';
import { isChosen, usualOf } from '../../silicon/usual.ts';
import { fieldValues } from '../machine-word.ts';
import type { Station } from './station.ts';

/** What every known machine with a core has in a field that the input does not tell: likely, and no more. */
export interface UsualField {
  readonly core: string;
  readonly field: string;
  readonly value: number;
  /** How many known machines say so. */
  readonly machines: number;
  /** Whether whoever builds a chip with the core chooses it, so that others may be built otherwise. */
  readonly isChosen: boolean;
}

/** The cores that a CPU may be of. */
function midrsOf(cpu: number, { cpus, kinds = [] }: System): readonly bigint[] {
  const midr = cpus[cpu] && coreMidrOf(cpus[cpu]);
  return midr === undefined ? kinds : [midr];
}

async function usualOn(field: string, midr: bigint): Promise<readonly UsualField[]> {
  const core = findCore(parseMidr(midr));
  if (core === undefined || !isFieldPath(field)) return [];
  const { agreed, machines } = await usualOf(core);
  const bits = fieldBits(field);
  const word = agreed[bits.register];
  const [value, ...others] = (word && fieldValues(word, bits)) ?? [];
  return value === undefined || others.length > 0
    ? []
    : [{ core: core.name, field, value, machines: machines.length, isChosen: isChosen(field) }];
}

/** What is usual for the cores, of the fields at which an answer ends because the input does not have them. */
export async function usualFields(chain: readonly Station[], system: System): Promise<readonly UsualField[]> {
  const missing = chain.flatMap((station) =>
    station.place === 'silicon'
      ? station.groups
          .filter(({ value }) => value === undefined)
          .flatMap(({ cpus }) => midrsOf(cpus[0] ?? 0, system).map((midr) => [station.field, midr] as const))
      : [],
  );
  const found = await Promise.all(missing.map(([field, midr]) => usualOn(field, midr)));
  return [...new Map(found.flat().map((one) => [`${one.core} ${one.field}`, one])).values()];
}
