import { fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { readField, widthOf } from '../../bits/field.ts';
import type { KnownMachine } from '../../silicon/known-machine.ts';
import type { RegisterFile } from '../../silicon/machine.ts';
import { coreKey } from '../../silicon/midr.ts';
import type { Domains, ValueSet } from './formula.ts';

/** A register set that is known of one core, and where from. */
export interface CoreRegisters {
  readonly machine: KnownMachine;
  readonly registers: RegisterFile;
}

/** How much a register set is worth as evidence of a core, best first. */
const WORTH: readonly KnownMachine['kind'][] = [
  'silicon',
  'virtual-machine',
  'vendor-model',
  'reconstructed',
  'manual',
  'emulator',
  'recorded',
];

/** The register sets that are known of a core, the best evidence first. */
export function registersOfCore(midr: bigint, machines: readonly KnownMachine[]): readonly CoreRegisters[] {
  const found = machines.flatMap((machine) => {
    const cpu = machine.machine.cpus.find(
      ({ registers }) => registers.MIDR_EL1 !== undefined && coreKey(registers.MIDR_EL1) === coreKey(midr),
    );
    return cpu === undefined ? [] : [{ machine, registers: cpu.registers }];
  });
  return found.toSorted((a, b) => WORTH.indexOf(a.machine.kind) - WORTH.indexOf(b.machine.kind));
}

/**
 * What the system's fields are if its CPUs have these registers: the least value of each field, as the kernel merges them. A field
 * of a register that some set does not have is left open.
 *
 * @param complete - Whether these are all CPUs; if not, others may lower the value.
 */
export function mergedFields(fields: Iterable<string>, files: readonly RegisterFile[], complete: boolean): Domains {
  const merged = new Map<string, ValueSet>();
  for (const path of fields) {
    if (!isFieldPath(path)) continue;
    const bits = fieldBits(path);
    const words = files.map((file) => file[bits.register]);
    if (words.length === 0 || words.includes(undefined)) continue;
    const values = (words as readonly bigint[]).map((word) => Number(readField(word, bits, bits.sign)));
    const least = Math.min(...values);
    const all = Array.from({ length: 2 ** widthOf(bits) }, (_, raw) => raw);
    const kept = all.filter((raw) => {
      const value = Number(readField(BigInt(raw) << BigInt(bits.lsb), bits, bits.sign));
      return complete ? value === least : value <= least;
    });
    merged.set(
      path,
      kept.reduce((set, raw) => set | (1 << raw), 0),
    );
  }
  return merged;
}

/** A choice of one register set for each core of a machine. */
export interface CoreChoice {
  readonly sets: readonly CoreRegisters[];
  /** Whether a set is known for every core. */
  readonly complete: boolean;
}

/** How many choices are tried: the best evidence first. */
const MOST_CHOICES = 6;

/** The register sets that CPUs may have, by what is known of their cores. */
export function choicesFor(midrs: readonly bigint[], machines: readonly KnownMachine[]): readonly CoreChoice[] {
  const keys = [...new Set(midrs.map(coreKey))];
  const known = keys.map((key) => registersOfCore(key, machines));
  const some = known.filter((sets) => sets.length > 0);
  if (some.length === 0) return [];
  let choices: readonly (readonly CoreRegisters[])[] = [[]];
  for (const sets of some) choices = choices.flatMap((before) => sets.map((set) => [...before, set]));
  const worst = (sets: readonly CoreRegisters[]): number => sets.reduce((sum, { machine }) => sum + WORTH.indexOf(machine.kind), 0);
  return choices
    .toSorted((a, b) => worst(a) - worst(b))
    .slice(0, MOST_CHOICES)
    .map((sets) => ({ sets, complete: some.length === keys.length }));
}
