import { fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { readField, widthOf } from '../../bits/field.ts';
import { fieldSetOf, fullSet, MAX_SET_WIDTH, membersWhere, type PartialWord, setMembers } from '../../bits/partial-word.ts';
import type { KnownMachine } from '../../silicon/known-machine.ts';
import { type Cpu, listedWord } from '../../silicon/machine.ts';
import { coreKey } from '../../silicon/midr.ts';
import type { Domains, ValueSet } from './formula.ts';

/** What is known of the registers of one core, and where from. */
export interface CoreRegisters {
  readonly machine: KnownMachine;
  readonly cpu: Cpu;
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

/** What is known of the registers of a core, the best evidence first. */
export function registersOfCore(midr: bigint, machines: readonly KnownMachine[]): readonly CoreRegisters[] {
  const found = machines.flatMap((machine) => {
    const cpu = machine.machine.cpus.find(
      ({ registers }) => registers.MIDR_EL1 !== undefined && coreKey(registers.MIDR_EL1) === coreKey(midr),
    );
    return cpu === undefined ? [] : [{ machine, cpu }];
  });
  return found.toSorted((a, b) => WORTH.indexOf(a.machine.kind) - WORTH.indexOf(b.machine.kind));
}

/**
 * What the system's fields may be if this is known of its CPUs: the least value of each field, as the kernel merges them. A field of a
 * register that is not listed for some CPU is left open.
 *
 * @param complete - Whether these are all CPUs; if not, others may lower the value.
 */
export function mergedFields(fields: Iterable<string>, cpus: readonly Cpu[], complete: boolean): Domains {
  const merged = new Map<string, ValueSet>();
  for (const path of fields) {
    if (!isFieldPath(path)) continue;
    const bits = fieldBits(path);
    const width = widthOf(bits);
    const words = cpus.map((cpu) => listedWord(cpu, bits.register));
    if (words.length === 0 || words.includes(undefined) || width > MAX_SET_WIDTH) continue;
    const read = (raw: number): number => Number(readField(BigInt(raw) << BigInt(bits.lsb), bits, bits.sign));
    const ofCpus = (words as readonly PartialWord[]).map((word) => fieldSetOf(word, bits.lsb, width));
    const least = Math.min(...ofCpus.map((set) => Math.max(...setMembers(set).map(read))));
    const any = complete ? ofCpus.reduce((all, set) => all | set) : fullSet(width);
    merged.set(
      path,
      membersWhere(any, (raw) => read(raw) <= least),
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
